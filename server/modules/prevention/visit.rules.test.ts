import { expect, test } from 'vitest';
import { costPercent, isAboveCap, serviceLines } from './service.rules.ts';
import { metresBetween, passRate, visitRemarks } from './visit.rules.ts';

const place = { lng: 120.3, lat: 31.5 };
const reported = {
  startedAt: new Date('2026-11-21T01:00:00Z'),
  endedAt: new Date('2026-11-21T01:30:00Z'),
  position: place,
  checks: [{ code: 'door', result: 'pass' as const }],
};
const known = { now: new Date('2026-11-21T01:31:00Z'), covered: true, place, checklist: ['door'] };

test('an ordinary report has no remark', () => expect(visitRemarks(reported, known)).toEqual([]));

test('what is strange is written beside the report, and nothing is refused', () => {
  expect(visitRemarks(reported, { ...known, covered: false })).toEqual(['not_covered_here']);
  expect(visitRemarks(reported, { ...known, now: new Date('2026-11-21T01:27:59Z') })).toEqual(['clock_ahead']);
  expect(visitRemarks(reported, { ...known, now: new Date('2026-11-24T01:30:01Z') })).toEqual(['reported_late']);
  expect(visitRemarks({ ...reported, position: null }, known)).toEqual(['no_position']);
  expect(visitRemarks({ ...reported, position: { lng: 120.31, lat: 31.5 } }, known)).toEqual(['far_away']);
  expect(visitRemarks({ ...reported, position: { lng: 120.31, lat: 31.5 } }, { ...known, place: null })).toEqual([]);
  expect(visitRemarks(reported, { ...known, checklist: [] })).toEqual(['unknown_check']);
});

test('three days late to the second is not late', () => {
  expect(visitRemarks(reported, { ...known, now: new Date('2026-11-24T01:30:00Z') })).toEqual([]);
});

test('a hundredth of a degree east at 31.5° is 948 m', () => {
  expect(Math.round(metresBetween(place, { lng: 120.31, lat: 31.5 }))).toBe(948);
});

test('what was not looked at counts neither way', () => {
  const check = (result: 'pass' | 'fail' | 'not_seen') => ({ code: 'x', result });
  expect(passRate([check('pass'), check('pass'), check('fail'), check('not_seen')])).toBe(66.7);
  expect(passRate([check('not_seen')])).toBeNull();
  expect(passRate([])).toBeNull();
});

test('owed, given, left and cost, service by service; more than owed leaves nothing open', () => {
  const promised = [
    { id: 'prevention_visit', name: '安保互动', perYear: 2 },
    { id: 'quality_check', name: '维保抽查', perYear: 4 },
  ];
  const done = [
    { service: 'prevention_visit', given: 3, cost: 60_000 },
    { service: 'prevention_visit', given: 0, cost: -10_000 },
    { service: 'training', given: 0, cost: 5_000 },
  ];
  expect(serviceLines(promised, done)).toEqual([
    { id: 'prevention_visit', name: '安保互动', owed: 2, given: 3, left: 0, cost: 50_000 },
    { id: 'quality_check', name: '维保抽查', owed: 4, given: 0, left: 4, cost: 0 },
    { id: 'training', name: 'training', owed: 0, given: 0, left: 0, cost: 5_000 },
  ]);
});

test('cost against premium: exactly at the cap is not above it', () => {
  expect(costPercent(20_000, 100_000)).toBe(20);
  expect(costPercent(1, 0)).toBeNull();
  expect(isAboveCap(20_000, 100_000, 20)).toBe(false);
  expect(isAboveCap(20_001, 100_000, 20)).toBe(true);
  expect(isAboveCap(1, 0, 20)).toBe(false);
});
