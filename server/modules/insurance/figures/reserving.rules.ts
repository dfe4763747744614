/**
 * Reserving by chain ladder with Mack's distribution-free errors (Mack 1993; tail by the last factor 1).
 * A triangle is cumulative amounts by origin and development period; `undefined` is not known yet.
 */
export type Triangle = readonly (readonly (number | undefined)[])[];

export type ChainLadder = {
  factors: readonly number[]; // from development k to k+1
  ultimates: readonly number[]; // by origin
  ibnr: readonly number[]; // ultimate less the latest known amount
  standardErrors: readonly number[]; // of each origin's reserve, same unit
  totalIbnr: number;
  totalStandardError: number;
};

/** Reserve a triangle. Refused (undefined) when a development step has no pair of known amounts to learn from. */
export function chainLadder(triangle: Triangle): ChainLadder | undefined {
  const periods = Math.max(...triangle.map((row) => row.length));
  const steps = Array.from({ length: periods - 1 }, (_, k) => stepOf(triangle, k));
  if (steps.some((s) => s === undefined)) return undefined;
  const known = steps.filter((s) => s !== undefined);
  const factors = known.map((s) => s.factor);
  const variances = variancesOf(known);
  const origins = triangle.map((row) => project(row, factors));
  const relative = variances.map((variance, k) => ratio(variance, (factors[k] ?? 1) ** 2));
  const squares = origins.map((o) => o.ultimate ** 2 * squareOf(o, { relative, steps: known }));
  return {
    factors,
    ultimates: origins.map((o) => o.ultimate),
    ibnr: origins.map((o) => o.ultimate - o.latest),
    standardErrors: squares.map(Math.sqrt),
    totalIbnr: total(origins.map((o) => o.ultimate - o.latest)),
    totalStandardError: Math.sqrt(totalSquare(origins, { relative, steps: known, squares })),
  };
}

type Pair = { from: number; to: number };
type Step = { factor: number; base: number; pairs: readonly Pair[] };
type Origin = { path: readonly number[]; knownUntil: number; latest: number; ultimate: number };

const total = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);

function stepOf(triangle: Triangle, k: number): Step | undefined {
  const pairs = triangle.flatMap((row) => {
    const [from, to] = [row[k], row[k + 1]];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  const base = total(pairs.map((p) => p.from));
  return pairs.length === 0 || base === 0 ? undefined : { factor: total(pairs.map((p) => p.to)) / base, base, pairs };
}

/** Mack's sigma² of each step. The last has one pair only: min(σ⁴(k−1)/σ²(k−2), σ²(k−2), σ²(k−1)). */
function variancesOf(steps: readonly Step[]): readonly number[] {
  const variances: number[] = [];
  for (const { factor, pairs } of steps) {
    const spread = total(pairs.map((p) => (p.from === 0 ? 0 : p.from * (p.to / p.from - factor) ** 2)));
    const [two = 0, one = 0] = variances.slice(-2);
    variances.push(pairs.length > 1 ? spread / (pairs.length - 1) : Math.min(ratio(one ** 2, two), two, one));
  }
  return variances;
}

function project(row: readonly (number | undefined)[], factors: readonly number[]): Origin {
  const known = row.filter((x) => x !== undefined);
  const knownUntil = known.length - 1;
  const latest = known[knownUntil] ?? 0;
  const path = [...known];
  for (let k = knownUntil; k < factors.length; k += 1) path.push((path[k] ?? 0) * (factors[k] ?? 1));
  return { path, knownUntil, latest, ultimate: path.at(-1) ?? latest };
}

type Learned = { relative: readonly number[]; steps: readonly Step[] };

/** Mack's sum for one origin: process and parameter error of every step still to come. */
const squareOf = ({ path, knownUntil }: Origin, { relative, steps }: Learned): number =>
  total(relative.map((r, k) => (k < knownUntil ? 0 : r * (ratio(1, path[k] ?? 0) + ratio(1, steps[k]?.base ?? 0)))));

/** The total's error adds the parameter error that all later origins share. */
function totalSquare(origins: readonly Origin[], learned: Learned & { squares: readonly number[] }): number {
  const { relative, steps, squares } = learned;
  return total(
    origins.map((origin, i) => {
      const later = total(origins.slice(i + 1).map((o) => o.ultimate));
      const shared = total(relative.map((r, k) => (k < origin.knownUntil ? 0 : 2 * r * ratio(1, steps[k]?.base ?? 0))));
      return (squares[i] ?? 0) + origin.ultimate * later * shared;
    }),
  );
}
