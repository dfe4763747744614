import {
  addDays,
  addWorkingDays,
  type Calendar,
  type Day,
  dayOf,
  isWorkingDay,
  startOf,
} from '../../../kernel/time.ts';

/**
 * The clocks of a claim. Statutory ones (保险法 21–26) count calendar days, the first day not counted, and a last
 * day that is no working day moves to the next; a promise counts what it says. Whether and how the law's clocks
 * move and pause is a city setting, because court practice is not the same everywhere.
 */
export type ClockRule = {
  id: string;
  starts: ClaimMoment;
  stops: ClaimMoment;
  length: { count: number; unit: 'hours' | 'days' | 'working_days' };
  movesToWorkingDay: boolean; // a last day on a holiday moves on; calendar days only
  pausesOnMissingPapers: boolean;
};

export type ClaimMoment =
  | 'reported'
  | 'papers_complete'
  | 'accepted' // liability accepted, or the amount agreed
  | 'decided'
  | 'refused'
  | 'refusal_sent'
  | 'advance_paid'
  | 'paid' // the bank's time
  | 'interim_paid';

/** A time in which papers were missing: from the one notice that listed them until they all arrived. */
export type Pause = { from: Date; to: Date | null };

/** Clocks that wait for money to arrive: they stand while nobody is there who could be paid. */
const OF_MONEY: readonly ClaimMoment[] = ['paid', 'advance_paid'];

/** Instant by which a clock must stop. An open pause has no end yet: no due time is known (undefined). */
export function dueAt(
  rule: ClockRule,
  started: Date,
  given: { pauses: readonly Pause[]; unclaimed?: readonly Pause[]; calendar: Calendar },
): Date | undefined {
  const pauses = [
    ...(rule.pausesOnMissingPapers ? given.pauses : []),
    ...(OF_MONEY.includes(rule.stops) ? (given.unclaimed ?? []) : []),
  ];
  if (pauses.some((p) => p.to === null)) return undefined;
  const pausedMs = pauses.reduce(
    (ms, p) => ms + Math.max((p.to?.getTime() ?? 0) - Math.max(p.from.getTime(), started.getTime()), 0),
    0,
  );
  const due = unpaused(rule, started, given.calendar);
  return pausedMs === 0 ? due : endOfDay(rule, new Date(due.getTime() + pausedMs), given.calendar);
}

function unpaused(rule: ClockRule, started: Date, calendar: Calendar): Date {
  const { count, unit } = rule.length;
  if (unit === 'hours') return new Date(started.getTime() + count * 3_600_000);
  const first = dayOf(started);
  const last = unit === 'working_days' ? addWorkingDays(first, count, calendar) : addDays(first, count);
  return lastInstant(rule.movesToWorkingDay ? nextWorking(last, calendar) : last);
}

const endOfDay = (rule: ClockRule, at: Date, calendar: Calendar): Date => {
  if (rule.length.unit === 'hours') return at;
  const day = dayOf(at);
  return lastInstant(rule.movesToWorkingDay ? nextWorking(day, calendar) : day);
};

/** 23:59:59.999 of a city day: the last instant that is still in time. */
const lastInstant = (day: Day): Date => new Date(startOf(addDays(day, 1)).getTime() - 1);

function nextWorking(day: Day, calendar: Calendar): Day {
  let at = day;
  while (!isWorkingDay(at, calendar)) at = addDays(at, 1);
  return at;
}

/** Was it in time, is it late, is it still running? `stopped` undefined: not yet. */
export const clockState = (
  due: Date | undefined,
  stopped: Date | undefined,
  now: Date,
): 'in_time' | 'late' | 'running' | 'paused' => {
  if (due === undefined) return stopped ? 'in_time' : 'paused';
  if (stopped) return stopped <= due ? 'in_time' : 'late';
  return now <= due ? 'running' : 'late';
};
