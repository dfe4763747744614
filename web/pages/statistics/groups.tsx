import { useMemo } from 'react';
import { useSay } from '../../say.ts';
import { ChartPanel } from '../../ui/chart/chart-panel.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { minutesText, shareText } from './figures.ts';
import type { Statistics } from './statistics.tsx';

type Row = Statistics['rows'][number];
const MOST_BARS = 24; // more do not fit; the table has them all

/** Incidents per group, the most first unless the groups have an order of their own. */
export function GroupChart({ data }: { data: Statistics }) {
  const say = useSay();
  const rows = useMemo(() => {
    const ordered = data.by === 'hour' || data.by === 'month' || data.by === 'age' || data.by === 'level';
    return ordered ? data.rows : [...data.rows].sort((a, b) => b.incidents - a.incidents).slice(0, MOST_BARS);
  }, [data]);
  const group = say(`web.statistics.group.${data.by}`);
  const option = useMemo(
    () => ({
      xAxis: { type: 'category', data: rows.map(({ name }) => name), axisLabel: { interval: 0, hideOverlap: true } },
      yAxis: { type: 'value', minInterval: 1, name: say('web.statistics.incidents') },
      series: [
        {
          type: 'bar',
          name: say('web.statistics.incidents'),
          data: rows.map(({ incidents }) => incidents),
          barMaxWidth: 36,
        },
      ],
    }),
    [rows, say],
  );
  const top = [...rows].sort((a, b) => b.incidents - a.incidents)[0];
  if (!top || top.incidents === 0) return null;
  return (
    <ChartPanel
      title={say('web.statistics.finding', { group, name: top.name, n: top.incidents, all: data.total.incidents })}
      source={say('web.statistics.incidents_means')}
      option={option}
      head={[group, say('web.statistics.incidents')]}
      rows={rows.map(({ name, incidents }) => [name, incidents])}
    />
  );
}

/** Every figure of every group. */
export function GroupTable({ data }: { data: Statistics }) {
  const say = useSay();
  const columns = useGroupColumns(data);
  return (
    <Panel flush title={say('web.statistics.by_group', { group: say(`web.statistics.group.${data.by}`) })}>
      {data.rows.length === 0 ? (
        <Empty title={say('web.statistics.empty')} hint={say('web.statistics.empty_hint')} />
      ) : (
        <DataTable
          short
          label={say('web.menu.statistics')}
          rows={[...data.rows, { ...data.total, key: ' ', name: say('web.statistics.total') }]}
          rowId={(row) => row.key}
          columns={columns}
        />
      )}
    </Panel>
  );
}

function useGroupColumns({ by, limits }: Statistics): readonly Column<Row>[] {
  const say = useSay();
  const minutes = { response: limits.responseSeconds / 60, arrival: limits.arrivalSeconds / 60 };
  const figure = (key: string, cell: (row: Row) => string): Column<Row> => ({
    key,
    title: say(`web.statistics.column.${key}`, minutes),
    numeric: true,
    cell,
  });
  return [
    { key: 'name', title: say(`web.statistics.group.${by}`), cell: (row) => row.name || row.key },
    figure('incidents', (row) => row.incidents.toLocaleString('en-US')),
    figure('people', (row) => row.people.toLocaleString('en-US')),
    figure('arrival_mean', (row) => minutesText(row.arrival?.mean)),
    figure('arrival_p50', (row) => minutesText(row.arrival?.p50)),
    figure('arrival_p90', (row) => minutesText(row.arrival?.p90)),
    figure('rescue_mean', (row) => minutesText(row.rescue?.mean)),
    figure('trapped_mean', (row) => minutesText(row.trapped?.mean)),
    figure('response_rate', (row) => shareText(row.responseRate)),
    figure('arrival_rate', (row) => shareText(row.arrivalRate)),
    figure('elevators', (row) => row.elevators?.toLocaleString('en-US') ?? '—'),
    figure('rate_per_100', (row) => row.ratePer100?.toFixed(3) ?? '—'),
  ];
}
