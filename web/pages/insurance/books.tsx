import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { reconcileAnswer } from '../../../contract/insurance-books.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, fullTime, today } from '../../time.ts';
import { CalendarInput } from '../../ui/calendar-input.tsx';
import { Info } from '../../ui/info.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { changed } from '../../ui/list/list-state.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Journal } from './journal.tsx';
import '../../ui/list/filters.css';

type Report = z.infer<typeof reconcileAnswer>;
type Tie = { id: string; name: string; means: string; register: number; ledger: number };

/** The end of a city day, or now when the day is today: the instant the books are looked at. */
const instantOf = (day: string): string | undefined =>
  day === cityDay(today()) ? undefined : new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000 - 1).toISOString();

/** Registers against books at an instant, to the fen; a balance opens into its entries. */
export function BooksPage() {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const set = (changes: Readonly<Record<string, string>>) =>
    setParams((now) => changed(now, changes), { replace: true });
  const on = params.get('on') ?? cityDay(today());
  const at = instantOf(on);
  const read = useQuery({
    queryKey: ['insurance', '/insurance/reconciliation', at ?? 'now'],
    queryFn: ({ signal }) => get<Report>('/insurance/reconciliation', { at }, signal),
    placeholderData: keepPreviousData,
  });
  const account = params.get('account') ?? '';
  return (
    <Page title={say('web.menu.books')} note={say('web.books.what')}>
      <div className="filters">
        <label className="row">
          <span className="muted nowrap">{say('web.coverage.on')}</span>
          <CalendarInput kind="day" value={on} onChange={(day) => day && set({ on: day })} />
        </label>
      </div>
      <Loaded query={read} lines={10}>
        {(report) => (
          <>
            <Ties report={report} />
            <Differences report={report} />
            <Accounts report={report} active={account} onOpen={(one) => set({ account: one })} />
          </>
        )}
      </Loaded>
      {account ? <Journal key={`${account} ${on}`} account={account} at={at} /> : null}
    </Page>
  );
}

function Ties({ report }: { report: Report }) {
  const say = useSay();
  const seesBooks = report.accounts.length > 0;
  const ties: readonly Tie[] = [
    { id: 'policies', ...report.policies },
    { id: 'claims', ...report.claims },
    ...(seesBooks
      ? [
          { id: 'bank', ...report.bank },
          { id: 'balance', register: 0, ledger: report.balance },
        ]
      : []),
  ].map(({ id, register, ledger }) => ({
    id,
    register,
    ledger,
    name: say(`web.books.tie.${id}`),
    means: say(`web.books.tie.${id}_means`),
  }));
  const columns: readonly Column<Tie>[] = [
    {
      key: 'name',
      title: say('web.books.tie'),
      cell: (tie) => (
        <>
          {tie.name} <Info label={say('web.chart.source')}>{tie.means}</Info>
        </>
      ),
    },
    { key: 'register', title: say('web.books.register'), numeric: true, cell: (tie) => yuan(tie.register) },
    { key: 'ledger', title: say('web.books.ledger'), numeric: true, cell: (tie) => yuan(tie.ledger) },
    {
      key: 'difference',
      title: say('web.books.difference'),
      numeric: true,
      cell: (tie) =>
        tie.register === tie.ledger ? (
          <Mark tone="good">{say('web.books.equal')}</Mark>
        ) : (
          <Mark tone="warn">{yuan(tie.register - tie.ledger)}</Mark>
        ),
    },
  ];
  return (
    <Panel
      flush
      title={say('web.books.ties', { at: fullTime(report.at), n: report.policies.count.toLocaleString('en-US') })}
    >
      <DataTable short label={say('web.menu.books')} rows={ties} rowId={(tie) => tie.id} columns={columns} />
    </Panel>
  );
}

type Difference = Report['policies']['differences'][number];

function Differences({ report: { policies } }: { report: Report }) {
  const say = useSay();
  if (policies.differing === 0) return null;
  const columns: readonly Column<Difference>[] = [
    { key: 'number', title: say('web.coverage.policy'), cell: (row) => <code>{row.number || row.id}</code> },
    { key: 'left', title: say('web.books.register'), numeric: true, cell: (row) => yuan(row.left) },
    { key: 'right', title: say('web.books.ledger'), numeric: true, cell: (row) => yuan(row.right) },
    { key: 'difference', title: say('web.books.difference'), numeric: true, cell: (row) => yuan(row.difference) },
  ];
  return (
    <Panel flush title={say('web.books.differences', { n: policies.differing, shown: policies.differences.length })}>
      <DataTable
        short
        label={say('web.books.difference')}
        rows={policies.differences}
        rowId={(row) => row.id}
        columns={columns}
      />
    </Panel>
  );
}

type Account = Report['accounts'][number];
type AccountsProps = { report: Report; active: string; onOpen: (account: string) => void };

function Accounts({ report: { accounts }, active, onOpen }: AccountsProps) {
  const say = useSay();
  if (accounts.length === 0) return null;
  const columns: readonly Column<Account>[] = [
    { key: 'account', title: say('web.bank.head'), cell: (row) => say(`insurance.account.${row.account}`) },
    {
      key: 'debit',
      title: say('web.books.debit'),
      numeric: true,
      cell: (row) => (row.amount > 0 ? yuan(row.amount) : ''),
    },
    {
      key: 'credit',
      title: say('web.books.credit'),
      numeric: true,
      cell: (row) => (row.amount < 0 ? yuan(-row.amount) : ''),
    },
  ];
  return (
    <Panel flush title={say('web.books.accounts')}>
      {accounts.length === 0 ? (
        <Empty title={say('web.books.no_entries')} />
      ) : (
        <DataTable
          short
          label={say('web.books.accounts')}
          rows={accounts}
          rowId={(row) => row.account}
          columns={columns}
          open={active}
          onOpen={onOpen}
        />
      )}
    </Panel>
  );
}
