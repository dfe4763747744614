import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import {
  addYear,
  checkParts,
  type Ending,
  endPension,
  type InsuredYear,
  isScale,
  type PensionTerms,
  renewalBenefit,
  standingOn,
  type YearPart,
} from './pension.rules.ts';

const scale = {
  version: '1',
  filingNo: '示例备案1号',
  steps: [
    { fromYears: 5, shareBp: 1_000 },
    { fromYears: 10, shareBp: 3_000 },
    { fromYears: 15, shareBp: 5_000 },
  ],
  most: fen(15_000_000),
};
const terms: PensionTerms = {
  startAgeYears: 10,
  plannedYears: 15,
  scale,
  lapse: { graceDays: 30, reinstateDays: 180, afterwards: 'lost' },
};
const kept: PensionTerms = { ...terms, lapse: { ...terms.lapse, afterwards: 'kept' } };
const year = (no: number, [from, to]: readonly [string, string], reinstated = false): InsuredYear => ({
  no,
  from: from as Day,
  to: to as Day,
  reinstated,
});
const first = year(1, ['2024-07-01', '2025-06-30']);
const second = year(2, ['2025-07-01', '2026-06-30']);

describe('how a programme stands', () => {
  test('a year counts the day after it ends', () => {
    expect(standingOn([first], terms, '2025-06-30' as Day)).toMatchObject({ state: 'running', insuredYears: 0 });
    expect(standingOn([first, second], terms, '2025-07-01' as Day)).toMatchObject({
      state: 'running',
      insuredYears: 1,
    });
  });

  test('thirty days of grace are none, the thirty-first is a lapse', () => {
    expect(standingOn([first], terms, '2025-07-30' as Day)).toMatchObject({
      state: 'in_grace',
      insuredYears: 1,
      gapDays: 30,
    });
    expect(standingOn([first], terms, '2025-07-31' as Day)).toMatchObject({
      state: 'lapsed',
      insuredYears: 1,
      reinstateUntil: '2025-12-27',
    });
  });

  test('after the last day to reinstate the years are lost, or kept, as the terms say', () => {
    const on = '2025-12-28' as Day;
    expect(standingOn([first], terms, '2025-12-27' as Day)).toMatchObject({ insuredYears: 1 });
    expect(standingOn([first], terms, on)).toMatchObject({ state: 'lapsed', insuredYears: 0, reinstateUntil: null });
    expect(standingOn([first], kept, on)).toMatchObject({ state: 'lapsed', insuredYears: 1 });
  });

  test('a gap without reinstatement begins anew; with it the years before count on', () => {
    const late = (reinstated: boolean) => year(2, ['2025-10-01', '2026-09-30'], reinstated);
    expect(standingOn([first, late(false)], terms, '2026-10-01' as Day).insuredYears).toBe(1);
    expect(standingOn([first, late(true)], terms, '2026-10-01' as Day).insuredYears).toBe(2);
    expect(standingOn([first, late(false)], kept, '2026-10-01' as Day).insuredYears).toBe(2);
  });

  test('nothing insured is nothing', () => expect(standingOn([], terms, '2026-01-01' as Day).insuredYears).toBe(0));
});

describe('the next year', () => {
  const next = (from: string, by = terms) => addYear([first], { from: from as Day, to: '2026-12-31' as Day }, by);
  test('begins after the last one, within the grace period, or as a reinstatement in time', () => {
    expect(next('2025-06-30')).toMatchObject({
      refusal: { code: 'insurance.pension_overlap', earliest: '2025-07-01' },
    });
    expect(next('2025-07-01')).toEqual({ ok: true, value: { no: 2, reinstated: false } });
    expect(next('2025-07-31')).toEqual({ ok: true, value: { no: 2, reinstated: false } });
    expect(next('2025-08-01')).toEqual({ ok: true, value: { no: 2, reinstated: true } });
    expect(next('2025-12-27')).toEqual({ ok: true, value: { no: 2, reinstated: true } });
    expect(next('2025-12-28')).toMatchObject({ refusal: { code: 'insurance.pension_too_late', until: '2025-12-27' } });
    expect(next('2025-12-28', kept)).toEqual({ ok: true, value: { no: 2, reinstated: false } });
  });
  test('and none after the planned ones', () => {
    expect(next('2025-07-01', { ...terms, plannedYears: 1 })).toMatchObject({
      refusal: { code: 'insurance.pension_complete' },
    });
  });
});

