import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, sum } from '../../../kernel/money.ts';
import {
  amountsBySource,
  checkFunding,
  type FundedCoverage,
  type FundedElevator,
  ownMoney,
  type PartFunding,
} from './funding.rules.ts';

const ALL = ['self', 'common_income', 'donation', 'government', 'developer'];
const liability: FundedCoverage = { id: 'tpl', name: '第三者责任', kind: 'third_party', funding: ALL };
const repair: FundedCoverage = {
  id: 'repair',
  name: '维修费用',
  kind: 'repair_cost',
  funding: ['self', 'repair_fund', 'overhaul_fund'],
};
const priced: readonly FundedCoverage[] = [
  { ...liability, premiumBp: 6_000 },
  { ...repair, premiumBp: 4_000 },
];
const elevator = (over: Partial<FundedElevator> = {}): FundedElevator => ({
  code: '310001',
  marks: [],
  isSubsidised: false,
  ...over,
});
const from = (coverage: string, shares: Readonly<Record<string, number>>): PartFunding => ({
  coverage,
  shares: Object.entries(shares).map(([source, bp]) => ({ source, bp })),
});
const codeOf = (
  coverages: readonly FundedCoverage[],
  funding: readonly PartFunding[],
  over: Partial<FundedElevator> = {},
) => checkFunding(coverages, funding, elevator(over))?.code;

test('own money pays every part', () => {
  expect(checkFunding([liability, repair], ownMoney([liability, repair]), elevator())).toBeUndefined();
});

test('repair funds buy repair cover only, even where a product lists them: the refusal names elevator, part and source', () => {
  const generous = { ...liability, funding: [...ALL, 'repair_fund'] };
  expect(checkFunding([generous], [from('tpl', { repair_fund: 10_000 })], elevator())).toEqual({
    code: 'insurance.funding_repair_only',
    elevator: '310001',
    coverage: '第三者责任',
    source: 'repair_fund',
  });
  expect(codeOf([repair], [from('repair', { overhaul_fund: 3_000, self: 7_000 })])).toBeUndefined();
});

test('a developer pays for resettlement and affordable housing only (无锡 2014 五(二))', () => {
  const funding = [from('tpl', { developer: 10_000 })];
  expect(codeOf([liability], funding)).toBe('insurance.funding_developer');
  expect(codeOf([liability], funding, { marks: ['resettlement'] })).toBeUndefined();
  expect(codeOf([liability], funding, { marks: ['affordable_housing'] })).toBeUndefined();
  expect(codeOf([liability], funding, { marks: ['fiscal'] })).toBe('insurance.funding_developer');
});

test('public money does not pay the rest of a line that it subsidises already, unless the owner is a public unit', () => {
  const funding = [from('tpl', { government: 10_000 })];
  expect(codeOf([liability], funding, { isSubsidised: true })).toBe('insurance.funding_public_twice');
  expect(codeOf([liability], funding, { isSubsidised: true, marks: ['fiscal'] })).toBeUndefined();
  expect(codeOf([liability], funding)).toBeUndefined();
});

test('a source the filed product does not allow, a part nobody pays, and shares that are not whole', () => {
  expect(codeOf([repair], [from('repair', { donation: 10_000 })])).toBe('insurance.funding_forbidden');
  expect(codeOf([repair], [])).toBe('insurance.funding_missing');
  expect(codeOf([repair], [from('repair', { self: 0 })])).toBe('insurance.funding_missing');
  expect(codeOf([repair], [from('repair', { self: 9_999 })])).toBe('insurance.funding_not_whole');
  expect(codeOf([repair], [from('repair', { self: 11_000, repair_fund: -1_000 })])).toBe('insurance.funding_not_whole');
});

test('different money for different parts needs filed part premiums: else nobody knows what the fund would pay', () => {
  const mixed = [from('tpl', { self: 10_000 }), from('repair', { repair_fund: 10_000 })];
  expect(codeOf([liability, repair], mixed)).toBe('insurance.funding_no_part_premium');
  expect(codeOf(priced, mixed)).toBeUndefined();
  expect(amountsBySource(fen(10_001), priced, mixed)).toEqual([
    { coverage: 'tpl', source: 'self', amount: 6_001 },
    { coverage: 'repair', source: 'repair_fund', amount: 4_000 },
  ]);
});

test('whatever the premium and the shares, sources sum to it and repair money never exceeds the repair part', () => {
  const bps = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(fc.nat(9_999_999), bps, bps, (premium, part, fund) => {
      const coverages: readonly FundedCoverage[] = [
        { ...liability, premiumBp: 10_000 - part },
        { ...repair, premiumBp: part },
      ];
      const funding = [from('tpl', { self: 10_000 }), from('repair', { self: 10_000 - fund, repair_fund: fund })];
      const amounts = amountsBySource(fen(premium), coverages, funding);
      expect(sum(amounts.map((a) => a.amount))).toBe(premium);
      const repairPart = sum(amounts.filter((a) => a.coverage === 'repair').map((a) => a.amount));
      const paidByFund = sum(amounts.filter((a) => a.source === 'repair_fund').map((a) => a.amount));
      expect(paidByFund).toBeLessThanOrEqual(repairPart);
      expect(amounts.every((a) => a.amount >= 0)).toBe(true);
    }),
  );
});
