import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { RoomLine, roomList } from '../../../contract/telemetry-rooms.ts';
import { get } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { ExportButton } from '../../ui/list/export-button.tsx';
import { type Filter, FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { type ListState, useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Figure, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type Rooms = z.infer<typeof roomList>;
const NAMES = ['q', 'place', 'cooled', 'breached', 'area', 'useOrg'] as const;

/** 屋顶和顶层机房: which have air conditioning, and where it became too hot or too cold. A line opens the elevator. */
export function RoomsPage() {
  const say = useSay();
  const navigate = useNavigate();
  const state = useListState(NAMES);
  const rows = useRows<RoomLine>('telemetry', '/telemetry/machine-rooms', state.filters);
  const { data } = useQuery({
    queryKey: ['telemetry', '/telemetry/machine-rooms', 'counts', state.filters],
    queryFn: ({ signal }) => get<Rooms>('/telemetry/machine-rooms', { ...state.filters, limit: 1 }, signal),
  });
  return (
    <Page
      title={say('web.menu.machine_rooms')}
      note={say('web.rooms.what', {
        min: data?.limits.minCelsius ?? '…',
        max: data?.limits.maxCelsius ?? '…',
        days: data?.days ?? '…',
      })}
      actions={<ExportButton path="/telemetry/machine-rooms/export" query={state.filters} />}
    >
      {data ? <Counts data={data} state={state} /> : null}
      <FilterBar state={state} filters={useRoomFilters()} />
      <ListBody
        label={say('web.menu.machine_rooms')}
        state={state}
        rows={rows}
        columns={useRoomColumns()}
        rowId={(row) => row.elevatorId}
        onOpen={(id) => void navigate(paths.elevator(id, 'live'))}
        tone={(row) => (row.isOutside ? 'warn' : undefined)}
        file={null}
        empty={<Empty title={say('web.rooms.empty')} hint={say('web.rooms.empty_hint')} />}
      />
    </Page>
  );
}

/** How many of each; a figure narrows the list to its rooms. */
function Counts({ data: { counts, days }, state }: { data: Rooms; state: ListState }) {
  const say = useSay();
  const figure = (key: keyof Rooms['counts'], narrow: () => void) => (
    <Figure
      name={say(`web.rooms.count.${key}`, { days })}
      value={
        <button type="button" className="plain" onClick={narrow}>
          {counts[key].toLocaleString('en-US')}
        </button>
      }
    />
  );
  return (
    <div className="figures">
      {figure('rooms', () => state.clearFilters())}
      {figure('breached', () => state.setFilter('breached', '1'))}
      {figure('uncooled', () => state.setFilter('cooled', 'no'))}
      {figure('unknown', () => state.setFilter('cooled', 'unknown'))}
      {figure('cooled', () => state.setFilter('cooled', 'yes'))}
    </div>
  );
}

function useRoomFilters(): readonly Filter[] {
  const say = useSay();
  const word = useWord();
  const { districts, nameOf } = usePlace();
  return [
    {
      name: 'breached',
      label: say('web.rooms.breached'),
      options: [{ value: '1', label: say('web.list.yes') }],
    },
    {
      name: 'place',
      label: say('web.rooms.column.place'),
      options: ['roof', 'top_floor'].map((value) => ({
        value,
        label: word('registry.class.machine_room_place', value),
      })),
    },
    {
      name: 'cooled',
      label: say('web.rooms.column.cooled'),
      options: ['yes', 'no', 'unknown'].map((value) => ({ value, label: word('web.rooms.cooled', value) })),
    },
    {
      name: 'area',
      label: say('web.rooms.column.district'),
      options: districts.map(({ code, name }) => ({ value: code, label: name })),
      wordOf: nameOf,
    },
    { name: 'useOrg', label: say('web.rooms.column.use_unit'), wordOf: () => say('web.elevators.chosen') },
  ];
}

function useRoomColumns(): readonly Column<RoomLine>[] {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  const titled = (key: string, column: Omit<Column<RoomLine>, 'key' | 'title'>): Column<RoomLine> => ({
    key,
    title: say(`web.rooms.column.${key}`),
    ...column,
  });
  return [
    titled('rescue_code', { cell: (row) => (row.rescueCode ? <code>{row.rescueCode}</code> : '—') }),
    titled('address', { cell: (row) => <span title={row.address}>{row.address}</span>, wide: true }),
    titled('district', { cell: (row) => nameOf(row.districtCode) || '—' }),
    titled('place', { cell: (row) => word('registry.class.machine_room_place', row.place) }),
    titled('cooled', { cell: (row) => <Cooled cooled={row.cooled} /> }),
    titled('celsius', {
      cell: (row) => (row.celsius === null ? '—' : row.celsius.toFixed(1)),
      numeric: true,
    }),
    titled('breaches', {
      cell: (row) =>
        row.isOutside ? (
          <Mark tone="warn">{say('web.rooms.outside', { n: row.breaches })}</Mark>
        ) : (
          <span className={row.breaches === 0 ? 'muted' : ''}>{row.breaches}</span>
        ),
      numeric: true,
    }),
    titled('last_breach', { cell: (row) => (row.lastBreachAt ? <When at={row.lastBreachAt} /> : '—') }),
    titled('use_unit', {
      cell: (row) => row.useUnit ?? <Mark tone="warn">{say('web.elevators.no_use_unit')}</Mark>,
    }),
  ];
}

function Cooled({ cooled }: { cooled: boolean | null }) {
  const word = useWord();
  if (cooled === null) return <Mark tone="unknown">{word('web.rooms.cooled', 'unknown')}</Mark>;
  return <Mark tone={cooled ? 'good' : 'warn'}>{word('web.rooms.cooled', cooled ? 'yes' : 'no')}</Mark>;
}
