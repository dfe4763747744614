import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, sum } from '../../../kernel/money.ts';
import { advance, type Limits, type Loss, payable } from './limit.rules.ts';

const yuan = (n: number) => fen(n * 100);
const limits: Limits = {
  perPerson: yuan(800_000),
  medicalPerPerson: yuan(80_000),
  propertyPerAccident: yuan(20_000),
  perAccident: yuan(5_000_000),
  aggregate: yuan(5_000_000),
  deductible: fen(0),
  deductibleBeforeLimit: true,
};
const losses: readonly Loss[] = [
  { id: 'A', kind: 'person', medical: yuan(95_000), other: yuan(925_000) },
  ...['B', 'C', 'D', 'E', 'F', 'G'].map(
    (id): Loss => ({ id, kind: 'person', medical: yuan(60_000), other: yuan(690_000) }),
  ),
  { id: 'property', kind: 'property', amount: yuan(26_500) },
];
const amounts = (l: Limits) => payable(losses, l).map((p) => p.amount);

test('seven victims and property: sub-limits first, then the accident’s cap in proportion', () => {
  expect(amounts({ ...limits, perAccident: yuan(9_000_000), aggregate: yuan(9_000_000) })).toEqual([
    80_000_000,
    ...Array.from({ length: 6 }, () => 75_000_000),
    2_000_000,
  ]);
  expect(amounts(limits)).toEqual([
    75_187_970, 70_488_722, 70_488_722, 70_488_722, 70_488_722, 70_488_722, 70_488_721, 1_879_699,
  ]);
  expect(sum(amounts(limits))).toBe(500_000_000);
});

test('the second accident of the year sees what the first has left', () => {
  expect(amounts({ ...limits, aggregate: yuan(3_800_000) })).toEqual([
    57_142_857, 53_571_429, 53_571_429, 53_571_429, 53_571_429, 53_571_428, 53_571_428, 1_428_571,
  ]);
});

test('an advance of half is rounded down', () => {
  expect(advance(payable(losses, limits), 50).map((p) => p.amount)).toEqual([
    37_593_985, 35_244_361, 35_244_361, 35_244_361, 35_244_361, 35_244_361, 35_244_360, 939_849,
  ]);
});

test('a deductible is taken where the clause says', () => {
  const one: Loss[] = [{ id: 'x', kind: 'property', amount: yuan(30_000) }];
  const small = { ...limits, propertyPerAccident: yuan(30_000), perAccident: yuan(20_000), deductible: yuan(5_000) };
  expect(payable(one, { ...small, deductibleBeforeLimit: true })[0]?.amount).toBe(yuan(20_000));
  expect(payable(one, { ...small, deductibleBeforeLimit: false })[0]?.amount).toBe(yuan(15_000));
});

test('nobody gets more than was lost, and the accident never more than its cap', () => {
  const amount = fc.nat(200_000_000).map(fen);
  const loss = fc.oneof(
    fc.record({ id: fc.string(), kind: fc.constant('person' as const), medical: amount, other: amount }),
    fc.record({ id: fc.string(), kind: fc.constant('property' as const), amount }),
  );
  fc.assert(
    fc.property(fc.array(loss, { minLength: 1, maxLength: 9 }), amount, (all, aggregate) => {
      const paid = payable(all, { ...limits, aggregate });
      expect(sum(paid.map((p) => p.amount))).toBeLessThanOrEqual(Math.min(limits.perAccident, aggregate));
      paid.forEach((p, i) => {
        const l = all[i] as Loss;
        expect(p.amount).toBeLessThanOrEqual(l.kind === 'person' ? l.medical + l.other : l.amount);
      });
    }),
  );
});
