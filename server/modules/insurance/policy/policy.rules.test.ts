import { expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { checkAllocations, leavesOn, mayBind, mayIssue, owedBy } from './policy.rules.ts';

const at = (local: string) => new Date(`${local}+08:00`);
const part = (payer: string, amount: number) => ({ payer, amount: fen(amount) });
const policy = {
  from: '2026-12-01' as Day,
  owed: [part('owner', 2_790), part('maintenance', 2_790), part('inspection', 4_650)],
  subsidisedPayers: ['inspection'],
};
const arrived = (payer: string, amount: number, when = '2026-11-30T23:59:59') => ({
  ...part(payer, amount),
  at: at(when),
});

test('no policy before the lead insurer has every payer’s money; the public purse settles later', () => {
  expect(mayIssue(policy, [])).toMatchObject({ refusal: { code: 'insurance.cash_missing', due: 5_580, arrived: 0 } });
  expect(mayIssue(policy, [arrived('owner', 5_580)])).toMatchObject({ refusal: { code: 'insurance.cash_missing' } });
  expect(mayIssue(policy, [arrived('owner', 2_790), arrived('maintenance', 2_789)])).toMatchObject({ ok: false });
  expect(mayIssue(policy, [arrived('owner', 2_790), arrived('maintenance', 2_790)])).toEqual({ ok: true, value: null });
});

test('a policy without an elevator is not issued: nothing would be written', () => {
  expect(mayIssue({ ...policy, owed: [] }, [])).toEqual({ ok: false, refusal: { code: 'insurance.nothing_owed' } });
});

test('money that arrives at 00:00:00 of the first day is a day too late', () => {
  const late = [arrived('owner', 2_790), arrived('maintenance', 2_790, '2026-12-01T00:00:00')];
  expect(mayIssue(policy, late)).toEqual({
    ok: false,
    refusal: { code: 'insurance.cash_after_start', arrivedOn: '2026-12-01', earliest: '2026-12-02' },
  });
});

test('an expired, bound or empty quote is never bound', () => {
  const quote = { state: 'offered', validUntil: at('2026-12-01T00:00:00'), elevators: 3 };
  expect(mayBind(quote, at('2026-11-30T23:59:59')).ok).toBe(true);
  expect(mayBind(quote, at('2026-12-01T00:00:00'))).toMatchObject({ refusal: { code: 'insurance.quote_expired' } });
  expect(mayBind({ ...quote, state: 'bound' }, at('2026-11-30T00:00:00'))).toMatchObject({
    refusal: { code: 'insurance.quote_not_offered' },
  });
  expect(mayBind({ ...quote, state: 'referred' }, at('2026-11-30T00:00:00'))).toMatchObject({
    refusal: { state: 'referred' },
  });
  expect(mayBind({ ...quote, elevators: 0 }, at('2026-11-30T00:00:00'))).toMatchObject({
    refusal: { code: 'insurance.quote_empty' },
  });
});

test('what payers owe is the sum of their parts over all lines', () => {
  expect(owedBy([{ parts: [part('a', 1), part('b', 2)] }, { parts: [part('b', 3)] }])).toEqual([
    part('a', 1),
    part('b', 5),
  ]);
});

test('money is allocated to who owes it, and never more than he owes or has arrived', () => {
  const standing = (id: string) => (id === 'p' ? { owed: [part('owner', 100)], paid: [part('owner', 40)] } : undefined);
  const give = (payer: string, amount: number, policyId = 'p') => [{ policyId, payer, amount: fen(amount) }];
  expect(checkAllocations(fen(100), give('owner', 60), standing)).toBeUndefined();
  expect(checkAllocations(fen(100), give('owner', 61), standing)).toMatchObject({
    code: 'insurance.payer_overpaid',
    paid: 101,
  });
  expect(checkAllocations(fen(50), give('owner', 60), standing)).toMatchObject({
    code: 'insurance.allocation_too_much',
  });
  expect(checkAllocations(fen(50), give('stranger', 1), standing)).toMatchObject({ code: 'insurance.payer_unknown' });
  expect(checkAllocations(fen(50), give('owner', 1, 'q'), standing)).toMatchObject({ code: 'insurance.payer_unknown' });
});

test('who cancelled for a later day leaves on it; that day is still covered, the next is not', () => {
  const day = (text: string) => text as Day;
  const on = (today: string, over: { state?: string; endedOn?: Day | null } = {}) =>
    leavesOn({ state: 'cancelled', from: day('2026-12-01'), endedOn: day('2026-12-20'), ...over }, day(today));
  expect([on('2026-11-20'), on('2026-12-20'), on('2026-12-21')]).toEqual(['2026-12-20', '2026-12-20', null]);
  expect(on('2026-12-10', { state: 'issued', endedOn: null })).toBeNull();
  expect(on('2026-11-20', { endedOn: day('2026-11-30') })).toBeNull(); // cancelled before its first day
});
