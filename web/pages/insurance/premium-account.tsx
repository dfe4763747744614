import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { accountItem } from '../../../contract/insurance-notices.ts';
import { get, post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';

type Account = z.infer<typeof accountItem>;
const NOTHING = { bank: '', holder: '', number: '' };

/** The account premium notices name. One person records it, another confirms it. */
export function PremiumAccountPage() {
  const say = useSay();
  const { role } = useMe();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/premium-accounts'],
    queryFn: ({ signal }) => get<{ items: readonly Account[] }>('/insurance/premium-accounts', undefined, signal),
  });
  return (
    <Page title={say('web.menu.premium_account')} note={say('web.account.what')}>
      {role === 'cashier' ? (
        <Panel title={say('web.account.record')}>
          <RecordForm />
        </Panel>
      ) : null}
      <Loaded query={read}>
        {({ items }) => (
          <Panel flush title={say('web.account.list')}>
            {items.length === 0 ? (
              <Empty title={say('web.account.empty')} hint={say('web.account.empty_hint')} />
            ) : (
              <Accounts items={items} />
            )}
          </Panel>
        )}
      </Loaded>
    </Page>
  );
}

function Accounts({ items }: { items: readonly Account[] }) {
  const say = useSay();
  const queries = useQueryClient();
  const confirm = (id: string) => async () => {
    await post(`/insurance/premium-accounts/${id}/confirmation`);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  const stateOf = (a: Account) => {
    if (a.current) return <Mark tone="good">{say('web.account.current')}</Mark>;
    if (a.confirmedAt === null) return <Mark tone="warn">{say('web.account.waits')}</Mark>;
    return <Mark tone="unknown">{say('web.account.earlier')}</Mark>;
  };
  return (
    <DataTable
      short
      label={say('web.account.list')}
      rows={items}
      rowId={(row) => row.id}
      columns={[
        { key: 'bank', title: say('web.account.bank'), wide: true, cell: (row) => row.bank },
        { key: 'holder', title: say('web.account.holder'), wide: true, cell: (row) => row.holder },
        { key: 'number', title: say('web.account.number'), cell: (row) => <code>{row.number}</code> },
        { key: 'at', title: say('web.account.recorded'), cell: (row) => <When at={row.recordedAt} /> },
        { key: 'state', title: say('web.policies.state'), cell: stateOf },
        {
          key: 'act',
          title: say('web.renewals.act'),
          cell: (row) =>
            row.mayConfirm ? (
              <ActButton
                label={say('web.account.confirm')}
                confirm={{ title: row.number, consequence: say('web.account.confirm_means') }}
                onAct={confirm(row.id)}
              />
            ) : null,
        },
      ]}
    />
  );
}

function RecordForm() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState(NOTHING);
  const faults = faultsByField(act.problem);
  const send = async () => {
    await post('/insurance/premium-accounts', given);
    setGiven(NOTHING);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.account.record')} onSubmit={() => void act.run(send)}>
      {(['bank', 'holder', 'number'] as const).map((field) => (
        <TextField
          key={field}
          label={say(`web.account.${field}`)}
          value={given[field]}
          onChange={(value) => setGiven({ ...given, [field]: value })}
          fault={faults[field]}
        />
      ))}
    </Form>
  );
}
