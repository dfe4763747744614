import { expect, test } from 'vitest';
import { say } from '../words/index.ts';
import { cityDay, clockOf, daysUntil, durationWords, fullTime, shortTime } from './time.ts';

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
