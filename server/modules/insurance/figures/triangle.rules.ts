import type { Triangle } from './reserving.rules.ts';

/** One payment of a claim: the quarter the accident fell in, and the quarter the money arrived in; see `quarterOf`. */
export type Paid = { origin: number; at: number; amount: number };

/** Quarters since year 0, so that they can be counted: 2026-10 is 2026 × 4 + 3. */
export function quarterOf(day: string): number {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return year * 4 + Math.floor((month - 1) / 3);
}

/** `2026 Q4`. */
export const quarterName = (quarter: number): string => `${Math.floor(quarter / 4)} Q${(quarter % 4) + 1}`;

/**
 * Cumulative payments by accident quarter and quarters of development, from the first accident to `now`; what lies beyond
 * `now` is not known. A payment before its accident's quarter is an error of the books and counts in the first.
 */
export function triangleOf(payments: readonly Paid[], now: number): { first: number; triangle: Triangle } {
  const first = Math.min(now, ...payments.map((p) => p.origin));
  const triangle = Array.from({ length: now - first + 1 }, (_, i) => {
    const own = payments.filter((p) => p.origin === first + i);
    return Array.from({ length: now - first + 1 - i }, (__, k) =>
      own.filter((p) => Math.max(p.at - p.origin, 0) <= k).reduce((sum, p) => sum + p.amount, 0),
    );
  });
  return { first, triangle };
}

/** An indicated factor brought into what is filed: the nearest row's factor; nothing filed, nothing charged. */
export function withinFiled(indicated: number, filed: readonly string[]): { factor: string; capped: boolean } | null {
  const rows = filed.map((text) => ({ text, n: Number(text) }));
  const [first] = rows;
  if (!first) return null;
  const near = rows.reduce(
    (best, row) => (Math.abs(row.n - indicated) < Math.abs(best.n - indicated) ? row : best),
    first,
  );
  const [low, high] = [Math.min(...rows.map((r) => r.n)), Math.max(...rows.map((r) => r.n))];
  return { factor: near.text, capped: indicated < low || indicated > high };
}
