import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { webhook, webhookList } from '../../../contract/webhooks.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookSheet } from './webhook-sheet.tsx';

export type Webhook = z.infer<typeof webhook>;
const NEW = 'new';

/** Where one's organisation is told of events, and what became of each call. */
export function WebhooksPage() {
  const say = useSay();
  const [open, setOpen] = useState('');
  const columns = useWebhookColumns();
  const webhooks = useQuery({
    queryKey: ['identity', '/webhooks'],
    queryFn: ({ signal }) => get<z.infer<typeof webhookList>>('/webhooks', {}, signal),
    refetchInterval: 5_000, // how many wait or were given up, as the list of calls beside it
  });
  const chosen = webhooks.data?.items.find(({ id }) => id === open);
  return (
    <Page
      title={say('web.menu.webhooks')}
      note={<a href="/api/docs">{say('web.machines.docs')}</a>}
      actions={
        <Button type="primary" onClick={() => setOpen(NEW)}>
          {say('web.webhooks.add')}
        </Button>
      }
    >
      <WithDrawer
        label={say('web.menu.webhooks')}
        onClose={() => setOpen('')}
        list={
          <Panel flush title={say('web.menu.webhooks')}>
            <Loaded query={webhooks}>
              {({ items }) =>
                items.length === 0 ? (
                  <Empty title={say('web.webhooks.empty')} hint={say('web.webhooks.empty_hint')} />
                ) : (
                  <DataTable
                    short
                    label={say('web.menu.webhooks')}
                    rows={items}
                    rowId={(row) => row.id}
                    columns={columns}
                    open={open}
                    onOpen={setOpen}
                  />
                )
              }
            </Loaded>
          </Panel>
        }
      >
        {open === NEW ? (
          <WebhookForm was={null} onDone={() => setOpen('')} />
        ) : chosen ? (
          <WebhookSheet key={chosen.id} shown={chosen} />
        ) : null}
      </WithDrawer>
    </Page>
  );
}

function useWebhookColumns(): readonly Column<Webhook>[] {
  const say = useSay();
  return [
    { key: 'name', title: say('web.webhooks.name'), cell: (row) => row.name },
    { key: 'org', title: say('web.webhooks.org'), cell: (row) => row.org },
    { key: 'url', title: say('web.webhooks.url'), cell: (row) => row.url, wide: true },
    {
      key: 'state',
      title: say('web.webhooks.state'),
      cell: (row) => (
        <Mark tone={row.active ? 'good' : 'unknown'}>
          {say(row.active ? 'web.webhooks.active' : 'web.webhooks.resting')}
        </Mark>
      ),
    },
    { key: 'waiting', title: say('web.webhooks.waiting'), numeric: true, cell: (row) => row.waiting },
    {
      key: 'dead',
      title: say('web.webhooks.dead'),
      numeric: true,
      cell: (row) => (row.dead > 0 ? <Mark tone="warn">{row.dead}</Mark> : 0),
    },
  ];
}
