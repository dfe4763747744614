import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { sourceSchema } from '../../../contract/telemetry.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { Bindings } from './bindings.tsx';

export type Source = z.infer<typeof sourceSchema>;

/** Who sends, in which codes, and how much of it was taken in during the last hour. */
export function SourcesTable() {
  const say = useSay();
  const columns = useSourceColumns();
  const sources = useSources();
  const [shownId, setShownId] = useState('');
  const shown = sources.data?.items.find(({ id }) => id === shownId);
  return (
    <Loaded query={sources}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={say('web.sources.empty')} hint={say('web.machines.empty_hint')} />
        ) : (
          <WithDrawer
            label={say('web.bindings.title')}
            onClose={() => setShownId('')}
            list={
              <DataTable
                label={say('web.health.view.senders')}
                rows={items}
                rowId={(row) => row.id}
                columns={columns}
                tone={(row) => (row.silentSince ? 'warn' : undefined)}
                open={shownId}
                onOpen={setShownId}
              />
            }
          >
            {shown ? <Bindings key={shown.id} source={shown} /> : null}
          </WithDrawer>
        )
      }
    </Loaded>
  );
}

/** All senders the viewer may see. */
export const useSources = () =>
  useQuery({
    queryKey: ['telemetry', '/telemetry/sources'],
    queryFn: ({ signal }) => get<{ items: readonly Source[] }>('/telemetry/sources', {}, signal),
  });

function useSourceColumns(): readonly Column<Source>[] {
  const say = useSay();
  const figure = (n: number) => n.toLocaleString('en-US');
  return [
    { key: 'name', title: say('web.health.view.source'), cell: (row) => row.name },
    { key: 'org', title: say('web.people.org'), cell: (row) => row.org?.name ?? say('web.sources.city') },
    { key: 'codes', title: say('web.sources.code_set'), cell: (row) => <code>{row.codeSet}</code> },
    {
      key: 'heard',
      title: say('web.sources.heard'),
      cell: (row) =>
        row.silentSince ? (
          <Mark tone="warn">
            {say('web.sources.silent')} <When at={row.silentSince} />
          </Mark>
        ) : (
          <When at={row.heardAt} />
        ),
    },
    { key: 'elevators', title: say('web.health.elevators'), numeric: true, cell: (row) => figure(row.elevators) },
    { key: 'stored', title: say('web.health.stored'), numeric: true, cell: (row) => figure(row.lastHour.stored) },
    { key: 'repeated', title: say('web.health.repeated'), numeric: true, cell: (row) => figure(row.lastHour.repeated) },
    {
      key: 'set_aside',
      title: say('web.health.set_aside'),
      numeric: true,
      cell: (row) =>
        row.lastHour.setAside === 0 ? (
          '0'
        ) : (
          <Link to={paths.quarantine({ sourceId: row.id })}>{figure(row.lastHour.setAside)}</Link>
        ),
    },
  ];
}
