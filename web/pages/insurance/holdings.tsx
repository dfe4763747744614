import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { holdingList } from '../../../contract/insurance-holdings.ts';
import { HELD_KINDS } from '../../../contract/insurance-vocabulary.ts';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';

type List = z.infer<typeof holdingList>;
type Item = List['items'][number];
type Kind = List['kinds'][number];

/** Money held for others: by kind against the books, and owner by owner, the longest held first. */
export function HoldingsPage() {
  const say = useSay();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/holdings'],
    queryFn: ({ signal }) => get<List>('/insurance/holdings', undefined, signal),
  });
  return (
    <Page title={say('web.menu.holdings')} note={say('web.holding.what')}>
      <Loaded query={read} lines={8}>
        {({ items, kinds }) => (
          <>
            <Kinds kinds={kinds} />
            <Items items={items} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Kinds({ kinds }: { kinds: readonly Kind[] }) {
  const say = useSay();
  const money = (key: 'received' | 'passed' | 'held' | 'over30' | 'over90'): Column<Kind> => ({
    key,
    title: say(`web.holding.${key}`),
    numeric: true,
    cell: (row) => yuan(row[key]),
  });
  const columns: readonly Column<Kind>[] = [
    { key: 'kind', title: say('web.holding.kind'), cell: (row) => say(`insurance.account.${row.kind}`), wide: true },
    money('received'),
    money('passed'),
    money('held'),
    money('over30'),
    money('over90'),
    {
      key: 'ledger',
      title: say('web.holding.ledger'),
      cell: (row) =>
        row.ledger === row.held ? (
          <Mark tone="good">{say('web.holding.ties')}</Mark>
        ) : (
          <Mark tone="warn">{yuan(row.ledger)}</Mark>
        ),
    },
  ];
  return (
    <Panel flush title={say('web.holding.kinds')}>
      <DataTable short label={say('web.holding.kinds')} rows={kinds} rowId={(row) => row.kind} columns={columns} />
    </Panel>
  );
}

function Items({ items }: { items: readonly Item[] }) {
  const say = useSay();
  const columns: readonly Column<Item>[] = [
    { key: 'kind', title: say('web.holding.kind'), cell: (row) => say(`insurance.account.${row.kind}`) },
    { key: 'owner', title: say('web.holding.owner'), cell: (row) => row.owner, wide: true },
    { key: 'record', title: say('web.holding.record'), cell: (row) => row.claim ?? row.policy ?? '—' },
    { key: 'since', title: say('web.holding.since'), cell: (row) => <When at={row.since} /> },
    { key: 'days', title: say('web.holding.days'), numeric: true, cell: (row) => row.days },
    { key: 'received', title: say('web.holding.received'), numeric: true, cell: (row) => yuan(row.received) },
    { key: 'passed', title: say('web.holding.passed'), numeric: true, cell: (row) => yuan(row.passed) },
    { key: 'held', title: say('web.holding.held'), numeric: true, cell: (row) => yuan(row.held) },
  ];
  return (
    <Panel flush title={say('web.holding.items', { n: items.length })}>
      {items.length === 0 ? (
        <Empty title={say('web.holding.none')} hint={say('web.holding.none_hint')} />
      ) : (
        <DataTable
          short
          label={say('web.menu.holdings')}
          rows={items}
          rowId={(row) => `${row.kind} ${row.owner} ${row.claim} ${row.policy}`}
          columns={columns}
        />
      )}
    </Panel>
  );
}

/** Say that money of a line belongs to somebody else. */
export function HoldForm({ line }: { line: { id: string; left: number } }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const start = { kind: '', owner: '', record: '', yuan: (line.left / 100).toFixed(2) };
  const [given, setGiven] = useState(start);
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const amount = fenTyped(given.yuan);
  const fault =
    amount === null ? { field: 'amount', value: given.yuan, message: say('web.bank.amount_fault') } : undefined;
  const send = async () => {
    const { kind, owner, record } = given;
    await post(
      `/insurance/bank-lines/${line.id}/holdings`,
      { holdings: [{ kind, owner, record, amount }] },
      crypto.randomUUID(),
    );
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <section className="stack">
      <h2>{say('web.holding.form')}</h2>
      <Form
        act={act}
        submit={say('web.holding.form')}
        onSubmit={() => void (given.kind && amount !== null ? act.run(send) : null)}
      >
        <ChoiceField
          label={say('web.holding.kind')}
          options={HELD_KINDS.map((value) => ({ value, label: say(`insurance.account.${value}`) }))}
          value={given.kind}
          onChange={set('kind')}
        />
        <TextField
          label={say('web.holding.owner')}
          hint={say('web.holding.owner_hint')}
          value={given.owner}
          onChange={set('owner')}
        />
        <TextField
          label={say('web.holding.record')}
          hint={say('web.holding.record_hint')}
          value={given.record}
          onChange={set('record')}
        />
        <TextField label={say('web.bank.amount')} value={given.yuan} onChange={set('yuan')} fault={fault} />
      </Form>
    </section>
  );
}
