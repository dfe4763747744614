import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type {
  commissionAnswer,
  commissionLines,
  commissionRateList,
  commissionStatementList,
} from '../../../contract/insurance-commission.ts';
import { apiUrl, get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { PagedTable } from '../../ui/list/paged-table.tsx';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Day } from '../../ui/when.tsx';
import { FileRate } from './commission-rate.tsx';
import { monthBefore, percent } from './commission-words.ts';

type Answer = z.infer<typeof commissionAnswer>;
type Payee = Answer['payees'][number];
type Statement = z.infer<typeof commissionStatementList>['items'][number];
type Rate = z.infer<typeof commissionRateList>['items'][number];
type Lines = z.infer<typeof commissionLines>;
const PATH = '/insurance/commissions';
const NONE: readonly string[] = [];

/** Commission: whom an insurer pays and whether it may, months to close and to release, and the filed rates. */
export function CommissionsPage() {
  const say = useSay();
  const { role } = useMe();
  const read = useQuery({
    queryKey: ['insurance', PATH],
    queryFn: ({ signal }) => get<Answer>(PATH, undefined, signal),
  });
  const isInsurer = role !== 'broker';
  return (
    <Page title={say('web.menu.commissions')} note={say('web.commission.what')}>
      <Loaded query={read} lines={10}>
        {(data) => (
          <>
            {isInsurer ? <Payees payees={data.payees} /> : null}
            <Statements />
            {role === 'cashier' || role === 'approver' ? <CloseMonth payees={data.payees} /> : null}
            {isInsurer ? <Rates /> : null}
            {role === 'underwriter' ? <FileRate schemes={data.schemes} /> : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** A licence in words, or that there is none. */
export function Licence({ licence }: { licence: Payee['licence'] }) {
  const say = useSay();
  const word = useWord();
  if (!licence) return <Mark tone="warn">{say('web.commission.no_licence')}</Mark>;
  const kind = word('identity.licence', licence.kind);
  const { number, expiresOn } = licence;
  return (
    <Mark tone="good">
      {expiresOn
        ? say('web.commission.licence_until', { kind, number, until: expiresOn })
        : say('web.commission.licence_open', { kind, number })}
    </Mark>
  );
}

function Payees({ payees }: { payees: readonly Payee[] }) {
  const say = useSay();
  const columns: readonly Column<Payee>[] = [
    { key: 'name', title: say('web.commission.payee'), cell: (row) => row.name, wide: true },
    {
      key: 'licence',
      title: say('web.commission.licence'),
      cell: (row) => <Licence licence={row.licence} />,
      wide: true,
    },
    { key: 'policies', title: say('web.commission.policies'), numeric: true, cell: (row) => row.policies },
    { key: 'waiting', title: say('web.commission.waiting'), numeric: true, cell: (row) => yuan(row.waiting) },
    { key: 'owed', title: say('web.commission.owed'), numeric: true, cell: (row) => yuan(row.owed) },
  ];
  return (
    <Panel flush title={say('web.commission.payees')}>
      {payees.length === 0 ? (
        <Empty title={say('web.commission.no_payees')} hint={say('web.commission.no_payees_hint')} />
      ) : (
        <DataTable
          short
          label={say('web.commission.payees')}
          rows={payees}
          rowId={(row) => row.orgId}
          columns={columns}
        />
      )}
    </Panel>
  );
}

function Statements() {
  const say = useSay();
  const state = useListState(NONE);
  const rows = useRows<Statement>('insurance', `${PATH}/statements`, {});
  const columns: readonly Column<Statement>[] = [
    { key: 'month', title: say('web.commission.month'), cell: (row) => row.month },
    { key: 'payee', title: say('web.commission.payee'), cell: (row) => row.payee, wide: true },
    { key: 'policies', title: say('web.commission.policies'), numeric: true, cell: (row) => row.policies },
    { key: 'carried', title: say('web.commission.carried'), numeric: true, cell: (row) => yuan(row.carried) },
    { key: 'accrued', title: say('web.commission.accrued'), numeric: true, cell: (row) => yuan(row.accrued) },
    { key: 'back', title: say('web.commission.clawed_back'), numeric: true, cell: (row) => yuan(row.clawedBack) },
    { key: 'total', title: say('web.commission.total'), numeric: true, cell: (row) => yuan(row.total) },
    {
      key: 'state',
      title: say('web.commission.state'),
      cell: (row) => (
        <Mark tone={row.state === 'released' ? 'good' : 'accent'}>{say(`web.commission.state.${row.state}`)}</Mark>
      ),
    },
    { key: 'acts', title: '', cell: (row) => <Acts statement={row} /> },
  ];
  return (
    <>
      <h2>{say('web.commission.statements')}</h2>
      <ListBody
        label={say('web.commission.statements')}
        state={state}
        rows={rows}
        rowId={(row) => row.id}
        columns={columns}
        onOpen={state.setOpen}
        empty={<Empty title={say('web.commission.no_statements')} hint={say('web.commission.no_statements_hint')} />}
      />
      {state.open ? <LinesOf id={state.open} /> : null}
    </>
  );
}

function Acts({ statement }: { statement: Statement }) {
  const say = useSay();
  const { role } = useMe();
  const queries = useQueryClient();
  const { id, payee, month, total } = statement;
  return (
    <span className="row">
      <Button size="small" href={apiUrl(`${PATH}/statements/${id}/export`)} download>
        XLSX
      </Button>
      {role === 'approver' && statement.state === 'closed' ? (
        <ActButton
          primary
          label={say('web.commission.release')}
          confirm={{
            title: say('web.commission.release'),
            consequence: say('web.commission.release_means', { payee, month, total: yuan(total) }),
          }}
          onAct={async () => {
            await post(`${PATH}/statements/${id}/release`);
            await queries.invalidateQueries({ queryKey: ['insurance'] });
          }}
        />
      ) : null}
    </span>
  );
}

function LinesOf({ id }: { id: string }) {
  const say = useSay();
  const path = `${PATH}/statements/${id}`;
  const read = useQuery({
    queryKey: ['insurance', path],
    queryFn: ({ signal }) => get<Lines>(path, undefined, signal),
  });
  const columns: readonly Column<Lines['lines'][number]>[] = [
    { key: 'number', title: say('web.coverage.policy'), cell: (row) => <code>{row.number}</code> },
    { key: 'rate', title: say('web.commission.rate'), numeric: true, cell: (row) => percent(row.rate) },
    { key: 'accrued', title: say('web.commission.accrued'), numeric: true, cell: (row) => yuan(row.accrued) },
    { key: 'back', title: say('web.commission.clawed_back'), numeric: true, cell: (row) => yuan(row.clawedBack) },
  ];
  return (
    <Loaded query={read}>
      {({ payee, month, lines, licence }) => (
        <Panel
          flush
          title={say('web.commission.lines', { payee, month })}
          actions={licence ? <Licence licence={licence} /> : null}
        >
          <DataTable
            short
            label={say('web.commission.lines', { payee, month })}
            rows={lines}
            rowId={(row) => row.policyId}
            columns={columns}
          />
        </Panel>
      )}
    </Loaded>
  );
}

function CloseMonth({ payees }: { payees: readonly Payee[] }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ payeeOrgId: '', month: monthBefore(cityDay(today())) });
  if (payees.length === 0) return null;
  const payeeOrgId = given.payeeOrgId || (payees.length === 1 ? (payees[0]?.orgId ?? '') : '');
  const close = async () => {
    await post(`${PATH}/statements`, { payeeOrgId, month: given.month });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Panel title={say('web.commission.close')}>
      <Form
        act={act}
        submit={say('web.commission.close_it')}
        onSubmit={() => void (payeeOrgId ? act.run(close) : null)}
      >
        <div className="facts">
          <ChoiceField
            label={say('web.commission.payee')}
            options={payees.map((p) => ({ value: p.orgId, label: p.name }))}
            value={payeeOrgId}
            onChange={(chosen) => setGiven({ ...given, payeeOrgId: chosen })}
          />
          <TextField
            label={say('web.commission.month')}
            hint={say('web.commission.month_hint')}
            value={given.month}
            onChange={(month) => setGiven({ ...given, month })}
          />
        </div>
      </Form>
    </Panel>
  );
}

function Rates() {
  const say = useSay();
  const rows = useRows<Rate>('insurance', `${PATH}/rates`, {});
  const columns: readonly Column<Rate>[] = [
    { key: 'scheme', title: say('web.commission.scheme'), cell: (row) => row.scheme, wide: true },
    { key: 'rate', title: say('web.commission.rate'), numeric: true, cell: (row) => percent(row.rate) },
    { key: 'filing', title: say('web.commission.filing_no'), cell: (row) => row.filingNo },
    { key: 'from', title: say('web.commission.from'), cell: (row) => <Day on={row.from} /> },
    { key: 'to', title: say('web.commission.to'), cell: (row) => (row.to ? <Day on={row.to} /> : '—') },
  ];
  return (
    <Panel flush title={say('web.commission.rates')}>
      <PagedTable
        short
        label={say('web.commission.rates')}
        rows={rows}
        rowId={(row) => row.id}
        columns={columns}
        empty={<Empty title={say('web.commission.no_rates')} hint={say('web.commission.no_rates_hint')} />}
      />
    </Panel>
  );
}
