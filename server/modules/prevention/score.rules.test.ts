import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paymentHours, percentOf, satisfaction, scoreUnit } from './score.rules.ts';

const start = new Date('2026-11-01T00:00:00Z');
const paid = (hours: number | null) => ({
  completeAt: hours === null ? null : start,
  paidAt: new Date(start.getTime() + (hours ?? 0) * 3_600_000),
});

test('hours from complete papers to the money: least, middle, nine tenths, most', () => {
  expect(paymentHours([30, 2.55, 100, 7, 9].map(paid))).toEqual({
    n: 5,
    min: 2.6,
    p50: 9,
    p90: 100,
    max: 100,
    withoutStart: 0,
  });
  expect(paymentHours([paid(null), paid(4)])).toMatchObject({ n: 1, min: 4, max: 4, withoutStart: 1 });
  expect(paymentHours([])).toEqual({ n: 0, min: null, p50: null, p90: null, max: null, withoutStart: 0 });
});

test('ordered, and each one a payment that happened', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 60 }), (hours) => {
      const { min, p50, p90, max } = paymentHours(hours.map(paid));
      expect([min, p50, p90, max]).toEqual([min, p50, p90, max].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
      for (const one of [min, p50, p90, max]) expect(hours).toContain(one);
    }),
  );
});

test('blank is not nought, and few answers are held back', () => {
  expect(percentOf(0, 0)).toBeNull();
  expect(percentOf(2, 3)).toBe(66.7);
  expect(satisfaction([5, 4, 3], 3)).toEqual({ n: 3, percent: 66.7 });
  expect(satisfaction([5, 4], 3)).toEqual({ n: 2, percent: null });
});

const method = { weights: { qualification: 20, capacity: 30, record: 50 }, elevatorsPerTechnician: 30, leastChecks: 3 };
const unit = {
  licensed: true,
  certified: 4,
  elevators: 120,
  passRates: [90, 100, 80],
  findingsDue: 4,
  findingsInTime: 3,
};

test('licence, people for its elevators, checks and findings make the total', () => {
  expect(scoreUnit(unit, method)).toEqual({
    parts: { qualification: 100, capacity: 100, record: 82.5 },
    totalTenths: 913, // 20 + 30 + 41.25
    checks: 3,
    shown: true,
  });
  expect(scoreUnit({ ...unit, certified: 2 }, method).parts.capacity).toBe(50);
  expect(scoreUnit({ ...unit, licensed: false }, method).totalTenths).toBe(713);
  expect(scoreUnit({ ...unit, findingsDue: 0, findingsInTime: 0 }, method).parts.record).toBe(90);
});

test('too few checks are not published; none at all has no record', () => {
  expect(scoreUnit({ ...unit, passRates: [100, 100] }, method).shown).toBe(false);
  expect(scoreUnit({ ...unit, passRates: [] }, method)).toMatchObject({
    parts: { record: null },
    totalTenths: 500,
    shown: false,
  });
});

test('a total stays between nothing and everything, and more certified people never lower it', () => {
  const any = fc.record({
    licensed: fc.boolean(),
    certified: fc.nat(50),
    elevators: fc.nat(2_000),
    passRates: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 }),
    findingsDue: fc.constant(10),
    findingsInTime: fc.nat(10),
  });
  fc.assert(
    fc.property(any, (facts) => {
      const { totalTenths } = scoreUnit(facts, method);
      expect(totalTenths).toBeGreaterThanOrEqual(0);
      expect(totalTenths).toBeLessThanOrEqual(1_000);
      expect(scoreUnit({ ...facts, certified: facts.certified + 1 }, method).totalTenths).toBeGreaterThanOrEqual(
        totalTenths,
      );
    }),
  );
});
