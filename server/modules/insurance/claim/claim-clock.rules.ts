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
    const due = dueAt(rule, started, { pauses: given.pause ? [given.pause] : [], calendar: given.calendar });
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
