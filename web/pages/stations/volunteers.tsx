import { useState } from 'react';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { PagedTable } from '../../ui/list/paged-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Day, When } from '../../ui/when.tsx';
import { useVolunteers, useVolunteerTerm, type Volunteer } from './field.ts';
import { useHours, VolunteerSheet } from './volunteer-sheet.tsx';

/** Where anybody applies: said to whoever asks an official how to. */
const PUBLIC_PAGE = '/~/volunteer';

const TONES = {
  waiting: 'warn',
  approved: 'good',
  refused: 'unknown',
  withdrawn: 'unknown',
  ended: 'unknown',
  expired: 'unknown',
} as const;

/** Volunteer forces: applications to decide on first, then those that stand. */
export function VolunteersTab() {
  const say = useSay();
  const volunteers = useVolunteers();
  const term = useVolunteerTerm().data;
  const [open, setOpen] = useState('');
  const columns = useVolunteerColumns();
  const chosen = volunteers.rows?.find((one) => one.id === open);
  const title = say('rescue.volunteer.tab');
  return (
    <WithDrawer
      label={title}
      onClose={() => setOpen('')}
      list={
        <Panel
          flush
          title={title}
          actions={
            <a href={PUBLIC_PAGE} target="_blank" rel="noreferrer">
              {say('rescue.volunteer.page.apply')}
            </a>
          }
        >
          <PagedTable
            label={title}
            rows={volunteers}
            rowId={(row) => row.id}
            open={open}
            onOpen={setOpen}
            columns={columns}
            empty={
              <Empty
                title={say('rescue.volunteer.none')}
                hint={say('rescue.volunteer.none_hint', { path: PUBLIC_PAGE })}
              />
            }
          />
        </Panel>
      }
    >
      {chosen && term ? (
        <VolunteerSheet key={`${chosen.id} ${chosen.version}`} force={chosen} validDays={term.validDays} />
      ) : null}
    </WithDrawer>
  );
}

function useVolunteerColumns(): readonly Column<Volunteer>[] {
  const say = useSay();
  const hours = useHours();
  return [
    { key: 'number', title: say('rescue.volunteer.number'), cell: (row) => row.number },
    {
      key: 'state',
      title: say('rescue.volunteer.state'),
      cell: (row) => <Mark tone={TONES[row.state]}>{say(`rescue.volunteer.state.${row.state}`)}</Mark>,
    },
    { key: 'name', title: say('rescue.volunteer.who'), cell: (row) => row.name || '—' },
    {
      key: 'category',
      title: say('rescue.volunteer.category'),
      cell: (row) => say(`rescue.volunteer.category.${row.category}`),
    },
    { key: 'people', title: say('rescue.volunteer.people'), numeric: true, cell: (row) => row.members.length },
    { key: 'district', title: say('rescue.volunteer.district'), cell: (row) => row.district },
    { key: 'hours', title: say('rescue.volunteer.hours'), cell: (row) => hours(row), wide: true },
    { key: 'applied', title: say('rescue.volunteer.applied'), cell: (row) => <When at={row.appliedAt} /> },
    { key: 'until', title: say('rescue.volunteer.valid_until'), cell: (row) => <Day on={row.validUntil} /> },
  ];
}
