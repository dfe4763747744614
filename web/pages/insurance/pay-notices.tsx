import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { noticeItem } from '../../../contract/insurance-notices.ts';
import { apiUrl, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { PagedTable } from '../../ui/list/paged-table.tsx';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Day, Due, When } from '../../ui/when.tsx';

type Notice = z.infer<typeof noticeItem>;
type Asking = {
  policyId: string;
  asks: 'pay-notices' | 'part-notices' | null;
  isPaid: (notice: Notice) => boolean;
};

/**
 * What each payer of a policy was asked for. The lead insurer writes them; a payer sees his own. `asks`: for the premium before
 * the cover, for the later parts of one paid in parts, or for nothing. `isPaid`: did what a notice asked for come?
 */
export function PayNotices({ policyId, asks, isPaid }: Asking) {
  const say = useSay();
  const word = useWord();
  const { role } = useMe();
  const queries = useQueryClient();
  const path = `/insurance/policies/${policyId}/pay-notices`;
  const rows = useRows<Notice>('insurance', path, {});
  const write = async () => {
    await post(`/insurance/policies/${policyId}/${asks}`);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  const mayWrite = asks !== null && ['underwriter', 'cashier'].includes(role);
  return (
    <Panel
      flush
      title={say('web.notice.title')}
      actions={
        mayWrite ? (
          <ActButton label={say(asks === 'part-notices' ? 'web.notice.send_parts' : 'web.notice.send')} onAct={write} />
        ) : null
      }
    >
      <PagedTable
        short
        label={say('web.notice.title')}
        rows={rows}
        rowId={(row) => row.id}
        columns={[
          {
            key: 'no',
            title: say('web.policy.paper'),
            cell: (row) => (
              <a href={apiUrl(`/insurance/pay-notices/${row.id}/pdf`)} target="_blank" rel="noreferrer">
                {say('web.notice.no', { n: row.no })}
              </a>
            ),
          },
          {
            key: 'for',
            title: say('web.notice.for'),
            cell: (row) =>
              row.endorsement !== null
                ? say('web.notice.for_endorsement', { n: row.endorsement })
                : row.part !== null
                  ? say('web.notice.for_part', { n: row.part })
                  : say('web.notice.for_policy'),
          },
          { key: 'payer', title: say('web.notice.payer'), wide: true, cell: (row) => row.payerName },
          { key: 'as', title: say('web.notice.as'), cell: (row) => word('insurance.payer', row.payer) },
          { key: 'amount', title: say('web.notice.amount'), numeric: true, cell: (row) => yuan(row.amount) },
          {
            key: 'due',
            title: say('web.notice.due'),
            cell: (row) =>
              isPaid(row) ? (
                <span className="row">
                  <Day on={row.dueOn} /> <Mark tone="good">{say('web.instalment.stage.paid')}</Mark>
                </span>
              ) : (
                <Due on={row.dueOn} soonDays={7} />
              ),
          },
          { key: 'made', title: say('web.policy.made'), cell: (row) => <When at={row.madeAt} /> },
        ]}
        empty={<Empty title={say('web.notice.none')} hint={say('web.notice.none_hint')} />}
      />
    </Panel>
  );
}
