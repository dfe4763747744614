import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { costList, serviceItem } from '../../../contract/prevention.ts';
import { get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Money } from '../../ui/money.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

type Service = z.infer<typeof serviceItem>;
type Costs = z.infer<typeof costList>;
const BOOKERS = ['surveyor', 'handler', 'cashier'];
const NONE: readonly string[] = [];

/** What every policy owes beside its cover: owed, given, left, and what it cost. */
export function ServicesPage() {
  const say = useSay();
  const state = useListState(NONE);
  const rows = useRows<Service>('prevention', '/prevention/services', {});
  const shown = rows.rows?.find(({ policyId }) => policyId === state.open);
  return (
    <Page title={say('web.menu.services')} note={say('web.prevention.services_what')}>
      <WithDrawer
        label={say('web.menu.services')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.services')}
            state={state}
            rows={rows}
            columns={useServiceColumns()}
            rowId={(row) => row.policyId}
            onOpen={state.setOpen}
            empty={
              <Empty title={say('web.prevention.services_empty')} hint={say('web.prevention.services_empty_hint')} />
            }
          />
        }
      >
        {shown ? <ServiceSheet key={shown.policyId} policy={shown} /> : null}
      </WithDrawer>
    </Page>
  );
}

function useServiceColumns(): readonly Column<Service>[] {
  const say = useSay();
  const sum = (row: Service, key: 'owed' | 'given' | 'left') => row.services.reduce((n, s) => n + s[key], 0);
  return [
    { key: 'number', title: say('web.prevention.policy'), cell: (row) => <code>{row.number}</code> },
    { key: 'holder', title: say('web.prevention.holder'), cell: (row) => row.holder, wide: true },
    { key: 'insurer', title: say('web.prevention.insurer'), cell: (row) => row.insurer, offered: true },
    { key: 'to', title: say('web.prevention.until'), cell: (row) => row.to },
    { key: 'elevators', title: say('web.prevention.elevators'), numeric: true, cell: (row) => row.elevators },
    { key: 'owed', title: say('web.prevention.owed'), numeric: true, cell: (row) => sum(row, 'owed') },
    { key: 'given', title: say('web.prevention.given'), numeric: true, cell: (row) => sum(row, 'given') },
    {
      key: 'left',
      title: say('web.prevention.left'),
      numeric: true,
      cell: (row) => (sum(row, 'left') > 0 ? <Mark tone="accent">{sum(row, 'left')}</Mark> : 0),
    },
    { key: 'cost', title: say('web.prevention.cost'), numeric: true, cell: (row) => <Money fen={row.cost} /> },
    {
      key: 'percent',
      title: say('web.prevention.cost_percent'),
      numeric: true,
      cell: (row) =>
        row.aboveCap ? <Mark tone="warn">{row.costPercent?.toFixed(1)}</Mark> : (row.costPercent?.toFixed(1) ?? ''),
    },
  ];
}

function ServiceSheet({ policy }: { policy: Service }) {
  const say = useSay();
  const word = useWord();
  const { role } = useMe();
  const costs = useQuery({
    queryKey: ['prevention', '/prevention/costs', policy.policyId],
    queryFn: ({ signal }) => get<Costs>(`/prevention/policies/${policy.policyId}/costs`, {}, signal),
  });
  return (
    <article className="file-body">
      <h1>{policy.holder}</h1>
      <p className="muted">
        {policy.number} · {policy.from} – {policy.to} · <Money fen={policy.premium} />
      </p>
      <DataTable
        short
        label={say('web.prevention.services')}
        rows={policy.services}
        rowId={(row) => row.id}
        columns={[
          {
            key: 'name',
            title: say('web.prevention.service'),
            cell: (row) => (row.name === row.id ? word('web.prevention.kind', row.id) : row.name),
            wide: true,
          },
          { key: 'owed', title: say('web.prevention.owed'), numeric: true, cell: (row) => row.owed },
          { key: 'given', title: say('web.prevention.given'), numeric: true, cell: (row) => row.given },
          { key: 'cost', title: say('web.prevention.cost'), numeric: true, cell: (row) => <Money fen={row.cost} /> },
        ]}
      />
      <section className="file-part">
        <h2>{say('web.prevention.cost_entries')}</h2>
        <Loaded query={costs} lines={2}>
          {(data) => <CostTable costs={data} books={BOOKERS.includes(role)} />}
        </Loaded>
      </section>
      {BOOKERS.includes(role) ? <CostForm policy={policy} /> : null}
    </article>
  );
}

function CostTable({ costs, books }: { costs: Costs; books: boolean }) {
  const say = useSay();
  const queries = useQueryClient();
  if (costs.items.length === 0) return <p className="muted">{say('web.prevention.no_costs')}</p>;
  const reverse = (id: string) => async () => {
    const body = { id: crypto.randomUUID(), reason: say('web.prevention.reversed') };
    await post(`/prevention/costs/${id}/reversal`, body);
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <DataTable
      short
      label={say('web.prevention.cost_entries')}
      rows={costs.items}
      rowId={(row) => row.id}
      columns={[
        { key: 'on', title: say('web.prevention.day'), cell: (row) => row.on },
        { key: 'voucher', title: say('web.prevention.voucher'), cell: (row) => row.voucher },
        { key: 'payee', title: say('web.prevention.payee'), cell: (row) => row.payee },
        {
          key: 'amount',
          title: say('web.prevention.amount'),
          numeric: true,
          cell: (row) => <Money fen={row.amount} />,
        },
        {
          key: 'act',
          title: '',
          cell: (row) =>
            books && !row.reversed && !row.reverses ? (
              <ActButton
                label={say('web.prevention.reverse')}
                confirm={{ title: row.voucher, consequence: say('web.prevention.reverse_consequence') }}
                onAct={reverse(row.id)}
              />
            ) : row.reversed ? (
              <span className="muted">{say('web.prevention.reversed')}</span>
            ) : null,
        },
      ]}
    />
  );
}

const EMPTY = { service: '', on: '', amount: '', payee: '', voucher: '' };

function CostForm({ policy }: { policy: Service }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState(EMPTY);
  const set = (field: keyof typeof EMPTY) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    const { service, on, payee, voucher } = given;
    const amount = Math.round(Number(given.amount) * 100);
    await post('/prevention/costs', {
      id: crypto.randomUUID(),
      policyId: policy.policyId,
      service,
      on,
      amount,
      payee,
      voucher,
    });
    setGiven(EMPTY);
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <Form act={act} submit={say('web.prevention.book')} onSubmit={() => void act.run(send)}>
      <h2>{say('web.prevention.book')}</h2>
      <ChoiceField
        label={say('web.prevention.service')}
        options={policy.services.map(({ id, name }) => ({ value: id, label: name }))}
        value={given.service}
        onChange={set('service')}
      />
      <TextField label={say('web.prevention.day')} type="date" value={given.on} onChange={set('on')} />
      <TextField
        label={say('web.prevention.amount_yuan')}
        type="number"
        value={given.amount}
        onChange={set('amount')}
      />
      <TextField label={say('web.prevention.voucher')} value={given.voucher} onChange={set('voucher')} />
      <TextField label={say('web.prevention.payee')} value={given.payee} onChange={set('payee')} />
    </Form>
  );
}
