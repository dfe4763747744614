import { type Fen, fen, share, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import { REPAIR_MONEY } from '../product/scheme.rules.ts';

/**
 * 电梯养老保险 (notice 4 (3)): a chain of annual policies over the planned life of an elevator. What is certain, upkeep and
 * inspection, stands in a service contract and never in the liability part; what the insurer pays at renewal stands in a
 * stored scale by insured years, or is nothing.
 */
export type RenewalScale = {
  version: string;
  filingNo: string;
  steps: readonly { fromYears: number; shareBp: number }[]; // of the renewal's cost, rising
  most: Fen | null; // never more than this
};
export type LapseRule = {
  graceDays: number; // a gap up to this is none
  reinstateDays: number; // until then the years before count on
  afterwards: 'lost' | 'kept'; // what a longer gap does to the years before
};
export type PensionTerms = {
  startAgeYears: number;
  plannedYears: number;
  scale: RenewalScale | null;
  lapse: LapseRule;
};
export type InsuredYear = { no: number; from: Day; to: Day; reinstated: boolean };

export type Standing = {
  state: 'planned' | 'running' | 'in_grace' | 'lapsed' | 'completed'; // planned: no year yet
  insuredYears: number; // whole years that count for the renewal
  gapDays: number; // between the last cover and the day
  reinstateUntil: Day | null;
};

const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** Days without cover between the end of one year and the beginning of the next; 0 when they meet. */
const gapBefore = (year: InsuredYear, before: InsuredYear): number =>
  Math.max(0, daysBetween(before.to, year.from) - 1);

/**
 * How a programme stands on a day. A year counts when it has ended; a gap within the grace period is none; a longer one
 * loses or keeps the years before as the terms say, unless the programme was reinstated in time.
 */
export function standingOn(years: readonly InsuredYear[], terms: PensionTerms, on: Day): Standing {
  const ordered = [...years].sort((a, b) => (a.from < b.from ? -1 : 1));
  let counted = 0;
  for (const [i, year] of ordered.entries()) {
    const before = ordered[i - 1];
    const isBroken = before && gapBefore(year, before) > terms.lapse.graceDays && !year.reinstated;
    if (isBroken && terms.lapse.afterwards === 'lost') counted = 0;
    if (year.to < on) counted += 1;
  }
  const last = ordered.at(-1);
  if (!last) return { state: 'planned', insuredYears: 0, gapDays: 0, reinstateUntil: null };
  const gapDays = Math.max(0, daysBetween(last.to, on));
  const until = addDays(last.to, terms.lapse.reinstateDays);
  if (gapDays === 0) return { state: 'running', insuredYears: counted, gapDays, reinstateUntil: null };
  if (counted >= terms.plannedYears)
    return { state: 'completed', insuredYears: counted, gapDays, reinstateUntil: null };
  const isLapsed = gapDays > terms.lapse.graceDays;
  const isGone = on > until && terms.lapse.afterwards === 'lost';
  return {
    state: isLapsed ? 'lapsed' : 'in_grace',
    insuredYears: isGone ? 0 : counted,
    gapDays,
    reinstateUntil: on <= until ? until : null,
  };
}

export type NextYear = { from: Day; to: Day };
export type PensionRefusal =
  | { code: 'insurance.pension_scale' }
  | { code: 'insurance.pension_overlap'; from: Day; earliest: Day }
  | { code: 'insurance.pension_complete'; plannedYears: number }
  | { code: 'insurance.pension_too_late'; until: Day }
  | { code: 'insurance.pension_upkeep'; coverage: string }
  | { code: 'insurance.pension_funding'; coverage: string; sum: number; premium: number }
  | { code: 'insurance.pension_source'; coverage: string; source: string };

/**
 * May this year be added? It begins after the last one ends, at once or within the grace period; after that only as a
 * reinstatement and only until the terms' last day.
 */
export function addYear(
  years: readonly InsuredYear[],
  next: NextYear,
  terms: PensionTerms,
): Result<{ no: number; reinstated: boolean }, PensionRefusal> {
  const last = [...years].sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1);
  if (years.length >= terms.plannedYears)
    return refuse({ code: 'insurance.pension_complete', plannedYears: terms.plannedYears });
  if (!last) return accept({ no: 1, reinstated: false });
  const earliest = addDays(last.to, 1);
  if (next.from < earliest) return refuse({ code: 'insurance.pension_overlap', from: next.from, earliest });
  const gap = daysBetween(last.to, next.from) - 1;
  if (gap <= terms.lapse.graceDays) return accept({ no: last.no + 1, reinstated: false });
  const until = addDays(last.to, terms.lapse.reinstateDays);
  if (next.from > until && terms.lapse.afterwards === 'lost')
    return refuse({ code: 'insurance.pension_too_late', until });
  return accept({ no: last.no + 1, reinstated: next.from <= until });
}

