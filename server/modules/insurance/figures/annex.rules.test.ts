import { expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import {
  type AnnexLine,
  annex1,
  annex2,
  annualPremium,
  disagreements,
  fullYears,
  tenThousandYuan,
} from './annex.rules.ts';

const cutOff = new Date('2026-12-20T10:00:00Z');
const line = (over: Partial<AnnexLine> = {}): AnnexLine => ({
  elevatorId: 'e1',
  elevatorCode: '130421',
  useUnit: { uscc: 'U1', name: '示例物业' },
  inUseSince: '2008-05-20' as Day,
  residents: 120,
  leadInsurer: '示例保险甲',
  insurers: ['示例保险甲'],
  coveredDays: 365,
  writtenPremium: fen(260_000),
  funding: { repair_fund: 10_000 },
  payments: [],
  unpaidSince: null,
  satisfaction: [],
  ...over,
});
const paid = (yuan: number, hours: number) => ({
  amount: fen(Math.round(yuan * 100)),
  papersCompleteAt: new Date('2026-03-01T00:00:00Z'),
  arrivedAt: new Date(Date.parse('2026-03-01T00:00:00Z') + hours * 3_600_000),
});

test('four payments of 27,635.25 yuan are 2.76 万元, rounded once', () => {
  const lines = [line({ payments: [paid(1_834.5, 3), paid(620, 20.26), paid(15_200, 8), paid(9_980.75, 5)] })];
  const total = annex1(lines, 1).at(-1);
  expect([total?.paid, tenThousandYuan(total?.paid ?? fen(0))]).toEqual([2_763_525, '2.76']);
  expect(annex2(lines, cutOff)[0]).toMatchObject({
    shortestPaymentHours: 3,
    longestPaymentHours: 20.3,
    ageYears: 18,
  });
});

test('an elevator paid from two sources is in both rows and once in the total; its claims are shared to the fen', () => {
  const rows = annex1([line({ funding: { self: 6_667, government: 3_333 }, payments: [paid(100.01, 1)] })], 1);
  const by = (source: string) => rows.find((r) => r.source === source);
  expect([by('self')?.elevators, by('government')?.elevators, by('total')?.elevators]).toEqual([1, 1, 1]);
  expect((by('self')?.paid ?? 0) + (by('government')?.paid ?? 0)).toBe(10_001);
});

test('a renewal in the period counts the elevator once and its premium by the year', () => {
  const first = line({ coveredDays: 365, writtenPremium: fen(200_000) });
  const short = line({ coveredDays: 184, writtenPremium: fen(126_000) });
  expect(annualPremium(short)).toBe(249_946);
  expect(annex1([first, short], 1).at(-1)).toMatchObject({
    elevators: 1,
    lowestPremium: 200_000,
    highestPremium: 249_946,
  });
});

test('nothing known prints blank, not zero', () => {
  const empty = annex1([], 1).at(-1);
  expect([empty?.lowestPremium, empty?.satisfactionPercent]).toEqual([null, null]);
  expect(annex2([line()], cutOff)[0]?.shortestPaymentHours).toBeNull();
});

test('an age nobody knows prints blank', () => {
  expect(annex2([line({ inUseSince: null })], cutOff)[0]?.ageYears).toBeNull();
  expect(annex2([line({ inUseSince: '2026-12-20' as Day })], cutOff)[0]?.ageYears).toBe(0);
});

test('a claim that waits longer than any payment took is told beside the times; one that waits less is not', () => {
  const waits = (unpaidSince: string, payments = [paid(100, 30)]) =>
    annex2([line({ unpaidSince: new Date(unpaidSince), payments })], cutOff)[0];
  expect(waits('2026-12-19T03:59:59Z')).toMatchObject({
    longestPaymentHours: 30, // what was paid, unchanged
    unpaidSince: '2026-12-19T03:59:59.000Z',
  });
  expect(waits('2026-12-19T04:00:00Z')?.unpaidSince).toBeNull(); // thirty hours exactly
  expect(waits('2026-12-20T09:00:00Z', [])).toMatchObject({
    longestPaymentHours: null,
    unpaidSince: expect.any(String),
  });
});

test('satisfaction is hidden below the least number of answers', () => {
  const satisfaction = [
    { surveyId: 'a', valid: 1, satisfied: 1 },
    { surveyId: 'b', valid: 2, satisfied: 1 },
  ];
  expect(annex1([line({ satisfaction })], 3).at(-1)?.satisfactionPercent).toBe(66.7);
  expect(annex1([line({ satisfaction })], 4).at(-1)?.satisfactionPercent).toBeNull();
  const many = [line({ satisfaction }), line({ elevatorId: 'e9', satisfaction })]; // the same answers on each elevator of the unit
  expect(annex1(many, 4).at(-1)?.satisfactionPercent).toBeNull();
});

test('annex 1 is the roll-up of annex 2, and a changed row is found', () => {
  const lines = [line(), line({ elevatorId: 'e2', writtenPremium: fen(350_000), payments: [paid(50, 2)] })];
  const two = annex2(lines, cutOff);
  expect(disagreements(annex1(lines, 1), two)).toEqual([]);
  expect(disagreements(annex1(lines, 1), two.slice(1))).toEqual(['elevators', 'lowestPremium']);
});

test.each([
  ['2008-05-20', '2026-05-19', 17],
  ['2008-05-20', '2026-05-20', 18],
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['2008-02-29', '2028-02-29', 20],
] as const)('from %s to %s are %i full years', (from, to, years) => {
  expect(fullYears(from as Day, to as Day)).toBe(years);
});