describe('the end of a programme', () => {
  const file = (over: Partial<Ending> = {}): Ending => ({
    endedOn: null,
    years: [first, second],
    terms,
    today: '2026-11-21' as Day,
    ...over,
  });
  const end = (on: string, reason: 'renewed' | 'expired' | 'withdrawn', over: Partial<Ending> = {}) =>
    endPension(file(over), { on: on as Day, reason, renewalCost: reason === 'renewed' ? fen(40_000_000) : null });

  test('a renewal brings what the filed scale says for the years that counted that day', () => {
    const early = { ...terms, scale: { ...scale, steps: [{ fromYears: 2, shareBp: 1_000 }] } };
    expect(end('2026-07-01', 'renewed', { terms: early })).toEqual({ ok: true, value: { benefit: 4_000_000 } });
    expect(end('2026-06-30', 'renewed', { terms: early })).toEqual({ ok: true, value: { benefit: 0 } });
    expect(end('2026-07-01', 'renewed', { terms: { ...terms, scale: null } })).toEqual({
      ok: true,
      value: { benefit: 0 },
    });
  });

  test('it has expired only when no day to reinstate is left; by agreement it ends on any day so far', () => {
    expect(end('2026-11-21', 'expired')).toMatchObject({
      refusal: { code: 'insurance.pension_not_over', until: '2026-12-27' },
    });
    const today = '2026-12-28' as Day;
    expect(end(today, 'expired', { today })).toEqual({ ok: true, value: { benefit: null } });
    expect(end('2026-06-30', 'expired')).toMatchObject({ refusal: { code: 'insurance.pension_not_over' } });
    expect(end('2026-11-21', 'withdrawn').ok).toBe(true);
    const short = { ...terms, plannedYears: 2 };
    expect(end('2026-07-01', 'expired', { terms: short }).ok).toBe(true); // complete
  });

  test('once, not in the future, not before it began', () => {
    expect(end('2026-11-21', 'withdrawn', { endedOn: '2026-11-01' as Day })).toMatchObject({
      refusal: { code: 'insurance.pension_ended', on: '2026-11-01' },
    });
    expect(end('2026-11-22', 'withdrawn')).toMatchObject({ refusal: { code: 'insurance.pension_future' } });
    expect(end('2024-06-30', 'withdrawn')).toMatchObject({ refusal: { code: 'insurance.pension_end_early' } });
    expect(end('2024-06-30', 'withdrawn', { years: [] }).ok).toBe(true);
  });
});

describe('what is paid at renewal', () => {
  test('by the stored scale only', () => {
    expect(renewalBenefit(null, 20, fen(30_000_000))).toBe(0);
    expect(renewalBenefit(scale, 4, fen(20_000_000))).toBe(0);
    expect(renewalBenefit(scale, 5, fen(20_000_000))).toBe(2_000_000);
    expect(renewalBenefit(scale, 14, fen(20_000_000))).toBe(6_000_000);
    expect(renewalBenefit(scale, 15, fen(40_000_000))).toBe(15_000_000); // half would be more than the limit
    expect(renewalBenefit(scale, 5, fen(5))).toBe(1); // half a fen up
  });
  test('never falls with more years, never above cost or limit', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(60_000_000), (years, cost) => {
        const now = renewalBenefit(scale, years, fen(cost));
        expect(renewalBenefit(scale, years + 1, fen(cost))).toBeGreaterThanOrEqual(now);
        expect(now).toBeLessThanOrEqual(Math.min(cost, 15_000_000));
      }),
    );
  });
  test('a scale is filed and rises', () => {
    expect(isScale(scale)).toBe(true);
    expect(isScale({ ...scale, filingNo: ' ' })).toBe(false);
    expect(isScale({ ...scale, steps: [] })).toBe(false);
    expect(isScale({ ...scale, steps: scale.steps.toReversed() })).toBe(false);
    expect(isScale({ ...scale, steps: [{ fromYears: 5, shareBp: 10_001 }] })).toBe(false);
  });
});

describe('the parts of a year', () => {
  const part = (over: Partial<YearPart>): YearPart => ({
    part: 'repair',
    name: '修理费用',
    upkeep: false,
    premium: fen(942_000),
    funding: [
      { source: 'common_income', amount: fen(659_400) },
      { source: 'repair_fund', amount: fen(282_600) },
    ],
    ...over,
  });
  test('thirty per cent of the repair part from the fund, the rest from common income', () => {
    expect(checkParts([part({})])).toBeUndefined();
  });
  test('certain upkeep stands in the service contract, never in a cover', () => {
    expect(checkParts([part({ part: 'liability', name: '维护保养', upkeep: true })])).toEqual({
      code: 'insurance.pension_upkeep',
      coverage: '维护保养',
    });
    expect(
      checkParts([part({ part: 'service', upkeep: true, funding: [{ source: 'self', amount: fen(942_000) }] })]),
    ).toBeUndefined();
  });
  test('fund money pays neither liability nor upkeep', () => {
    for (const kind of ['liability', 'property', 'service'] as const)
      expect(checkParts([part({ part: kind })])).toMatchObject({
        code: 'insurance.pension_source',
        source: 'repair_fund',
      });
  });
  test('the sources make the part to the fen', () => {
    expect(checkParts([part({ premium: fen(942_001) })])).toMatchObject({
      code: 'insurance.pension_funding',
      sum: 942_000,
      premium: 942_001,
    });
  });
});

test('fifteen years without a gap count fifteen, whatever the day they begin', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_000 }), (offset) => {
      let from = addDays('2020-01-01' as Day, offset);
      const years: InsuredYear[] = [];
      for (let no = 1; no <= 15; no += 1) {
        const to = addDays(from, 364);
        years.push(year(no, [from, to]));
        from = addDays(to, 1);
      }
      expect(standingOn(years, terms, from).insuredYears).toBe(15);
      expect(standingOn(years, terms, addDays(from, 400)).state).toBe('completed');
    }),
  );
});
