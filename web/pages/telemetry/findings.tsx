import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { FindingItem } from '../../../contract/telemetry.ts';
import { FINDING_KINDS } from '../../../contract/telemetry-vocabulary.ts';
import { post } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import './telemetry.css';

const NAMES = ['kind', 'area', 'taken', 'state', 'elevatorId'] as const;

/** What detection found and who must act. People in danger are red; everything else is amber or closed. */
export function FindingsPanel() {
  const say = useSay();
  const state = useListState(NAMES);
  const rows = useRows<FindingItem>('telemetry', '/findings', state.filters);
  const shown = rows.rows?.find(({ id }) => id === state.open);
  return (
    <div className="findings">
      <FilterBar state={state} filters={useFindingFilters()} finder={null} />
      <WithDrawer
        label={say('web.finding.file')}
        onClose={() => state.setOpen('')}
        {...(shown ? { page: paths.elevator(shown.elevator.id, 'live') } : {})}
        list={
          <ListBody
            label={say('web.health.view.findings')}
            state={state}
            rows={rows}
            columns={useFindingColumns()}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            tone={(row) => (row.closedAt ? undefined : toneOf(row.kind) === 'danger' ? 'danger' : 'warn')}
            empty={<Empty title={say('web.finding.empty')} hint={say('web.finding.empty_hint')} />}
          />
        }
      >
        {shown ? <FindingSheet key={shown.id} finding={shown} /> : null}
      </WithDrawer>
    </div>
  );
}

/** Entrapments and a pressed alarm are people in danger. */
const toneOf = (kind: string): Tone => (kind.startsWith('entrapment') || kind === 'button_alarm' ? 'danger' : 'warn');

function useFindingFilters() {
  const say = useSay();
  const word = useWord();
  const { districts, nameOf } = usePlace();
  return [
    {
      name: 'kind',
      label: say('web.finding.kind'),
      options: FINDING_KINDS.map((kind) => ({ value: kind, label: word('telemetry.finding', kind) })),
    },
    {
      name: 'area',
      label: say('web.elevators.area'),
      options: districts.map(({ code, name }) => ({ value: code, label: name })),
      wordOf: nameOf,
    },
    {
      name: 'taken',
      label: say('web.finding.taken'),
      options: [
        { value: '1', label: say('web.list.yes') },
        { value: '0', label: say('web.list.no') },
      ],
    },
    {
      name: 'state',
      label: say('web.finding.state'),
      options: (['open', 'closed', 'all'] as const).map((one) => ({
        value: one,
        label: say(`web.finding.state.${one}`),
      })),
    },
    { name: 'elevatorId', label: say('web.elevator.file'), wordOf: () => say('web.elevators.chosen') },
  ];
}

function useFindingColumns(): readonly Column<FindingItem>[] {
  const say = useSay();
  const word = useWord();
  return [
    {
      key: 'kind',
      title: say('web.finding.kind'),
      cell: (row) => (
        <Mark tone={row.closedAt ? 'unknown' : toneOf(row.kind)}>{word('telemetry.finding', row.kind)}</Mark>
      ),
    },
    {
      key: 'elevator',
      title: say('web.elevators.column.address'),
      cell: (row) => row.elevator.address ?? row.elevator.rescueCode ?? row.elevator.id,
    },
    {
      key: 'confidence',
      title: say('web.finding.confidence'),
      numeric: true,
      cell: (row) => row.confidence.toFixed(2),
    },
    { key: 'started', title: say('web.finding.started'), cell: (row) => <When at={row.startedAt} /> },
    {
      key: 'owner',
      title: say('web.finding.owner'),
      cell: (row) => row.owner?.name ?? <Mark tone="unknown">{say('web.finding.no_owner')}</Mark>,
    },
    {
      key: 'taken',
      title: say('web.finding.taken'),
      cell: (row) => (row.taken ? <When at={row.taken.at} /> : <span className="muted">{say('web.list.no')}</span>),
    },
    { key: 'closed', title: say('web.finding.closed'), cell: (row) => <When at={row.closedAt} /> },
  ];
}

function FindingSheet({ finding }: { finding: FindingItem }) {
  const say = useSay();
  const word = useWord();
  const queries = useQueryClient();
  const take = async () => {
    await post(`/findings/${finding.id}/take`, { version: finding.version });
    await queries.invalidateQueries({ queryKey: ['telemetry'] });
  };
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{word('telemetry.finding', finding.kind)}</h1>
        <Link to={paths.elevator(finding.elevator.id)}>{finding.elevator.address ?? finding.elevator.rescueCode}</Link>
      </header>
      <Facts
        rows={[
          [say('web.finding.confidence'), finding.confidence.toFixed(2)],
          [say('web.finding.started'), <When key="started" at={finding.startedAt} />],
          [say('web.finding.evidence_at'), <When key="evidence" at={finding.evidenceAt} />],
          [say('web.finding.closed'), <When key="closed" at={finding.closedAt} />],
          [say('web.finding.owner'), finding.owner?.name],
          [say('web.finding.detail'), finding.detail ? word('telemetry.code', finding.detail) : null],
        ]}
      />
      <section className="file-part">
        <h2>{say('web.finding.why')}</h2>
        <ul>
          {finding.reasons.map((reason) => (
            <li key={reason}>{say(reason)}</li>
          ))}
          {finding.evidence.map((one) => (
            <li key={`${one.kind} ${one.at}`} className="row wrap">
              <When at={one.at} /> {word('telemetry.evidence', one.kind)}
              <span className="muted small">{[one.source?.name, say(one.detail)].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ul>
      </section>
      {finding.taken ? (
        <Mark tone="accent">{say('web.finding.taken_at')}</Mark>
      ) : (
        <ActButton label={say('web.finding.take')} can={finding.can.take} onAct={take} primary />
      )}
    </article>
  );
}
