import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { secondsBetween } from '../../../kernel/time.ts';
import { type BenefitTable, benefitFor } from './benefit.rules.ts';
import { type Limits, payable } from './limit.rules.ts';

/** Who assesses what the table owes: the release itself. */
export const BY_RELEASE = 'event:rescue.people_released';

/** A release as rescue tells it: the clocks that insurance pays by. */
export type Release = {
  incidentId: string;
  elevatorId: string;
  stoppedAt: Date | null;
  reportedAt: Date | null;
  awareAt: Date;
  releasedAt: Date;
  trusted: boolean;
  people: number | null;
  injuries: boolean | null;
};

/** The instant that says which policy answers: when people were first held, as early as anybody knows. */
export const lossAt = (r: Release): Date =>
  [r.stoppedAt, r.reportedAt, r.awareAt].reduce<Date>((first, at) => (at && at < first ? at : first), r.awareAt);

/**
 * From the report to the release; from when the system knew where nobody called (困人计时). Never negative. Both
 * beginnings stay with the claim.
 */
export function trapped(r: Release): { seconds: number; from: 'reported' | 'aware' } {
  const from = r.reportedAt ?? r.awareAt;
  return {
    seconds: Math.max(0, secondsBetween(from, r.releasedAt)),
    from: r.reportedAt ? 'reported' : 'aware',
  };
}

/**
 * What each head is due by the table, within the cover's limits in their order; nothing where the time stays below the
 * table's first step or the year's limit is used up.
 */
export function dueHeads(
  table: BenefitTable,
  given: { seconds: number; people: number; limits: Limits },
): readonly Fen[] {
  const due = benefitFor(table, given.seconds);
  const losses = Array.from({ length: given.people }, (_, i) => ({
    id: `head-${i + 1}`,
    kind: 'person' as const,
    medical: fen(0),
    other: due,
  }));
  return payable(losses, given.limits)
    .map(({ amount }) => amount)
    .filter((amount) => amount > 0);
}

/**
 * What a second word on a release changes. The heads that were drafted stand. `added`: what each further one is due.
 * `agrees`: the table owes what was drafted still; where it does not, nothing is added and a handler must look.
 */
export function correctionOf(
  drafted: readonly Fen[],
  again: readonly Fen[],
): { added: readonly Fen[]; agrees: boolean } {
  const agrees = drafted.every((due, i) => again[i] === due);
  return { added: agrees ? again.slice(drafted.length) : [], agrees };
}

/** What an insurer approved as clean, as far as the decision asks. */
export type CleanRule = { mostPerHead: Fen; mostHeads: number };

/** A filled draft and what is known around it. */
export type CleanFacts = {
  release: Pick<Release, 'trusted' | 'people' | 'injuries'>;
  heads: readonly Fen[];
  waiting: boolean;
  otherCover: boolean;
  otherReports: boolean; // somebody reported more than an entrapment of this accident
};

/** Why a draft needs a handler's eyes; empty when it is clean. Codes of words. */
export function notClean(rule: CleanRule | undefined, facts: CleanFacts): readonly string[] {
  const { release, heads } = facts;
  const reasons: readonly (readonly [boolean, string])[] = [
    [rule === undefined, 'no_rule'],
    [release.injuries === true, 'injury'],
    [release.people === null || release.people !== heads.length, 'heads_not_agreed'],
    [!release.trusted, 'clock_untrusted'],
    [facts.waiting, 'waiting_period'],
    [facts.otherCover, 'other_cover'],
    [facts.otherReports, 'other_reports'],
    [rule !== undefined && heads.some((due) => due > rule.mostPerHead), 'above_rule'],
    [rule !== undefined && heads.length > rule.mostHeads, 'many_heads'],
  ];
  return reasons.filter(([holds]) => holds).map(([, reason]) => reason);
}

/** May this payment go without a further look today? Within the limit a second person set, counting what went already. */
export const withinRelease = (limit: Fen, today: readonly Fen[], amount: Fen): boolean =>
  fen(sum(today) + amount) <= limit;
