import {
  addDays,
  addSeconds,
  addWorkingDays,
  type Calendar,
  type Day,
  dayOf,
  isWorkingDay,
  startOf,
} from '../kernel/time.ts';
import type { Chance } from '../simulate/chance.ts';

/** How one head's claim of the demo goes: when the person fills in, the cashier lets it go, the bank has it. Null: not yet. */
export type Course = { filledAt: Date; releasedAt: Date | null; arrivedAt: Date | null };

type Given = { madeAt: Date; now: Date; calendar: Calendar; chance: Chance };

const DAY_SECONDS = 86_400;
/** The last days are left to the visitor, who may be the cashier himself. */
const UNPAID_DAYS = 3;
const UNTOLD_DAYS = 4;
/** Seconds of the day: people fill in while they are awake, the insurer lets money go twice a day, banks end at half past five. */
const AWAKE = { from: 27_000, to: 81_000 };
const RUNS = [36_000, 55_800] as const;
const BANK = { opens: 33_000, closes: 63_000 };

/** The way of one head: most come within a day and a half, and are paid as working days and the bank's hours allow. */
export function courseOf({ madeAt, now, calendar, chance }: Given): Course | undefined {
  const comes = chance.happens(0.8);
  const filledAt = awake(addSeconds(madeAt, chance.whole(1_200, 110_000)), chance);
  if (!comes || filledAt > now) return undefined;
  const age = (now.getTime() - madeAt.getTime()) / 1_000 / DAY_SECONDS;
  const releasedAt = nextRun(filledAt, calendar);
  const arrivedAt = nextArrival(releasedAt, { calendar, chance });
  if (age < UNPAID_DAYS || releasedAt > now) return { filledAt, releasedAt: null, arrivedAt: null };
  return { filledAt, releasedAt, arrivedAt: age < UNTOLD_DAYS || arrivedAt > now ? null : arrivedAt };
}

const secondOf = (at: Date): number => (at.getTime() - startOf(dayOf(at)).getTime()) / 1_000;
const onDay = (day: Day, second: number): Date => addSeconds(startOf(day), second);

function awake(at: Date, chance: Chance): Date {
  const second = secondOf(at);
  const later = AWAKE.from + chance.whole(0, 3_600);
  if (second < AWAKE.from) return onDay(dayOf(at), later);
  return second > AWAKE.to ? onDay(addDays(dayOf(at), 1), later) : at;
}

function nextRun(at: Date, calendar: Calendar): Date {
  const day = dayOf(at);
  const run = isWorkingDay(day, calendar) ? RUNS.find((second) => second > secondOf(at) + 900) : undefined;
  return run === undefined ? onDay(addWorkingDays(day, 1, calendar), RUNS[0]) : onDay(day, run);
}

/** Most arrive after an hour or three; what misses the bank's hours, or goes to another bank, on the next working day. */
function nextArrival(at: Date, { calendar, chance }: Pick<Given, 'calendar' | 'chance'>): Date {
  const sameDay = addSeconds(at, chance.whole(2_400, 13_800));
  if (chance.happens(0.85) && secondOf(sameDay) <= BANK.closes) return sameDay;
  return onDay(addWorkingDays(dayOf(at), 1, calendar), BANK.opens + chance.whole(0, 5_400));
}
