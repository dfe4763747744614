import { EVIDENCE_ANSWERS, type EvidenceKind } from '../../../../contract/insurance-vocabulary.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Day } from '../../../kernel/time.ts';
import type { Coverage, Product, Scheme, SchemeFault } from './scheme.rules.ts';
import { checkScheme } from './scheme.rules.ts';

/** Who may file in a scheme: the lead of a tender's pool for it, any admitted insurer for itself in an open market. */
export type Filer = { orgId: string | null; pool: readonly string[]; market: Scheme['market']; admitted: boolean };

/** What is wrong in a text, and where: `at` is the path in the text, `name` what a person calls that place. */
export type FilingFault = {
  at: string;
  name: string;
  rule:
    | SchemeFault['rule']
    | 'code_twice'
    | 'limits_not_rising'
    | 'deductible_above_limit'
    | 'factor_row_missing'
    | 'factor_row_unknown'
    | 'factor_twice'
    | 'class_missing'
    | 'split_empty'
    | 'from_too_early'
    | 'to_before_from';
  detail: string;
};

export type FilingRefusal =
  | { code: 'insurance.filing_not_yours' }
  | { code: 'insurance.filing_not_admitted' }
  | { code: 'insurance.filing_faults'; faults: readonly FilingFault[] };

export function mayFile({ orgId, pool, market, admitted }: Filer): Result<null, FilingRefusal> {
  if (orgId === null) return refuse({ code: 'insurance.filing_not_yours' });
  if (market === 'tender_pool')
    return pool[0] === orgId ? accept(null) : refuse({ code: 'insurance.filing_not_yours' });
  return admitted ? accept(null) : refuse({ code: 'insurance.filing_not_admitted' });
}

/** Every rating class has a base and every ownership class a split, or elevators of it could never be rated. */
const BASES = ['lift', 'escalator'];
const SPLITS = ['residential', 'public'];

export type Filed = Product & { to: string | null };

/** May this text be filed? Every fault is named, not only the first. What was sold yesterday is not changed today. */
export function checkFiling(product: Filed, earliest: Day): Result<null, FilingRefusal> {
  const faults = [
    ...checkScheme({ products: [product] }).map(
      (f): FilingFault => ({ ...f, name: nameOf(product, f.at), detail: '' }),
    ),
    ...checkTerm(product, earliest),
    ...twice(product.coverages, 'coverages'),
    ...twice(product.promises, 'promises'),
    ...twice(product.service, 'service'),
    ...product.coverages.flatMap(checkLimits),
    ...checkTariff(product.tariff),
  ];
  return faults.length === 0 ? accept(null) : refuse({ code: 'insurance.filing_faults', faults });
}

/** A scheme's fault stands at `<product>.<coverage>` or `<product>.splits.<class>`: what a person calls that. */
function nameOf(product: Product, at: string): string {
  const id = at.slice(product.code.length + 1);
  return product.coverages.find((c) => c.id === id)?.name ?? id;
}

function checkTerm({ from, to }: Filed, earliest: Day): readonly FilingFault[] {
  const early: readonly FilingFault[] =
    from < earliest ? [{ at: 'from', name: from, rule: 'from_too_early', detail: earliest }] : [];
  return to !== null && to < from ? [...early, { at: 'to', name: to, rule: 'to_before_from', detail: from }] : early;
}

function twice(items: readonly { id: string; name: string }[], at: string): readonly FilingFault[] {
  return items.flatMap(({ id, name }, i) =>
    items.findIndex((other) => other.id === id) < i
      ? [{ at: `${at}.${i}.id`, name, rule: 'code_twice' as const, detail: id }]
      : [],
  );
}

/** A limit within another is not above it, and a deductible leaves something to pay. */
function checkLimits({ name, limits }: Coverage, i: number): readonly FilingFault[] {
  const { perPerson, medicalPerPerson, propertyPerAccident, perAccident, aggregate, deductible } = limits;
  const within = [
    [medicalPerPerson, perPerson],
    [perPerson, perAccident],
    [propertyPerAccident, perAccident],
    [perAccident, aggregate],
  ] as const;
  const at = `coverages.${i}.limits`;
  const rising = within.every(([inner, outer]) => inner === null || outer === null || inner <= outer);
  const least = [perPerson, perAccident, aggregate].flatMap((limit) => limit ?? []);
  return [
    ...(rising ? [] : [{ at, name, rule: 'limits_not_rising' as const, detail: '' }]),
    ...(deductible > 0 && least.some((limit) => deductible >= limit)
      ? [{ at, name, rule: 'deductible_above_limit' as const, detail: '' }]
      : []),
  ];
}

function checkTariff(tariff: Product['tariff']): readonly FilingFault[] {
  const missing = [
    ...BASES.filter((b) => tariff.bases[b] === undefined).map((b) => ['bases', b] as const),
    ...SPLITS.filter((s) => tariff.splits[s] === undefined).map((s) => ['splits', s] as const),
  ];
  return [
    ...missing.map(([part, name]) => ({
      at: `tariff.${part}.${name}`,
      name: name,
      rule: 'class_missing' as const,
      detail: '',
    })),
    ...Object.entries(tariff.splits).flatMap(([name, split]) =>
      'weights' in split && split.weights.every((w) => w.weight === 0)
        ? [{ at: `tariff.splits.${name}`, name: name, rule: 'split_empty' as const, detail: '' }]
        : [],
    ),
    ...tariff.factors.flatMap(checkFactor),
    ...tariff.factors.flatMap((factor, i) =>
      tariff.factors.findIndex((other) => other.evidence === factor.evidence) < i
        ? [{ at: `tariff.factors.${i}.evidence`, name: factor.name, rule: 'factor_twice' as const, detail: '' }]
        : [],
    ),
  ];
}

/** A table answers everything that can be on record, and nothing that cannot. */
function checkFactor(
  { name, evidence, rows }: Product['tariff']['factors'][number],
  i: number,
): readonly FilingFault[] {
  const answers: readonly string[] = EVIDENCE_ANSWERS[evidence satisfies EvidenceKind];
  const missing = answers.filter((key) => !rows.some((row) => row.key === key));
  const unknown = rows.filter((row, n) => !answers.includes(row.key) || rows.findIndex((r) => r.key === row.key) < n);
  const at = `tariff.factors.${i}`;
  return [
    ...missing.map((key) => ({ at: `${at}.rows`, name: name, rule: 'factor_row_missing' as const, detail: key })),
    ...unknown.map((row) => ({ at: `${at}.rows`, name: name, rule: 'factor_row_unknown' as const, detail: row.key })),
  ];
}
