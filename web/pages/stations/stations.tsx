import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { coverage, station } from '../../../contract/rescue.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Duration } from '../../ui/when.tsx';

type Station = z.infer<typeof station>;
type Coverage = z.infer<typeof coverage>;
const MOST_GAPS = 200;

/** Who stands ready and where: stations with the people on duty, and the elevators nobody would reach in time. */
export function StationsPage() {
  const say = useSay();
  const stations = useQuery({
    queryKey: ['rescue', '/rescue/stations'],
    queryFn: ({ signal }) => get<{ items: readonly Station[] }>('/rescue/stations', {}, signal),
  });
  const covered = useQuery({
    queryKey: ['rescue', '/rescue/coverage'],
    queryFn: ({ signal }) => get<Coverage>('/rescue/coverage', {}, signal),
  });
  return (
    <Page title={say('web.menu.stations')}>
      <Loaded query={covered} lines={3}>
        {(data) => <Covered data={data} />}
      </Loaded>
      <Panel flush title={say('web.stations.list')}>
        <Loaded query={stations}>{({ items }) => <StationTable rows={items} />}</Loaded>
      </Panel>
      <Loaded query={covered} lines={1}>
        {(data) => <Gaps data={data} />}
      </Loaded>
    </Page>
  );
}

function Covered({ data }: { data: Coverage }) {
  const say = useSay();
  return (
    <div className="figures">
      <Figure name={say('web.stations.within')} value={<Duration seconds={data.withinSeconds} />} />
      {(['covered', 'gaps', 'unplaced'] as const).map((key) => (
        <Figure key={key} name={say(`web.stations.${key}`)} value={data[key].toLocaleString('en-US')} />
      ))}
      <Figure name={say('web.stations.by')} value={say(`web.stations.by.${data.by}`)} />
    </div>
  );
}

function StationTable({ rows }: { rows: readonly Station[] }) {
  const say = useSay();
  if (rows.length === 0) return <Empty title={say('web.stations.empty')} hint={say('web.stations.empty_hint')} />;
  return (
    <DataTable
      short
      label={say('web.stations.list')}
      rows={rows}
      rowId={(row) => row.id}
      columns={[
        { key: 'name', title: say('web.orgs.name'), cell: (row) => row.name },
        { key: 'kind', title: say('web.orgs.kind'), cell: (row) => say(`web.stations.kind.${row.kind}`) },
        { key: 'org', title: say('web.people.org'), cell: (row) => row.org },
        { key: 'address', title: say('web.orgs.address'), cell: (row) => row.address, wide: true },
        { key: 'rescuers', title: say('web.stations.rescuers'), numeric: true, cell: (row) => row.rescuers },
        {
          key: 'duty',
          title: say('web.stations.on_duty'),
          numeric: true,
          cell: (row) => (row.onDuty > 0 ? row.onDuty : <Mark tone="warn">0</Mark>),
        },
      ]}
    />
  );
}

/** Elevators nobody on duty would reach in time, the farthest first. */
function Gaps({ data }: { data: Coverage }) {
  const say = useSay();
  if (data.items.length === 0) return null;
  return (
    <Panel flush title={say('web.stations.gap_list', { n: data.gaps })}>
      <DataTable
        label={say('web.stations.gap_list', { n: data.gaps })}
        rows={data.items.slice(0, MOST_GAPS)}
        rowId={(row) => row.elevatorId}
        columns={[
          {
            key: 'address',
            title: say('web.elevators.column.address'),
            wide: true,
            cell: (row) => <Link to={paths.elevator(row.elevatorId)}>{row.address}</Link>,
          },
          {
            key: 'nearest',
            title: say('web.stations.nearest'),
            numeric: true,
            cell: (row) => <Duration seconds={row.nearestSeconds} />,
          },
        ]}
      />
    </Panel>
  );
}
