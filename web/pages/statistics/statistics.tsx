import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { groupBy, statistics } from '../../../contract/rescue-figures.ts';
import { get } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { useSay, useWord } from '../../say.ts';
import { ExportButton } from '../../ui/list/export-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { GroupChart, GroupTable } from './groups.tsx';
import { Alarms, Beside, Headline } from './headline.tsx';
import { usePeriod } from './period.ts';
import { PeriodBar } from './period-bar.tsx';
import { Repeats } from './repeats.tsx';

export type Statistics = z.infer<typeof statistics>;
export type GroupBy = z.infer<typeof groupBy>;

/** The rescue figures a city publishes: the same function feeds this page, the API and the export. */
export function StatisticsPage() {
  const say = useSay();
  const period = usePeriod();
  const { from, to, by } = period;
  const named = useNames();
  const query = { from, to, by };
  const read = useQuery({
    queryKey: ['rescue', '/rescue/statistics', query],
    queryFn: ({ signal }) => get<Statistics>('/rescue/statistics', query, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={say('web.menu.statistics')} actions={<ExportButton path="/rescue/statistics/export" query={query} />}>
      <PeriodBar period={period} />
      <Loaded query={read} lines={10}>
        {(answer) => <Figures data={named(answer)} />}
      </Loaded>
    </Page>
  );
}

function Figures({ data }: { data: Statistics }) {
  return (
    <>
      <Headline data={data} />
      <Beside data={data} />
      <Alarms data={data} />
      <GroupChart data={data} />
      <GroupTable data={data} />
      <Repeats data={data} />
    </>
  );
}

/** Rows under the names people know: districts and places come as codes. */
function useNames(): (data: Statistics) => Statistics {
  const word = useWord();
  const { nameOf } = usePlace();
  return (data) => {
    const nameFor = { district: nameOf, place: (key: string) => word('registry.place_class', key) };
    const wordOf = data.by === 'district' || data.by === 'place' ? nameFor[data.by] : null;
    return wordOf ? { ...data, rows: data.rows.map((row) => ({ ...row, name: wordOf(row.key) || row.name })) } : data;
  };
}
