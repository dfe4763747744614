import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { webhookCalls } from '../../../contract/webhooks.ts';
import { get, post, put } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { WebhookForm } from './webhook-form.tsx';
import type { Webhook } from './webhooks.tsx';

const TONES = { waiting: 'accent', sent: 'good', dead: 'warn' } as const;

/** One webhook: what it is told, whether it rests, and what became of its last calls. */
export function WebhookSheet({ shown }: { shown: Webhook }) {
  const say = useSay();
  const word = useWord();
  const queries = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  const reread = () => queries.invalidateQueries({ queryKey: ['identity', '/webhooks'] });
  if (isEditing) return <WebhookForm was={shown} onDone={() => setEditing(false)} />;
  const { id, name, url, events, version, active, dead } = shown;
  const turn = () => put(`/webhooks/${id}`, { name, url, events, version, active: !active }).then(reread);
  return (
    <div className="form-body stack">
      <h2>{name}</h2>
      <Facts
        rows={[
          [say('web.webhooks.url'), url],
          [say('web.webhooks.org'), shown.org],
          [
            say('web.webhooks.events'),
            events.map((e) => word('web.webhooks.event', e.slice('rescue.'.length))).join(' · '),
          ],
        ]}
      />
      <div className="row">
        <Button onClick={() => setEditing(true)}>{say('web.webhooks.edit')}</Button>
        <ActButton label={say(active ? 'web.webhooks.rest' : 'web.webhooks.wake')} onAct={turn} />
        {dead > 0 ? (
          <ActButton
            label={say('web.webhooks.retry', { n: dead })}
            onAct={() => post(`/webhooks/${id}/retry`).then(reread)}
          />
        ) : null}
      </div>
      <Calls id={id} />
    </div>
  );
}

function Calls({ id }: { id: string }) {
  const say = useSay();
  const word = useWord();
  const calls = useQuery({
    queryKey: ['identity', '/webhooks', id],
    queryFn: ({ signal }) => get<z.infer<typeof webhookCalls>>(`/webhooks/${id}/calls`, {}, signal),
    refetchInterval: 5_000,
  });
  return (
    <>
      <h2>{say('web.webhooks.calls')}</h2>
      <Loaded query={calls} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{say('web.webhooks.calls_empty')}</p>
          ) : (
            <DataTable
              short
              label={say('web.webhooks.calls')}
              rows={items}
              rowId={(row) => row.id}
              columns={[
                { key: 'at', title: say('web.webhooks.at'), cell: (row) => <When at={row.occurredAt} /> },
                {
                  key: 'event',
                  title: say('web.webhooks.events'),
                  cell: (row) => say(`web.webhooks.event.${row.type.slice('rescue.'.length)}`),
                },
                {
                  key: 'state',
                  title: say('web.webhooks.state'),
                  cell: (row) => <Mark tone={TONES[row.state]}>{say(`web.webhooks.call.${row.state}`)}</Mark>,
                },
                { key: 'tries', title: say('web.webhooks.attempts'), numeric: true, cell: (row) => row.attempts },
                {
                  key: 'error',
                  title: say('web.webhooks.error'),
                  cell: (row) => (row.lastError ? word('web.webhooks.fault', row.lastError) : '—'),
                  wide: true,
                },
              ]}
            />
          )
        }
      </Loaded>
    </>
  );
}
