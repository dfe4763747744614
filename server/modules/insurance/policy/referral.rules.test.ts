import { expect, test } from 'vitest';
import { type Decided, decideReferral, reasonsFor } from './referral.rules.ts';

const rules = { elevatorsOver: 100, totalOver: null, refusedPercentOver: 20 };
const now = new Date('2026-11-20T02:00:00Z');
const quote = (decisions: readonly Decided[] = [], state = 'referred') => ({
  state,
  validUntil: new Date('2026-12-01T00:00:00Z'),
  referral: { reasons: [], decisions },
});
const word = (by: string, decision: 'release' | 'decline' = 'release'): Decided => ({
  by,
  name: by,
  at: now.toISOString(),
  decision,
  note: '核过',
});

test('a quote goes to underwriting only above the product’s limits, each named with its figure', () => {
  expect(reasonsFor({ elevators: 100, refused: 25, total: 1e9 }, rules)).toEqual([]);
  expect(reasonsFor({ elevators: 101, refused: 0, total: 0 }, rules)).toEqual([
    { rule: 'elevatorsOver', value: 101, limit: 100 },
  ]);
  expect(reasonsFor({ elevators: 3, refused: 1, total: 0 }, rules)).toEqual([
    { rule: 'refusedPercentOver', value: 25, limit: 20 },
  ]);
  expect(reasonsFor({ elevators: 0, refused: 0, total: 0 }, rules)).toEqual([]);
  expect(reasonsFor({ elevators: 1e6, refused: 1e6, total: 1e12 }, null)).toEqual([]);
});

test('two different people release a referral; the same person is not two', () => {
  const first = decideReferral(quote(), word('a'), now);
  expect(first).toMatchObject({ ok: true, value: { state: 'referred', needs: 1 } });
  expect(decideReferral(quote([word('a')]), word('a'), now)).toEqual({
    ok: false,
    refusal: { code: 'insurance.same_person' },
  });
  expect(decideReferral(quote([word('a')]), word('b'), now)).toMatchObject({ value: { state: 'released', needs: 0 } });
});

test('one who declines is enough', () => {
  expect(decideReferral(quote([word('a')]), word('b', 'decline'), now)).toMatchObject({ value: { state: 'declined' } });
});

test('what was not referred, or ran out meanwhile, is not decided', () => {
  expect(decideReferral(quote([], 'offered'), word('a'), now)).toMatchObject({
    refusal: { code: 'insurance.not_referred' },
  });
  const late = new Date('2026-12-01T00:00:00Z');
  expect(decideReferral(quote(), word('a'), late)).toMatchObject({ refusal: { code: 'insurance.quote_expired' } });
});
