import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactYuan, factor, fen, isFactor, product, rounded, share, shareDown, split, sum } from './money.ts';

test('parts of a split sum to the whole, whatever the sign, and none is more than a fen from its exact share', () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 }).filter((w) => w.some((x) => x > 0));
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), weights, (total, w) => {
      const parts = split(fen(total), w);
      expect(sum(parts)).toBe(total);
      const all = w.reduce((a, b) => a + b, 0);
      parts.forEach((part, i) => expect(Math.abs(part - (total * (w[i] ?? 0)) / all)).toBeLessThanOrEqual(1.001));
    }),
  );
});

test('a share and the rest of it make the whole; a share rounded down never exceeds the exact one', () => {
  fc.assert(
    fc.property(fc.nat(1e12), fc.nat(366), (amount, days) => {
      const earned = share(fen(amount), days, 366);
      expect(earned).toBeGreaterThanOrEqual(0);
      expect(earned).toBeLessThanOrEqual(amount);
      expect(BigInt(shareDown(fen(amount), days, 366)) * 366n).toBeLessThanOrEqual(BigInt(amount) * BigInt(days));
    }),
  );
});

test('half a fen rounds up, and away from zero below zero', () => {
  expect(share(fen(1), 1, 2)).toBe(1);
  expect(share(fen(-1), 1, 2)).toBe(-1);
  expect(share(fen(1), 49, 100)).toBe(0);
});

test('an exact product keeps every digit until it is rounded once', () => {
  const exact = product(fen(9_500), [factor('1.3'), factor('1.2'), factor('1.1'), factor('1.0')]);
  expect(exactYuan(exact)).toBe('163.020000');
  expect(rounded(exact)).toBe(16_302);
  expect(exactYuan({ numerator: -5n, scale: 0 })).toBe('-0.05');
});

test('what is not a plain decimal is no factor', () => {
  for (const text of ['', '1,1', '1e3', '-1', '.5', '1.', 'NaN', '1.1234567890', ' 1'])
    expect(isFactor(text)).toBe(false);
  for (const text of ['0', '1', '1.10', '0.95']) expect(isFactor(text)).toBe(true);
});
