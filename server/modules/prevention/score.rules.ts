/** Hours between two instants, to a tenth. */
const hoursBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / 360_000) / 10;

export type PaymentHours = {
  n: number;
  min: number | null;
  p50: number | null;
  p90: number | null;
  max: number | null;
  withoutStart: number; // paid, but nobody knows since when the papers were complete
};

/**
 * Hours from complete papers to the money's arrival, as annex 2 of notice 2 counts them: elapsed, not working hours; each
 * payment is an item. Percentiles are the nearest rank, so each is a payment that happened.
 */
export function paymentHours(items: readonly { completeAt: Date | null; paidAt: Date }[]): PaymentHours {
  const hours = items
    .flatMap(({ completeAt, paidAt }) => (completeAt ? [hoursBetween(completeAt, paidAt)] : []))
    .sort((a, b) => a - b);
  const rank = (share: number): number | null => hours[Math.ceil(share * hours.length) - 1] ?? null;
  return {
    n: hours.length,
    min: hours[0] ?? null,
    p50: rank(0.5),
    p90: rank(0.9),
    max: hours.at(-1) ?? null,
    withoutStart: items.length - hours.length,
  };
}

/** A share in percent to one decimal; null when there is nothing to share: blank is not nought. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 1_000) / whole) / 10;

/** An answer of five from which on one is satisfied. */
export const SATISFIED_FROM = 4;

/** Satisfied answers (4 and 5 of 5) in percent; held back when too few answered. */
export const satisfaction = (scores: readonly number[], least: number): { n: number; percent: number | null } => ({
  n: scores.length,
  percent: scores.length < least ? null : percentOf(scores.filter((s) => s >= SATISFIED_FROM).length, scores.length),
});

/** What is known of one maintenance unit in a window. */
export type UnitFacts = {
  licensed: boolean;
  certified: number; // people with a valid certificate
  elevators: number; // it maintains
  passRates: readonly number[]; // percent, one a quality check
  findingsDue: number;
  findingsInTime: number;
};
export type Method = {
  weights: { qualification: number; capacity: number; record: number }; // percent
  elevatorsPerTechnician: number;
  leastChecks: number;
};
export type UnitScore = {
  parts: { qualification: number; capacity: number; record: number | null }; // 0–100, to a tenth
  totalTenths: number; // of 1,000
  checks: number;
  shown: boolean;
};

const tenth = (n: number): number => Math.round(n * 10) / 10;

/**
 * 资质 (licence in force), 技术力量 (certified people for its elevators) and 业绩 (checks passed and findings mended in time,
 * half each; only checks where nothing fell due). Below the least sample nothing is published.
 */
export function scoreUnit(facts: UnitFacts, method: Method): UnitScore {
  const { weights } = method;
  const qualification = facts.licensed ? 100 : 0;
  const enough = facts.elevators / method.elevatorsPerTechnician;
  const capacity = enough === 0 ? (facts.certified > 0 ? 100 : 0) : Math.min(100, (facts.certified * 100) / enough);
  const record = recordOf(facts);
  const total =
    (qualification * weights.qualification + capacity * weights.capacity + (record ?? 0) * weights.record) / 100;
  return {
    parts: { qualification, capacity: tenth(capacity), record: record === null ? null : tenth(record) },
    totalTenths: Math.round(total * 10),
    checks: facts.passRates.length,
    shown: facts.passRates.length >= method.leastChecks,
  };
}

function recordOf({ passRates, findingsDue, findingsInTime }: UnitFacts): number | null {
  if (passRates.length === 0) return null;
  const passed = passRates.reduce((a, b) => a + b, 0) / passRates.length;
  return findingsDue === 0 ? passed : (passed + (findingsInTime * 100) / findingsDue) / 2;
}
