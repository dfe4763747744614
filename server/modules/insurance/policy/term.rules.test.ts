import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, share } from '../../../kernel/money.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import {
  type CancelReason,
  type Contract,
  covers,
  daysOf,
  earnedByDay,
  overlaps,
  refundOf,
  remainderByDay,
  yearFrom,
} from './term.rules.ts';

const day = (text: string) => text as Day;
const term = (from: string, to: string) => ({ from: day(from), to: day(to) });
const contract = (over: Partial<Contract> = {}): Contract => ({
  premium: fen(350_000),
  paid: fen(350_000),
  term: term('2026-01-01', '2026-12-31'),
  feePercent: 5,
  shortRate: null,
  ...over,
});
const back = (c: Contract, reason: CancelReason, last: string) => {
  const done = refundOf(c, reason, day(last));
  return done.ok ? [done.value.kept, done.value.refund] : done.refusal.code;
};

test('an elevator that joins on 20 November pays 223 of 365 days: 62.50', () => {
  expect(remainderByDay(fen(10_230), term('2026-07-01', '2027-06-30'), day('2026-11-20'))).toBe(6_250);
});

test('3,500 cancelled after 135 of 365 days: 1,294.52 earned, 2,205.48 back', () => {
  expect(back(contract(), 'by_policyholder', '2026-05-15')).toEqual([129_452, 220_548]);
});

test('over a leap day the denominator is 366', () => {
  const leap = contract({ term: term('2027-07-01', '2028-06-30') });
  expect(daysOf(leap.term)).toBe(366);
  expect(back(leap, 'by_policyholder', '2028-02-29')).toEqual([233_333, 116_667]);
});

test('before the start the fee of 5 % is kept: 175.00 and 3,325.00', () => {
  expect(back(contract(), 'before_start', '2025-12-31')).toEqual([17_500, 332_500]);
  expect(back(contract(), 'before_start', '2026-01-01')).toBe('insurance.cancel_not_before_start');
  expect(back(contract(), 'by_policyholder', '2027-01-01')).toBe('insurance.cancel_outside_term');
});

test('with a short-rate clause the fifth month begun keeps half: 1,750.00 both ways, 455.48 above the daily share', () => {
  const shortRate = [10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100];
  const short = contract({ shortRate });
  expect(back(short, 'by_policyholder', '2026-05-15')).toEqual([175_000, 175_000]);
  expect(175_000 - earnedByDay(fen(350_000), short.term, day('2026-05-15'))).toBe(45_548);
  expect(back(short, 'risk_decrease', '2026-05-15')).toEqual([129_452, 220_548]); // 保险法 53: by the day, always
});

test('a star gained mid-term gives back 273 of 365 days of the loading: 6.96 (保险法 53)', () => {
  const all = term('2026-07-01', '2027-06-30');
  expect(daysOf({ from: day('2026-10-01'), to: all.to })).toBe(273);
  expect(share(fen(930), 273, 365)).toBe(696);
});

test('intent and fraud give nothing back, gross negligence everything (保险法 16, 27)', () => {
  expect(back(contract(), 'fraud', '2026-05-15')).toEqual([350_000, 0]);
  expect(back(contract(), 'misstatement_intent', '2026-05-15')).toEqual([350_000, 0]);
  expect(back(contract(), 'misstatement_gross_negligence', '2026-05-15')).toEqual([0, 350_000]);
});

test('cover holds at 23:59:59 of the last day and not at 00:00:00 of the next', () => {
  const year = term('2026-07-01', '2027-06-30');
  expect(covers(year, new Date('2027-06-30T15:59:59Z'))).toBe(true);
  expect(covers(year, new Date('2027-06-30T16:00:00Z'))).toBe(false);
  expect(covers(year, new Date('2026-06-30T16:00:00Z'))).toBe(true);
  expect(covers(year, new Date('2026-06-30T15:59:59Z'))).toBe(false);
});

test('a year from 29 February ends on the 28th; the next year touches it without overlap', () => {
  const leap = yearFrom(day('2028-02-29'));
  expect(leap.to).toBe('2029-02-28');
  const next = yearFrom(addDays(leap.to, 1));
  expect([next.from, overlaps(leap, next)]).toEqual(['2029-03-01', false]);
});

test('whatever the reason and the day, kept and refund make what was paid, and neither is negative', () => {
  const reasons: CancelReason[] = [
    'before_start',
    'by_policyholder',
    'risk_decrease',
    'insurer_transfer',
    'after_partial_loss',
    'fraud',
    'misstatement_gross_negligence',
  ];
  const shortRate = fc.option(fc.constant([10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 100]));
  fc.assert(
    fc.property(
      fc.record({
        premium: fc.nat(10_000_000).map(fen),
        reason: fc.constantFrom(...reasons),
        offset: fc.integer({ min: -400, max: 400 }),
        table: shortRate,
      }),
      ({ premium, reason, offset, table }) => {
        const c = contract({ premium, paid: premium, shortRate: table });
        const done = refundOf(c, reason, addDays(c.term.from, offset));
        const { kept, refund } = done.ok ? done.value : { kept: premium, refund: fen(0) };
        expect(kept + refund).toBe(premium);
        expect(Math.min(kept, refund)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
