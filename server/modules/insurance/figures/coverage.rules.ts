import type { Day } from '../../../kernel/time.ts';

/** Insured of a hundred, to one decimal, cut off and never rounded up: 100.0 is said only when none is missing. */
export const coverRate = (insured: number, should: number): number | null =>
  should === 0 ? null : Math.floor((insured * 1_000) / should) / 10;

/** How a goal stands. `no_number`: the notice names none, so only the figure is shown. */
export type TargetStanding = 'reached' | 'running' | 'missed' | 'no_number';

/** A goal against the figure on a day: reached is reached whenever; a last day that has passed is missed. */
export function targetStanding(
  { percent, dueOn }: { percent: number | null; dueOn: string | null },
  { insured, should }: { insured: number; should: number },
  on: Day,
): TargetStanding {
  if (percent === null) return 'no_number';
  if (insured * 100 >= percent * should) return 'reached';
  return dueOn !== null && on > dueOn ? 'missed' : 'running';
}

/** Elevators still to be insured for a goal; none when it is reached or names no number. */
export const missingFor = (percent: number | null, { insured, should }: { insured: number; should: number }): number =>
  percent === null ? 0 : Math.max(Math.ceil((percent * should) / 100) - insured, 0);
