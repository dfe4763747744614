import { Link } from 'react-router';
import type { Overview } from '../../../contract/registry-search.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { Mark } from '../../ui/mark.tsx';
import type { Online } from './online.ts';
import { Rate } from './rate.tsx';

type Row = Overview['below'][number];

const figure = (n: number) => n.toLocaleString('en-US');

/** The columns of the roll-up; every figure opens the rows behind it. */
export function useOverviewColumns(online: Online): readonly Column<Row>[] {
  const say = useSay();
  const behind = (row: Row) => (row.level === 'building' ? { building: row.code } : { area: row.code });
  const counted = (key: string, of: (row: Row) => number, query: Readonly<Record<string, string>>): Column<Row> => ({
    key,
    title: say(`web.overview.column.${key}`),
    numeric: true,
    cell: (row) =>
      of(row) === 0 ? (
        <span className="muted">0</span>
      ) : (
        <Link to={paths.elevators({ ...behind(row), ...query })}>{figure(of(row))}</Link>
      ),
  });
  return [
    {
      key: 'name',
      title: say('web.overview.column.name'),
      cell: (row) => row.name || <Mark tone="unknown">{say('web.overview.unknown_area')}</Mark>,
    },
    counted('elevators', (row) => row.elevators, {}),
    counted('in_use', (row) => row.inUse, { state: 'in_use' }),
    counted('stopped', (row) => (row.byState['stopped'] ?? 0) + (row.byState['sealed'] ?? 0), {
      state: 'stopped,sealed',
    }),
    {
      key: 'online',
      title: say('web.overview.column.online'),
      numeric: true,
      cell: (row) => <Rate of={online.below.get(row.code ?? '')} />,
    },
    counted('older', (row) => row.olderThan15, { minAgeYears: '15' }),
    counted('unknown_use_unit', (row) => row.unknownUseUnit, { unknownUseUnit: 'true' }),
    {
      key: 'quality',
      title: say('web.overview.column.quality'),
      numeric: true,
      cell: (row) => row.meanQuality ?? <span className="muted">—</span>,
    },
  ];
}
