import type { Fen } from '../../../kernel/money.ts';
import type { Calendar } from '../../../kernel/time.ts';
import { type ClaimMoment, type ClockRule, clockState, dueAt, type Pause } from './clock.rules.ts';

/** A clock of a claim as a city or a product states it, with where it comes from. */
export type ClaimClockRule = ClockRule & {
  basis: 'statutory' | 'promise';
  title: string; // the clause of the law, or the promise's own name
  upTo: Fen | null; // promised only for claims up to this
};

export type Moments = Readonly<Partial<Record<ClaimMoment, Date>>>;

export type ClaimClock = {
  id: string;
  basis: 'statutory' | 'promise';
  title: string;
  startedAt: Date;
  dueAt: Date | null; // null: paused, nobody knows
  stoppedAt: Date | null;
  state: 'in_time' | 'late' | 'running' | 'paused';
};

type Given = {
  moments: Moments;
  pause: Pause | null;
  unclaimed: readonly Pause[]; // nobody could be paid: who is owed has not said who he is
  decided: Fen | null; // the amount, once decided
  calendar: Calendar;
  now: Date;
};

/** What also ends a clock: a refusal ends the time to assess, and a decision makes an interim payment needless. */
const ALSO_STOPS: Readonly<Partial<Record<ClaimMoment, readonly ClaimMoment[]>>> = {
  decided: ['refused'],
  interim_paid: ['decided', 'refused'],
  paid: ['refused'],
  advance_paid: ['paid', 'refused'],
};

/** Every clock that has begun, the law's and the promised ones. */
export function clocksOf(rules: readonly ClaimClockRule[], given: Given): readonly ClaimClock[] {
  return rules.flatMap((rule) => {
    const started = given.moments[rule.starts];
    if (!started || (rule.upTo !== null && given.decided !== null && given.decided > rule.upTo)) return [];
    const { pause, unclaimed, calendar } = given;
    const due = dueAt(rule, started, { pauses: pause ? [pause] : [], unclaimed, calendar });
    const stopped = stoppedAt(rule.stops, given.moments);
    return [
      {
        id: rule.id,
        basis: rule.basis,
        title: rule.title,
        startedAt: started,
        dueAt: due ?? null,
        stoppedAt: stopped ?? null,
        state: clockState(due, stopped, given.now),
      },
    ];
  });
}

/** Is all that is still to be paid for people who have not said who they are? `unclaimed`: what was accepted for those. */
export const isLeftUnclaimed = (owed: { due: Fen; paid: Fen; unclaimed: Fen }): boolean =>
  owed.paid < owed.due && owed.paid + owed.unclaimed >= owed.due;

/**
 * Spans in which nobody could be paid, after something happened at `at`: one begins where all that is left waits for people
 * who have not said who they are, and ends when one of them does or money comes back.
 */
export function unclaimedAfter(spans: readonly Pause[], isUnclaimed: boolean, at: Date): readonly Pause[] {
  const last = spans.at(-1);
  const isOpen = last?.to === null;
  if (isOpen === isUnclaimed) return spans;
  return isOpen ? [...spans.slice(0, -1), { from: last.from, to: at }] : [...spans, { from: at, to: null }];
}

function stoppedAt(stops: ClaimMoment, moments: Moments): Date | undefined {
  const ends = [stops, ...(ALSO_STOPS[stops] ?? [])].flatMap((m) => moments[m] ?? []);
  return ends.sort((a, b) => a.getTime() - b.getTime())[0];
}

/** The clock that runs out next. A late one that still runs comes first: it is what must be done now. */
export function nextClock(clocks: readonly ClaimClock[]): ClaimClock | undefined {
  return clocks
    .filter((c) => c.stoppedAt === null && c.dueAt !== null)
    .sort((a, b) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0))[0];
}
