import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, sum } from '../../../kernel/money.ts';
import type { BenefitTable } from './benefit.rules.ts';
import {
  type CleanFacts,
  correctionOf,
  dueHeads,
  lossAt,
  notClean,
  type Release,
  trapped,
  withinRelease,
} from './entrapment.rules.ts';
import type { Limits } from './limit.rules.ts';

const step = (fromSeconds: number, amount: number, open = false) => ({ fromSeconds, open, amount: fen(amount) });
const table = (id: string, kind: BenefitTable['kind'], steps: BenefitTable['steps']): BenefitTable => ({
  id,
  kind,
  onlyWithoutInjury: false,
  steps,
});
/** The four tables of W10, in fen. Where a text is silent it reads for the insured (保险法 30). */
const jiangsu = table('js', 'limit', [step(7_200, 20_000, true)]);
const nanjing = table('nj', 'limit', [step(1_800, 20_000, true), step(3_600, 40_000)]);
const shandong = table('sd', 'fixed', [
  step(1_800, 20_000),
  step(3_600, 30_000, true),
  step(5_400, 40_000, true),
  step(7_200, 50_000, true),
]);
const chongqing = table('cq', 'limit', [step(900, 30_000), step(1_800, 50_000)]);
const free = fen(1e13);
const unlimited: Limits = {
  perPerson: free,
  medicalPerPerson: free,
  propertyPerAccident: free,
  perAccident: free,
  aggregate: free,
  deductible: fen(0),
  deductibleBeforeLimit: true,
};
const each = (t: BenefitTable, seconds: number): number =>
  dueHeads(t, { seconds, people: 1, limits: unlimited })[0] ?? 0;

const W10: readonly (readonly [string, number, number, number, number])[] = [
  ['09:59', 0, 0, 0, 0],
  ['15:00', 0, 0, 0, 300],
  ['29:59', 0, 0, 0, 300],
  ['30:00', 0, 0, 200, 500],
  ['30:01', 0, 200, 200, 500],
  ['60:00', 0, 400, 200, 500],
  ['60:01', 0, 400, 300, 500],
  ['95:00', 0, 400, 400, 500],
  ['120:00', 0, 400, 400, 500],
  ['120:01', 200, 400, 500, 500],
];

test.each(W10)('W10 at %s', (time, ...yuan) => {
  const [minutes = 0, seconds = 0] = time.split(':').map(Number);
  const at = minutes * 60 + seconds;
  expect([each(jiangsu, at), each(nanjing, at), each(shandong, at), each(chongqing, at)]).toEqual(
    yuan.map((amount) => amount * 100),
  );
});

const release: Release = {
  incidentId: 'i',
  elevatorId: 'e',
  stoppedAt: new Date('2026-11-21T15:59:50Z'),
  reportedAt: new Date('2026-11-21T16:00:10Z'),
  awareAt: new Date('2026-11-21T16:00:12Z'),
  releasedAt: new Date('2026-11-21T16:30:10Z'),
  trusted: true,
  people: 2,
  injuries: false,
};

test('the time counts from the report, from when the system knew where nobody called, and is never negative', () => {
  expect(trapped(release)).toEqual({ seconds: 1_800, from: 'reported' });
  expect(trapped({ ...release, reportedAt: null })).toEqual({ seconds: 1_798, from: 'aware' });
  expect(trapped({ ...release, releasedAt: new Date('2026-11-21T16:00:00Z') }).seconds).toBe(0);
});

test('which policy answers is asked at the first instant anybody knows: here the last second of the day before', () => {
  expect(lossAt(release)).toEqual(release.stoppedAt);
  expect(lossAt({ ...release, stoppedAt: null, reportedAt: null })).toEqual(release.awareAt);
});

const facts: CleanFacts = {
  release,
  heads: [fen(20_000), fen(20_000)],
  waiting: false,
  otherCover: false,
  otherReports: false,
};
const rule = { mostPerHead: fen(20_000), mostHeads: 2 };

test('clean is one accident, agreed heads, whole clocks, no injury, within the rule; every other thing is named', () => {
  expect(notClean(rule, facts)).toEqual([]);
  expect(notClean(undefined, facts)).toEqual(['no_rule']);
  const worst: CleanFacts = {
    ...facts,
    release: { ...release, injuries: true, people: null, trusted: false },
    heads: [fen(20_001), fen(1), fen(1)],
    waiting: true,
    otherCover: true,
    otherReports: true,
  };
  expect(notClean(rule, worst)).toEqual([
    'injury',
    'heads_not_agreed',
    'clock_untrusted',
    'waiting_period',
    'other_cover',
    'other_reports',
    'above_rule',
    'many_heads',
  ]);
});

test('what goes alone stays within the day’s limit, to the fen', () => {
  expect(withinRelease(fen(50_000), [fen(20_000), fen(10_000)], fen(20_000))).toBe(true);
  expect(withinRelease(fen(50_000), [fen(20_000), fen(10_001)], fen(20_000))).toBe(false);
  expect(withinRelease(fen(0), [], fen(1))).toBe(false);
});

test('whatever the table, the time and the limits: no head gets more than the person’s limit, nor all more than the accident’s', () => {
  const amount = fc.nat(100_000).map(fen);
  fc.assert(
    fc.property(
      fc.record({
        seconds: fc.nat(20_000),
        people: fc.integer({ min: 1, max: 30 }),
        perPerson: amount,
        perAccident: amount,
        aggregate: amount,
      }),
      ({ seconds, people, ...caps }) => {
        const heads = dueHeads(shandong, { seconds, people, limits: { ...unlimited, ...caps } });
        expect(heads.every((due) => due <= caps.perPerson)).toBe(true);
        expect(sum(heads)).toBeLessThanOrEqual(Math.min(caps.perAccident, caps.aggregate));
      },
    ),
  );
});

test('a second word adds what is due to further heads and never touches those drafted', () => {
  const two = [fen(20_000), fen(20_000)];
  expect(correctionOf([], two)).toEqual({ added: two, agrees: true });
  expect(correctionOf(two, [...two, fen(20_000)])).toEqual({ added: [fen(20_000)], agrees: true });
  expect(correctionOf(two, two)).toEqual({ added: [], agrees: true });
  // The accident's limit is shared by three now, or the time owes another step: a handler looks.
  expect(correctionOf(two, [fen(16_667), fen(16_667), fen(16_666)])).toEqual({ added: [], agrees: false });
  expect(correctionOf(two, [])).toEqual({ added: [], agrees: false });
});
