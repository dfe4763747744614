import { expect, test } from 'vitest';
import { entriesOf } from './shifts.rules.ts';

const shifts = { people: ['a'], fromDay: '2026-11-30', toDay: '2026-12-01', begins: '08:00', ends: '20:00' };

test('a week of day shifts is one line a day, over the end of a month', () => {
  expect(entriesOf(shifts)).toEqual([
    { personId: 'a', fromAt: '2026-11-30T08:00:00+08:00', toAt: '2026-11-30T20:00:00+08:00' },
    { personId: 'a', fromAt: '2026-12-01T08:00:00+08:00', toAt: '2026-12-01T20:00:00+08:00' },
  ]);
});

test('a night shift ends on the next day, a shift of 24 hours too', () => {
  const night = { ...shifts, toDay: '2026-11-30', begins: '20:00', ends: '08:00' };
  expect(entriesOf(night)?.[0]?.toAt).toBe('2026-12-01T08:00:00+08:00');
  expect(entriesOf({ ...night, ends: '20:00' })?.[0]?.toAt).toBe('2026-12-01T20:00:00+08:00');
});

test('what is no time of day gives no roster', () => {
  for (const begins of ['8:00', '24:00', '08:60', '']) expect(entriesOf({ ...shifts, begins })).toBeNull();
});
