import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { callItem } from '../../../contract/rescue.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { When } from '../../ui/when.tsx';
import { CallSheet } from './call-sheet.tsx';

export type Call = z.infer<typeof callItem>;
const LISTS = ['wanted', 'all'] as const;

/** Every call and report of a person, those that wait to be rung back first. */
export function CallsPage() {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const list = LISTS.find((one) => one === params.get('list')) ?? 'all';
  const [open, setOpen] = useState('');
  const columns = useCallColumns();
  const calls = useQuery({
    queryKey: ['rescue', 'calls', list],
    queryFn: ({ signal }) =>
      get<{ items: readonly Call[] }>('/rescue/calls', list === 'wanted' ? { callBack: 'wanted' } : {}, signal),
  });
  const chosen = calls.data?.items.find((c) => c.id === open);
  return (
    <Page title={say('rescue.calls.title')}>
      <TabBar
        label={say('rescue.calls.title')}
        tabs={LISTS.map((key) => ({ key, title: say(`rescue.calls.${key}`) }))}
        active={list}
        onChange={(next) => setParams({ list: next }, { replace: true })}
      />
      <WithDrawer
        label={say('rescue.calls.title')}
        onClose={() => setOpen('')}
        list={
          <Loaded query={calls}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={say('rescue.calls.none')} hint={say('rescue.calls.none_hint')} />
              ) : (
                <DataTable
                  label={say('rescue.calls.title')}
                  rows={items}
                  rowId={(row) => row.id}
                  open={open}
                  onOpen={setOpen}
                  columns={columns}
                />
              )
            }
          </Loaded>
        }
      >
        {chosen ? <CallSheet key={chosen.id} call={chosen} /> : null}
      </WithDrawer>
    </Page>
  );
}

function useCallColumns(): readonly Column<Call>[] {
  const say = useSay();
  return [
    { key: 'at', title: say('rescue.calls.at'), cell: (row) => <When at={row.at} /> },
    { key: 'kind', title: say('rescue.call.kind'), cell: (row) => say(`rescue.call.kind.${row.kind}`) },
    { key: 'channel', title: say('rescue.calls.channel'), cell: (row) => say(`rescue.calls.channel.${row.channel}`) },
    { key: 'caller', title: say('rescue.call.caller'), cell: (row) => row.caller || '—' },
    { key: 'said', title: say('rescue.call.said'), cell: (row) => row.said || '—', wide: true },
    {
      key: 'incident',
      title: say('rescue.calls.incident'),
      cell: (row) =>
        row.incidentId ? <Link to={paths.incident(row.incidentId)}>{say('rescue.calls.incident')}</Link> : '—',
    },
    {
      key: 'back',
      title: say('rescue.calls.call_back'),
      cell: (row) =>
        row.callBack === '' ? (
          '—'
        ) : (
          <Mark tone={row.callBack === 'wanted' ? 'warn' : 'good'}>
            {say(`rescue.calls.call_back.${row.callBack}`)}
          </Mark>
        ),
    },
  ];
}