/** A scale that may be stored: filed, steps rising in years and shares, no share above the whole. */
export const isScale = ({ filingNo, steps }: RenewalScale): boolean =>
  filingNo.trim() !== '' &&
  steps.length > 0 &&
  steps.every(
    (step, i) =>
      step.shareBp > 0 &&
      step.shareBp <= 10_000 &&
      (i === 0 || (step.fromYears > (steps[i - 1]?.fromYears ?? 0) && step.shareBp >= (steps[i - 1]?.shareBp ?? 0))),
  );

/** What the insurer pays towards a renewal: by the stored scale and the years that count, never beyond its limit; without a scale nothing. */
export function renewalBenefit(scale: RenewalScale | null, insuredYears: number, cost: Fen): Fen {
  const step = scale?.steps.findLast((s) => s.fromYears <= insuredYears);
  if (!scale || !step) return fen(0);
  const benefit = share(cost, step.shareBp, 10_000);
  return scale.most !== null && benefit > scale.most ? scale.most : benefit;
}

export type EndReason = 'renewed' | 'expired' | 'withdrawn';
export type EndRefusal =
  | { code: 'insurance.pension_ended'; on: Day }
  | { code: 'insurance.pension_future'; on: Day; today: Day }
  | { code: 'insurance.pension_end_early'; on: Day; from: Day }
  | { code: 'insurance.pension_not_over'; until: Day };

/** A programme as far as its end is concerned. */
export type Ending = { endedOn: Day | null; years: readonly InsuredYear[]; terms: PensionTerms; today: Day };
type AskedEnd = { on: Day; reason: EndReason; renewalCost: Fen | null };

/**
 * End a programme. A renewal brings what the filed scale says for the years that counted that day; one that has expired is
 * complete, or past its last day to reinstate; by agreement it may end on any day so far.
 */
export function endPension(
  { endedOn, years, terms, today }: Ending,
  { on, reason, renewalCost }: AskedEnd,
): Result<{ benefit: Fen | null }, EndRefusal> {
  if (endedOn) return refuse({ code: 'insurance.pension_ended', on: endedOn });
  if (on > today) return refuse({ code: 'insurance.pension_future', on, today });
  const first = years.map((y) => y.from).toSorted()[0];
  if (first && on < first) return refuse({ code: 'insurance.pension_end_early', on, from: first });
  const standing = standingOn(years, terms, on);
  const until =
    standing.reinstateUntil ??
    years
      .map((y) => y.to)
      .toSorted()
      .at(-1) ??
    on;
  const isOver = standing.state === 'completed' || (standing.state === 'lapsed' && standing.reinstateUntil === null);
  if (reason === 'expired' && !isOver) return refuse({ code: 'insurance.pension_not_over', until });
  return accept({
    benefit: renewalCost === null ? null : renewalBenefit(terms.scale, standing.insuredYears, renewalCost),
  });
}

/** One part of a year: a cover by a policy, or upkeep by the service contract; paid from one or several sources. */
export type YearPart = {
  part: 'liability' | 'repair' | 'property' | 'service';
  name: string;
  upkeep: boolean; // certain: maintenance, inspection, testing
  premium: Fen;
  funding: readonly { source: string; amount: Fen }[];
};

/** Every part from permitted money, to the fen; nothing certain outside the service contract. The first fault, or none. */
export function checkParts(parts: readonly YearPart[]): PensionRefusal | undefined {
  for (const { part, name, upkeep, premium, funding } of parts) {
    if (upkeep && part !== 'service') return { code: 'insurance.pension_upkeep', coverage: name };
    const wrong = funding.find((f) => f.amount > 0 && REPAIR_MONEY.includes(f.source) && part !== 'repair');
    if (wrong) return { code: 'insurance.pension_source', coverage: name, source: wrong.source };
    const paid = sum(funding.map((f) => f.amount));
    if (paid !== premium) return { code: 'insurance.pension_funding', coverage: name, sum: paid, premium };
  }
  return undefined;
}
