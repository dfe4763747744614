import type { z } from 'zod';
import type { journalAnswer } from '../../../contract/insurance-books.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { useRows } from '../../ui/list/rows.ts';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty, Failing, Loading } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type Entry = z.infer<typeof journalAnswer>['items'][number];
type Line = Entry['postings'][number] & { id: string; entry: Entry; isFirst: boolean };

/** The entries behind one account, newest first, each with all its lines. */
export function Journal({ account, at }: { account: string; at: string | undefined }) {
  const say = useSay();
  const word = useWord();
  const rows = useRows<Entry>('insurance', '/insurance/entries', { account, at });
  const lines = rows.rows?.flatMap((entry) =>
    entry.postings.map((posting, i): Line => ({ ...posting, id: `${entry.id} ${i}`, entry, isFirst: i === 0 })),
  );
  const columns: readonly Column<Line>[] = [
    { key: 'at', title: say('insurance.bank.column.at'), cell: (l) => (l.isFirst ? <When at={l.entry.at} /> : '') },
    {
      key: 'kind',
      title: say('web.books.kind'),
      cell: (l) => (l.isFirst ? word('insurance.entry_kind', l.entry.kind) : ''),
    },
    { key: 'account', title: say('web.bank.head'), cell: (l) => word('insurance.account', l.account) },
    { key: 'party', title: say('web.books.party'), cell: (l) => word('insurance.payer', l.party ?? '') || '—' },
    { key: 'record', title: say('web.bank.record'), cell: (l) => l.claim ?? l.policy ?? '—' },
    { key: 'debit', title: say('web.books.debit'), numeric: true, cell: (l) => (l.amount > 0 ? yuan(l.amount) : '') },
    {
      key: 'credit',
      title: say('web.books.credit'),
      numeric: true,
      cell: (l) => (l.amount < 0 ? yuan(-l.amount) : ''),
    },
  ];
  return (
    <Panel flush title={say('web.books.journal', { account: say(`insurance.account.${account}`) })}>
      {rows.error ? <Failing error={rows.error} onRetry={rows.again} /> : null}
      {lines === undefined ? <Loading /> : lines.length === 0 ? <Empty title={say('web.books.no_entries')} /> : null}
      {lines?.length ? (
        <DataTable short label={say('web.books.accounts')} rows={lines} rowId={(l) => l.id} columns={columns}>
          {rows.more ? (
            <button type="button" className="plain" onClick={rows.more}>
              {say('web.list.more')}
            </button>
          ) : null}
        </DataTable>
      ) : null}
    </Panel>
  );
}
