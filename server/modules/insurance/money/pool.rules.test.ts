import { expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import { issuingFees, type Member, memberParts, sharesAreWhole, trueUp } from './pool.rules.ts';

const pool: readonly Member[] = [
  { insurer: 'lead', shareBp: 4_500 },
  { insurer: 'b', shareBp: 3_500 },
  { insurer: 'c', shareBp: 2_000 },
];
const amounts = (parts: readonly { amount: number }[]) => parts.map((p) => p.amount);

test('163.02 at 45/35/20 is 73.36 / 57.06 / 32.60', () => {
  expect(amounts(memberParts(fen(16_302), pool))).toEqual([7_336, 5_706, 3_260]);
});

test('a thousand such lines drift by −1 / −3 / +4 yuan from one sum: the month’s true-up', () => {
  expect(
    amounts(
      trueUp(
        Array.from({ length: 1_000 }, () => fen(16_302)),
        pool,
      ),
    ),
  ).toEqual([-100, -300, 400]);
});

test('an issuing fee of 3 % on the followers: 1.71 and 0.98', () => {
  expect(amounts(issuingFees(fen(16_302), pool, 300))).toEqual([171, 98]);
});

test('the odd fen of a large sum, and a claim, go to the members exactly', () => {
  const three = [5_000, 3_000, 2_000].map((shareBp, i) => ({ insurer: `${i}`, shareBp }));
  expect(amounts(memberParts(fen(100_000_001), three))).toEqual([50_000_001, 30_000_000, 20_000_000]);
  expect(amounts(memberParts(fen(83_500_000), pool))).toEqual([37_575_000, 29_225_000, 16_700_000]);
});

test('shares must be whole: every member some, all of it given', () => {
  expect(sharesAreWhole(pool)).toBe(true);
  expect(sharesAreWhole([])).toBe(false);
  expect(sharesAreWhole([{ insurer: 'a', shareBp: 9_999 }])).toBe(false);
  expect(
    sharesAreWhole([
      { insurer: 'a', shareBp: 10_000 },
      { insurer: 'b', shareBp: 0 },
    ]),
  ).toBe(false);
});
