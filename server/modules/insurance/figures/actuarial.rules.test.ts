import { expect, test } from 'vitest';
import { factor, fen, product, rounded } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { credibility, structureOf, taxInside, unearnedBy24ths, unearnedByDay } from './actuarial.rules.ts';

test('6,138.00 from July to June, at the end of December: 3,043.78 by days, 3,324.75 by 24ths', () => {
  const term = { from: '2026-07-01' as Day, to: '2027-06-30' as Day };
  expect(unearnedByDay(fen(613_800), term, '2026-12-31' as Day)).toBe(304_378);
  expect(unearnedBy24ths(fen(613_800), '2026-07', '2026-12')).toBe(332_475);
});

test('unearned premium is all of it before the start and nothing after the end', () => {
  const term = { from: '2026-07-01' as Day, to: '2027-06-30' as Day };
  expect(unearnedByDay(fen(100), term, '2026-06-30' as Day)).toBe(100);
  expect(unearnedByDay(fen(100), term, '2027-06-30' as Day)).toBe(0);
  expect(unearnedBy24ths(fen(2_400), '2026-07', '2026-06')).toBe(2_400);
  expect(unearnedBy24ths(fen(2_400), '2026-07', '2027-07')).toBe(0);
});

test('6 % tax inside 102.30: 96.51 net and 5.79', () => {
  expect(taxInside(fen(10_230), 600)).toEqual({ net: 9_651, tax: 579 });
});

test('180 elevator-years at 85 against 40 with K 500: Z 0.264706, 51.91, factor 1.297794; filed cap 1.20 charges 111.60', () => {
  const advice = credibility({ exposureYears: 180, own: 85 }, { portfolio: 40, k: 500 });
  expect(advice.z).toBeCloseTo(0.264706, 6);
  expect(advice.premium).toBeCloseTo(51.91, 2);
  expect(advice.factor).toBeCloseTo(1.297794, 6);
  expect(rounded(product(fen(9_300), [factor('1.20')]))).toBe(11_160);
});

test('risks that do not differ give no credibility', () => {
  const same = [
    { exposure: 10, loss: 4 },
    { exposure: 10, loss: 6 },
  ];
  expect(structureOf([same, same]).k).toBe(Infinity);
  expect(credibility({ exposureYears: 1_000, own: 9 }, { portfolio: 5, k: Infinity }).premium).toBe(5);
});

test('risks that differ and repeat themselves are believed', () => {
  const steady = (loss: number) => [
    { exposure: 10, loss },
    { exposure: 10, loss },
  ];
  const found = structureOf([steady(4), steady(8)]);
  expect([found.mean, found.expectedVariance, found.k]).toEqual([6, 0, 0]);
});
