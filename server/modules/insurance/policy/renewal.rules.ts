import { addDays, type Day } from '../../../kernel/time.ts';

/** A policy near its end, as far as its renewal asks. */
export type Ending = { state: string; to: Day; elsewhere: boolean; successor: string | null };

export type RenewalRefusal =
  | { code: 'insurance.not_renewable'; state: string }
  | { code: 'insurance.renewal_exists'; successor: string }
  | { code: 'insurance.renewal_too_early'; earliest: Day };

/** The first day of the next cover: the day after the last one, or tomorrow when that is past, with the days in between. */
export type NextTerm = { from: Day; gapDays: number };

const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/**
 * May this policy be renewed today, and from when? From the day after its last, never from today: so there is no gap and no
 * double cover. Who comes too late begins tomorrow and is told for how many days nobody was covered.
 */
export function nextTermOf(policy: Ending, today: Day, windowDays: number): NextTerm | RenewalRefusal {
  if (policy.state !== 'issued' || policy.elsewhere) return { code: 'insurance.not_renewable', state: policy.state };
  if (policy.successor !== null) return { code: 'insurance.renewal_exists', successor: policy.successor };
  const earliest = addDays(policy.to, -windowDays);
  if (today < earliest) return { code: 'insurance.renewal_too_early', earliest };
  const seamless = addDays(policy.to, 1);
  const tomorrow = addDays(today, 1);
  const from = seamless >= tomorrow ? seamless : tomorrow;
  return { from, gapDays: dayNumber(from) - dayNumber(seamless) };
}
