import type { InsuranceSettings } from '../pack.ts';

export type Scheme = InsuranceSettings['schemes'][number];
export type Product = Scheme['products'][number];
export type Coverage = Product['coverages'][number];

/** What is wrong in a scheme as data: where, and what it breaks. */
export type SchemeFault = {
  at: string;
  rule: 'upkeep_in_liability' | 'fund_on_liability' | 'benefit_missing' | 'steps_not_rising' | 'split_without_payer';
};

/** Money that may buy repair cover only, never liability (维修资金, 大修理基金). */
const REPAIR_MONEY = ['repair_fund', 'repair_fund_yield', 'overhaul_fund'];
const REPAIR_COVER = ['repair_cost', 'property_damage'];

/** Check a scheme against what the law and the fund rules forbid, whoever typed it in. Empty: it may be filed. */
export const checkScheme = (scheme: Pick<Scheme, 'products'>): readonly SchemeFault[] =>
  scheme.products.flatMap(checkProduct);

function checkProduct(product: Product): readonly SchemeFault[] {
  const coverages = product.coverages.flatMap((c) => checkCoverage(`${product.code}.${c.id}`, c));
  const splits = Object.entries(product.tariff.splits).flatMap(([name, split]): SchemeFault[] =>
    split.rule === 'BASE_PLUS_OWNER_DELTA' && !split.weights.some((w) => w.payer === split.owner)
      ? [{ at: `${product.code}.splits.${name}`, rule: 'split_without_payer' }]
      : [],
  );
  return [...coverages, ...splits];
}

function checkCoverage(at: string, coverage: Coverage): readonly SchemeFault[] {
  const faults: SchemeFault[] = [];
  if (!REPAIR_COVER.includes(coverage.kind) && coverage.funding.some((f) => REPAIR_MONEY.includes(f))) {
    faults.push({ at, rule: 'fund_on_liability' });
  }
  if (coverage.kind === 'entrapment' && !coverage.benefit) faults.push({ at, rule: 'benefit_missing' });
  const steps = coverage.benefit?.steps ?? [];
  if (steps.some((s, i) => i > 0 && s.fromSeconds <= (steps[i - 1]?.fromSeconds ?? 0)))
    faults.push({ at, rule: 'steps_not_rising' });
  return faults;
}

export type FundingRefusal =
  | { code: 'insurance.funding_forbidden'; coverage: string; source: string }
  | { code: 'insurance.funding_not_whole'; coverage: string; sumBp: number };

/** May this part of the cover be paid from these sources (basis points by source)? The first fault, or none. */
export function checkFunding(
  coverage: Pick<Coverage, 'id' | 'funding'>,
  shares: Readonly<Record<string, number>>,
): FundingRefusal | undefined {
  const forbidden = Object.entries(shares).find(([source, bp]) => bp > 0 && !coverage.funding.includes(source));
  if (forbidden) return { code: 'insurance.funding_forbidden', coverage: coverage.id, source: forbidden[0] };
  const sumBp = Object.values(shares).reduce((a, b) => a + b, 0);
  return sumBp === 10_000 ? undefined : { code: 'insurance.funding_not_whole', coverage: coverage.id, sumBp };
}
