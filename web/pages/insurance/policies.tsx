import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { policyItem, policyList } from '../../../contract/insurance.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { yuan } from '../../ui/money.ts';
import { Figure, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Day, Due } from '../../ui/when.tsx';
import { type Issued, IssuePaid, Unissued } from './issue-paid.tsx';
import { StandMark } from './stand-mark.tsx';

type Policy = z.infer<typeof policyItem>;
type Sums = z.infer<typeof policyList>['sums'];
const NAMES = ['q', 'show', 'state', 'kind'] as const;
const SHOWN = ['current', 'ended', 'all'] as const;
const STATES = ['awaiting_cash', 'issued', 'cancelled', 'void'] as const;
const KINDS = ['liability', 'comprehensive', 'pension'] as const;

/** Policies one is a party to: those in hand unless asked otherwise, the next to end on top. */
export function PoliciesPage() {
  const say = useSay();
  const word = useWord();
  const state = useListState(NAMES);
  const navigate = useNavigate();
  const { role } = useMe();
  const [issued, setIssued] = useState<Issued | null>(null);
  const unissued = issued?.items.filter((item) => !item.issued) ?? [];
  const asked = { show: 'current', ...state.filters };
  const rows = useRows<Policy>('insurance', '/insurance/policies', asked);
  const sums = useQuery({
    queryKey: ['insurance', '/insurance/policies', 'sums', asked],
    queryFn: ({ signal }) => get<{ sums: Sums }>('/insurance/policies', { ...asked, limit: 1 }, signal),
    placeholderData: keepPreviousData,
  }).data?.sums;
  const options = (prefix: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: word(prefix, value) }));
  return (
    <Page
      title={say('web.menu.policies')}
      note={say('web.policies.what')}
      actions={role === 'underwriter' ? <IssuePaid done={issued} onDone={setIssued} /> : null}
    >
      {unissued.length > 0 ? <Unissued items={unissued} /> : null}
      {sums ? <Figures sums={sums} /> : null}
      <FilterBar
        state={state}
        filters={[
          { name: 'show', label: say('web.policies.show'), options: options('web.policies.show', SHOWN) },
          { name: 'state', label: say('web.policies.state'), options: options('web.policy.state', STATES) },
          { name: 'kind', label: say('web.policies.kind'), options: options('insurance.kind', KINDS) },
        ]}
      />
      <ListBody
        label={say('web.menu.policies')}
        state={state}
        rows={rows}
        total={sums?.policies}
        columns={usePolicyColumns()}
        rowId={(row) => row.id}
        onOpen={(id) => void navigate(paths.policy(id))}
        empty={<Empty title={say('web.policies.empty')} hint={say('web.policies.empty_hint')} />}
      />
    </Page>
  );
}

/** What must still come before it is issued; the public purse pays later. */
const dueOn = (policy: Policy) =>
  policy.state !== 'awaiting_cash'
    ? 0
    : policy.owed.reduce((due, p) => due + (p.payer === 'inspection' ? 0 : Math.max(p.amount - p.arrived, 0)), 0);

/** Of all that match, not of the page. */
function Figures({ sums }: { sums: Sums }) {
  const say = useSay();
  const figure = (n: number) => n.toLocaleString('en-US');
  return (
    <div className="figures">
      <Figure name={say('web.policies.in_force')} value={figure(sums.inForce)} />
      <Figure name={say('web.policies.awaiting')} value={figure(sums.awaitingCash)} />
      <Figure name={say('web.policies.elevators')} value={figure(sums.elevators)} />
      <Figure name={say('web.policies.premium_live')} value={yuan(sums.premium)} />
    </div>
  );
}

function usePolicyColumns(): readonly Column<Policy>[] {
  const say = useSay();
  return [
    { key: 'number', title: say('web.policy.number'), cell: (row) => <code>{row.number}</code> },
    { key: 'holder', title: say('web.policy.holder'), cell: (row) => row.holder, wide: true },
    { key: 'lead', title: say('web.policy.lead'), cell: (row) => row.lead },
    {
      key: 'state',
      title: say('web.policies.state'),
      cell: (row) => <StandMark policy={row} />,
    },
    { key: 'from', title: say('web.policy.from'), cell: (row) => <Day on={row.from} /> },
    {
      key: 'to',
      title: say('web.policy.to'),
      cell: (row) =>
        row.state === 'issued' || row.leavesOn ? (
          <Due on={row.leavesOn ?? row.to} soonDays={60} />
        ) : (
          <Day on={row.endedOn ?? row.to} />
        ),
    },
    { key: 'elevators', title: say('web.policies.elevators'), numeric: true, cell: (row) => row.elevators },
    { key: 'premium', title: say('web.policies.premium'), numeric: true, cell: (row) => yuan(row.premium) },
    {
      key: 'due',
      title: say('web.policies.due'),
      numeric: true,
      cell: (row) => (dueOn(row) > 0 ? yuan(dueOn(row)) : '—'),
    },
  ];
}
