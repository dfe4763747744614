import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { policyItem } from '../../../contract/insurance.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Day, Due } from '../../ui/when.tsx';
import { toneOf } from './policy-words.ts';

type Policy = z.infer<typeof policyItem>;
const NAMES = ['state'] as const;
const STATES = ['awaiting_cash', 'issued', 'cancelled', 'void'] as const;
const MOST = 200;

/** Policies one is a party to: those that end first on top, with what is still due on each. */
export function PoliciesPage() {
  const say = useSay();
  const word = useWord();
  const state = useListState(NAMES);
  const navigate = useNavigate();
  const asked = { ...state.filters, limit: MOST };
  const read = useQuery({
    queryKey: ['insurance', '/insurance/policies', asked],
    queryFn: ({ signal }) => get<{ items: readonly Policy[] }>('/insurance/policies', asked, signal),
  });
  const columns = usePolicyColumns();
  return (
    <Page title={say('web.menu.policies')} note={say('web.policies.what')}>
      <FilterBar
        state={state}
        finder={null}
        filters={[
          {
            name: 'state',
            label: say('web.policies.state'),
            options: STATES.map((value) => ({ value, label: word('web.policy.state', value) })),
            wordOf: (value) => word('web.policy.state', value),
          },
        ]}
      />
      <Loaded query={read} lines={12}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel title={say('web.menu.policies')}>
              <Empty title={say('web.policies.empty')} hint={say('web.policies.empty_hint')} />
            </Panel>
          ) : (
            <>
              <Sums items={items} />
              <Panel flush title={say('web.policies.count', { n: items.length })}>
                <DataTable
                  label={say('web.menu.policies')}
                  columns={columns}
                  rows={items}
                  rowId={(row) => row.id}
                  onOpen={(id) => void navigate(paths.policy(id))}
                />
              </Panel>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** What must still come before it is issued; the public purse pays later. */
const dueOn = (policy: Policy) =>
  policy.state !== 'awaiting_cash'
    ? 0
    : policy.owed.reduce((due, p) => due + (p.payer === 'inspection' ? 0 : Math.max(p.amount - p.arrived, 0)), 0);

function Sums({ items }: { items: readonly Policy[] }) {
  const say = useSay();
  const live = items.filter((p) => p.state === 'issued');
  return (
    <div className="figures">
      <Figure name={say('web.policies.in_force')} value={live.length.toLocaleString('en-US')} />
      <Figure
        name={say('web.policies.elevators')}
        value={live.reduce((n, p) => n + p.elevators, 0).toLocaleString('en-US')}
      />
      <Figure name={say('web.policies.premium_live')} value={yuan(live.reduce((n, p) => n + p.premium, 0))} />
      <Figure name={say('web.policies.due')} value={yuan(items.reduce((n, p) => n + dueOn(p), 0))} />
    </div>
  );
}

function usePolicyColumns(): readonly Column<Policy>[] {
  const say = useSay();
  const word = useWord();
  return [
    { key: 'number', title: say('web.policy.number'), cell: (row) => <code>{row.number}</code> },
    { key: 'holder', title: say('web.policy.holder'), cell: (row) => row.holder, wide: true },
    { key: 'lead', title: say('web.policy.lead'), cell: (row) => row.lead },
    {
      key: 'state',
      title: say('web.policies.state'),
      cell: (row) => <Mark tone={toneOf(row.state)}>{word('web.policy.state', row.state)}</Mark>,
    },
    { key: 'from', title: say('web.policy.from'), cell: (row) => <Day on={row.from} /> },
    {
      key: 'to',
      title: say('web.policy.to'),
      cell: (row) => (row.state === 'issued' ? <Due on={row.to} soonDays={60} /> : <Day on={row.to} />),
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
