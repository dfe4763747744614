import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { instalmentView } from '../../../contract/insurance-instalments.ts';
import { post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { Day } from '../../ui/when.tsx';

type View = NonNullable<z.infer<typeof instalmentView>>;
type Item = View['items'][number];

const TONES: Readonly<Record<Item['stage'], Tone>> = {
  paid: 'good',
  not_due: 'plain',
  reminded: 'accent',
  grace: 'warn',
  overdue: 'warn',
};

/** How a policy is paid in parts, what is missing, and the notice after the grace. */
export function Instalments({ policyId, number, view }: { policyId: string; number: string; view: View }) {
  const say = useSay();
  const word = useWord();
  const columns: readonly Column<Item>[] = [
    { key: 'no', title: say('web.instalment.no'), numeric: true, cell: (row) => row.no },
    { key: 'due', title: say('web.instalment.due_on'), cell: (row) => <Day on={row.dueOn} /> },
    { key: 'payer', title: say('web.policy.payer'), cell: (row) => word('insurance.payer', row.payer), wide: true },
    { key: 'amount', title: say('web.instalment.amount'), numeric: true, cell: (row) => yuan(row.amount) },
    {
      key: 'unpaid',
      title: say('web.instalment.unpaid'),
      numeric: true,
      cell: (row) => (row.unpaid > 0 ? yuan(row.unpaid) : '—'),
    },
    {
      key: 'stage',
      title: say('web.instalment.stage'),
      cell: (row) => <Mark tone={TONES[row.stage]}>{say(`web.instalment.stage.${row.stage}`)}</Mark>,
    },
  ];
  const { notice, graceDays, noticeDays } = view;
  return (
    <Panel
      flush
      title={
        <>
          {say('web.instalment.title')}{' '}
          <span className="muted small">{say('web.instalment.what', { grace: graceDays, notice: noticeDays })}</span>
        </>
      }
      actions={
        notice ? (
          <Mark tone="warn">
            {say('web.instalment.notice', { on: notice.sentOn, amount: yuan(notice.unpaid), until: notice.endsOn })}
          </Mark>
        ) : (
          <Give policyId={policyId} number={number} view={view} />
        )
      }
    >
      <DataTable
        short
        label={say('web.instalment.title')}
        rows={view.items}
        rowId={(row) => `${row.no} ${row.payer}`}
        columns={columns}
      />
    </Panel>
  );
}

function Give({ policyId, number, view }: { policyId: string; number: string; view: View }) {
  const say = useSay();
  const { role } = useMe();
  const queries = useQueryClient();
  if (role !== 'underwriter' || !view.items.some((i) => i.stage === 'overdue')) return null;
  return (
    <ActButton
      label={say('web.instalment.give')}
      confirm={{ title: number, consequence: say('web.instalment.give_means', { days: view.noticeDays }) }}
      onAct={async () => {
        await post(`/insurance/policies/${policyId}/instalment-notice`);
        await queries.invalidateQueries({ queryKey: ['insurance'] });
      }}
    />
  );
}
