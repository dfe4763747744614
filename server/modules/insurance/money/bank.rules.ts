import { type Fen, fen } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { type Day, startOf } from '../../../kernel/time.ts';

/** The columns a statement may have. An amount stands in one signed column, or in two: money in and money out. */
export const BANK_COLUMNS = [
  'ref',
  'at',
  'time',
  'amount',
  'income',
  'expense',
  'account',
  'counterparty',
  'remark',
] as const;
export type BankColumn = (typeof BANK_COLUMNS)[number];
export type BankCells = Readonly<Partial<Record<BankColumn, string>>>;

/** One line of a statement, as read. */
export type BankRow = {
  bankRef: string;
  at: Date; // the bank's time
  amount: Fen; // in is positive, out negative
  account: string; // masked to its last four digits; the whole number is never kept
  counterparty: string; // a person's name is masked
  remark: string;
};

export type BankFaultCode =
  | 'insurance.bank.ref_missing'
  | 'insurance.bank.time_unreadable'
  | 'insurance.bank.time_in_future'
  | 'insurance.bank.amount_unreadable'
  | 'insurance.bank.amount_zero'
  | 'insurance.bank.amount_twice'
  | 'insurance.bank.account_missing'
  | 'insurance.bank.twice_in_file'
  | 'insurance.bank.known_differently';
/** What cannot be read of a row: the column, what stands there, why. */
export type BankFault = { column: BankColumn; value: string; code: BankFaultCode };

const MOST_TEXT = 200;

/** Which column of the file is which: headers are compared without spaces, marks and brackets, in any case. */
export function columnsOf(
  headers: readonly string[],
  names: Readonly<Record<BankColumn, readonly string[]>>,
): ReadonlyMap<BankColumn, number> {
  const keys = headers.map(headerKey);
  const found = new Map<BankColumn, number>();
  for (const column of BANK_COLUMNS) {
    const at = keys.findIndex((key) => names[column].some((name) => headerKey(name) === key));
    if (at >= 0) found.set(column, at);
  }
  return found;
}

const headerKey = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[].*$/, '')
    .replaceAll(/[\s_\-:：*]/g, '');

/** The columns without which no line can be read, as far as they are missing. */
export function missingColumns(found: ReadonlyMap<BankColumn, number>): readonly BankColumn[] {
  const needed: BankColumn[] = ['ref', 'at'];
  const missing = needed.filter((column) => !found.has(column));
  return found.has('amount') || found.has('income') || found.has('expense') ? missing : [...missing, 'amount'];
}

/** Read one row; every fault of it is told. `account` stands for rows that name none. */
export function readBankRow(
  cells: BankCells,
  { account, now }: { account: string; now: Date },
): Result<BankRow, readonly BankFault[]> {
  const cell = (column: BankColumn) => (cells[column] ?? '').trim();
  const at = bankTime(`${cell('at')} ${cell('time')}`.trim());
  const amount = amountOf(cell);
  const masked = maskAccount(cell('account') || account);
  const faults: BankFault[] = [];
  if (!cell('ref')) faults.push({ column: 'ref', value: '', code: 'insurance.bank.ref_missing' });
  if (!at) faults.push({ column: 'at', value: cell('at'), code: 'insurance.bank.time_unreadable' });
  else if (at > now) faults.push({ column: 'at', value: cell('at'), code: 'insurance.bank.time_in_future' });
  if (!amount.ok) faults.push(amount.refusal);
  if (!masked) faults.push({ column: 'account', value: '', code: 'insurance.bank.account_missing' });
  if (faults.length > 0 || !at || !amount.ok || !masked) return refuse(faults);
  return accept({
    bankRef: cell('ref').slice(0, 64),
    at,
    amount: amount.value,
    account: masked,
    counterparty: maskPerson(cell('counterparty')).slice(0, MOST_TEXT),
    remark: maskNumbers(cell('remark')).slice(0, MOST_TEXT),
  });
}

