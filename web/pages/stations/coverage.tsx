import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { coverage } from '../../../contract/rescue-field.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Figure, Panel } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Duration } from '../../ui/when.tsx';

type Coverage = z.infer<typeof coverage>;
const MOST_GAPS = 200; // the farthest: who mends coverage begins there

/** The elevators nobody on duty would reach in time. */
export function CoverageTab() {
  const covered = useQuery({
    queryKey: ['rescue', '/rescue/coverage'],
    queryFn: ({ signal }) => get<Coverage>('/rescue/coverage', {}, signal),
  });
  return (
    <Loaded query={covered} lines={3}>
      {(data) => (
        <>
          <Covered data={data} />
          <Gaps data={data} />
        </>
      )}
    </Loaded>
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
