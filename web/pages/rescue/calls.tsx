import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { callRow } from '../../../contract/rescue-field.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { PagedTable } from '../../ui/list/paged-table.tsx';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { When } from '../../ui/when.tsx';
import { CallSheet } from './call-sheet.tsx';

export type Call = z.infer<typeof callRow>;
const LISTS = ['wanted', 'all'] as const;

const SAID_BESIDE = new Set(['channel', 'said']); // the opened call says them: the list beside it keeps its last columns

/** Every call and report of a person, those that wait to be rung back first. */
export function CallsPage() {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const list = LISTS.find((one) => one === params.get('list')) ?? 'all';
  const [open, setOpen] = useState('');
  const columns = useCallColumns();
  const calls = useRows<Call>('rescue', '/rescue/calls', list === 'wanted' ? { callBack: 'wanted' } : {});
  const chosen = calls.rows?.find((c) => c.id === open);
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
          <div className="panel list-body">
            <PagedTable
              label={say('rescue.calls.title')}
              rows={calls}
              rowId={(row) => row.id}
              open={open}
              onOpen={setOpen}
              columns={chosen ? columns.filter(({ key }) => !SAID_BESIDE.has(key)) : columns}
              empty={<Empty title={say('rescue.calls.none')} hint={say('rescue.calls.none_hint')} />}
            />
          </div>
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
    { key: 'address', title: say('rescue.incidents.address'), cell: (row) => row.address || '—', wide: true },
    { key: 'caller', title: say('rescue.call.caller'), cell: (row) => row.caller || '—' },
    { key: 'said', title: say('rescue.call.said'), cell: (row) => row.said || '—', wide: true },
    {
      key: 'incident',
      title: say('rescue.calls.became'),
      cell: (row) =>
        row.incidentId ? (
          <Link to={paths.incident(row.incidentId)}>{row.number ?? say('rescue.calls.incident')}</Link>
        ) : (
          row.routedTo || '—'
        ),
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
