import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, sum } from '../../../kernel/money.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import {
  dueBy,
  giveNotice,
  type InstalmentTerms,
  mayEndUnpaid,
  mayPayInParts,
  scheduleOf,
  stageOn,
  standOf,
} from './instalment.rules.ts';

const day = (text: string) => text as Day;
const terms: InstalmentTerms = {
  least: fen(100_000),
  parts: [
    { weight: 2, afterDays: 0 },
    { weight: 1, afterDays: 90 },
    { weight: 1, afterDays: 180 },
  ],
  remindDays: 10,
  graceDays: 30,
  noticeDays: 15,
};
const from = day('2026-07-01');
const owed = [
  { payer: 'owner', amount: fen(100_001) },
  { payer: 'maintenance', amount: fen(50_000) },
];
const schedule = scheduleOf(terms, { from, owed });
const amounts = (payer: string) => schedule.filter((i) => i.payer === payer).map((i) => i.amount);

test('only where the filed contract allows parts, and from its least premium on', () => {
  expect(mayPayInParts(null, { product: '责任险', total: fen(1_000_000) })).toMatchObject({
    refusal: { code: 'insurance.instalments_not_filed', product: '责任险' },
  });
  expect(mayPayInParts(terms, { product: 'p', total: fen(99_999) })).toMatchObject({
    refusal: { code: 'insurance.instalments_below_least' },
  });
  expect(mayPayInParts(terms, { product: 'p', total: fen(100_000) })).toMatchObject({ ok: true });
});

test('the first part is due before the cover begins (见费出单), the parts sum to the fen', () => {
  expect(schedule.map((i) => [i.no, i.dueOn])).toContainEqual([1, '2026-06-30']);
  expect(schedule.filter((i) => i.no > 1).map((i) => i.dueOn)).toEqual([
    '2026-09-29',
    '2026-12-28',
    '2026-09-29',
    '2026-12-28',
  ]);
  expect(amounts('owner')).toEqual([50_001, 25_000, 25_000]); // 50,000.5 and twice 25,000.25: the largest remainder
  expect(amounts('maintenance')).toEqual([25_000, 12_500, 12_500]);
});

test('before the cover the first part is needed, and every part once its day has come', () => {
  const nothing = owed.map(({ payer, amount }) => ({ payer, owed: amount, arrived: fen(0) }));
  const need = (on: string) => dueBy(schedule, nothing, day(on)).map((d) => d.amount);
  expect(need('2026-07-01')).toEqual([50_001, 25_000]);
  expect(need('2026-09-28')).toEqual([50_001, 25_000]);
  expect(need('2026-09-29')).toEqual([75_001, 37_500]);
  expect(need('2027-06-30')).toEqual([100_001, 50_000]);
  expect(dueBy([], nothing, from).map((d) => d.amount)).toEqual([100_001, 50_000]); // paid at once
});

test('money pays the earliest part first', () => {
  const stand = standOf(schedule, [{ payer: 'owner', owed: fen(100_001), arrived: fen(60_000) }]);
  expect(stand.map((d) => d.unpaid)).toEqual([0, 15_001, 25_000]);
});

test('less premium falls off the last parts, more stands before them all', () => {
  const asked = (now: number) =>
    standOf(schedule, [{ payer: 'owner', owed: fen(now), arrived: fen(0) }]).map((d) => d.asked);
  expect(asked(80_001)).toEqual([50_001, 25_000, 5_000]);
  expect(asked(40_000)).toEqual([40_000, 0, 0]);
  expect(asked(110_001)).toEqual([50_001, 25_000, 25_000]);
  expect(dueBy(schedule, [{ payer: 'owner', owed: fen(110_001), arrived: fen(0) }], from)).toEqual([
    { payer: 'owner', amount: 60_001 },
  ]);
});

test('a part is reminded of, then in grace, then overdue, each from its day', () => {
  const on = (d: string) => stageOn(terms, day('2026-09-29'), day(d));
  expect(['2026-09-18', '2026-09-19', '2026-09-29', '2026-09-30', '2026-10-29', '2026-10-30'].map(on)).toEqual([
    'not_due',
    'reminded',
    'reminded',
    'grace',
    'grace',
    'overdue',
  ]);
});

