import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { payableList } from '../../../contract/insurance-bank.ts';
import { get } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type List = z.infer<typeof payableList>;
type Row = List['items'][number];

/** What the insurer owes, head by head, the oldest first. It is paid at the bank, and matched when the bank says so. */
export function Payables() {
  const say = useSay();
  const word = useWord();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/payables'],
    queryFn: ({ signal }) => get<List>('/insurance/payables', undefined, signal),
  });
  const columns: readonly Column<Row>[] = [
    { key: 'since', title: say('web.bank.since'), cell: (row) => <When at={row.since} /> },
    { key: 'account', title: say('web.bank.head'), cell: (row) => word('insurance.account', row.account) },
    {
      key: 'party',
      title: say('web.bank.payee'),
      cell: (row) => word('insurance.payer', row.partyName ?? '') || '—',
      wide: true,
    },
    { key: 'of', title: say('web.bank.record'), cell: (row) => row.claim ?? row.policy ?? row.programme ?? '—' },
    { key: 'owed', title: say('web.bank.amount'), numeric: true, cell: (row) => yuan(row.owed) },
  ];
  return (
    <Loaded query={read}>
      {(data) => (
        <Panel flush title={say('web.bank.payables', { sum: yuan(data.sum), n: data.items.length })}>
          {data.items.length === 0 ? (
            <Empty title={say('web.bank.no_payables')} hint={say('web.bank.no_payables_hint')} />
          ) : (
            <DataTable
              label={say('web.bank.tab.payables')}
              rows={data.items}
              rowId={(row) => `${row.account} ${row.party} ${row.policyId} ${row.claimId}`}
              columns={columns}
            />
          )}
        </Panel>
      )}
    </Loaded>
  );
}
