import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import type { z } from 'zod';
import type { renewalDone, renewalItem } from '../../../contract/insurance-intake.ts';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Day } from '../../ui/when.tsx';
import { TAKERS } from './policy-words.ts';

type Item = z.infer<typeof renewalItem>;
const NONE: readonly string[] = [];

/** Policies that end soon or ended without a successor; each renewed from the day after its last. */
export function RenewalsPage() {
  const say = useSay();
  const state = useListState(NONE);
  const rows = useRows<Item>('insurance', '/insurance/renewals', {});
  return (
    <Page title={say('web.menu.renewals')} note={say('web.renewals.what')}>
      <ListBody
        label={say('web.menu.renewals')}
        state={state}
        rows={rows}
        columns={useRenewalColumns()}
        rowId={(row) => row.policyId}
        tone={(row) => (row.daysLeft < 0 ? 'warn' : undefined)}
        empty={<Empty title={say('web.renewals.empty')} hint={say('web.renewals.empty_hint')} />}
      />
    </Page>
  );
}

function useRenewalColumns(): readonly Column<Item>[] {
  const say = useSay();
  return [
    {
      key: 'number',
      title: say('web.policy.number'),
      cell: (row) => <Link to={paths.policy(row.policyId)}>{row.number}</Link>,
    },
    { key: 'holder', title: say('web.policy.holder'), wide: true, cell: (row) => row.holder },
    { key: 'to', title: say('web.policy.to'), cell: (row) => <Day on={row.to} /> },
    {
      key: 'left',
      title: say('web.renewals.left'),
      cell: (row) => (
        <Mark tone={row.daysLeft < 15 ? 'warn' : 'plain'}>
          {row.daysLeft < 0
            ? say('web.renewals.gap', { n: -row.daysLeft })
            : say('web.renewals.days', { n: row.daysLeft })}
        </Mark>
      ),
    },
    { key: 'elevators', title: say('web.policies.elevators'), numeric: true, cell: (row) => row.elevators },
    { key: 'premium', title: say('web.policies.premium'), numeric: true, cell: (row) => yuan(row.premium) },
    { key: 'act', title: say('web.renewals.act'), cell: (row) => <Renew row={row} /> },
  ];
}

function Renew({ row }: { row: Item }) {
  const say = useSay();
  const { role } = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  if (row.nextPolicyId) return <Link to={paths.policy(row.nextPolicyId)}>{say('web.renewals.next')}</Link>;
  if (row.quoteId) return <Link to={paths.quote(row.quoteId)}>{say('web.renewals.quoted')}</Link>;
  if (!TAKERS.includes(role)) return <span className="muted">{say('web.renewals.open')}</span>;
  const renew = async () => {
    const path = `/insurance/policies/${row.policyId}/renewal`;
    const done = await post<z.infer<typeof renewalDone>>(path, {}, crypto.randomUUID());
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    await navigate(paths.quote(done.quoteId));
  };
  return <ActButton primary label={say('web.renewals.renew')} onAct={renew} />;
}
