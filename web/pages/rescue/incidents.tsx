import { useNavigate } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Duration, When } from '../../ui/when.tsx';
import type { Item } from './rescue-types.ts';

const NAMES = ['open', 'state', 'drill', 'area', 'elevator', 'group'] as const;

/** Every incident the reader may see, open ones on top when asked for. A line opens the file. */
export function IncidentsPage() {
  const say = useSay();
  const navigate = useNavigate();
  const state = useListState(NAMES);
  const { open, ...filters } = state.filters;
  const rows = useRows<Item>('rescue', '/rescue/incidents', { state: open === 'true' ? 'open' : 'all', ...filters });
  const states = (['open', 'waiting', 'ended'] as const).map((value) => ({
    value,
    label: say(`rescue.incidents.state.${value}`),
  }));
  return (
    <Page title={say('rescue.incidents.title')}>
      <FilterBar
        state={state}
        filters={[{ name: 'state', label: say('rescue.incidents.phase'), options: states }]}
        finder={null}
      />
      <ListBody
        label={say('rescue.incidents.title')}
        state={state}
        rows={rows}
        columns={useIncidentColumns()}
        rowId={(row) => row.id}
        onOpen={(id) => void navigate(paths.incident(id))}
        empty={<Empty title={say('rescue.incidents.empty')} hint={say('rescue.incidents.empty_hint')} />}
        tone={(row) => (row.endedAt === null && row.releasedAt === null && !row.drill ? 'danger' : undefined)}
      />
    </Page>
  );
}

function useIncidentColumns(): readonly Column<Item>[] {
  const say = useSay();
  const word = useWord();
  const seconds = (to: string | null, from: string) => (to ? (Date.parse(to) - Date.parse(from)) / 1_000 : null);
  return [
    { key: 'number', title: say('rescue.incidents.number'), cell: (i) => i.number },
    { key: 'address', title: say('rescue.incidents.address'), cell: (i) => i.address, wide: true },
    {
      key: 'phase',
      title: say('rescue.incidents.phase'),
      cell: (i) => (
        <Mark tone={i.releasedAt ? 'good' : i.endedAt ? 'unknown' : 'danger'}>{word('rescue.phase', i.phase)}</Mark>
      ),
    },
    { key: 'level', title: say('rescue.incidents.level'), cell: (i) => i.level, numeric: true },
    { key: 'aware', title: say('rescue.incidents.aware'), cell: (i) => <When at={i.awareAt} /> },
    {
      key: 'arrival',
      title: say('rescue.incidents.arrival'),
      cell: (i) => <Duration seconds={seconds(i.arrivedAt, i.awareAt)} />,
      numeric: true,
    },
    {
      key: 'people',
      title: say('rescue.incidents.people'),
      cell: (i) => i.people ?? i.needs.people ?? '—',
      numeric: true,
    },
    { key: 'crew', title: say('rescue.incidents.crew'), cell: (i) => i.crew ?? '—' },
  ];
}
