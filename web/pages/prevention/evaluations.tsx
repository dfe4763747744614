import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { evaluationItem, publishedList } from '../../../contract/prevention-figures.ts';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { LongTextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';

type Published = z.infer<typeof publishedList>['items'][number];
type Round = z.infer<typeof evaluationItem>;
type Line = Pick<Published, 'unit' | 'checks' | 'parts' | 'total' | 'withdrawn'> & {
  unitOrgId: string;
  shown?: boolean;
};
const READS_ROUNDS = ['underwriter', 'handler', 'approver', 'surveyor', 'cashier', 'city_regulator'];
const EVALUATE = ['surveyor', 'approver'];

/** How insurers judge maintenance units: published with method, sample and the way to object; a help to choose, no order. */
export function EvaluationsPage() {
  const say = useSay();
  const { role, org } = useMe();
  const published = useQuery({
    queryKey: ['prevention', '/prevention/evaluations/published'],
    queryFn: ({ signal }) => get<{ items: readonly Published[] }>('/prevention/evaluations/published', {}, signal),
  });
  return (
    <Page
      title={say('web.menu.evaluations')}
      note={say('web.evaluation.what')}
      actions={EVALUATE.includes(role) ? <EvaluateButton /> : null}
    >
      <Panel flush title={say('web.evaluation.published')}>
        <Loaded query={published}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('web.evaluation.empty')} hint={say('web.evaluation.empty_hint')} />
            ) : (
              <PublishedTable items={items} />
            )
          }
        </Loaded>
      </Panel>
      {role === 'maintenance_manager'
        ? published.data?.items
            .filter((one) => one.unitOrgId === org?.id && !one.withdrawn && one.appealUntil >= cityDay(today()))
            .map((one) => <AppealPanel key={one.number} result={one} />)
        : null}
      {READS_ROUNDS.includes(role) ? <Rounds publishes={role === 'approver'} /> : null}
    </Page>
  );
}

function useScoreColumns<Row extends Line>(): readonly Column<Row>[] {
  const say = useSay();
  return [
    { key: 'unit', title: say('web.prevention.maintenance_unit'), cell: (row) => row.unit, wide: true },
    {
      key: 'total',
      title: say('web.evaluation.total'),
      numeric: true,
      cell: (row) => <strong>{row.total.toFixed(1)}</strong>,
    },
    {
      key: 'qualification',
      title: say('web.evaluation.qualification'),
      numeric: true,
      cell: (row) => row.parts.qualification.toFixed(1),
    },
    {
      key: 'capacity',
      title: say('web.evaluation.capacity'),
      numeric: true,
      cell: (row) => row.parts.capacity.toFixed(1),
    },
    {
      key: 'record',
      title: say('web.evaluation.record'),
      numeric: true,
      cell: (row) => row.parts.record?.toFixed(1) ?? '—',
    },
    { key: 'checks', title: say('web.evaluation.checks'), numeric: true, cell: (row) => row.checks },
  ];
}

function PublishedTable({ items }: { items: readonly Published[] }) {
  const say = useSay();
  const columns = useScoreColumns<Published>();
  const [first] = items;
  return (
    <>
      <DataTable
        short
        label={say('web.evaluation.published')}
        rows={items}
        rowId={(row) => `${row.number} ${row.unitOrgId}`}
        columns={[
          ...columns,
          { key: 'by', title: say('web.prevention.insurer'), cell: (row) => row.insurer },
          { key: 'at', title: say('web.evaluation.published_at'), cell: (row) => <When at={row.publishedAt} /> },
          {
            key: 'appeal',
            title: say('web.evaluation.appeal_until'),
            cell: (row) =>
              row.withdrawn ? <Mark tone="warn">{say('web.evaluation.withdrawn')}</Mark> : row.appealUntil,
          },
        ]}
      />
      {first ? (
        <p className="muted small file-body">
          {say('web.evaluation.method', {
            version: first.method,
            least: first.leastChecks,
            from: first.from,
            to: first.to,
            ...first.weights,
          })}
        </p>
      ) : null}
    </>
  );
}

function EvaluateButton() {
  const say = useSay();
  const queries = useQueryClient();
  const [made, setMade] = useState('');
  const run = async () => {
    setMade(say('web.evaluation.made', await post<{ units: number; shown: number }>('/prevention/evaluations')));
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <span className="row">
      {made ? <span className="muted">{made}</span> : null}
      <ActButton label={say('web.evaluation.run')} onAct={run} />
    </span>
  );
}

function Rounds({ publishes }: { publishes: boolean }) {
  const say = useSay();
  const queries = useQueryClient();
  const columns = useScoreColumns<Round['scores'][number]>();
  const rounds = useQuery({
    queryKey: ['prevention', '/prevention/evaluations'],
    queryFn: ({ signal }) => get<{ items: readonly Round[] }>('/prevention/evaluations', {}, signal),
  });
  const publish = (id: string) => async () => {
    await post(`/prevention/evaluations/${id}/publication`);
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <Loaded query={rounds} lines={3}>
      {({ items }) =>
        items.map((round) => (
          <Panel
            key={round.id}
            flush
            title={`${round.number} · ${round.insurer} · ${round.from} – ${round.to}`}
            actions={
              round.publishedAt ? (
                <Mark tone="good">{say('web.evaluation.is_published')}</Mark>
              ) : publishes ? (
                <ActButton
                  primary
                  label={say('web.evaluation.publish')}
                  confirm={{ title: round.number, consequence: say('web.evaluation.publish_consequence') }}
                  onAct={publish(round.id)}
                />
              ) : (
                <Mark tone="unknown">{say('web.evaluation.draft')}</Mark>
              )
            }
          >
            <DataTable
              short
              label={round.number}
              rows={round.scores}
              rowId={(row) => row.unitOrgId}
              columns={[
                ...columns,
                {
                  key: 'shown',
                  title: say('web.prevention.state'),
                  cell: (row) =>
                    row.withdrawn ? (
                      <Mark tone="warn">{say('web.evaluation.withdrawn')}</Mark>
                    ) : (
                      <Mark tone={row.shown ? 'good' : 'unknown'}>
                        {say(row.shown ? 'web.evaluation.enough' : 'web.evaluation.too_few')}
                      </Mark>
                    ),
                },
              ]}
            />
          </Panel>
        ))
      }
    </Loaded>
  );
}

/** A unit objects to its own result while the window is open. */
function AppealPanel({ result }: { result: Published }) {
  const say = useSay();
  const act = useAct();
  const [text, setText] = useState('');
  const [sent, setSent] = useState('');
  const send = async () => {
    const done = await post<{ number: string; dueOn: string }>('/prevention/appeals', {
      evaluation: result.number,
      text,
    });
    setSent(say('web.letters.sent', done));
    setText('');
  };
  return (
    <Panel title={say('web.evaluation.appeal', { insurer: result.insurer, until: result.appealUntil })}>
      <Form act={act} submit={say('web.evaluation.send_appeal')} onSubmit={() => void act.run(send)}>
        <LongTextField label={say('web.letters.text')} value={text} onChange={setText} />
        {sent ? <Mark tone="good">{sent}</Mark> : null}
      </Form>
    </Panel>
  );
}
