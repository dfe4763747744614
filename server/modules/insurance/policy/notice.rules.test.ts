import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, sum } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { type Notice, type NoticePolicy, noticesFor, partNoticesFor } from './notice.rules.ts';

const day = (text: string) => text as Day;
const line = (maintenanceOrgId: string | null, owner: number, maintenance: number) => ({
  parts: [
    { payer: 'owner', amount: fen(owner) },
    { payer: 'maintenance', amount: fen(maintenance) },
    { payer: 'inspection', amount: fen(4_650) },
  ],
  maintenanceOrgId,
  makerOrgId: null,
});
const policy: NoticePolicy = {
  state: 'awaiting_cash',
  from: day('2026-07-01'),
  holderOrgId: 'holder',
  agentOrgId: 'agent',
  owed: [
    { payer: 'owner', amount: fen(5_580) },
    { payer: 'maintenance', amount: fen(5_580) },
    { payer: 'inspection', amount: fen(9_300) },
  ],
  arrived: [],
  subsidisedPayers: ['inspection'],
  lines: [line('unit-1', 2_790, 2_790), line('unit-2', 2_790, 2_790)],
};
const amountsOf = (over: Partial<NoticePolicy>, today = '2026-06-20') => {
  const done = noticesFor({ ...policy, ...over }, day(today));
  return done.ok ? done.value.map((n) => [n.payer, n.orgId, n.amount, n.dueOn]) : done.refusal;
};

test('each payer is asked for his part by the eve of the first day; the public purse is not asked', () => {
  expect(amountsOf({})).toEqual([
    ['owner', 'holder', 5_580, '2026-06-30'],
    ['maintenance', 'unit-1', 2_790, '2026-06-30'],
    ['maintenance', 'unit-2', 2_790, '2026-06-30'],
  ]);
});

test('what has arrived is taken off; who has paid is not asked again', () => {
  const paid = (owner: number, maintenance: number) => [
    { payer: 'owner', amount: fen(owner) },
    { payer: 'maintenance', amount: fen(maintenance) },
  ];
  expect(amountsOf({ arrived: paid(5_580, 1_001) })).toEqual([
    ['maintenance', 'unit-1', 2_290, '2026-06-30'],
    ['maintenance', 'unit-2', 2_289, '2026-06-30'],
  ]);
  expect(amountsOf({ arrived: paid(5_580, 5_580) })).toEqual({ code: 'insurance.notice_nothing_due' });
});

test('where no maintenance unit is on file its agent is asked, else the holder', () => {
  const lines = [line(null, 5_580, 5_580)];
  expect(amountsOf({ lines })).toContainEqual(['maintenance', 'agent', 5_580, '2026-06-30']);
  expect(amountsOf({ lines, agentOrgId: null })).toContainEqual(['maintenance', 'holder', 5_580, '2026-06-30']);
});

test('the eve is the last day to ask; later, or once issued, nobody is asked', () => {
  expect(amountsOf({}, '2026-06-30')).toHaveLength(3);
  expect(amountsOf({}, '2026-07-01')).toEqual({ code: 'insurance.notice_too_late', dueOn: '2026-06-30' });
  expect(amountsOf({ state: 'issued' })).toEqual({ code: 'insurance.notice_state', state: 'issued' });
});

test('the notices of a payer sum to what is due from him, to the fen, however many share it', () => {
  const parts = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', null), fc.integer({ min: 0, max: 99_999 })), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(parts, fc.nat(), (rows, seed) => {
      const lines = rows.map(([unit, amount]) => line(unit, amount, amount));
      const total = sum(rows.map(([, amount]) => fen(amount)));
      const arrived = fen(total === 0 ? 0 : seed % (total + 1));
      const done = noticesFor(
        {
          ...policy,
          lines,
          owed: [{ payer: 'maintenance', amount: total }],
          arrived: [{ payer: 'maintenance', amount: arrived }],
        },
        day('2026-06-01'),
      );
      const asked = done.ok ? sum(done.value.map((n) => n.amount)) : 0;
      expect(asked).toBe(total - arrived);
    }),
  );
});

const due = (no: number, payer: string, unpaid: number) => ({
  no,
  payer,
  unpaid: fen(unpaid),
  dueOn: day(no === 2 ? '2026-09-29' : '2026-12-28'),
});
const later = [due(1, 'owner', 0), due(2, 'owner', 1_395), due(2, 'maintenance', 1_395), due(3, 'owner', 1_395)];
const partsOf = (given: readonly Notice[] = [], dues = later, isOver = false) => {
  const done = partNoticesFor({ ...policy, state: 'issued', isOver }, { dues, given });
  return done.ok ? done.value : done.refusal;
};

test('each unpaid part has a notice of its own, shared among the units behind its payer to the fen', () => {
  expect(partsOf()).toEqual([
    { part: 2, payer: 'owner', orgId: 'holder', amount: 1_395, dueOn: '2026-09-29' },
    { part: 2, payer: 'maintenance', orgId: 'unit-1', amount: 698, dueOn: '2026-09-29' },
    { part: 2, payer: 'maintenance', orgId: 'unit-2', amount: 697, dueOn: '2026-09-29' },
    { part: 3, payer: 'owner', orgId: 'holder', amount: 1_395, dueOn: '2026-12-28' },
  ]);
});

test('who was asked is not asked again, but for what changed since', () => {
  const given = partsOf() as readonly Notice[];
  expect(partsOf(given)).toEqual({ code: 'insurance.notice_given' });
  const less = later.map((d) => (d.no === 3 ? { ...d, unpaid: fen(1_000) } : d));
  const again = partsOf(given, less) as readonly Notice[];
  expect(again.map((n) => [n.part, n.amount])).toEqual([[3, 1_000]]);
  // Back to the old amount: the last notice said another.
  expect((partsOf([...given, ...again]) as readonly Notice[]).map((n) => [n.part, n.amount])).toEqual([[3, 1_395]]);
});

test('a policy that is over, paid at once, or paid asks for no part', () => {
  expect(partsOf([], later, true)).toMatchObject({ code: 'insurance.notice_state' });
  expect(partsOf([], [])).toMatchObject({ code: 'insurance.notice_state' });
  expect(partsOf([], [due(2, 'owner', 0)])).toEqual({ code: 'insurance.notice_nothing_due' });
});
