import { expect, test } from 'vitest';
import { EVIDENCE_ANSWERS } from '../../../../contract/insurance-vocabulary.ts';
import { factor } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { filedSettings } from '../insurance.fixtures.ts';
import { checkFiling, type Filed, type FilingFault, mayFile } from './filing.rules.ts';
import { type Evidence, type Insurable, riskOf } from './risk.rules.ts';

const sample = filedSettings().schemes[0]?.products[0];
if (!sample) throw new Error('the city has a product');
const filed: Filed = { ...sample, from: '2026-12-01', to: null };
const EARLIEST = '2026-11-22' as Day;

const faultsOf = (over: Partial<Filed>): readonly FilingFault[] => {
  const done = checkFiling({ ...filed, ...over }, EARLIEST);
  return done.ok || done.refusal.code !== 'insurance.filing_faults' ? [] : done.refusal.faults;
};
const rulesOf = (over: Partial<Filed>) => faultsOf(over).map(({ at, rule, detail }) => [at, rule, detail]);
const [first] = filed.coverages;
if (!first) throw new Error('the product covers something');
const limited = (limits: Partial<typeof first.limits>) => ({
  coverages: [{ ...first, limits: { ...first.limits, ...limits } }],
});
const tariff = (over: Partial<Filed['tariff']>) => ({ tariff: { ...filed.tariff, ...over } });

test('the product of the city passes every check', () => {
  expect(checkFiling(filed, EARLIEST)).toEqual({ ok: true, value: null });
});

test('what was sold yesterday is not changed today: it begins tomorrow at the earliest and does not end before', () => {
  expect(rulesOf({ from: '2026-11-21' })).toEqual([['from', 'from_too_early', '2026-11-22']]);
  expect(rulesOf({ from: '2026-11-22' })).toEqual([]);
  expect(rulesOf({ to: '2026-11-30' })).toEqual([['to', 'to_before_from', '2026-12-01']]);
  expect(rulesOf({ to: '2026-12-01' })).toEqual([]);
});

test('limits stand within one another, and a deductible leaves something to pay', () => {
  const at = 'coverages.0.limits';
  expect(rulesOf(limited({ medicalPerPerson: 80_000_001 }))).toEqual([[at, 'limits_not_rising', '']]);
  expect(rulesOf(limited({ perPerson: 500_000_001 }))).toEqual([[at, 'limits_not_rising', '']]);
  expect(rulesOf(limited({ perAccident: 500_000_001 }))).toEqual([[at, 'limits_not_rising', '']]);
  expect(rulesOf(limited({ propertyPerAccident: 500_000_001 }))).toEqual([[at, 'limits_not_rising', '']]);
  expect(rulesOf(limited({ perAccident: null, aggregate: null }))).toEqual([]);
  expect(rulesOf(limited({ deductible: 80_000_000 }))).toEqual([[at, 'deductible_above_limit', '']]);
  expect(rulesOf(limited({ deductible: 79_999_999 }))).toEqual([]);
});

test('a table that lacks an answer, or has one twice or one nobody can prove, is named with it', () => {
  const factors = filed.tariff.factors.map((f) =>
    f.evidence === 'stars'
      ? { ...f, rows: [...f.rows.filter((r) => r.key !== 'none'), { key: '6', factor: factor('1.0') }] }
      : f,
  );
  expect(rulesOf(tariff({ factors }))).toEqual([
    ['tariff.factors.2.rows', 'factor_row_missing', 'none'],
    ['tariff.factors.2.rows', 'factor_row_unknown', '6'],
  ]);
  const doubled = filed.tariff.factors.map((f) => ({ ...f, rows: [...f.rows, ...f.rows.slice(0, 1)] }));
  expect(rulesOf(tariff({ factors: doubled }))).toHaveLength(4);
  expect(rulesOf(tariff({ factors: [...filed.tariff.factors, ...filed.tariff.factors.slice(1, 2)] }))).toEqual([
    ['tariff.factors.4.evidence', 'factor_twice', ''],
  ]);
});

test('every class has a base and a split whose shares are not all zero', () => {
  expect(rulesOf(tariff({ bases: {} }))).toEqual([
    ['tariff.bases.lift', 'class_missing', ''],
    ['tariff.bases.escalator', 'class_missing', ''],
  ]);
  const none = { rule: 'PRO_RATA' as const, weights: [{ payer: 'owner', weight: 0 }] };
  expect(rulesOf(tariff({ splits: { ...filed.tariff.splits, public: none } }))).toEqual([
    ['tariff.splits.public', 'split_empty', ''],
  ]);
});

test('all faults are told at once, each with the name a person knows', () => {
  const twice = { ...first, name: '第三者责任二' };
  const faults = faultsOf({ coverages: [...filed.coverages, twice], from: '2026-01-01' });
  expect(faults.map((f) => [f.name, f.rule])).toEqual([
    ['2026-01-01', 'from_too_early'],
    ['第三者责任二', 'code_twice'],
  ]);
});

test('whatever is on record of an elevator, a table that passes the check has a row for it', () => {
  const places = ['residence', 'hospital', 'school', 'mall', 'transport', 'office', 'hotel', 'factory'];
  for (const placeClass of places) {
    for (const inUseOn of ['2026-01-01', '1990-01-01'] as Day[]) {
      const { answers } = riskOf({ elevatorId: 'e', kind: 'lift', placeClass, inUseOn } as Insurable, {}, EARLIEST);
      for (const [kind, known] of Object.entries(EVIDENCE_ANSWERS)) expect(known).toContain(answers[kind]?.key);
    }
  }
  const evidence: Evidence = { management_grade: { key: 'A', source: 's', on: EARLIEST } };
  const elevator = { elevatorId: 'e', kind: 'lift', placeClass: 'mall', inUseOn: EARLIEST } as unknown as Insurable;
  expect(riskOf(elevator, evidence, EARLIEST).answers['management_grade']?.key).toBe('A');
});

test('the lead files for its pool, an admitted insurer for itself, nobody else', () => {
  const pool = ['lead', 'follower'];
  const filer = { pool, market: 'tender_pool' as const, admitted: false };
  expect(mayFile({ ...filer, orgId: 'lead' })).toMatchObject({ ok: true });
  expect(mayFile({ ...filer, orgId: 'follower' })).toMatchObject({ refusal: { code: 'insurance.filing_not_yours' } });
  expect(mayFile({ ...filer, orgId: null })).toMatchObject({ refusal: { code: 'insurance.filing_not_yours' } });
  const open = { pool: [], market: 'open' as const, orgId: 'any' };
  expect(mayFile({ ...open, admitted: true })).toMatchObject({ ok: true });
  expect(mayFile({ ...open, admitted: false })).toMatchObject({
    refusal: { code: 'insurance.filing_not_admitted' },
  });
});