const stand = (arrived: number) => standOf(schedule, [{ payer: 'owner', owed: fen(100_001), arrived: fen(arrived) }]);

test('a notice is given after the grace of an unpaid part, once, and names the last day', () => {
  const give = (today: string, arrived = 50_001, running?: { sentOn: Day; endsOn: Day }) =>
    giveNotice(terms, { dues: stand(arrived), running, today: day(today) });
  expect(give('2026-10-29')).toEqual({
    ok: false,
    refusal: { code: 'insurance.instalment_not_overdue', graceUntil: '2026-10-29' },
  });
  expect(give('2026-10-30')).toEqual({
    ok: true,
    value: { sentOn: '2026-10-30', endsOn: '2026-11-14', unpaid: 25_000 },
  });
  expect(give('2026-10-30', 75_001)).toMatchObject({ refusal: { graceUntil: null } });
  expect(give('2026-10-31', 50_001, { sentOn: day('2026-10-30'), endsOn: day('2026-11-14') })).toMatchObject({
    refusal: { code: 'insurance.instalment_notice_running', endsOn: '2026-11-14' },
  });
});

test('the policy ends for an unpaid part only after the days of the notice, and never back to an earlier day', () => {
  const notice = { sentOn: day('2026-10-30'), endsOn: day('2026-11-14') };
  const end = (today: string, lastOn: string, over: object = {}) =>
    mayEndUnpaid({ dues: stand(50_001), notice, today: day(today), lastOn: day(lastOn), ...over })?.code;
  expect(end('2026-11-14', '2026-11-14')).toBe('insurance.instalment_notice_first');
  expect(end('2026-11-15', '2026-11-14')).toBe('insurance.instalment_notice_first');
  expect(end('2026-11-15', '2026-11-15')).toBeUndefined();
  expect(end('2026-11-15', '2026-11-15', { notice: undefined })).toBe('insurance.instalment_notice_missing');
  expect(end('2026-11-15', '2026-11-15', { dues: stand(75_001) })).toBe('insurance.instalment_paid');
});

const anyTerms = fc
  .array(fc.record({ weight: fc.integer({ min: 1, max: 20 }), step: fc.integer({ min: 1, max: 60 }) }), {
    minLength: 2,
    maxLength: 6,
  })
  .map((parts): InstalmentTerms => {
    let at = 0;
    return { ...terms, parts: parts.map((p, i) => ({ weight: p.weight, afterDays: i === 0 ? 0 : (at += p.step) })) };
  });
const money = fc.integer({ min: 0, max: 9_999_999 });

test('whatever is owed and came, no fen is asked twice or lost, and who paid all that is due has nothing unpaid by then', () => {
  const given = fc.record({
    some: anyTerms,
    planned: money.map((n) => n + 12), // every part has a fen
    now: money,
    arrived: money,
    offset: fc.nat(400),
  });
  fc.assert(
    fc.property(given, ({ some, planned, now, arrived, offset }) => {
      const plan = scheduleOf(some, { from, owed: [{ payer: 'owner', amount: fen(planned) }] });
      expect(sum(plan.map((i) => i.amount))).toBe(planned);
      expect(plan.every((i) => (i.no === 1 ? i.dueOn < from : i.dueOn > from))).toBe(true);
      const payer = { payer: 'owner', owed: fen(now), arrived: fen(arrived) };
      const dues = standOf(plan, [payer]);
      const more = Math.max(now - planned, 0);
      expect(sum(dues.map((d) => d.asked)) + more).toBe(now);
      expect(sum(dues.map((d) => d.unpaid))).toBe(Math.max(now - arrived, 0) - Math.max(more - arrived, 0));
      expect(dues.every((d) => d.unpaid >= 0 && d.unpaid <= d.asked)).toBe(true);
      const today = addDays(from, offset);
      const [need] = dueBy(plan, [payer], today);
      const paid = standOf(plan, [{ ...payer, arrived: need?.amount ?? fen(0) }]);
      expect(paid.filter((d) => d.dueOn <= today).every((d) => d.unpaid === 0)).toBe(true);
    }),
  );
});
