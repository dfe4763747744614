import { expect, test } from 'vitest';
import { codeColumns, codesIn, isCode, isCodeHead, plainCode, type RosterCard, sortRoster } from './roster.rules.ts';

const card = (elevatorId: string, useOrgId: string | null = 'unit'): RosterCard => ({
  elevatorId,
  codes: [`10000${elevatorId}`, `3110${elevatorId}`],
  address: `示例路 ${elevatorId} 号`,
  useOrgId,
});
const sorted = (
  codes: readonly (string | readonly string[])[],
  cards: readonly RosterCard[],
  units: readonly string[] = ['unit'],
) =>
  sortRoster(
    codes.map((code, i) => ({ row: i + 2, codes: codesIn([code].flat()) })),
    cards,
    (unit) => units.includes(unit),
  );

test('a code is found however it is written: full width, with spaces or hyphens, by either code', () => {
  expect(plainCode(' １００-００ａ ')).toBe('10000A');
  const { faults, groups } = sorted(['１００００ 1', '3110-2'], [card('1'), card('2')]);
  expect(faults).toEqual([]);
  expect(groups.get('unit')?.map((c) => c.elevatorId)).toEqual(['1', '2']);
});

test('every bad row is named with its line and reason, and costs the good ones nothing', () => {
  const { faults, groups } = sorted(
    ['100001', '', '100001', '31101', '999', '100003', '100004'],
    [card('1'), card('3', null), card('4', 'foreign')],
  );
  expect(faults).toEqual([
    { row: 3, code: '', place: '', refusal: { code: 'insurance.roster_empty_cell' } },
    { row: 4, code: '100001', place: '示例路 1 号', refusal: { code: 'insurance.roster_twice', first: 2 } },
    { row: 5, code: '31101', place: '示例路 1 号', refusal: { code: 'insurance.roster_twice', first: 2 } },
    { row: 6, code: '999', place: '', refusal: { code: 'insurance.roster_unknown' } },
    { row: 7, code: '100003', place: '示例路 3 号', refusal: { code: 'insurance.use_unit_unknown' } },
    { row: 8, code: '100004', place: '示例路 4 号', refusal: { code: 'insurance.no_mandate', agent: '' } },
  ]);
  expect([...groups].map(([unit, cards]) => [unit, cards.length])).toEqual([['unit', 1]]);
});

test('elevators of several use units become one group each', () => {
  const { groups } = sorted(['100001', '100002'], [card('1', 'a'), card('2', 'b')], ['a', 'b']);
  expect([...groups.keys()]).toEqual(['a', 'b']);
});

test('a row that names two elevators by its two codes is asked about, and takes neither out', () => {
  const { faults, groups } = sorted(
    [
      ['100001', '31102'],
      ['100001', '999'],
      ['100001', '31101'],
    ],
    [card('1'), card('2')],
  );
  expect(faults.map((f) => [f.row, f.refusal])).toEqual([
    [2, { code: 'insurance.roster_codes_differ', codes: '100001、31102' }],
    [3, { code: 'insurance.roster_codes_differ', codes: '100001、999' }],
  ]);
  expect(groups.get('unit')?.map((c) => c.elevatorId)).toEqual(['1']);
});

test('either code is enough, and a code whose digits a spreadsheet lost counts only where nothing better stands', () => {
  expect(codesIn(['', ' 31101 '])).toEqual(['31101']);
  expect(codesIn(['100001', '3.0103200000E+19'])).toEqual(['100001']);
  expect(codesIn([' -', '　'])).toEqual([]);
  const { faults, groups } = sorted(
    [
      ['', '31101'],
      ['', '3.01032e+19'],
      ['100002', '3E19'],
    ],
    [card('1'), card('2')],
  );
  expect(faults).toEqual([
    { row: 3, code: '3.01032e+19', place: '', refusal: { code: 'insurance.roster_digits_lost' } },
  ]);
  expect(groups.get('unit')?.map((c) => c.elevatorId)).toEqual(['1', '2']);
});

test('columns of codes are known by what people call them, wherever they stand', () => {
  expect(codeColumns(['序号', '安装地点', '设备注册代码', '救援识别码*'])).toEqual([3, 2]);
  expect(codeColumns(['ＲＥＳＣＵＥ　ＣＯＤＥ', '备注'])).toEqual([0]);
  expect(codeColumns(['救援识别码（必填）', '使用单位'])).toEqual([0]);
  expect(codeColumns(['编码'])).toEqual([0]); // the only one
  expect(codeColumns(['序号', '安装地点'])).toEqual([]);
  expect(['2026年投保电梯名册', '安装地点', '100001'].map(isCodeHead)).toEqual([false, false, false]);
});

test.each([
  ['100001', true],
  [' ３１１０ ２００１ ', true],
  ['31103201062019A00012', true],
  ['救援识别码', false],
  ['编码', false],
  ['96333编码', false],
  ['2026年', false],
])('%s is a code: %s', (cell, is) => expect(isCode(cell)).toBe(is));
