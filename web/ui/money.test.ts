import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenTyped, yuan, yuanOr } from './money.ts';

test('fen are shown as yuan, to the fen', () => {
  expect([yuan(123_456), yuan(-5), yuan(0), yuanOr(null)]).toEqual(['¥1,234.56', '-¥0.05', '¥0.00', '—']);
});

test('what is shown can be typed back', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), (n) => {
      expect(fenTyped(yuan(n))).toBe(n);
    }),
  );
  expect(['1.234', 'x', '', '1.2.3', '-1'].map(fenTyped)).toEqual([null, null, null, null, null]);
});
