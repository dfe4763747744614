import Button from 'antd/es/button/index.js';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { accountItemSchema } from '../../../contract/identity-accounts.ts';
import { useSay, useWord } from '../../say.ts';
import { type Column, ColumnsButton, useColumns } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { AccountForm } from './account-form.tsx';
import { AccountSheet } from './account-sheet.tsx';
import { ROLES } from './vocabulary.ts';

export type Account = z.infer<typeof accountItemSchema>;
const NAMES = ['q', 'role', 'orgId', 'state'] as const;
const NEW = 'new';

/** Accounts, as administrators manage them. */
export function AccountsPage() {
  const say = useSay();
  const state = useListState(NAMES);
  const rows = useRows<Account>('identity', '/accounts', state.filters);
  const chooser = useColumns('accounts', useAccountColumns());
  return (
    <Page
      title={say('web.menu.accounts')}
      actions={
        <>
          <ColumnsButton chooser={chooser} />
          <Button type="primary" onClick={() => state.setOpen(NEW)}>
            {say('web.accounts.add')}
          </Button>
        </>
      }
    >
      <FilterBar state={state} filters={useAccountFilters()} />
      <WithDrawer
        label={say('web.accounts.file')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.accounts')}
            state={state}
            rows={rows}
            columns={chooser.shown}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.accounts.empty')} />}
          />
        }
      >
        {state.open === '' ? null : state.open === NEW ? (
          <AccountForm onCancel={() => state.setOpen('')} />
        ) : (
          <AccountSheet key={state.open} id={state.open} />
        )}
      </WithDrawer>
    </Page>
  );
}

function useAccountFilters() {
  const say = useSay();
  const word = useWord();
  return [
    {
      name: 'role',
      label: say('web.accounts.role'),
      options: ROLES.map((role) => ({ value: role, label: word('identity.role', role) })),
    },
    {
      name: 'state',
      label: say('web.accounts.state'),
      options: (['active', 'suspended'] as const).map((state) => ({
        value: state,
        label: say(`web.accounts.state.${state}`),
      })),
    },
  ];
}

function useAccountColumns(): readonly Column<Account>[] {
  const say = useSay();
  return useMemo(
    () => [
      { key: 'username', title: say('web.sign_in.username'), cell: (row) => <code>{row.username}</code> },
      { key: 'label', title: say('web.accounts.person'), cell: (row) => row.person ?? row.label },
      { key: 'role', title: say('web.accounts.role'), cell: (row) => say(`identity.role.${row.role}`) },
      { key: 'org', title: say('web.people.org'), cell: (row) => row.org?.name ?? <span className="muted">—</span> },
      {
        key: 'state',
        title: say('web.accounts.state'),
        cell: (row) => (
          <Mark tone={row.state === 'active' ? 'good' : 'warn'}>{say(`web.accounts.state.${row.state}`)}</Mark>
        ),
      },
      {
        key: 'factor',
        title: say('web.sign_in.second_factor'),
        cell: (row) =>
          row.hasSecondFactor ? say('web.list.yes') : <span className="muted">{say('web.list.no')}</span>,
      },
      {
        key: 'sessions',
        title: say('web.accounts.sessions'),
        cell: (row) => row.openSessions,
        numeric: true,
        offered: true,
      },
      { key: 'last', title: say('web.accounts.last'), cell: (row) => <When at={row.lastSignInAt} /> },
    ],
    [say],
  );
}
