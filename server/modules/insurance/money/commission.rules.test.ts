import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factor, fen, sum } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import {
  accrualOf,
  commissionOn,
  highestRate,
  type Licence,
  licenceOn,
  mayAgree,
  mayBePaid,
  percentText,
  statementOf,
  withinFiled,
} from './commission.rules.ts';

const day = (text: string) => text as Day;
const licence = (over: Partial<Licence> = {}): Licence => ({
  kind: 'broking',
  number: '示例0001',
  issuedOn: day('2025-01-01'),
  expiresOn: day('2027-12-31'),
  endedOn: null,
  ...over,
});
const members = [
  { insurer: 'a', name: '甲' },
  { insurer: 'b', name: '乙' },
];
const filed = [
  { insurer: 'a', rate: factor('0.10'), filingNo: '甲备1' },
  { insurer: 'b', rate: factor('0.085'), filingNo: '乙备1' },
];

test('保险法 130: a licence holds on its first and its last day, and not on the day it was withdrawn', () => {
  const holds = (on: string, over: Partial<Licence> = {}) => licenceOn([licence(over)], day(on)) !== undefined;
  expect(['2024-12-31', '2025-01-01', '2027-12-31', '2028-01-01'].map((on) => holds(on))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(holds('2026-05-31', { endedOn: day('2026-06-01') })).toBe(true);
  expect(holds('2026-06-01', { endedOn: day('2026-06-01') })).toBe(false);
  expect(holds('2099-01-01', { expiresOn: null })).toBe(true);
});

test('nobody without a licence is paid: a maintenance unit neither', () => {
  expect(mayBePaid({ name: '示例维保', licences: [] }, day('2026-06-01'))).toEqual({
    ok: false,
    refusal: { code: 'insurance.commission_unlicensed', payee: '示例维保', on: '2026-06-01' },
  });
  expect(mayBePaid({ name: '示例经纪', licences: [licence()] }, day('2026-06-01'))).toMatchObject({ ok: true });
});

test('a pool pays at most the lowest rate of its members, compared as numbers and not as text', () => {
  expect(highestRate(members, filed, day('2026-06-01'))).toMatchObject({ value: { insurer: 'b', rate: '0.085' } });
  const lowest = { ...filed[1], insurer: 'b', rate: factor('0.085'), filingNo: '乙备1', name: '乙' };
  expect(withinFiled(factor('0.0850'), lowest)).toEqual({ ok: true, value: '0.0850' });
  expect(withinFiled(factor('0.085001'), lowest)).toEqual({
    ok: false,
    refusal: {
      code: 'insurance.commission_above_filed',
      rate: '8.5001 %',
      filed: '8.5 %',
      insurer: '乙',
      filingNo: '乙备1',
    },
  });
});

test('a member that filed no rate allows none', () => {
  expect(highestRate(members, filed.slice(0, 1), day('2026-06-01'))).toMatchObject({
    refusal: { code: 'insurance.commission_rate_missing', insurer: '乙', on: '2026-06-01' },
  });
  expect(highestRate([], [], day('2026-06-01'))).toMatchObject({ ok: false });
});

test('who is paid is agreed before the issue, and is never the policyholder (保险法 116)', () => {
  const policy = { state: 'awaiting_cash', holder: 'h', insured: 'i' };
  expect(mayAgree(policy, { id: 'p', name: '经纪' })).toBeUndefined();
  expect(mayAgree(policy, { id: 'h', name: '物业' })).toEqual({
    code: 'insurance.commission_to_holder',
    payee: '物业',
  });
  expect(mayAgree(policy, { id: 'i', name: '物业' })).toMatchObject({ code: 'insurance.commission_to_holder' });
  expect(mayAgree({ ...policy, state: 'issued' }, { id: 'p', name: '经纪' })).toMatchObject({
    code: 'insurance.commission_too_late',
  });
});

test('8.5 % of 102.30 is 8.70, rounded once; of a refund it is taken back to the fen', () => {
  const rate = factor('0.085');
  expect(commissionOn(fen(10_230), rate)).toBe(870); // 869.55
  expect(accrualOf({ received: fen(10_230), refunded: fen(0), booked: fen(0) }, rate)).toBe(870);
  expect(accrualOf({ received: fen(10_230), refunded: fen(5_130), booked: fen(870) }, rate)).toBe(-436); // 433.5 → 434 stays
  expect(accrualOf({ received: fen(10_230), refunded: fen(10_230), booked: fen(434) }, rate)).toBe(-434);
  expect(commissionOn(fen(-1), rate)).toBe(0);
});

test('rates are read as percentages', () => {
  expect(['0', '0.08', '0.1', '0.085', '0.0025', '0.123456'].map((r) => percentText(factor(r)))).toEqual([
    '0 %',
    '8 %',
    '10 %',
    '8.5 %',
    '0.25 %',
    '12.3456 %',
  ]);
});

test('in whatever parts and order premium comes and goes, what was booked is the commission on what stayed', () => {
  const steps = fc.array(fc.record({ received: fc.nat(9_999_999), refunded: fc.nat(9_999_999) }), { maxLength: 30 });
  const bps = fc.integer({ min: 0, max: 300_000 }).map((n) => factor(`0.${String(n).padStart(6, '0')}`));
  fc.assert(
    fc.property(steps, bps, (moves, rate) => {
      let [received, refunded, booked] = [0, 0, 0];
      for (const move of moves) {
        received += move.received;
        refunded = Math.min(refunded + move.refunded, received); // nobody gets back what never came
        booked += accrualOf({ received: fen(received), refunded: fen(refunded), booked: fen(booked) }, rate);
        expect(booked).toBe(commissionOn(fen(received - refunded), rate));
        expect(booked).toBeLessThanOrEqual(received - refunded);
        expect(booked).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('a statement keeps earned and clawed back apart, and sums to its movements', () => {
  const movement = fc.record({
    policy: fc.constantFrom('p1', 'p2', 'p3'),
    amount: fc.integer({ min: -9_999, max: 9_999 }),
  });
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 40 }), (given) => {
      const movements = given.map(({ policy, amount }) => ({ policyId: policy, number: policy, amount: fen(amount) }));
      const { lines, accrued, clawedBack } = statementOf(movements);
      expect(accrued - clawedBack).toBe(sum(movements.map((m) => m.amount)));
      expect(accrued).toBe(sum(lines.map((l) => l.accrued)));
      expect(clawedBack).toBe(sum(lines.map((l) => l.clawedBack)));
      expect(lines.every((l) => l.accrued >= 0 && l.clawedBack >= 0)).toBe(true);
    }),
  );
});
