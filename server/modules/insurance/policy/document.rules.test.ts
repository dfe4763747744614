import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, yuan } from './document.rules.ts';

test('money on paper is exact to the fen', () => {
  expect([0, 5, 10_230, 123_456_789, -696].map(yuan)).toEqual(['¥0.00', '¥0.05', '¥102.30', '¥1,234,567.89', '-¥6.96']);
});

test('every amount of fen can be read back from what is printed', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e13, max: 1e13 }), (fen) => {
      const digits = yuan(fen).replaceAll(/[¥,.]/g, '');
      expect(Number(digits)).toBe(fen);
    }),
  );
});

test('the hashed text does not depend on the order of members, and does on every value', () => {
  expect(canonical({ a: 1, b: { c: 2, d: [3] } })).toBe(canonical({ b: { d: [3], c: 2 }, a: 1 }));
  expect(canonical({ a: 1 })).not.toBe(canonical({ a: 2 }));
});
