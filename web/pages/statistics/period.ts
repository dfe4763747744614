import { useSearchParams } from 'react-router';
import { STATISTIC_GROUPS } from '../../../contract/rescue-vocabulary.ts';
import { cityDay, today } from '../../time.ts';
import { changed } from '../../ui/list/list-state.ts';
import type { GroupBy } from './statistics.tsx';

export type Period = {
  from: string;
  to: string;
  by: GroupBy;
  set: (changes: Readonly<Record<string, string>>) => void;
};

/** Spans that are asked for most, as days of the city's calendar. */
export function spans(
  now: Date,
): Readonly<Record<'this_month' | 'last_month' | 'this_year' | 'last_year', { from: string; to: string }>> {
  const thisDay = cityDay(now);
  const [year = 0, month = 1] = thisDay.split('-').map(Number);
  const day = (y: number, m: number, d: number) => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10);
  return {
    this_month: { from: day(year, month - 1, 1), to: thisDay },
    last_month: { from: day(year, month - 2, 1), to: day(year, month - 1, 0) },
    this_year: { from: day(year, 0, 1), to: thisDay },
    last_year: { from: day(year - 1, 0, 1), to: day(year, 0, 0) },
  };
}

/** The span and the grouping, held by the address; this month by district at first. */
export function usePeriod(): Period {
  const [params, setParams] = useSearchParams();
  const first = spans(today()).this_month;
  return {
    from: params.get('from') ?? first.from,
    to: params.get('to') ?? first.to,
    by: STATISTIC_GROUPS.find((group) => group === params.get('by')) ?? 'district',
    set: (changes) => setParams((now) => changed(now, changes), { replace: true }),
  };
}
