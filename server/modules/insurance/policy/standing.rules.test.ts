import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, sum } from '../../../kernel/money.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import type { PayerPart } from '../product/rating.ts';
import { type Act, apportion, type PolicyBase, type Rated, type Standing, standingOf } from './standing.rules.ts';

const day = (text: string) => text as Day;
const YEAR = { from: day('2026-07-01'), to: day('2027-06-30') };
const part = (payer: string, amount: number): PayerPart => ({ payer, amount: fen(amount) });

/** W1: 102.30, of which 27.90 the owner's, 27.90 the maintenance unit's, 46.50 the inspection body's. */
const W1 = [part('owner', 2_790), part('maintenance', 2_790), part('inspection', 4_650)];
const BASE = [part('owner', 1_860), part('maintenance', 2_790), part('inspection', 4_650)];

const rated = (elevatorId: string, parts: readonly PayerPart[] = W1): Rated => ({
  elevatorId,
  code: elevatorId,
  address: '',
  areaCodes: [],
  orgIds: [],
  annual: sum(parts.map((p) => p.amount)),
  parts,
  working: null,
});
const base = (over: Partial<PolicyBase> = {}): PolicyBase => ({ term: YEAR, lines: [rated('a')], ...over });
const money = ({ premium, owed }: Standing) => [premium, ...owed.map((p) => p.amount)];

test('as issued, every elevator is covered for the whole term at its premium', () => {
  const standing = standingOf(base({ lines: [rated('a'), rated('b')] }), []);
  expect(money(standing)).toEqual([20_460, 5_580, 5_580, 9_300]);
  expect(standing.stretches.map((s) => [s.from, s.to, s.endorsement])).toEqual([
    ['2026-07-01', '2027-06-30', 0],
    ['2026-07-01', '2027-06-30', 0],
  ]);
});

test('W4: an identical elevator from 2026-11-20 00:00 costs 223 of 365 days: 62.50', () => {
  const standing = standingOf(base(), [{ no: 1, on: day('2026-11-20'), kind: 'add', elevators: [rated('b')] }]);
  expect(standing.premium).toBe(10_230 + 6_250);
  expect(standing.stretches[1]).toMatchObject({
    elevatorId: 'b',
    from: '2026-11-20',
    to: '2027-06-30',
    premium: 6_250,
  });
});

test('W16: a star gained on 2026-10-01 gives 6.96 back, to the owner alone (保险法 53)', () => {
  const standing = standingOf(base(), [
    { no: 1, on: day('2026-10-01'), kind: 'change', elevators: [rated('a', BASE)] },
  ]);
  expect(money(standing)).toEqual([10_230 - 696, 2_790 - 696, 2_790, 4_650]);
  expect(standing.stretches.map((s) => [s.from, s.to])).toEqual([
    ['2026-07-01', '2026-09-30'],
    ['2026-10-01', '2027-06-30'],
  ]);
});

const W5 = base({
  term: { from: day('2026-01-01'), to: day('2026-12-31') },
  lines: [rated('a', [part('owner', 350_000)])],
});
const cancel = (on: string, keeps: (Act & { kind: 'cancel' })['keeps']): Act => ({
  no: 9,
  on: day(on),
  kind: 'cancel',
  keeps,
});

test('W5: ended at 24:00 of 2026-05-15, 1,294.52 is earned by the day', () => {
  const standing = standingOf(W5, [cancel('2026-05-16', { method: 'by_day' })]);
  expect([standing.premium, standing.kept]).toEqual([129_452, []]);
  expect(standing.stretches).toMatchObject([{ from: '2026-01-01', to: '2026-05-15' }]);
  expect(standing.ended).toEqual({ on: '2026-05-16', no: 9 });
});

test('W5: over a leap year 244 of 366 days are earned by 29 February: 2,333.33', () => {
  const leap = base({ term: { from: day('2027-07-01'), to: day('2028-06-30') }, lines: W5.lines });
  expect(standingOf(leap, [cancel('2028-03-01', { method: 'by_day' })]).premium).toBe(233_333);
});

test('W6: ended before it began, the contract’s fee is kept and there is no cover', () => {
  const standing = standingOf(W5, [cancel('2026-01-01', { method: 'fee', percent: 5 })]);
  expect([standing.premium, standing.stretches, standing.kept]).toEqual([17_500, [], [part('owner', 17_500)]]);
});

const SHORT = [10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100];
test('W7: by the short-rate table 1,750.00 is kept, 455.48 of it beyond the days given', () => {
  const standing = standingOf(W5, [cancel('2026-05-16', { method: 'short_rate', table: SHORT })]);
  expect([standing.premium, standing.kept]).toEqual([175_000, [part('owner', 45_548)]]);
});

test('fraud keeps everything, gross negligence gives everything back; cover ends either way', () => {
  const fraud = standingOf(W5, [cancel('2026-05-16', { method: 'none' })]);
  const error = standingOf(W5, [cancel('2026-05-16', { method: 'all' })]);
  expect([fraud.premium, error.premium]).toEqual([350_000, 0]);
  expect(fraud.stretches[0]?.to).toBe('2026-05-15');
});

