import { useState } from 'react';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Day, When } from '../../ui/when.tsx';
import { useVolunteers, type Volunteers } from './field.ts';
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
  const [open, setOpen] = useState('');
  const columns = useVolunteerColumns();
  const chosen = volunteers.data?.items.find((one) => one.id === open);
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
          <Loaded query={volunteers}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty
                  title={say('rescue.volunteer.none')}
                  hint={say('rescue.volunteer.none_hint', { path: PUBLIC_PAGE })}
                />
              ) : (
                <DataTable
                  label={title}
                  rows={items}
                  rowId={(row) => row.id}
                  open={open}
                  onOpen={setOpen}
                  columns={columns}
                />
              )
            }
          </Loaded>
        </Panel>
      }
    >
      {chosen && volunteers.data ? (
        <VolunteerSheet key={`${chosen.id} ${chosen.version}`} force={chosen} validDays={volunteers.data.validDays} />
      ) : null}
    </WithDrawer>
  );
}

function useVolunteerColumns(): readonly Column<Volunteers['items'][number]>[] {
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
