import { type Fen, fen, share } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { daysOf, daysUsed, type Term } from '../policy/term.rules.ts';

/** Unearned premium at 24:00 of a day by the days left (1/365 method; 366 over a leap day). */
export const unearnedByDay = (premium: Fen, term: Term, on: Day): Fen =>
  share(premium, daysOf(term) - daysUsed(term, on), daysOf(term));

/** Unearned premium at a month's end by the 1/24 method: a policy counts as begun in the middle of its month. */
export function unearnedBy24ths(premium: Fen, startMonth: string, atMonth: string): Fen {
  const [sy = 0, sm = 0] = startMonth.split('-').map(Number);
  const [ay = 0, am = 0] = atMonth.split('-').map(Number);
  const elapsed = (ay - sy) * 12 + (am - sm);
  const left = Math.min(Math.max(24 - (2 * elapsed + 1), 0), 24);
  return share(premium, elapsed < 0 ? 24 : left, 24);
}

/** Net and tax inside a tax-inclusive premium; the tax is the rest, so the two always sum. `rateBp` in basis points. */
export function taxInside(gross: Fen, rateBp: number): { net: Fen; tax: Fen } {
  const net = share(gross, 10_000, 10_000 + rateBp);
  return { net, tax: fen(gross - net) };
}

/** Credibility-weighted advice (Bühlmann): never charged by itself; the factor must lie in the filed table. */
export type Credibility = { z: number; premium: number; factor: number };

/** `k` is EPV/VHM; no variance between risks (`k` infinite) gives no credibility. Amounts per elevator-year. */
export function credibility(
  { exposureYears, own }: { exposureYears: number; own: number },
  { portfolio, k }: { portfolio: number; k: number },
): Credibility {
  const z = Number.isFinite(k) ? exposureYears / (exposureYears + k) : 0;
  const premium = z * own + (1 - z) * portfolio;
  return { z, premium, factor: premium / portfolio };
}

/** One risk's history: exposure (elevator-years) and loss per unit of it, a row per year. */
export type History = readonly { exposure: number; loss: number }[];
export type Structure = { mean: number; expectedVariance: number; varianceBetween: number; k: number };

/** Bühlmann–Straub structure from unequal exposures. A negative variance between risks counts as none: k infinite. */
export function structureOf(risks: readonly History[]): Structure {
  const weights = risks.map((r) => total(r.map((y) => y.exposure)));
  const means = risks.map((r, i) => total(r.map((y) => y.exposure * y.loss)) / (weights[i] ?? 1));
  const all = total(weights);
  const mean = total(means.map((m, i) => m * (weights[i] ?? 0))) / all;
  const within = total(risks.map((r, i) => total(r.map((y) => y.exposure * (y.loss - (means[i] ?? 0)) ** 2))));
  const freedom = total(risks.map((r) => r.length - 1));
  const expectedVariance = freedom > 0 ? within / freedom : 0;
  const spread = total(means.map((m, i) => (weights[i] ?? 0) * (m - mean) ** 2));
  const scale = all - total(weights.map((w) => w ** 2)) / all;
  const between = scale > 0 ? Math.max((spread - (risks.length - 1) * expectedVariance) / scale, 0) : 0;
  return { mean, expectedVariance, varianceBetween: between, k: between > 0 ? expectedVariance / between : Infinity };
}

const total = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
