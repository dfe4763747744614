import { expect, test } from 'vitest';
import { fen, split } from '../../../kernel/money.ts';
import { cappedSubsidy, subsidyBatch } from './subsidy.rules.ts';

test('a batch of 15,900 parts, 500 villas without, 25 cancelled after day 100: 595,320.00 less 844.00', () => {
  const of = (n: number, part: number) =>
    Array.from({ length: n }, (_, i) => ({ elevatorId: `${part}-${i}`, premiumPart: fen(part) }));
  const backs = Array.from({ length: 25 }, (_, i) => ({
    elevatorId: `b${i}`,
    premiumPart: fen(4_650),
    daysUsed: 100,
    termDays: 365,
  }));
  expect(subsidyBatch([...of(12_000, 4_650), ...of(3_400, 930), ...of(600, 950), ...of(500, 0)], backs)).toEqual({
    gross: 59_532_000,
    clawBack: 84_400,
    net: 59_447_600,
  });
});

test('a tenth of the premium, at most 1,000 yuan', () => {
  expect(cappedSubsidy(fen(942_000), 1_000, fen(100_000))).toBe(94_200);
  expect(cappedSubsidy(fen(1_250_000), 1_000, fen(100_000))).toBe(100_000);
});

test('thirty per cent of 40,000 from the repair fund, the same for four elevators', () => {
  const fund = cappedSubsidy(fen(4_000_000), 3_000, fen(4_000_000));
  expect([fund, ...split(fund, [1, 1, 1, 1])]).toEqual([1_200_000, 300_000, 300_000, 300_000, 300_000]);
});

test('3,000 yuan over three owners by their areas', () => {
  expect(split(fen(300_000), [8_945, 12_030, 14_377])).toEqual([75_908, 102_088, 122_004]);
});
