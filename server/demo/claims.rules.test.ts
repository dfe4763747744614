import { expect, test } from 'vitest';
import { addSeconds, type Calendar, type Day, dayOf, isWorkingDay, startOf } from '../kernel/time.ts';
import { chanceOf } from '../simulate/chance.ts';
import { courseOf } from './claims.rules.ts';

const calendar: Calendar = { holidays: new Set(['2026-10-01' as Day]), workdays: new Set() };
const now = new Date('2026-11-22T04:00:00Z');
const courses = Array.from({ length: 400 }, (_, i) => {
  const madeAt = addSeconds(now, -(i * 9_000) - 600);
  return { madeAt, course: courseOf({ madeAt, now, calendar, chance: chanceOf(1, String(i)) }) };
});
const hourOf = (at: Date) => (at.getTime() - startOf(dayOf(at)).getTime()) / 3_600_000;

const told = courses.flatMap(({ madeAt, course }) => (course ? [{ madeAt, ...course }] : []));
const released = told.flatMap(({ releasedAt, ...one }) => (releasedAt ? [{ ...one, releasedAt }] : []));
const arrived = released.flatMap(({ arrivedAt, ...one }) => (arrivedAt ? [{ ...one, arrivedAt }] : []));

test('people fill in while they are awake; money leaves on working days, and arrives in the bank’s hours', () => {
  for (const { madeAt, filledAt } of told) {
    expect(filledAt > madeAt && filledAt <= now).toBe(true);
    expect(hourOf(filledAt) >= 7 && hourOf(filledAt) <= 23).toBe(true);
  }
  for (const { filledAt, releasedAt } of released)
    expect([releasedAt > filledAt, isWorkingDay(dayOf(releasedAt), calendar)]).toEqual([true, true]);
  for (const { releasedAt, arrivedAt } of arrived) {
    expect(arrivedAt > releasedAt && arrivedAt <= now).toBe(true);
    expect(isWorkingDay(dayOf(arrivedAt), calendar)).toBe(true);
    expect(hourOf(arrivedAt) >= 9 && hourOf(arrivedAt) <= 17.5).toBe(true);
  }
  expect(told.filter((one) => one.releasedAt === null && one.arrivedAt !== null)).toEqual([]);
});

test('some never come, some payments wait for the visitor, and hours differ as in life', () => {
  expect(told.length).toBeGreaterThan(280);
  expect(told.length).toBeLessThan(360);
  expect(released.length).toBeLessThan(told.length);
  expect(arrived.length).toBeLessThan(released.length);
  const hours = arrived
    .map(({ filledAt, arrivedAt }) => (arrivedAt.getTime() - filledAt.getTime()) / 3_600_000)
    .toSorted((x, y) => x - y);
  expect(hours[0]).toBeLessThan(4);
  expect(hours.at(-1)).toBeGreaterThan(48); // over a weekend
});
