import { addDays, type Day, dayOf } from '../../../kernel/time.ts';
import type { FiledCoverage } from '../product/scheme.rows.ts';

/** What happened, as a claim names it. */
export type LossKind = 'entrapment' | 'injury' | 'property' | 'repair' | 'other';

/** One stretch of cover of one elevator: a policy line with its policy and the product's text it was sold under. */
export type CoverLine = {
  policyId: string;
  policyNumber: string;
  leadOrgId: string;
  holderOrgId: string;
  state: string;
  from: Day; // of the line: 00:00
  to: Day; // of the line: 24:00
  policyFrom: Day;
  policyTo: Day;
  endedOn: Day | null; // a cancelled policy covers this day and no later one
  issuedAt: Date | null;
  endorsement: number;
  renewed: boolean;
  productCode: string;
  productVersion: number;
  tariffVersion: number;
  coverages: readonly FiledCoverage[];
  areaCodes: readonly string[];
  orgIds: readonly string[];
};

/** Which kinds of cover answer for a loss, the first that is there decides. */
const ANSWERS: Readonly<Record<LossKind, readonly FiledCoverage['kind'][]>> = {
  entrapment: ['entrapment'],
  injury: ['third_party', 'no_fault_aid', 'employer'],
  property: ['third_party', 'property_damage'],
  repair: ['repair_cost', 'property_damage'],
  other: ['third_party', 'no_fault_aid', 'property_damage', 'repair_cost'],
};

export type Cover = { line: CoverLine; coverage: FiledCoverage; waiting: boolean; others: readonly string[] };

/**
 * Which policy answered for this elevator at the instant of the loss: cover runs from 00:00 of its first city day to
 * 24:00 of its last. When several do (重复保险, 保险法 56) the one issued first handles it, and the others are named.
 * `waiting`: the loss fell into the waiting period, which a renewal does not begin anew.
 */
export function coverAt(lines: readonly CoverLine[], loss: { at: Date; kind: LossKind }): Cover | undefined {
  const day = dayOf(loss.at);
  const answering = lines
    .filter((line) => isInForce(line, day))
    .flatMap((line) => {
      const coverage = answerOf(line, loss.kind);
      return coverage ? [{ line, coverage }] : [];
    })
    .sort((a, b) => (a.line.issuedAt?.getTime() ?? 0) - (b.line.issuedAt?.getTime() ?? 0));
  const [first, ...rest] = answering;
  if (!first) return undefined;
  const waiting = !first.line.renewed && day < addDays(first.line.policyFrom, first.coverage.waitingDays);
  return { ...first, waiting, others: [...new Set(rest.map((r) => r.line.policyNumber))] };
}

/** Does the line cover this day? A policy that was never issued covers nothing, a cancelled one up to its last day. */
export const isInForce = (line: CoverLine, day: Day): boolean =>
  (line.state === 'issued' || line.state === 'cancelled') &&
  line.issuedAt !== null &&
  line.from <= day &&
  day <= line.to &&
  (line.endedOn === null || day <= line.endedOn);

function answerOf(line: CoverLine, kind: LossKind): FiledCoverage | undefined {
  for (const wanted of ANSWERS[kind]) {
    const found = line.coverages.find((c) => c.kind === wanted);
    if (found) return found;
  }
  return undefined;
}

const NEAR_HOURS = 6;

/**
 * One accident is one claim: two words about the same elevator are about the same accident when they name the same
 * incident, the same city day, or instants no more than six hours apart (an accident around midnight).
 */
export const sameAccident = (
  a: { happenedAt: Date; incidentId: string | null },
  b: { happenedAt: Date; incidentId: string | null },
): boolean =>
  a.incidentId !== null && b.incidentId !== null
    ? a.incidentId === b.incidentId
    : dayOf(a.happenedAt) === dayOf(b.happenedAt) ||
      Math.abs(a.happenedAt.getTime() - b.happenedAt.getTime()) <= NEAR_HOURS * 3_600_000;

/** Up to which day the papers are kept (保险法 87): 5 years after the cover ended, 10 when it ran longer than a year. */
export function keepUntil(policyFrom: Day, policyTo: Day): Day {
  const isLong = policyTo >= plusYears(policyFrom, 1);
  return plusYears(policyTo, isLong ? 10 : 5);
}

const plusYears = (day: Day, years: number): Day => dayWithin(Number(day.slice(0, 4)) + years, day.slice(4));
/** 29 February of a year without one is 1 March: nothing is kept a day too short. */
const dayWithin = (year: number, rest: string): Day => {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;
  return (rest === '-02-29' && !leap ? `${year}-03-01` : `${year}${rest}`) as Day;
};
