import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { post, remove } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { When } from '../../ui/when.tsx';
import { MachineChangeForm } from './machine-form.tsx';
import type { Client } from './machines.tsx';
import { Once } from './once.tsx';

type Made = { clientId: string; secret: string; door: 'api' | 'mqtt' };

/** One machine client: who it speaks for, what it may do, its secrets per door. */
export function MachineSheet({ client }: { client: Client }) {
  const say = useSay();
  const word = useWord();
  const queries = useQueryClient();
  const [made, setMade] = useState<Made | null>(null);
  const [isChanging, setChanging] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ['identity', '/clients'] });
  const does = (act: string) => async () => {
    await post(`/clients/${client.id}/${act}`);
    await refresh();
  };
  const newSecret = (door: Made['door']) => async () => {
    setMade(await post<Made>(`/clients/${client.id}/secrets`, { door }));
    await refresh();
  };
  return (
    <article className="file-body">
      <h1>{client.name}</h1>
      <p className="row wrap">
        <Mark tone={client.state === 'active' ? 'good' : 'warn'}>{say(`web.accounts.state.${client.state}`)}</Mark>
        <Copyable label={say('web.machines.id')} text={client.id} />
      </p>
      <Facts
        rows={[
          [say('web.machines.speaks_for'), client.wholeCity ? say('web.machines.whole_city') : client.org?.name],
          [
            say('web.machines.grants'),
            client.grants.map((grant) => word('web.machines.grant', grant)).join(say('web.and')),
          ],
          [say('web.machines.last_used'), <When key="used" at={client.lastUsedAt} />],
        ]}
      />
      {made ? (
        <Once
          why={say('identity.secret_once')}
          lines={[
            [say(`web.machines.user.${made.door}`), made.clientId],
            [say('web.machines.secret'), made.secret],
          ]}
        />
      ) : null}
      {isChanging ? <MachineChangeForm key={client.version} client={client} onDone={() => setChanging(false)} /> : null}
      <Secrets client={client} onChanged={refresh} />
      <div className="row wrap">
        {isChanging ? null : <Button onClick={() => setChanging(true)}>{say('web.machines.change')}</Button>}
        <ActButton label={say('web.machines.new_api')} onAct={newSecret('api')} />
        <ActButton label={say('web.machines.new_mqtt')} onAct={newSecret('mqtt')} />
        {client.state === 'active' ? (
          <ActButton
            label={say('web.accounts.suspend')}
            confirm={{
              title: say('web.machines.suspend_title', { name: client.name }),
              consequence: say('web.machines.suspend_consequence'),
            }}
            onAct={does('suspension')}
          />
        ) : (
          <ActButton label={say('web.accounts.resume')} onAct={does('resumption')} />
        )}
      </div>
    </article>
  );
}

function Secrets({ client, onChanged }: { client: Client; onChanged: () => Promise<void> }) {
  const say = useSay();
  if (client.secrets.length === 0) return <p className="muted">{say('web.machines.no_secrets')}</p>;
  return (
    <DataTable
      short
      label={say('web.machines.secrets')}
      rows={client.secrets}
      rowId={(row) => row.id}
      columns={[
        {
          key: 'door',
          title: say('web.machines.secret'),
          cell: (row) => (
            <>
              {say(`web.machines.door.${row.door}`)} <code>…{row.hint}</code>
            </>
          ),
        },
        { key: 'made', title: say('web.machines.made'), cell: (row) => <When at={row.createdAt} /> },
        { key: 'ends', title: say('web.machines.ends'), cell: (row) => <When at={row.endsAt} /> },
        { key: 'used', title: say('web.machines.last_used'), cell: (row) => <When at={row.lastUsedAt} /> },
        {
          key: 'end',
          title: '',
          cell: (row) => (
            <ActButton
              label={say('web.machines.end')}
              confirm={{
                title: say('web.machines.end_title', { hint: row.hint }),
                consequence: say('web.machines.end_consequence'),
              }}
              onAct={async () => {
                await remove(`/clients/${client.id}/secrets/${row.id}`);
                await onChanged();
              }}
            />
          ),
        },
      ]}
    />
  );
}
