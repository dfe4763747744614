import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { quarantineFile, quarantineItem, tallySchema } from '../../../contract/telemetry.ts';
import { SET_ASIDE_REASONS } from '../../../contract/telemetry-vocabulary.ts';
import { get } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Facts, Figure, Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { useSources } from './sources.tsx';

type Item = z.infer<typeof quarantineItem>;
const NAMES = ['sourceId', 'reason'] as const;

/** Messages that could not be taken in: kept as they came, with the reason, so that the sender can mend them. */
export function QuarantinePage() {
  const say = useSay();
  const state = useListState(NAMES);
  const rows = useRows<Item>('telemetry', '/telemetry/quarantine', { ...state.filters, cursor: 'before' });
  return (
    <Page title={say('web.menu.quarantine')} note={say('web.quarantine.what')}>
      <Tally sourceId={state.filters['sourceId']} onReason={(reason) => state.setFilter('reason', reason)} />
      <FilterBar state={state} filters={useQuarantineFilters()} finder={null} />
      <WithDrawer
        label={say('web.menu.quarantine')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.quarantine')}
            state={state}
            rows={rows}
            columns={useQuarantineColumns()}
            rowId={(row) => String(row.id)}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.quarantine.empty')} hint={say('web.quarantine.empty_hint')} />}
          />
        }
      >
        {state.open ? <Message key={state.open} id={state.open} /> : null}
      </WithDrawer>
    </Page>
  );
}

/** Counters of the last day by outcome, also of those whose text was not kept. */
function Tally({ sourceId, onReason }: { sourceId: string | undefined; onReason: (reason: string) => void }) {
  const word = useWord();
  const tally = useQuery({
    queryKey: ['telemetry', '/telemetry/tallies', sourceId],
    queryFn: ({ signal }) => get<z.infer<typeof tallySchema>>('/telemetry/tallies', { sourceId }, signal),
  });
  return (
    <Loaded query={tally} lines={2}>
      {({ items }) => (
        <div className="figures">
          {[...sumByOutcome(items)].map(([outcome, messages]) => (
            <button key={outcome} type="button" className="plain" onClick={() => onReason(outcome)}>
              <Figure name={word('web.quarantine.because', outcome)} value={messages.toLocaleString('en-US')} />
            </button>
          ))}
        </div>
      )}
    </Loaded>
  );
}

/** Messages set aside per outcome over all senders, the most first. What was stored or repeated is no concern here. */
function sumByOutcome(items: z.infer<typeof tallySchema>['items']): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { outcome, messages } of items) {
    if (outcome !== 'stored' && outcome !== 'repeated') sums.set(outcome, (sums.get(outcome) ?? 0) + messages);
  }
  return new Map([...sums].sort(([, a], [, b]) => b - a));
}

function useQuarantineFilters() {
  const say = useSay();
  const word = useWord();
  const sources = useSources();
  const names = (sources.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return [
    { name: 'sourceId', label: say('web.health.view.source'), options: names },
    {
      name: 'reason',
      label: say('web.quarantine.reason'),
      options: SET_ASIDE_REASONS.map((one) => ({ value: one, label: word('web.quarantine.because', one) })),
    },
  ];
}

function useQuarantineColumns(): readonly Column<Item>[] {
  const say = useSay();
  const word = useWord();
  return [
    { key: 'at', title: say('web.quarantine.received'), cell: (row) => <When at={row.receivedAt} /> },
    { key: 'source', title: say('web.health.view.source'), cell: (row) => row.source.name },
    { key: 'door', title: say('web.machines.door'), cell: (row) => row.door.toUpperCase() },
    { key: 'reason', title: say('web.quarantine.reason'), cell: (row) => word('web.quarantine.because', row.reason) },
    { key: 'detail', title: say('web.quarantine.detail'), cell: (row) => <span title={row.detail}>{row.detail}</span> },
    { key: 'elevator', title: say('web.quarantine.elevator'), cell: (row) => <code>{row.elevator}</code> },
    {
      key: 'bytes',
      title: say('web.quarantine.bytes'),
      numeric: true,
      cell: (row) => row.bytes.toLocaleString('en-US'),
    },
  ];
}

function Message({ id }: { id: string }) {
  const say = useSay();
  const word = useWord();
  const message = useQuery({
    queryKey: ['telemetry', '/telemetry/quarantine', id],
    queryFn: ({ signal }) => get<z.infer<typeof quarantineFile>>(`/telemetry/quarantine/${id}`, {}, signal),
  });
  return (
    <Loaded query={message}>
      {(item) => (
        <article className="file-body">
          <h1>{word('web.quarantine.because', item.reason)}</h1>
          <Facts
            rows={[
              [say('web.quarantine.received'), <When key="at" at={item.receivedAt} />],
              [say('web.health.view.source'), item.source.name],
              [say('web.quarantine.elevator'), item.elevator],
              [say('web.quarantine.detail'), item.detail],
            ]}
          />
          <section className="file-part">
            <h2>{say('web.quarantine.raw')}</h2>
            <pre className="mono json">{item.text}</pre>
          </section>
        </article>
      )}
    </Loaded>
  );
}
