import Button from 'antd/es/button/index.js';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { orgItemSchema } from '../../../contract/identity-orgs.ts';
import { usePlace } from '../../frame/place.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { type Column, ColumnsButton, useColumns } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { OrgForm } from './org-form.tsx';
import { OrgSheet } from './org-sheet.tsx';
import { ORG_KEEPERS, ORG_KINDS } from './vocabulary.ts';

type Row = z.infer<typeof orgItemSchema>;
const NAMES = ['q', 'kind', 'area', 'closed'] as const;
const NEW = 'new';

/** All organisations a person may see: who they are, where they work, what they are licensed for. */
export function OrganisationsPage() {
  const say = useSay();
  const me = useMe();
  const state = useListState(NAMES);
  const rows = useRows<Row>('identity', '/orgs', state.filters);
  const chooser = useColumns('orgs', useOrgColumns());
  const mayKeep = ORG_KEEPERS.includes(me.role);
  return (
    <Page
      title={say('web.menu.organisations')}
      actions={
        <>
          <ColumnsButton chooser={chooser} />
          {mayKeep ? (
            <Button type="primary" onClick={() => state.setOpen(NEW)}>
              {say('web.orgs.add')}
            </Button>
          ) : null}
        </>
      }
    >
      <FilterBar state={state} filters={useOrgFilters()} />
      <WithDrawer
        label={say('web.orgs.file')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.organisations')}
            state={state}
            rows={rows}
            columns={chooser.shown}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.orgs.empty')} hint={say('web.orgs.empty_hint')} />}
          />
        }
      >
        {state.open === '' ? null : state.open === NEW ? (
          <OrgForm org={null} onDone={state.setOpen} onCancel={() => state.setOpen('')} />
        ) : (
          <OrgSheet key={state.open} id={state.open} mayKeep={mayKeep} />
        )}
      </WithDrawer>
    </Page>
  );
}

function useOrgFilters() {
  const say = useSay();
  const word = useWord();
  const { districts, nameOf } = usePlace();
  return [
    {
      name: 'kind',
      label: say('web.orgs.kind'),
      options: ORG_KINDS.map((kind) => ({ value: kind, label: word('identity.org_kind', kind) })),
    },
    {
      name: 'area',
      label: say('web.elevators.area'),
      options: districts.map(({ code, name }) => ({ value: code, label: name })),
      wordOf: nameOf,
    },
    { name: 'closed', label: say('web.orgs.closed'), options: [{ value: '1', label: say('web.list.yes') }] },
  ];
}

function useOrgColumns(): readonly Column<Row>[] {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  return useMemo(
    () => [
      { key: 'name', title: say('web.orgs.name'), cell: (row) => <span title={row.name}>{row.name}</span> },
      {
        key: 'kinds',
        title: say('web.orgs.kind'),
        cell: (row) => row.kinds.map((kind) => word('identity.org_kind', kind)).join(say('web.and')),
      },
      {
        key: 'uscc',
        title: say('web.orgs.uscc'),
        cell: (row) => (row.uscc ? <code>{row.uscc}</code> : <span className="muted">—</span>),
      },
      { key: 'seat', title: say('web.orgs.seat'), cell: (row) => row.seatAreas.map(nameOf).join(' ') },
      {
        key: 'warnings',
        title: say('web.elevator.identifier.warnings'),
        cell: (row) =>
          row.warnings.map((code) => (
            <Mark key={code} tone="warn">
              {say(code)}
            </Mark>
          )),
      },
      {
        key: 'closed',
        title: say('web.orgs.closed'),
        cell: (row) => (row.closedOn ? <Mark tone="unknown">{row.closedOn}</Mark> : null),
        offered: true,
      },
    ],
    [say, word, nameOf],
  );
}
