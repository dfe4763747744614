import { expect, test } from 'vitest';
import { filedSettings } from '../insurance.fixtures.ts';
import { checkScheme } from './scheme.rules.ts';

const faultsOf = (over: object) => {
  const scheme = filedSettings().schemes[0];
  const product = scheme?.products[0];
  if (!scheme || !product) throw new Error('the city has a product');
  return checkScheme({ products: [{ ...product, ...over }] }).map((f) => f.rule);
};

test('parts of a premium are filed for every cover or for none, and make the whole', () => {
  const coverages = filedSettings().schemes[0]?.products[0]?.coverages ?? [];
  const priced = (bps: readonly (number | undefined)[]) =>
    faultsOf({ coverages: coverages.map((c, i) => ({ ...c, premiumBp: bps[i] })) });
  expect(priced([7_000, 2_000, 1_000])).toEqual([]);
  expect(priced([undefined, undefined, undefined])).toEqual([]);
  expect(priced([7_000, 2_000, 999])).toEqual(['part_premium_not_whole']);
  expect(priced([10_000, undefined, undefined])).toEqual(['part_premium_not_whole']);
});

test('the first part is due before the cover, each later one after the one before', () => {
  const parts = (days: readonly number[]) => ({
    instalments: {
      least: 0,
      parts: days.map((afterDays) => ({ weight: 1, afterDays })),
      remindDays: 5,
      graceDays: 30,
      noticeDays: 15,
    },
  });
  expect(faultsOf(parts([0, 90, 180]))).toEqual([]);
  expect(faultsOf(parts([1, 90]))).toEqual(['instalments_not_rising']);
  expect(faultsOf(parts([0, 90, 90]))).toEqual(['instalments_not_rising']);
});
