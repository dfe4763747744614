import { wordCodes } from '../../../words/index.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { type Filter, FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import './audit.css';
import { AuditChange, type AuditItem, actorWord } from './audit-change.tsx';

const NAMES = ['object', 'action', 'from', 'actor', 'rowId'] as const;

/** Who changed or looked at what, newest first. */
export function AuditPage() {
  const say = useSay();
  const state = useListState(NAMES);
  const rows = useRows<AuditItem>('identity', '/audit', { ...state.filters, cursor: 'before' });
  const opened = rows.rows?.find(({ id }) => String(id) === state.open);
  return (
    <Page title={say('web.menu.audit')} note={say('web.audit.what')}>
      <FilterBar state={state} finder={null} filters={useFilters()} />
      <WithDrawer
        label={say('web.menu.audit')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.audit')}
            state={state}
            rows={rows}
            columns={useAuditColumns()}
            rowId={(row) => String(row.id)}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.audit.empty')} />}
          />
        }
      >
        {opened ? <AuditChange item={opened} onOnly={state.setFilter} /> : null}
      </WithDrawer>
    </Page>
  );
}

/** Administrators read what concerns accounts, people and organisations; auditors everything. */
const MODULES = ['identity', 'registry', 'telemetry', 'rescue', 'insurance', 'prevention', 'market'] as const;
const ACTIONS = [
  'insert',
  'update',
  'delete',
  'unmask',
  'reset_password',
  'reset_second_factor',
  'end_sessions',
  'issue_secret',
  'revoke_secret',
  'call_back',
];
const SINCE_DAYS = [0, 7, 30];
const DAY_MS = 86_400_000;

const THING = 'web.audit.thing.';
const THINGS = wordCodes().flatMap((code) => (code.startsWith(THING) ? [code.slice(THING.length)] : []));

function useFilters(): readonly Filter[] {
  const say = useSay();
  const word = useWord();
  const { role } = useMe();
  const modules = role === 'auditor' ? MODULES : MODULES.slice(0, 1);
  const wordOf = (object: string) =>
    object.endsWith('.')
      ? say('web.audit.all_of', { module: word('web.audit.module', object.slice(0, -1)) })
      : word('web.audit.thing', object);
  const since = (days: number) =>
    new Date(`${cityDay(today().getTime() - days * DAY_MS)}T00:00:00+08:00`).toISOString();
  return [
    {
      name: 'object',
      label: say('web.audit.object'),
      options: modules
        .flatMap((one) => [`${one}.`, ...THINGS.filter((thing) => thing.startsWith(`${one}.`))])
        .map((value) => ({ value, label: wordOf(value) })),
      wordOf,
    },
    {
      name: 'action',
      label: say('web.audit.action'),
      options: ACTIONS.map((value) => ({ value, label: word('web.audit.action', value) })),
    },
    {
      name: 'from',
      label: say('web.audit.from'),
      options: SINCE_DAYS.map((n) => ({
        value: since(n),
        label: n === 0 ? say('web.audit.since_day') : say('web.audit.since_days', { n }),
      })),
      wordOf: cityDay,
    },
    { name: 'actor', label: say('web.audit.actor') },
    { name: 'rowId', label: say('web.audit.rowId') },
  ];
}

function useAuditColumns(): readonly Column<AuditItem>[] {
  const say = useSay();
  const word = useWord();
  return [
    { key: 'at', title: say('web.audit.at'), cell: (row) => <When at={row.at} /> },
    {
      key: 'actor',
      title: say('web.audit.actor'),
      cell: (row) => actorWord(word, row) || say('web.audit.system'),
    },
    { key: 'action', title: say('web.audit.action'), cell: (row) => word('web.audit.action', row.action) },
    { key: 'object', title: say('web.audit.object'), cell: (row) => word('web.audit.thing', row.object) },
    { key: 'row', title: say('web.audit.rowId'), cell: (row) => <code>{row.rowId}</code>, wide: true },
  ];
}
