import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BANK_COLUMNS,
  type BankColumn,
  bankTime,
  columnsOf,
  fenOf,
  maskAccount,
  maskNumbers,
  maskPerson,
  missingColumns,
  readBankRow,
} from './bank.rules.ts';

const now = new Date('2026-11-21T04:00:00Z');
const names: Record<BankColumn, string[]> = {
  ref: ['流水号'],
  at: ['交易时间'],
  time: ['时间'],
  amount: ['金额'],
  income: ['收入金额'],
  expense: ['支出金额'],
  account: ['账号'],
  counterparty: ['对方户名'],
  remark: ['摘要'],
};
const good = { ref: 'R1', at: '2026-11-21 10:12:13', amount: '1,234.56', counterparty: '示例物业一号公司' };
const read = (cells: Record<string, string>) => readBankRow(cells, { account: '****1234', now });
const codes = (cells: Record<string, string>) => {
  const done = read(cells);
  return done.ok ? [] : done.refusal.map((f) => f.code);
};

describe('amounts are exact', () => {
  test.each([
    ['0.01', 1],
    ['1,234.56', 123_456],
    ['-12.5', -1_250],
    ['¥0.30', 30],
    ['￥1，000'.normalize('NFKC'), 100_000],
    ['8.1000', 810],
    ['12345678901.99', 1_234_567_890_199],
  ])('%s yuan are %i fen', (text, fen) => expect(fenOf(text)).toBe(fen));
  test.each(['', '1.234', '1,23.00', '1e3', '--1', '1.2.3', 'abc', '0x10'])('%s is no amount', (text) =>
    expect(fenOf(text)).toBeNull(),
  );
  test('what is printed with two decimals is read back to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (n) => {
        const yuan = `${n < 0 ? '-' : ''}${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`;
        expect(fenOf(yuan)).toBe(n);
      }),
    );
  });
});

describe('the bank’s time is on the city’s clock', () => {
  test.each([
    ['2026-11-21 10:12:13', '2026-11-21T02:12:13.000Z'],
    ['2026/11/1 9:05', '2026-11-01T01:05:00.000Z'],
    ['20261121101213', '2026-11-21T02:12:13.000Z'],
    ['20261121 10:12:13', '2026-11-21T02:12:13.000Z'],
    ['2026-11-21', '2026-11-21T15:59:59.000Z'], // no time: there by the end of the day
    ['2028-02-29 00:00:00', '2028-02-28T16:00:00.000Z'],
    ['2026-11-21 23:59:59', '2026-11-21T15:59:59.000Z'],
  ])('%s', (text, at) => expect(bankTime(text)?.toISOString()).toBe(at));
  test.each(['', '2026-02-30', '2027-02-29 10:00', '2026-11-21 24:00:00', '2026-11-21 10:60', '21.11.2026', '202611'])(
    '%s is no time',
    (text) => expect(bankTime(text)).toBeNull(),
  );
});

describe('a row', () => {
  test('is read with its sign, its account masked', () => {
    expect(read({ ...good, account: '6222 0000 1111 9876' })).toEqual({
      ok: true,
      value: {
        bankRef: 'R1',
        at: new Date('2026-11-21T02:12:13Z'),
        amount: 123_456,
        account: '****9876',
        counterparty: '示例物业一号公司',
        remark: '',
      },
    });
  });
  test('of two columns is money in or money out, never both', () => {
    const two = { ref: 'R', at: good.at };
    expect(read({ ...two, income: '5.00', expense: '' })).toMatchObject({ value: { amount: 500 } });
    expect(read({ ...two, income: '', expense: '5.00' })).toMatchObject({ value: { amount: -500 } });
    expect(read({ ...two, income: '0.00', expense: '-5.00' })).toMatchObject({ value: { amount: -500 } });
    expect(codes({ ...two, income: '1', expense: '1' })).toEqual(['insurance.bank.amount_twice']);
    expect(codes(two)).toEqual(['insurance.bank.amount_zero']);
  });
  test('tells every fault at once', () => {
    expect(codes({ at: 'gestern', amount: '1.234' })).toEqual([
      'insurance.bank.ref_missing',
      'insurance.bank.time_unreadable',
      'insurance.bank.amount_unreadable',
    ]);
  });
  test('of the future is refused: money that will arrive has not arrived', () => {
    expect(codes({ ...good, at: '2026-11-21 12:00:01' })).toEqual(['insurance.bank.time_in_future']);
    expect(codes({ ...good, at: '2026-11-21 12:00:00' })).toEqual([]);
  });
});

test('columns are found under the names banks give them; what is missing is named', () => {
  const found = columnsOf([' 交易时间 ', '收入金额（元）', '流水号:', '对方户名'], names);
  expect([...found]).toEqual([
    ['ref', 2],
    ['at', 0],
    ['income', 1],
    ['counterparty', 3],
  ]);
  expect(missingColumns(found)).toEqual([]);
  expect(missingColumns(columnsOf(['摘要'], names))).toEqual(['ref', 'at', 'amount']);
  expect(BANK_COLUMNS).toHaveLength(Object.keys(names).length);
});

test('whole account numbers, phones and people’s names do not stay', () => {
  expect(maskAccount('6222-0000-1111-9876')).toBe('****9876');
  expect(maskAccount('12')).toBe('');
  expect(maskPerson('张三')).toBe('张*');
  expect(maskPerson('示例物业一号公司')).toBe('示例物业一号公司');
  expect(maskNumbers('电话10012345678')).toBe('电话****5678');
  expect(maskNumbers('保单 PZ20261121000123 保费')).toBe('保单 PZ20261121000123 保费');
});
