import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import { sampleOf } from './review.rules.ts';

const terms = { percent: 5, above: fen(4_000_000), variance: 50 };
const claim = (amount: number, lot = 0.99) => ({ id: 'c', kind: 'injury' as const, amount: fen(amount), lot });
const why = (amount: number, { lot, mean }: { lot?: number; mean?: number } = {}) =>
  sampleOf([claim(amount, lot)], new Map(mean === undefined ? [] : [['injury', fen(mean)]]), terms)[0]?.why;

test('large claims are always looked at, from the sum itself on', () => {
  expect([why(4_000_000), why(3_999_999)]).toEqual(['value', undefined]);
});

test('a claim half as much again as its kind cost, or half of it, is still ordinary; a fen more is not', () => {
  const mean = 1_000;
  expect([1_500, 1_501, 500, 499].map((amount) => why(amount, { mean }))).toEqual([
    undefined,
    'variance',
    undefined,
    'variance',
  ]);
  expect(why(1)).toBeUndefined(); // nothing to compare with
});

test('the lot chooses below the share and not at it', () => {
  expect([why(1, { lot: 0 }), why(1, { lot: 0.0499 }), why(1, { lot: 0.05 })]).toEqual(['random', 'random', undefined]);
});

test('each claim is judged by itself: what else was decided changes no choice, and 0 and 100 per cent mean nobody and everybody', () => {
  const one = fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom('injury' as const, 'property' as const),
    amount: fc.integer({ min: 0, max: 9_000_000 }).map(fen),
    lot: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  });
  const means = new Map([['injury' as const, fen(50_000)]]);
  fc.assert(
    fc.property(fc.array(one), fc.array(one), (some, others) => {
      const alone = sampleOf(some, means, terms);
      expect(sampleOf([...some, ...others], means, terms).slice(0, alone.length)).toEqual(alone);
      const byLot = (percent: number) => sampleOf(some, new Map(), { ...terms, percent, above: fen(1e13) }).length;
      expect([byLot(0), byLot(100)]).toEqual([0, some.length]);
    }),
  );
});
