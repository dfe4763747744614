import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { subsidyAnswer } from '../../../contract/insurance-subsidy.ts';
import { apiUrl, get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { fenTyped, yuan, yuanOr } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Day, When } from '../../ui/when.tsx';

type Subsidy = z.infer<typeof subsidyAnswer>;
type Scheme = Subsidy['schemes'][number];
type Batch = Subsidy['batches'][number];
const KEY = ['insurance', '/insurance/subsidies'];

/** The public purse's part: a year's budget, batches by insured volume, what went back. */
export function SubsidiesPage() {
  const say = useSay();
  const { role } = useMe();
  const read = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<Subsidy>('/insurance/subsidies', undefined, signal),
  });
  return (
    <Page title={say('web.menu.subsidies')} note={say('web.subsidy.what')}>
      <Loaded query={read}>
        {(data) => (
          <>
            <Budgets data={data} />
            <Batches batches={data.batches} isPurse={role === 'city_regulator'} />
            {role === 'city_regulator' ? <SetBudget data={data} /> : <Ask schemes={data.schemes} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Budgets({ data }: { data: Subsidy }) {
  const say = useSay();
  const columns: readonly Column<Scheme>[] = [
    { key: 'name', title: say('web.subsidy.scheme'), cell: (row) => row.name, wide: true },
    { key: 'budget', title: say('web.subsidy.budget'), numeric: true, cell: (row) => yuanOr(row.budget) },
    { key: 'approved', title: say('web.subsidy.approved'), numeric: true, cell: (row) => yuan(row.approved) },
    { key: 'paid', title: say('web.subsidy.paid'), numeric: true, cell: (row) => yuan(row.paid) },
    { key: 'left', title: say('web.subsidy.left'), numeric: true, cell: (row) => yuanOr(row.left) },
  ];
  return (
    <Panel flush title={say('web.subsidy.budgets', { year: data.year })}>
      <DataTable
        short
        label={say('web.menu.subsidies')}
        rows={data.schemes}
        rowId={(row) => row.id}
        columns={columns}
      />
    </Panel>
  );
}

const TONES: Readonly<Record<Batch['state'], Tone>> = {
  submitted: 'accent',
  verified: 'accent',
  approved: 'warn',
  paid: 'good',
  returned: 'unknown',
};

function Batches({ batches, isPurse }: { batches: readonly Batch[]; isPurse: boolean }) {
  const say = useSay();
  const columns: readonly Column<Batch>[] = [
    { key: 'no', title: say('web.subsidy.no'), numeric: true, cell: (row) => row.no },
    { key: 'lead', title: say('insurance.bordereau.insurer'), cell: (row) => row.lead, wide: true },
    { key: 'until', title: say('web.subsidy.until'), cell: (row) => <Day on={row.untilOn} /> },
    {
      key: 'elevators',
      title: say('web.subsidy.elevators'),
      numeric: true,
      cell: (row) => row.elevators.toLocaleString('en-US'),
    },
    { key: 'gross', title: say('web.subsidy.gross'), numeric: true, cell: (row) => yuan(row.gross) },
    { key: 'back', title: say('web.subsidy.claw_back'), numeric: true, cell: (row) => yuan(row.clawBack) },
    { key: 'net', title: say('web.subsidy.net'), numeric: true, cell: (row) => yuan(row.net) },
    {
      key: 'state',
      title: say('web.subsidy.state'),
      cell: (row) => (
        <Mark tone={TONES[row.state]} title={row.reason}>
          {say(`web.subsidy.state.${row.state}`)}
        </Mark>
      ),
    },
    { key: 'paidAt', title: say('web.subsidy.paid_at'), cell: (row) => <When at={row.paidAt} /> },
    {
      key: 'acts',
      title: '',
      cell: (row) => (
        <span className="row">
          <Button size="small" href={apiUrl(`/insurance/subsidies/batches/${row.id}/export`)} download>
            XLSX
          </Button>
          {isPurse ? <Steps batch={row} /> : row.state === 'approved' ? <Pay batch={row} /> : null}
        </span>
      ),
    },
  ];
  return (
    <Panel flush title={say('web.subsidy.batches')}>
      {batches.length === 0 ? (
        <Empty title={say('web.subsidy.none')} hint={say('web.subsidy.none_hint')} />
      ) : (
        <DataTable short label={say('web.subsidy.batches')} rows={batches} rowId={(row) => row.id} columns={columns} />
      )}
    </Panel>
  );
}

/** The purse's next act: verify, then a second person approves; either may be refused with the reason of the server. */
function Steps({ batch }: { batch: Batch }) {
  const say = useSay();
  const queries = useQueryClient();
  const next = batch.state === 'submitted' ? 'verify' : batch.state === 'verified' ? 'approve' : null;
  if (!next) return null;
  return (
    <ActButton
      primary
      label={say(`web.subsidy.${next}`)}
      confirm={{
        title: say(`web.subsidy.${next}`),
        consequence: say(`web.subsidy.${next}_means`, { no: batch.no, lead: batch.lead, net: yuan(batch.net) }),
      }}
      onAct={async () => {
        await post(`/insurance/subsidies/batches/${batch.id}/steps`, { do: next });
        await queries.invalidateQueries({ queryKey: KEY });
      }}
    />
  );
}

type Lines = { items: readonly { id: string; amount: number; left: number; counterparty: string; bankRef: string }[] };

/** The bank line that paid an approved batch: one that still has enough of its money waiting. */
function Pay({ batch }: { batch: Batch }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [bankLineId, setLine] = useState('');
  const lines = useQuery({
    queryKey: ['insurance', '/insurance/bank-lines', 'subsidy'],
    queryFn: ({ signal }) => get<Lines>('/insurance/bank-lines', { open: 'true', direction: 'in' }, signal),
  });
  const options = (lines.data?.items ?? [])
    .filter((line) => line.left >= batch.net)
    .map((line) => ({ value: line.id, label: `${yuan(line.left)} · ${line.counterparty || line.bankRef}` }));
  const send = async () => {
    await post(`/insurance/subsidies/batches/${batch.id}/payment`, { bankLineId });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.subsidy.settle')} onSubmit={() => void (bankLineId ? act.run(send) : null)}>
      <ChoiceField label={say('web.subsidy.line')} options={options} value={bankLineId} onChange={setLine} />
    </Form>
  );
}

function SetBudget({ data }: { data: Subsidy }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ schemeId: data.schemes[0]?.id ?? '', yuan: '', reason: '' });
  const amount = fenTyped(given.yuan);
  const fault =
    given.yuan !== '' && amount === null
      ? { field: 'amount', value: given.yuan, message: say('web.bank.amount_fault') }
      : undefined;
  const send = async () => {
    await post('/insurance/subsidies/budgets', {
      schemeId: given.schemeId,
      year: data.year,
      amount,
      reason: given.reason,
    });
    setGiven({ ...given, yuan: '', reason: '' });
    await queries.invalidateQueries({ queryKey: KEY });
  };
  return (
    <Panel title={say('web.subsidy.set_budget', { year: data.year })}>
      <Form act={act} submit={say('web.subsidy.set')} onSubmit={() => void (amount === null ? null : act.run(send))}>
        <div className="facts">
          <ChoiceField
            label={say('web.subsidy.scheme')}
            options={data.schemes.map((s) => ({ value: s.id, label: s.name }))}
            value={given.schemeId}
            onChange={(schemeId) => setGiven({ ...given, schemeId })}
          />
          <TextField
            label={say('web.bank.amount')}
            value={given.yuan}
            onChange={(text) => setGiven({ ...given, yuan: text })}
            fault={fault}
          />
          <TextField
            label={say('web.subsidy.reason')}
            hint={say('web.subsidy.reason_hint')}
            value={given.reason}
            onChange={(reason) => setGiven({ ...given, reason })}
          />
        </div>
      </Form>
    </Panel>
  );
}

function Ask({ schemes }: { schemes: readonly Scheme[] }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ schemeId: schemes[0]?.id ?? '', untilOn: cityDay(today()) });
  const send = async () => {
    await post('/insurance/subsidies/batches', given);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Panel title={say('web.subsidy.ask')}>
      <Form act={act} submit={say('web.subsidy.ask_it')} onSubmit={() => void act.run(send)}>
        <div className="facts">
          <ChoiceField
            label={say('web.subsidy.scheme')}
            options={schemes.map((s) => ({ value: s.id, label: s.name }))}
            value={given.schemeId}
            onChange={(schemeId) => setGiven({ ...given, schemeId })}
          />
          <TextField
            label={say('web.subsidy.until')}
            hint={say('web.subsidy.until_hint')}
            type="date"
            value={given.untilOn}
            onChange={(untilOn) => setGiven({ ...given, untilOn })}
          />
        </div>
      </Form>
    </Panel>
  );
}
