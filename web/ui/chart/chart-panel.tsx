import Button from 'antd/es/button/index.js';
import { lazy, Suspense, useRef, useState } from 'react';
import { useSay } from '../../say.ts';
import { Info } from '../info.tsx';
import { DataTable } from '../list/data-table.tsx';
import { Panel } from '../page.tsx';
import { Loading } from '../states.tsx';
import type { ChartOption } from './chart.tsx';
import { csvText, saveText } from './save.ts';

const Chart = lazy(() => import('./chart.tsx').then((m) => ({ default: m.Chart })));

type Cell = string | number | null;
type Props = {
  title: string; // what the chart shows, as a finding where there is one
  source: string; // definition and source, behind ⓘ
  option: ChartOption;
  head: readonly string[];
  rows: readonly (readonly Cell[])[]; // the same figures, for the table and the CSV
  height?: number;
  onPress?: (value: unknown) => void;
};

/** A chart with its source, its table, its image and its CSV. */
export function ChartPanel({ title, source, option, head, rows, height = 260, onPress }: Props) {
  const say = useSay();
  const [asTable, setAsTable] = useState(false);
  const image = useRef<(() => string) | null>(null);
  const saveImage = () =>
    image.current &&
    saveText(`${title}.svg`, decodeURIComponent(image.current().replace(/^[^,]*,/, '')), 'image/svg+xml');
  return (
    <Panel
      flush={asTable}
      title={
        <>
          {title} <Info label={say('web.chart.source')}>{source}</Info>
        </>
      }
      actions={
        <>
          <Button size="small" onClick={() => setAsTable(!asTable)}>
            {say(asTable ? 'web.chart.as_chart' : 'web.chart.as_table')}
          </Button>
          <Button size="small" disabled={asTable} onClick={saveImage}>
            {say('web.chart.image')}
          </Button>
          <Button size="small" onClick={() => saveText(`${title}.csv`, csvText([head, ...rows]), 'text/csv')}>
            {say('web.chart.csv')}
          </Button>
        </>
      }
    >
      {asTable ? (
        <DataTable<{ at: number; cells: readonly Cell[] }>
          label={title}
          rows={rows.map((cells, at) => ({ at, cells }))}
          rowId={({ at }) => String(at)}
          columns={head.map((name, column) => ({
            key: String(column),
            title: name,
            numeric: column > 0,
            cell: ({ cells }) => cells[column] ?? '—',
          }))}
        />
      ) : (
        <Suspense fallback={<Loading lines={4} />}>
          <Chart
            option={option}
            label={title}
            height={height}
            onReady={(read) => (image.current = read)}
            {...(onPress ? { onPress } : {})}
          />
        </Suspense>
      )}
    </Panel>
  );
}
