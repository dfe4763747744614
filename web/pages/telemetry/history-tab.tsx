import { useQuery } from '@tanstack/react-query';
import Segmented from 'antd/es/segmented/index.js';
import { useMemo, useState } from 'react';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { History, Live } from '../../../contract/telemetry.ts';
import { get } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { clockTime, fullTime, shortTime } from '../../time.ts';
import { ChartPanel } from '../../ui/chart/chart-panel.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { Replay } from './replay.tsx';
import { SumsChart } from './sums-chart.tsx';

const HOURS = [1, 6, 24, 72] as const;
const HOUR_MS = 3_600_000;

/** What the car did, where it was ever heard of. */
export function HistoryTab({ elevator }: { elevator: ElevatorFileView }) {
  const say = useSay();
  const live = useQuery({
    queryKey: ['telemetry-heard', elevator.id],
    queryFn: ({ signal }) => get<Live>(`/elevators/${elevator.id}/present`, {}, signal),
  });
  return (
    <Loaded query={live}>
      {({ heardAt }) =>
        heardAt ? (
          <Heard elevator={elevator} />
        ) : (
          <Empty title={say('web.car.never_heard')} hint={say('web.history.never_heard_hint')} />
        )
      }
    </Loaded>
  );
}

/** Floors over time, what was reported, trips per day; a press on a moment replays it. */
function Heard({ elevator }: { elevator: ElevatorFileView }) {
  const say = useSay();
  const [hours, setHours] = useState<number>(1);
  const [moment, setMoment] = useState<string | null>(null);
  const history = useQuery({
    queryKey: ['telemetry-history', elevator.id, hours],
    queryFn: ({ signal }) => {
      const to = new Date();
      const from = new Date(to.getTime() - hours * HOUR_MS);
      return get<History>(
        `/elevators/${elevator.id}/history`,
        { from: from.toISOString(), to: to.toISOString(), limit: 20_000 },
        signal,
      );
    },
  });
  return (
    <>
      <div>
        <Segmented<number>
          value={hours}
          onChange={setHours}
          options={HOURS.map((n) => ({ value: n, label: say('web.history.hours', { n }) }))}
        />
      </div>
      {moment ? <Replay key={moment} elevator={elevator} at={moment} onClose={() => setMoment(null)} /> : null}
      <Loaded query={history}>{(data) => <Floors history={data} onMoment={setMoment} />}</Loaded>
      <SumsChart elevatorId={elevator.id} />
    </>
  );
}

function Floors({ history, onMoment }: { history: History; onMoment: (at: string) => void }) {
  const say = useSay();
  const points = useMemo(() => floorsOf(history), [history]);
  const option = useMemo(
    () => ({
      xAxis: {
        type: 'time',
        min: history.from,
        max: history.to,
        axisLabel: { formatter: (atMs: number) => clockTime(atMs).slice(0, 5), hideOverlap: true },
      },
      yAxis: { type: 'value', minInterval: 1, scale: true, name: say('web.car.floor') },
      dataZoom: [{ type: 'inside' }],
      tooltip: { trigger: 'axis', confine: true, axisPointer: { label: { formatter: timeLabel } } },
      series: [{ type: 'line', step: 'end', symbolSize: 5, data: points }],
    }),
    [history, points, say],
  );
  if (history.rows.length === 0) return <Empty title={say('web.history.empty')} hint={say('web.history.empty_hint')} />;
  return (
    <>
      <ChartPanel
        title={say('web.history.floors', { n: history.rows.length.toLocaleString('en-US') })}
        source={say('web.history.floors_source')}
        option={option}
        head={[say('web.audit.at'), say('web.car.floor')]}
        rows={points.map(([at, floor]) => [fullTime(at), floor])}
        onPress={(value) => Array.isArray(value) && onMoment(new Date(String(value[0])).toISOString())}
      />
      {history.more ? <Mark tone="warn">{say('web.history.more')}</Mark> : null}
      <Notices history={history} onMoment={onMoment} />
    </>
  );
}

const timeLabel = ({ value }: { value: unknown }): string =>
  typeof value === 'number' ? shortTime(value) : String(value);

/** Each floor with its moment; the last one holds to the window's end. */
function floorsOf({ rows, to }: History): readonly (readonly [string, number])[] {
  const points = rows.flatMap(({ at, values }) => (values.floor === undefined ? [] : [[at, values.floor] as const]));
  const last = points.at(-1);
  return last ? [...points, [to, last[1]]] : points;
}

/** Faults, events and alarms that were reported; each can be replayed. */
function Notices({ history, onMoment }: { history: History; onMoment: (at: string) => void }) {
  const say = useSay();
  const word = useWord();
  const notices = history.rows.filter(({ notice }) => notice !== null).toReversed();
  return (
    <section className="file-part">
      <h2>{say('web.history.notices', { n: notices.length })}</h2>
      <ol className="timeline">
        {notices.slice(0, 100).map(({ at, seq, notice }) =>
          notice ? (
            <li key={`${at} ${seq} ${notice.code} ${notice.phase}`}>
              <When at={at} />
              <span className="row wrap">
                {word('telemetry.code', notice.code)}
                <span className="muted small">
                  {say(`web.history.phase.${notice.phase}`)} · {notice.rawCode}
                </span>
                <button type="button" className="plain mark accent" onClick={() => onMoment(at)}>
                  {say('web.history.replay')}
                </button>
              </span>
            </li>
          ) : null,
        )}
      </ol>
    </section>
  );
}
