import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { sumsSchema } from '../../../contract/telemetry.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay } from '../../time.ts';
import { ChartPanel } from '../../ui/chart/chart-panel.tsx';
import { Loaded } from '../../ui/states.tsx';

type Sums = z.infer<typeof sumsSchema>;

/** Trips and door openings per day. */
export function SumsChart({ elevatorId }: { elevatorId: string }) {
  const sums = useQuery({
    queryKey: ['telemetry-sums', elevatorId],
    queryFn: ({ signal }) => get<Sums>(`/elevators/${elevatorId}/sums`, { by: 'day' }, signal),
  });
  return <Loaded query={sums}>{(data) => (data.items.length === 0 ? null : <Days sums={data} />)}</Loaded>;
}

function Days({ sums }: { sums: Sums }) {
  const say = useSay();
  const { items } = sums;
  const option = useMemo(
    () => ({
      legend: { top: 0 },
      xAxis: { type: 'category', data: items.map(({ from }) => cityDay(from).slice(5)) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { type: 'bar', name: say('web.history.trips'), data: items.map(({ trips }) => trips) },
        { type: 'bar', name: say('web.history.doors'), data: items.map(({ doorOpenings }) => doorOpenings) },
      ],
    }),
    [items, say],
  );
  return (
    <ChartPanel
      title={say('web.history.per_day')}
      source={say('web.history.per_day_source')}
      option={option}
      head={[say('web.history.day'), say('web.history.trips'), say('web.history.doors'), say('web.history.messages')]}
      rows={items.map((day) => [cityDay(day.from), day.trips, day.doorOpenings, day.messages])}
    />
  );
}
