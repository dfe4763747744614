import { expect, test } from 'vitest';
import { say } from '../words/index.ts';
import { cityDay, clockOf, daysUntil, dayTyped, durationWords, fullTime, momentTyped, shortTime } from './time.ts';

const zh = (code: string, params?: Readonly<Record<string, unknown>>) => say(code, 'zh', params);

test('an instant is shown on the city’s clock', () => {
  expect(fullTime('2026-11-20T16:05:08Z')).toBe('2026-11-21 00:05:08');
  expect(shortTime('2026-11-20T13:35:08Z')).toBe('11-20 21:35:08');
  expect(cityDay('2026-12-31T16:00:00Z')).toBe('2027-01-01');
  expect(fullTime('not a time')).toBe('');
});

test('a duration is said in words a dispatcher uses', () => {
  expect(durationWords(767, zh)).toBe('12 分 47 秒');
  expect(durationWords(59.6, zh)).toBe('1 分 0 秒');
  expect(durationWords(-3, zh)).toBe('0 秒');
  expect(durationWords(3_600 * 26, zh)).toBe('1 天 2 小时');
});

test('a running clock shows hours only when there are any', () => {
  expect(clockOf(252)).toBe('04:12');
  expect(clockOf(3_852)).toBe('1:04:12');
});

test('days until a date count calendar days of the city', () => {
  const lateEvening = new Date('2026-11-20T16:30:00Z'); // 21 November in the city
  expect(daysUntil('2026-11-21', lateEvening)).toBe(0);
  expect(daysUntil('2026-11-20', lateEvening)).toBe(-1);
});

test('a day is read as people write it, and only a day that exists', () => {
  for (const text of ['2026-11-02', '2026/11/2', '20261102', '2026年11月2日', '２０２６－１１－０２', ' 2026.11.2 '])
    expect(dayTyped(text)).toBe('2026-11-02');
  for (const text of ['', '2026', '2026-02-30', '2026-13-01', '11/02/2026', 'tomorrow'])
    expect(dayTyped(text)).toBeNull();
  expect(dayTyped('2026-11-2', true)).toBeNull(); // it may become the 20th
  expect(dayTyped('2026-11-20', true)).toBe('2026-11-20');
});

test('a moment is read with or without its seconds', () => {
  expect(momentTyped('2026-11-20 21:35:08')).toBe('2026-11-20T21:35:08');
  expect(momentTyped('2026/11/2 9:05')).toBe('2026-11-02T09:05:00');
  expect(momentTyped('2026-11-20T21:35', true)).toBeNull();
  for (const text of ['2026-11-20', '2026-11-20 24:00', '2026-11-20 12:60', '']) expect(momentTyped(text)).toBeNull();
});
