import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import type { z } from 'zod';
import type { clientSchema } from '../../../contract/identity-clients.ts';
import { get } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { Mark } from '../../ui/mark.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { MachineForm } from './machine-form.tsx';
import { MachineSheet } from './machine-sheet.tsx';

export type Client = z.infer<typeof clientSchema>;
const NO_FILTERS: readonly string[] = [];
const NEW = 'new';

/** Programs of others that send or read: what each may do, and its secrets. */
export function MachinesPage() {
  const say = useSay();
  const state = useListState(NO_FILTERS);
  const clients = useQuery({
    queryKey: ['identity', '/clients'],
    queryFn: ({ signal }) => get<readonly Client[]>('/clients', {}, signal),
  });
  const columns = useClientColumns();
  const shown = clients.data?.find(({ id }) => id === state.open);
  return (
    <Page
      title={say('web.menu.machines')}
      note={<a href="/api/docs">{say('web.machines.docs')}</a>}
      actions={
        <Button type="primary" onClick={() => state.setOpen(NEW)}>
          {say('web.machines.add')}
        </Button>
      }
    >
      <WithDrawer
        label={say('web.machines.file')}
        onClose={() => state.setOpen('')}
        list={
          <div className="panel list-body">
            <Loaded query={clients}>
              {(rows) =>
                rows.length === 0 ? (
                  <Empty title={say('web.machines.empty')} hint={say('web.machines.empty_hint')} />
                ) : (
                  <DataTable
                    label={say('web.menu.machines')}
                    rows={rows}
                    rowId={(row) => row.id}
                    columns={columns}
                    open={state.open}
                    onOpen={state.setOpen}
                  />
                )
              }
            </Loaded>
          </div>
        }
      >
        {state.open === NEW ? (
          <MachineForm onDone={state.setOpen} onCancel={() => state.setOpen('')} />
        ) : shown ? (
          <MachineSheet key={shown.id} client={shown} />
        ) : null}
      </WithDrawer>
    </Page>
  );
}

function useClientColumns(): readonly Column<Client>[] {
  const say = useSay();
  const word = useWord();
  return [
    { key: 'name', title: say('web.machines.name'), cell: (row) => row.name },
    {
      key: 'for',
      title: say('web.machines.speaks_for'),
      cell: (row) => (row.wholeCity ? say('web.machines.whole_city') : (row.org?.name ?? '')),
    },
    {
      key: 'grants',
      title: say('web.machines.grants'),
      cell: (row) => row.grants.map((grant) => word('web.machines.grant', grant)).join(say('web.and')),
      wide: true,
    },
    {
      key: 'state',
      title: say('web.accounts.state'),
      cell: (row) => (
        <Mark tone={row.state === 'active' ? 'good' : 'warn'}>{say(`web.accounts.state.${row.state}`)}</Mark>
      ),
    },
    { key: 'used', title: say('web.machines.last_used'), cell: (row) => <When at={row.lastUsedAt} /> },
  ];
}
