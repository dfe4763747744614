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

test('money leaves on working days, after the person came, and arrives by the bank’s hours', () => {
  for (const { madeAt, course } of courses) {
    if (!course) continue;
    const { filledAt, releasedAt, arrivedAt } = course;
    expect(filledAt > madeAt && filledAt <= now).toBe(true);
    expect(hourOf(filledAt) >= 7 && hourOf(filledAt) <= 23).toBe(true);
    if (!releasedAt) expect(arrivedAt).toBeNull();
    else expect([releasedAt > filledAt, isWorkingDay(dayOf(releasedAt), calendar)]).toEqual([true, true]);
    if (releasedAt && arrivedAt) {
      expect(arrivedAt > releasedAt && arrivedAt <= now).toBe(true);
      expect(isWorkingDay(dayOf(arrivedAt), calendar)).toBe(true);
      expect(hourOf(arrivedAt) >= 9 && hourOf(arrivedAt) <= 17.5).toBe(true);
    }
  }
});

test('some never come, some payments wait for the visitor, and hours differ as in life', () => {
  const told = courses.flatMap(({ course }) => (course ? [course] : []));
  expect(told.length).toBeGreaterThan(280);
  expect(told.length).toBeLessThan(360);
  expect(told.some((c) => c.releasedAt === null)).toBe(true);
  expect(told.some((c) => c.releasedAt !== null && c.arrivedAt === null)).toBe(true);
  const hours = told
    .flatMap(({ filledAt, arrivedAt }) => (arrivedAt ? [(arrivedAt.getTime() - filledAt.getTime()) / 3_600_000] : []))
    .toSorted((a, b) => a - b);
  expect(hours[0]).toBeLessThan(4);
  expect(hours.at(-1)).toBeGreaterThan(48); // over a weekend
});
