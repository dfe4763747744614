import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { payableList } from '../../../contract/insurance-bank.ts';
import { get } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { yuan } from '../../ui/money.ts';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type List = z.infer<typeof payableList>;
type Row = List['items'][number];
const NONE: readonly string[] = [];

/** What the insurer owes, head by head, the oldest first. It is paid at the bank, and matched when the bank says so. */
export function Payables() {
  const say = useSay();
  const word = useWord();
  const state = useListState(NONE);
  const rows = useRows<Row>('insurance', '/insurance/payables', {});
  const all = useQuery({
    queryKey: ['insurance', '/insurance/payables', 'sums'],
    queryFn: ({ signal }) => get<List>('/insurance/payables', { limit: 1 }, signal),
  }).data;
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
    <>
      {all && all.count > 0 ? <h2>{say('web.bank.payables', { sum: yuan(all.sum), n: all.count })}</h2> : null}
      <ListBody
        label={say('web.bank.tab.payables')}
        state={state}
        rows={rows}
        total={all?.count}
        columns={columns}
        rowId={(row) => `${row.account} ${row.party} ${row.policyId} ${row.claimId}`}
        empty={<Empty title={say('web.bank.no_payables')} hint={say('web.bank.no_payables_hint')} />}
      />
    </>
  );
}
