import { secondsBetween } from '../../kernel/time.ts';
import type { ClockName } from './incident.rules.ts';

/** One counted incident: a real one that was closed or still runs, with the clocks that figures use. */
export type Counted = {
  id: string;
  key: string; // the group it falls into
  people: number;
  at: Partial<Readonly<Record<ClockName, Date>>>;
};

/** Seconds over the incidents that have both ends. Null: none has. */
export type Spread = { mean: number; p50: number; p90: number } | null;

export type Figures = {
  incidents: number;
  people: number;
  arrival: Spread; // aware → arrived
  rescue: Spread; // arrived → released
  trapped: Spread; // stop (reported, else aware, where the stop is not known) → released
  responseRate: number | null; // accepted within the limit of the first offer, of those offered
  arrivalRate: number | null; // arrived within the limit of `aware`, of those that somebody reached or should have
};

export type Limits = { responseSeconds: number; arrivalSeconds: number };

/**
 * The published figures over a set of incidents. The same function feeds screen, API and export. What starts and stops each
 * clock stands in docs/interfaces/rescue-clocks.md.
 */
export function figuresOf(counted: readonly Counted[], limits: Limits, now: Date): Figures {
  const between = (from: (c: Counted) => Date | undefined, to: (c: Counted) => Date | undefined) =>
    spreadOf(
      counted.flatMap((c) => {
        const [start, end] = [from(c), to(c)];
        return start && end && end >= start ? [secondsBetween(start, end)] : [];
      }),
    );
  return {
    incidents: counted.length,
    people: counted.reduce((sum, c) => sum + c.people, 0),
    arrival: between(
      ({ at }) => at.aware,
      ({ at }) => at.arrived,
    ),
    rescue: between(
      ({ at }) => at.arrived,
      ({ at }) => at.released,
    ),
    trapped: between(
      ({ at }) => at.stop ?? at.reported ?? at.aware,
      ({ at }) => at.released,
    ),
    responseRate: rateOf(counted, { from: 'offered', to: 'accepted', seconds: limits.responseSeconds }, now),
    arrivalRate: rateOf(counted, { from: 'aware', to: 'arrived', seconds: limits.arrivalSeconds }, now),
  };
}

type Window = { from: ClockName; to: ClockName; seconds: number };

/**
 * The share that made it within the limit. Who never came counts against it; who still has time does not count yet; people
 * who were free before anybody came do not count for arrivals.
 */
function rateOf(counted: readonly Counted[], { from, to, seconds }: Window, now: Date): number | null {
  const judged = counted.flatMap(({ at }) => {
    const start = at[from];
    if (!start) return [];
    const end = at[to];
    if (end) return [secondsBetween(start, end) <= seconds];
    if (to === 'arrived' && at.released) return [];
    return secondsBetween(start, now) > seconds ? [false] : [];
  });
  return judged.length === 0 ? null : judged.filter(Boolean).length / judged.length;
}

/** Mean, median and ninth decile; between two values the percentile is interpolated. */
export function spreadOf(seconds: readonly number[]): Spread {
  if (seconds.length === 0) return null;
  const sorted = [...seconds].sort((a, b) => a - b);
  const percentile = (share: number) => {
    const position = (sorted.length - 1) * share;
    const [low, high] = [sorted[Math.floor(position)] ?? 0, sorted[Math.ceil(position)] ?? 0];
    return low + (high - low) * (position - Math.floor(position));
  };
  return { mean: sorted.reduce((sum, s) => sum + s, 0) / sorted.length, p50: percentile(0.5), p90: percentile(0.9) };
}

/** 困人率: incidents per 100 elevators in use and month. Null where the group is not one of elevators. */
export const ratePer100 = (incidents: number, elevators: number | null, months: number): number | null =>
  elevators === null || elevators === 0 || months <= 0 ? null : (incidents * 100) / elevators / months;

/** Months from one day to another, both counted, as a number: 30.4375 days are one. */
export const monthsBetween = (from: string, to: string): number => {
  const [fromYear = 0, fromMonth = 1, fromDay = 1] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 1, toDay = 1] = to.split('-').map(Number);
  const whole = (toYear - fromYear) * 12 + toMonth - fromMonth;
  const daysIn = (year: number, month: number) =>
    (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / 86_400_000;
  return whole + toDay / daysIn(toYear, toMonth) - (fromDay - 1) / daysIn(fromYear, fromMonth);
};

/** 预警命中率: of the alarms that were judged, how many were right. Null while none is. */
export const hitRate = ({ confirmed, refuted }: { confirmed: number; refuted: number }): number | null =>
  confirmed + refuted === 0 ? null : confirmed / (confirmed + refuted);
