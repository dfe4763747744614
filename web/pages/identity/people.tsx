import Button from 'antd/es/button/index.js';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { personItemSchema } from '../../../contract/identity-people.ts';
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
import { VALIDITY_TONES } from '../../ui/validity.ts';
import { ExactFinder } from './exact-finder.tsx';
import { PersonForm } from './person-form.tsx';
import { PersonSheet } from './person-sheet.tsx';
import { standingOf } from './standing.rules.ts';
import { DUTIES, PERSON_KEEPERS } from './vocabulary.ts';

export type Person = z.infer<typeof personItemSchema>;
const NAMES = ['orgId', 'name', 'phone', 'duty', 'expiring'] as const;
const NEW = 'new';

/** People of the organisations a person may see. Names and phones are masked until there is a reason. */
export function PeoplePage() {
  const say = useSay();
  const me = useMe();
  const state = useListState(NAMES);
  const rows = useRows<Person>('identity', '/people', state.filters);
  const chooser = useColumns('people', usePersonColumns());
  const mayKeep = PERSON_KEEPERS.includes(me.role);
  return (
    <Page
      title={say('web.menu.people')}
      note={say('web.people.masked')}
      actions={
        <>
          <ColumnsButton chooser={chooser} />
          {mayKeep ? (
            <Button type="primary" onClick={() => state.setOpen(NEW)}>
              {say('web.people.add')}
            </Button>
          ) : null}
        </>
      }
    >
      <FilterBar state={state} filters={usePersonFilters()} finder={<ExactFinder state={state} />} />
      <WithDrawer
        label={say('web.people.file')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.people')}
            state={state}
            rows={rows}
            columns={chooser.shown}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.people.empty')} hint={say('web.people.empty_hint')} />}
          />
        }
      >
        {state.open === '' ? null : state.open === NEW ? (
          <PersonForm onDone={state.setOpen} onCancel={() => state.setOpen('')} />
        ) : (
          <PersonSheet key={state.open} id={state.open} mayKeep={mayKeep} />
        )}
      </WithDrawer>
    </Page>
  );
}

function usePersonFilters() {
  const say = useSay();
  const word = useWord();
  return [
    {
      name: 'duty',
      label: say('web.people.duties'),
      options: DUTIES.map((duty) => ({ value: duty, label: word('identity.duty', duty) })),
    },
    { name: 'expiring', label: say('web.people.expiring'), options: [{ value: '1', label: say('web.list.yes') }] },
    { name: 'orgId', label: say('web.people.org'), wordOf: () => say('web.elevators.chosen') },
    { name: 'name', label: say('web.people.name') },
    { name: 'phone', label: say('web.people.phone') },
  ];
}

function usePersonColumns(): readonly Column<Person>[] {
  const say = useSay();
  const word = useWord();
  return useMemo(
    () => [
      { key: 'name', title: say('web.people.name'), cell: (row) => row.name },
      { key: 'phone', title: say('web.people.phone'), cell: (row) => <code>{row.phone}</code> },
      { key: 'org', title: say('web.people.org'), cell: (row) => row.org?.name ?? '' },
      {
        key: 'duties',
        title: say('web.people.duties'),
        cell: (row) => row.duties.map((duty) => word('identity.duty', duty)).join(say('web.and')),
      },
      { key: 'certificates', title: say('web.people.certificates'), cell: (row) => <CertificateMark person={row} /> },
      {
        key: 'left',
        title: say('web.people.left'),
        cell: (row) => (row.leftOn ? <Mark tone="unknown">{row.leftOn}</Mark> : null),
        offered: true,
      },
    ],
    [say, word],
  );
}

/** The state of a person's papers in one mark. */
function CertificateMark({ person }: { person: Person }) {
  const say = useSay();
  const standing = standingOf(person.certificates);
  return standing === null ? (
    <Mark tone="unknown">{say('web.papers.none')}</Mark>
  ) : (
    <Mark tone={VALIDITY_TONES[standing]}>{say(`identity.validity.${standing}`)}</Mark>
  );
}
