import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { evidenceItem } from '../../../contract/insurance-evidence.ts';
import { RECORDED_KINDS } from '../../../contract/insurance-vocabulary.ts';
import { apiUrl, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { EvidenceForm, kindsOf } from './evidence-form.tsx';

type Item = z.infer<typeof evidenceItem>;
const TONES: Readonly<Record<Item['state'], Tone>> = {
  waiting: 'warn',
  counting: 'good',
  over: 'unknown',
  withdrawn: 'unknown',
};

const FILTERS = ['kind', 'state'] as const;
const STATES = ['waiting', 'counting', 'over', 'withdrawn'] as const;

/** What factors rest on, recorded by who establishes it; a second person where it lowers a premium. */
export function EvidencePage() {
  const say = useSay();
  const word = useWord();
  const { role } = useMe();
  const [isRecording, setRecording] = useState(false);
  const state = useListState(FILTERS);
  const rows = useRows<Item>('insurance', '/insurance/evidence', { ...state.filters });
  return (
    <Page
      title={say('web.menu.evidence')}
      note={say('web.evidence.what')}
      actions={
        kindsOf(role).length > 0 ? (
          <Button type={isRecording ? 'default' : 'primary'} onClick={() => setRecording(!isRecording)}>
            {say(isRecording ? 'web.act.close' : 'web.evidence.record')}
          </Button>
        ) : null
      }
    >
      {isRecording ? (
        <Panel title={say('web.evidence.record')}>
          <EvidenceForm />
        </Panel>
      ) : null}
      <FilterBar
        state={state}
        finder={null}
        filters={[
          {
            name: 'kind',
            label: say('web.evidence.kind'),
            options: RECORDED_KINDS.map((value) => ({ value, label: word('insurance.evidence', value) })),
          },
          {
            name: 'state',
            label: say('web.policies.state'),
            options: STATES.map((value) => ({ value, label: say(`web.evidence.state.${value}`) })),
          },
        ]}
      />
      <ListBody
        label={say('web.menu.evidence')}
        state={state}
        rows={rows}
        columns={useEvidenceColumns()}
        rowId={(row) => row.id}
        empty={<Empty title={say('web.evidence.empty')} hint={say('web.evidence.empty_hint')} />}
      />
    </Page>
  );
}

function useEvidenceColumns(): readonly Column<Item>[] {
  const say = useSay();
  const word = useWord();
  const term = ({ from, to }: Item) =>
    to ? say('web.evidence.closed', { from, to }) : say('web.evidence.open_end', { from });
  return [
    { key: 'kind', title: say('web.evidence.kind'), cell: (row) => word('insurance.evidence', row.kind) },
    { key: 'subject', title: say('web.evidence.subject'), wide: true, cell: (row) => row.subject },
    { key: 'answer', title: say('web.evidence.answer'), cell: (row) => word('web.answer', row.key) },
    { key: 'source', title: say('web.evidence.source'), wide: true, cell: (row) => <Source item={row} /> },
    { key: 'term', title: say('web.evidence.term'), cell: term },
    { key: 'by', title: say('web.evidence.recorded'), cell: (row) => row.recordedBy || '—' },
    { key: 'second', title: say('web.evidence.confirmed'), cell: (row) => row.confirmedBy || '—' },
    {
      key: 'state',
      title: say('web.policies.state'),
      cell: (row) => (
        <span className="stack">
          <Mark tone={TONES[row.state]}>{say(`web.evidence.state.${row.state}`)}</Mark>
          {row.withdrawnReason ? <span className="muted small">{row.withdrawnReason}</span> : null}
        </span>
      ),
    },
    { key: 'act', title: say('web.renewals.act'), cell: (row) => <Acts item={row} /> },
  ];
}

function Source({ item }: { item: Item }) {
  return (
    <span className="stack">
      <span>{item.source}</span>
      <span className="muted small">
        {item.document}{' '}
        {item.files.map((f) => (
          <a key={f.id} href={apiUrl(`/files/${f.id}`)} target="_blank" rel="noreferrer">
            {f.name}
          </a>
        ))}
      </span>
    </span>
  );
}

function Acts({ item }: { item: Item }) {
  const say = useSay();
  const queries = useQueryClient();
  const send = async (path: string, body: object) => {
    await post(`/insurance/evidence/${item.id}/${path}`, body);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <span className="row">
      {item.can.confirm ? (
        <ActButton
          primary
          label={say('web.evidence.confirm')}
          confirm={{ title: item.subject, consequence: say('web.evidence.confirm_means') }}
          onAct={() => send('confirmation', {})}
        />
      ) : null}
      {item.can.withdraw ? (
        <ActButton
          label={say(item.can.confirm ? 'web.evidence.refuse' : 'web.evidence.withdraw')}
          confirm={{
            title: item.subject,
            consequence: say('web.evidence.withdraw_means'),
            reason: say('web.evidence.withdraw_reason'),
          }}
          onAct={(reason) => send('withdrawal', { reason })}
        />
      ) : null}
    </span>
  );
}
