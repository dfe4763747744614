import fc from 'fast-check';
import { expect, test } from 'vitest';
import { containing, isDayKey, isInstantKey, pageOf, readPlace } from './page.ts';

const ID = '01a1fc90-0000-7000-8000-000000000001';

test('a page says where the next begins, and the last one that there is none', () => {
  const rows = ['a', 'b', 'c'];
  const how = { place: (row: string) => ({ key: row, id: ID }), item: (row: string) => row.toUpperCase() };
  expect(pageOf(rows, 2, how)).toEqual({ items: ['A', 'B'], next: `b_${ID}` });
  expect(pageOf(rows, 3, how)).toEqual({ items: ['A', 'B', 'C'], next: null });
  expect(pageOf([], 3, how)).toEqual({ items: [], next: null });
});

test('what a page says is read again, whatever the key', () => {
  fc.assert(
    fc.property(fc.string(), fc.uuid(), (key, id) => {
      expect(readPlace(`${key}_${id}`, () => true)).toEqual({ key, id });
    }),
  );
});

test.each([undefined, '', 'x', '_', `2026-02-30_${ID}`, `2026-02-28_${ID}'`, `2026-02-28T00:00:00.000Z_${ID}`])(
  'the cursor %s begins at the beginning',
  (after) => {
    expect(readPlace(after, isDayKey)).toBeNull();
  },
);

test('days and instants are those that exist, as we write them', () => {
  expect(['2024-02-29', '2026-02-29', '2026-13-01', '26-01-01', ''].map(isDayKey)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(['2026-11-21T15:33:16.118Z', '2026-11-21', 'infinity'].map(isInstantKey)).toEqual([true, false, false]);
});

test('signs that mean something to LIKE are looked for as they are', () => {
  expect(containing(String.raw`50%_\a`)).toBe(String.raw`%50\%\_\\a%`);
});
