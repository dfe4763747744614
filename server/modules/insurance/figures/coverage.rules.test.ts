import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Day } from '../../../kernel/time.ts';
import { coverRate, missingFor, targetStanding } from './coverage.rules.ts';

const on = '2014-12-31' as Day;

test('a rate is cut off, so that 100.0 % is said only when none is missing', () => {
  expect(coverRate(9_999, 10_000)).toBe(99.9);
  expect(coverRate(10_000, 10_000)).toBe(100);
  expect(coverRate(0, 10)).toBe(0);
  expect(coverRate(0, 0)).toBeNull(); // nothing to insure is no zero
});

test('a goal is reached at its share exactly, and missed only after its last day', () => {
  const half = { percent: 50, dueOn: '2014-12-31' };
  expect(targetStanding(half, { insured: 50, should: 100 }, on)).toBe('reached');
  expect(targetStanding(half, { insured: 49, should: 100 }, on)).toBe('running');
  expect(targetStanding(half, { insured: 49, should: 100 }, '2015-01-01' as Day)).toBe('missed');
  expect(targetStanding(half, { insured: 50, should: 100 }, '2026-01-01' as Day)).toBe('reached');
  expect(targetStanding({ percent: 50, dueOn: null }, { insured: 0, should: 1 }, on)).toBe('running');
  expect(targetStanding({ percent: null, dueOn: null }, { insured: 0, should: 1 }, on)).toBe('no_number');
});

test('insuring as many as are missing reaches the goal, and one fewer does not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.nat(5_000),
      fc.integer({ min: 1, max: 100 }),
      (should, n, percent) => {
        const insured = Math.min(n, should);
        const missing = missingFor(percent, { insured, should });
        const after = (more: number) =>
          targetStanding({ percent, dueOn: null }, { insured: insured + more, should }, on);
        expect(after(missing)).toBe('reached');
        expect(after(missing - 1)).toBe(missing > 0 ? 'running' : after(-1));
      },
    ),
  );
});
