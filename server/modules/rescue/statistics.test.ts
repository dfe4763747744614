import { expect, test } from 'vitest';
import { type Counted, figuresOf, hitRate, monthsBetween, ratePer100, spreadOf } from './statistics.rules.ts';

const t0 = Date.parse('2026-11-20T13:00:00Z');
const sec = (n: number) => new Date(t0 + n * 1000);
const later = sec(86_400);
const limits = { responseSeconds: 180, arrivalSeconds: 1_800 };
const counted = (at: Counted['at'], people = 1): Counted => ({ id: 'i', key: 'k', people, at });

test('mean, median and ninth decile of arrival times', () => {
  expect(spreadOf([60, 120, 180, 240, 300])).toEqual({ mean: 180, p50: 180, p90: 276 });
  expect(spreadOf([])).toBeNull();
});

test('the clocks are those the bulletin names', () => {
  const one = counted(
    { stop: sec(-90), aware: sec(0), offered: sec(1), accepted: sec(100), arrived: sec(600), released: sec(900) },
    3,
  );
  const figures = figuresOf([one], limits, later);
  expect(figures).toMatchObject({ incidents: 1, people: 3, responseRate: 1, arrivalRate: 1 });
  expect([figures.arrival?.mean, figures.rescue?.mean, figures.trapped?.mean]).toEqual([600, 300, 990]);
});

test('180 s is in time, 181 s is not', () => {
  const answered = (seconds: number) => counted({ aware: sec(0), offered: sec(0), accepted: sec(seconds) });
  expect(figuresOf([answered(180), answered(181)], limits, later).responseRate).toBe(0.5);
});

test('an offer that nobody accepted counts against the response rate once its time is over', () => {
  const ignored = counted({ aware: sec(0), offered: sec(0) });
  expect(figuresOf([ignored], limits, sec(100)).responseRate).toBeNull();
  expect(figuresOf([ignored], limits, sec(200)).responseRate).toBe(0);
});

test('people who were out before anybody came do not count for arrivals', () => {
  expect(figuresOf([counted({ aware: sec(0), released: sec(300) })], limits, later).arrivalRate).toBeNull();
});

test('the entrapment rate is per 100 elevators in use and month', () => {
  expect(monthsBetween('2026-11-01', '2026-11-30')).toBeCloseTo(1);
  expect(monthsBetween('2026-01-01', '2026-12-31')).toBeCloseTo(12);
  expect(ratePer100(17, 1_000, 1)).toBeCloseTo(1.7);
  expect(ratePer100(17, null, 1)).toBeNull();
});

test('the hit rate of alarms counts those that were judged, and is unknown while none is', () => {
  expect(hitRate({ confirmed: 3, refuted: 1 })).toBe(0.75);
  expect(hitRate({ confirmed: 0, refuted: 2 })).toBe(0);
  expect(hitRate({ confirmed: 0, refuted: 0 })).toBeNull();
});
