import type { InsuranceSettings } from '../pack.ts';

export type Scheme = InsuranceSettings['schemes'][number];
export type Product = Scheme['products'][number];
export type Coverage = Product['coverages'][number];

/** What is wrong in a scheme as data: where, and what it breaks. */
export type SchemeFault = {
  at: string;
  rule:
    | 'part_premium_not_whole'
    | 'instalments_not_rising'
    | 'upkeep_in_liability'
    | 'fund_on_liability'
    | 'benefit_missing'
    | 'steps_not_rising'
    | 'split_without_payer';
};

/** Money that may buy repair cover only, never liability (维修资金, 大修理基金). */
export const REPAIR_MONEY = ['repair_fund', 'repair_fund_yield', 'overhaul_fund'];
export const REPAIR_COVER = ['repair_cost', 'property_damage'];

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
  const parts = product.instalments?.parts ?? [];
  const isRising = parts.every((p, i) => (i === 0 ? p.afterDays === 0 : p.afterDays > (parts[i - 1]?.afterDays ?? 0)));
  const instalments: SchemeFault[] = isRising
    ? []
    : [{ at: `${product.code}.instalments`, rule: 'instalments_not_rising' }];
  const bps = product.coverages.map((c) => c.premiumBp);
  const named = bps.filter((bp) => bp !== undefined);
  const isWhole = named.length === 0 || (named.length === bps.length && named.reduce((a, b) => a + b, 0) === 10_000);
  const partPremiums: SchemeFault[] = isWhole
    ? []
    : [{ at: `${product.code}.coverages`, rule: 'part_premium_not_whole' }];
  return [...coverages, ...splits, ...instalments, ...partPremiums];
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
