import { expect, test } from 'vitest';
import { monthBefore, percent, rateTyped } from './commission-words.ts';

test('a percentage is sent as the decimal it stands for, and read back as it was typed', () => {
  for (const [typed, rate, shown] of [
    ['8.5', '0.085', '8.5 %'],
    ['8', '0.08', '8 %'],
    ['10', '0.1', '10 %'],
    ['0.25', '0.0025', '0.25 %'],
    ['12.3456', '0.123456', '12.3456 %'],
    ['0', '0', '0 %'],
  ] as const) {
    expect(rateTyped(typed)).toBe(rate);
    expect(percent(rate)).toBe(shown);
  }
  expect(rateTyped('８．５％')).toBe('0.085');
});

test('what is no percentage below 100 is not guessed', () => {
  expect(['', '100', '-1', '1.23456', 'acht', '8,5'].map(rateTyped)).toEqual([null, null, null, null, null, null]);
});

test('the month before January is December of the year before', () => {
  expect([monthBefore('2026-01-15'), monthBefore('2026-11-21')]).toEqual(['2025-12', '2026-10']);
});