function amountOf(cell: (column: BankColumn) => string): Result<Fen, BankFault> {
  const [single, income, expense] = [cell('amount'), cell('income'), cell('expense')];
  const [inFen, outFen] = [fenOf(income || '0'), fenOf(expense || '0')];
  if (single) {
    const value = fenOf(single);
    if (value === null) return refuse({ column: 'amount', value: single, code: 'insurance.bank.amount_unreadable' });
    return value === 0
      ? refuse({ column: 'amount', value: single, code: 'insurance.bank.amount_zero' })
      : accept(value);
  }
  if (inFen === null) return refuse({ column: 'income', value: income, code: 'insurance.bank.amount_unreadable' });
  if (outFen === null) return refuse({ column: 'expense', value: expense, code: 'insurance.bank.amount_unreadable' });
  if (inFen !== 0 && outFen !== 0) {
    return refuse({ column: 'expense', value: expense, code: 'insurance.bank.amount_twice' });
  }
  if (inFen === 0 && outFen === 0)
    return refuse({ column: 'income', value: income, code: 'insurance.bank.amount_zero' });
  return accept(inFen === 0 ? fen(-Math.abs(outFen)) : inFen);
}

/** Yuan as banks print them, exactly: `1,234.56`, `-12.5`, `¥0.30`. Null when it is no amount of whole fen. */
export function fenOf(text: string): Fen | null {
  const plain = text
    .normalize('NFKC')
    .replace(/^([+-]?)[¥￥]/, '$1')
    .trim();
  const found = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(plain);
  if (!found) return null;
  const [, sign = '', yuan = '', decimals = ''] = found;
  const whole = Number(yuan.replaceAll(',', '')) * 100 + Number(decimals.padEnd(2, '0'));
  return Number.isSafeInteger(whole) ? fen(sign === '-' ? -whole : whole) : null;
}

/**
 * The bank's time, on the city's clock: `2026-11-21 10:12:13`, `2026/11/21 10:12`, `20261121101213`, `20261121`.
 * A day without a time is its last second: the money was there by then, and cover never begins too early by it.
 */
export function bankTime(text: string): Date | null {
  const found =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(\d{1,2}):?(\d{2})(?::?(\d{2}))?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(?:\s*(\d{2}):?(\d{2}):?(\d{2}))?$/.exec(text);
  if (!found) return null;
  const [, y = '', m = '', d = ''] = found;
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` as Day;
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return null;
  const [hh, mm, ss] =
    found[4] === undefined ? [23, 59, 59] : [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  if (hh > 23 || mm > 59 || ss > 59) return null;
  return new Date(startOf(day).getTime() + (hh * 3_600 + mm * 60 + ss) * 1_000);
}

/** `****1234`; empty when there are no four digits to tell accounts apart. */
export function maskAccount(text: string): string {
  const last = text.replaceAll(/[\s-]/g, '').slice(-4);
  return /^\d{4}$/.test(last) ? `****${last}` : '';
}

/** A short Chinese name is a person's: its first sign stays. Names of companies are longer and public. */
export const maskPerson = (name: string): string =>
  /^[\p{Script=Han}·]{2,5}$/u.test(name) ? `${[...name][0]}${'*'.repeat([...name].length - 1)}` : name;

/** Phones, identity and account numbers in a remark keep their last four digits. Policy numbers carry letters or are shorter. */
export const maskNumbers = (text: string): string =>
  text.replaceAll(/(?<![\w-])\d{7,15}(\d{4})(?!\w)/g, '****$1').replaceAll(/(?<![\w-])\d{17}[\dXx](?!\w)/g, '****');

/** What makes two readings of one bank line the same: the same moment and the same amount. */
export const sameLine = (a: Pick<BankRow, 'at' | 'amount'>, b: Pick<BankRow, 'at' | 'amount'>): boolean =>
  a.amount === b.amount && a.at.getTime() === b.at.getTime();
