import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import {
  beside,
  type ElsewhereRow,
  gather,
  type Kind,
  named,
  readElsewhereRow,
  readYuan,
  type Standing,
} from './elsewhere.rules.ts';

const names = {
  insurers: named([['示例财产保险公司', 'insurer']]),
  kinds: named<Kind>([['安全责任保险', 'liability']]),
};
const good = {
  insurer: '示例财产保险公司',
  number: 'W-1',
  kind: '安全责任保险',
  from: '2026-01-01',
  to: '2026-12-31',
  premium: '1,234.5',
  code: '310001',
};
const faultsOf = (over: Partial<typeof good>) => {
  const done = readElsewhereRow(7, { ...good, ...over }, names);
  return done.ok ? [] : done.refusal.map((f) => [f.row, f.column, f.code.slice('insurance.elsewhere_'.length)]);
};

test('a row is read as people write it', () => {
  expect(
    readElsewhereRow(7, { ...good, insurer: ' 示例财产 保险公司 ', from: '2026/1/1', to: '2026年12月31日' }, names),
  ).toEqual({
    ok: true,
    value: {
      row: 7,
      insurerOrgId: 'insurer',
      number: 'W-1',
      kind: 'liability',
      from: '2026-01-01',
      to: '2026-12-31',
      premium: 123_450,
      code: '310001',
    },
  });
});

test('every fault of a row is told with its column', () => {
  expect(faultsOf({ insurer: '无名', kind: '车险', from: '昨天', to: '', premium: '一百' })).toEqual([
    [7, 'to', 'empty_cell'],
    [7, 'insurer', 'insurer_unknown'],
    [7, 'kind', 'kind'],
    [7, 'from', 'day'],
    [7, 'premium', 'premium'],
  ]);
  expect(faultsOf({ to: '2025-12-31' })).toEqual([[7, 'to', 'to_before_from']]);
  expect(faultsOf({ to: '2025-01-01', from: '2025-01-01' })).toEqual([]);
  expect(faultsOf({ to: '2031-12-31' })).toEqual([]);
  expect(faultsOf({ to: '2032-01-01' })).toEqual([[7, 'to', 'term_long']]);
  expect(faultsOf({ from: '2026-02-30' })).toEqual([[7, 'from', 'day']]);
});

test('an amount is whole fen or none', () => {
  expect(['0', '12', '12.3', '12.30', '¥1,234.56元', '12.300'].map(readYuan)).toEqual([
    0, 1200, 1230, 1230, 123_456, 1230,
  ]);
  expect(['', '-1', '1.234', '1e3', '1.2.3', '十'].map(readYuan)).toEqual(Array.from({ length: 6 }));
  fc.assert(fc.property(fc.integer({ min: 0, max: 9_999_999 }), (n) => readYuan((n / 100).toFixed(2)) === n));
});

const row = (over: Partial<ElsewhereRow>): ElsewhereRow => ({
  row: 2,
  insurerOrgId: 'insurer',
  number: 'W-1',
  kind: 'liability',
  from: '2026-01-01' as Day,
  to: '2026-12-31' as Day,
  premium: fen(100),
  code: 'A',
  ...over,
});
const cards = ['A', 'B', 'C'].map((code) => ({ elevatorId: `e-${code}`, codes: [code, `REG-${code}`] }));

test('rows come together by insurer and number; what names nothing, twice or another term is left out', () => {
  const { policies, faults } = gather(
    [
      row({}),
      row({ row: 3, code: 'b' }),
      row({ row: 4, code: 'reg-a' }),
      row({ row: 5, code: 'Z' }),
      row({ row: 6, code: 'C', to: '2027-01-01' as Day }),
      row({ row: 7, code: 'C', number: 'W-2' }),
    ],
    cards,
  );
  expect(policies.map((p) => [p.number, p.lines.map((l) => l.elevatorId)])).toEqual([
    ['W-1', ['e-A', 'e-B']],
    ['W-2', ['e-C']],
  ]);
  expect(faults.map((f) => [f.row, f.code])).toEqual([
    [4, 'insurance.elsewhere_twice'],
    [5, 'insurance.elsewhere_unknown'],
    [6, 'insurance.elsewhere_differs'],
  ]);
});

test('the same again changes nothing; an elevator is added until the insurer has confirmed', () => {
  const [policy] = gather([row({}), row({ row: 3, code: 'B' })], cards).policies;
  if (!policy) throw new Error('a policy');
  const standing: Standing = {
    id: 'p',
    elsewhere: true,
    state: 'issued',
    confirmed: false,
    mine: true,
    kind: 'liability',
    from: '2026-01-01',
    to: '2026-12-31',
    elevatorIds: new Set(['e-A']),
  };
  const told = (over: Partial<Standing>) => {
    const { fresh, known, faults } = beside(policy, { ...standing, ...over });
    return [fresh.map((l) => l.elevatorId), known, faults.map((f) => [f.row, f.code])];
  };
  expect(beside(policy, undefined)).toEqual({ fresh: policy.lines, known: 0, faults: [] });
  expect(told({})).toEqual([['e-B'], 1, []]);
  expect(told({ confirmed: true, elevatorIds: new Set(['e-A', 'e-B']) })).toEqual([[], 2, []]);
  expect(told({ confirmed: true })).toEqual([[], 1, [[3, 'insurance.elsewhere_confirmed']]]);
  expect(told({ mine: false })).toEqual([[], 1, [[3, 'insurance.elsewhere_of_other']]]);
  const taken = [2, 3].map((n) => [n, 'insurance.elsewhere_number_taken']);
  for (const over of [
    { elsewhere: false },
    { state: 'void' },
    { kind: 'pension' },
    { from: '2026-01-02' },
    { to: '2027-01-01' },
  ])
    expect(told(over)).toEqual([[], 0, taken]);
});
