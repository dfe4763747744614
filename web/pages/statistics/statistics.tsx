import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { groupBy, statistics } from '../../../contract/rescue.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ExportButton } from '../../ui/list/export-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Beside, Headline } from './headline.tsx';
import { PeriodBar } from './period-bar.tsx';
import { usePeriod } from './period.ts';
import { Repeats } from './repeats.tsx';
import { GroupChart, GroupTable } from './groups.tsx';

export type Statistics = z.infer<typeof statistics>;
export type GroupBy = z.infer<typeof groupBy>;

/** The rescue figures a city publishes: the same function feeds this page, the API and the export. */
export function StatisticsPage() {
  const say = useSay();
  const period = usePeriod();
  const { from, to, by } = period;
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
        {(data) => (
          <>
            <Headline data={data} />
            <Beside data={data} />
            <GroupChart data={data} />
            <GroupTable data={data} />
            <Repeats data={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
