import { expect, test } from 'vitest';
import {
  addDays,
  addWorkingDays,
  type Day,
  dayOf,
  hourOf,
  isWorkingDay,
  monthOf,
  secondsBetween,
  startOf,
} from './time.ts';

const day = (text: string) => text as Day;

test('a city day begins at 00:00 in China, which is 16:00 UTC the day before', () => {
  expect(dayOf(new Date('2026-02-28T15:59:59.999Z'))).toBe('2026-02-28');
  expect(dayOf(new Date('2026-02-28T16:00:00Z'))).toBe('2026-03-01');
  expect(startOf(day('2026-03-01')).toISOString()).toBe('2026-02-28T16:00:00.000Z');
  expect(monthOf(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01');
  expect(hourOf(new Date('2026-12-31T16:30:00Z'))).toBe(0);
});

test('days are added over a leap day', () => {
  expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29');
  expect(addDays(day('2028-03-01'), -1)).toBe('2028-02-29');
});

test('a made-up Saturday counts as a working day, a holiday Thursday does not', () => {
  const calendar = { holidays: new Set([day('2026-10-01')]), workdays: new Set([day('2026-10-10')]) };
  expect(isWorkingDay(day('2026-10-01'), calendar)).toBe(false);
  expect(isWorkingDay(day('2026-10-10'), calendar)).toBe(true);
  expect(isWorkingDay(day('2026-10-11'), calendar)).toBe(false);
  expect(addWorkingDays(day('2026-09-30'), 1, calendar)).toBe('2026-10-02');
  expect(addWorkingDays(day('2026-10-09'), 2, calendar)).toBe('2026-10-12');
});

test('seconds between two instants round to the nearest', () => {
  expect(secondsBetween(new Date(0), new Date(1_499))).toBe(1);
  expect(secondsBetween(new Date(0), new Date(1_500))).toBe(2);
  expect(secondsBetween(new Date(2_000), new Date(0))).toBe(-2);
});
