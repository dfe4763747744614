import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { differencesOf, tiesOf } from './reconcile.rules.ts';

const register = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: -500, max: 500 }));
const mapOf = (record: Record<string, number>) =>
  new Map(Object.entries(record).map(([k, n]): [string, Fen] => [k, fen(n)]));

test('what one register lacks is a difference of the whole amount', () => {
  const ties = tiesOf(mapOf({ a: 5, b: 7 }), mapOf({ a: 5, c: -9 }));
  expect(differencesOf(ties)).toEqual([
    { id: 'c', left: 0, right: -9, difference: 9 },
    { id: 'b', left: 7, right: 0, difference: 7 },
  ]);
});

test('the differences make up exactly what the sums differ by, and equal registers have none', () => {
  fc.assert(
    fc.property(register, register, (left, right) => {
      const [l, r] = [mapOf(left), mapOf(right)];
      const total = sum([...l.values()]) - sum([...r.values()]);
      expect(sum(differencesOf(tiesOf(l, r)).map((d) => d.difference))).toBe(total);
      expect(differencesOf(tiesOf(l, l))).toEqual([]);
    }),
  );
});
