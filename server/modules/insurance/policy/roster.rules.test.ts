import { expect, test } from 'vitest';
import { plainCode, type RosterCard, sortRoster } from './roster.rules.ts';

const card = (elevatorId: string, useOrgId: string | null = 'unit'): RosterCard => ({
  elevatorId,
  codes: [`10000${elevatorId}`, `3110${elevatorId}`],
  useOrgId,
});
const sorted = (codes: readonly string[], cards: readonly RosterCard[], units: readonly string[] = ['unit']) =>
  sortRoster(
    codes.map((code, i) => ({ row: i + 2, code })),
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
    { row: 3, code: '', refusal: { code: 'insurance.roster_empty_cell' } },
    { row: 4, code: '100001', refusal: { code: 'insurance.roster_twice', first: 2 } },
    { row: 5, code: '31101', refusal: { code: 'insurance.roster_twice', first: 2 } },
    { row: 6, code: '999', refusal: { code: 'insurance.roster_unknown' } },
    { row: 7, code: '100003', refusal: { code: 'insurance.use_unit_unknown' } },
    { row: 8, code: '100004', refusal: { code: 'insurance.no_mandate', agent: '' } },
  ]);
  expect([...groups].map(([unit, cards]) => [unit, cards.length])).toEqual([['unit', 1]]);
});

test('elevators of several use units become one group each', () => {
  const { groups } = sorted(['100001', '100002'], [card('1', 'a'), card('2', 'b')], ['a', 'b']);
  expect([...groups.keys()]).toEqual(['a', 'b']);
});