test('reinstated, the holdback is undone and the policy stands as if it had never ended', () => {
  const acts = [cancel('2026-05-16', { method: 'short_rate', table: SHORT })];
  const again = standingOf(W5, [...acts, { no: 10, on: day('2026-05-16'), kind: 'reinstate', cancels: 9 }]);
  expect(again).toEqual(standingOf(W5, []));
});

test('an elevator may leave and come back; the days between are nobody’s', () => {
  const standing = standingOf(base(), [
    { no: 1, on: day('2026-09-01'), kind: 'remove', elevatorIds: ['a'] },
    { no: 2, on: day('2026-11-20'), kind: 'add', elevators: [rated('a')] },
  ]);
  expect(standing.stretches.map((s) => [s.from, s.to])).toEqual([
    ['2026-07-01', '2026-08-31'],
    ['2026-11-20', '2027-06-30'],
  ]);
});

test('who leaves on the first day was never in', () => {
  const standing = standingOf(base({ lines: [rated('a'), rated('b')] }), [
    { no: 1, on: YEAR.from, kind: 'remove', elevatorIds: ['b'] },
  ]);
  expect([standing.premium, standing.stretches.length]).toEqual([10_230, 1]);
});

const parts = fc
  .tuple(fc.nat(900_000), fc.nat(900_000), fc.nat(900_000))
  .map(([a, b, c]) => [part('owner', a), part('maintenance', b), part('inspection', c)]);
const names = ['a', 'b', 'c', 'd'];
const anAct = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), who: fc.constantFrom(...names), parts }),
  fc.record({ kind: fc.constant('remove' as const), who: fc.constantFrom(...names), parts }),
  fc.record({ kind: fc.constant('change' as const), who: fc.constantFrom(...names), parts }),
);
const keeping = fc.constantFrom<(Act & { kind: 'cancel' })['keeps']>(
  { method: 'by_day' },
  { method: 'short_rate', table: SHORT },
  { method: 'none' },
  { method: 'all' },
);
/** Acts on days of their own, and a shuffled order in which they come to be known. */
const history = fc
  .uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: 8 })
  .chain((offsets) =>
    fc.tuple(
      fc.constant(offsets.toSorted((a, b) => a - b)),
      fc.array(anAct, { minLength: offsets.length, maxLength: offsets.length }),
      fc.shuffledSubarray(offsets, { minLength: offsets.length }),
      fc.option(keeping),
    ),
  )
  .map(([offsets, drafts, order, keeps]) => {
    const acts = offsets.map((offset, i): Act => {
      const draft = drafts[i] ?? { kind: 'remove' as const, who: 'a', parts: [] };
      const on = addDays(YEAR.from, offset);
      if (i === offsets.length - 1 && keeps) return { no: i + 1, on, kind: 'cancel', keeps };
      if (draft.kind === 'remove') return { no: i + 1, on, kind: 'remove', elevatorIds: [draft.who] };
      return { no: i + 1, on, kind: draft.kind, elevators: [rated(draft.who, draft.parts)] };
    });
    const late = order.map((offset, i) => ({ ...(acts[offsets.indexOf(offset)] as Act), no: i + 1 }));
    return { acts, late };
  });
const lines = [rated('a'), rated('b', BASE)];
const bare = (s: Standing) => ({
  ...s,
  ended: s.ended?.on ?? null,
  stretches: s.stretches.map((x) => ({ ...x, endorsement: 0 })),
});

test('replay equals direct: in whatever order acts come to be known, the policy ends up the same to the fen', () => {
  fc.assert(
    fc.property(history, ({ acts, late }) => {
      expect(bare(standingOf(base({ lines }), late))).toEqual(bare(standingOf(base({ lines }), acts)));
    }),
  );
});

test('whatever happens: parts sum to the premium, stretches of an elevator never overlap, nobody pays below zero', () => {
  fc.assert(
    fc.property(history, ({ acts }) => {
      const standing = standingOf(base({ lines }), acts);
      expect(sum(standing.owed.map((p) => p.amount))).toBe(standing.premium);
      for (const s of standing.stretches) expect(sum(s.parts.map((p) => p.amount))).toBe(s.premium);
      for (const name of names) {
        const own = standing.stretches.filter((s) => s.elevatorId === name);
        for (const [i, s] of own.entries()) {
          expect(s.from <= s.to && s.from >= YEAR.from && s.to <= YEAR.to).toBe(true);
          expect((own[i + 1]?.from ?? '9999') > s.to).toBe(true);
        }
      }
      // Rounding each change once may leave a fen on a payer whose part falls to nothing, never more.
      for (const { amount } of standing.owed) expect(amount).toBeGreaterThanOrEqual(-acts.length);
    }),
  );
});

test('a share of parts sums to the rounded share of the whole, also below zero', () => {
  const signed = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(signed, fc.nat(366), (amounts, days) => {
      const given = amounts.map((a, i) => part(`p${i}`, a));
      const done = apportion(given, days, 366);
      for (const [i, { amount }] of done.entries())
        expect(Math.abs(amount - ((amounts[i] ?? 0) * days) / 366)).toBeLessThanOrEqual(1);
      const exact = (amounts.reduce((a, b) => a + b, 0) * days) / 366;
      expect(Math.abs(sum(done.map((p) => p.amount)) - exact)).toBeLessThanOrEqual(0.5000001);
    }),
  );
});
