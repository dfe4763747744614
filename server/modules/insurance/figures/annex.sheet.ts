import { type CellStyle, type CellValue, type WriteSheet, writeXlsx } from 'hucre';
import { say } from '../../../kernel/language.ts';
import { fen } from '../../../kernel/money.ts';
import { dayOf } from '../../../kernel/time.ts';
import { tenThousandYuan } from './annex.rules.ts';
import type { AnnexReport } from './annex-report.store.ts';

/** What is printed beside the figures. The contact is given at the moment of export and kept nowhere. */
export type AnnexHead = { city: string; contact: string; phone: string };

const word = (key: string, params = {}): string => say(`insurance.annex.${key}`, 'zh', params);

const ONE = ['source', 'elevators', 'useUnits', 'insurers', 'lowest', 'highest', 'paid', 'satisfaction'] as const;
const TWO = ['useUnit', 'code', 'age', 'residents', 'insurer', 'premium', 'paid', 'shortest', 'longest'] as const;

const THIN = { style: 'thin' } as const;
const BOX = { top: THIN, right: THIN, bottom: THIN, left: THIN };
const SONG = { name: '宋体', size: 11 };
const CELL: CellStyle = {
  font: SONG,
  border: BOX,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const HEAD: CellStyle = { ...CELL, font: { ...SONG, bold: true } };
const TITLE: CellStyle = {
  font: { name: '方正小标宋简体', size: 18 },
  alignment: { horizontal: 'center', vertical: 'center' },
};
const PLAIN: CellStyle = { font: SONG, alignment: { vertical: 'center', wrapText: true } };

const yuan = (amount: number | null): number | null => (amount === null ? null : amount / 100);

/** Both forms as one workbook, laid out as the notice prints them: blanks stay blank, amounts are rounded once. */
export function annexWorkbook(report: AnnexReport, head: AnnexHead): Promise<Uint8Array> {
  const one = report.content.one.map((row) => [
    word(`source.${row.source}`),
    row.elevators,
    row.useUnits,
    row.insurers,
    yuan(row.lowestPremium),
    yuan(row.highestPremium),
    Number(tenThousandYuan(fen(row.paid))),
    row.satisfactionPercent,
  ]);
  const two = report.content.two.map((row) => [
    row.useUnit,
    row.elevatorCode,
    row.ageYears,
    row.residents,
    [row.insurer, ...row.otherInsurers].join('、'),
    yuan(row.premium),
    Number(tenThousandYuan(fen(row.paid))),
    row.shortestPaymentHours,
    row.longestPaymentHours,
  ]);
  const sheets = [
    form({ no: 1, report, head, columns: ONE, rows: one, widths: [22, 12, 14, 16, 16, 16, 16, 14] }),
    form({ no: 2, report, head, columns: TWO, rows: two, widths: [30, 24, 10, 16, 30, 14, 14, 16, 16] }),
  ];
  return writeXlsx({ sheets });
}

type Form = {
  no: 1 | 2;
  report: AnnexReport;
  head: AnnexHead;
  columns: readonly string[];
  rows: readonly (readonly CellValue[])[];
  widths: readonly number[];
};

/** One form: its number, title, who reports and when, the table, a note, and whom to call. */
function form({ no, report, head, columns, rows, widths }: Form): WriteSheet {
  const last = columns.length - 1;
  const half = Math.floor(last / 2);
  const wide = (text: string): CellValue[] => [text, ...Array.from({ length: last }, () => null)];
  const twoParts = (left: string, right: string): CellValue[] =>
    columns.map((_, i) => (i === 0 ? left : i === half + 1 ? right : null));
  const table = [columns.map((c) => word(`form${no}.${c}`)), ...rows.map((r) => [...r])];
  const all: CellValue[][] = [
    wide(word(`number${no}`)),
    wide(word(`title${no}`, { city: head.city, kind: say(`insurance.kind.${report.kind}`, 'zh') })),
    twoParts(word('reporter', { name: report.reporter }), word('reported_on', { on: dayOf(report.frozenAt) })),
    ...table,
    ...(no === 1 ? [wide(word('note'))] : []),
    wide(word('trace', { year: report.year, until: dayOf(report.until), no: report.no, hash: report.hash })),
    ...(no === 1 ? [twoParts(word('contact', { name: head.contact }), word('phone', { phone: head.phone }))] : []),
  ];
  const merge = (row: number, from: number, to: number) => ({ startRow: row, startCol: from, endRow: row, endCol: to });
  const after = 3 + table.length;
  return {
    name: word(`sheet${no}`),
    columns: widths.map((width) => ({ width })),
    rows: all,
    cells: styled(all, { first: 3, count: table.length, columns: columns.length }),
    merges: [
      merge(0, 0, last),
      merge(1, 0, last),
      ...[2, ...(no === 1 ? [after + 2] : [])].flatMap((row) => [merge(row, 0, half), merge(row, half + 1, last)]),
      ...(no === 1 ? [merge(after, 0, last), merge(after + 1, 0, last)] : [merge(after, 0, last)]),
    ],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    freezePane: { rows: 4 },
  };
}

type Table = { first: number; count: number; columns: number };

function styled(
  all: readonly (readonly CellValue[])[],
  { first, count, columns }: Table,
): NonNullable<WriteSheet['cells']> {
  const cells: NonNullable<WriteSheet['cells']> = new Map();
  for (const [row, values] of all.entries()) {
    const inTable = row >= first && row < first + count;
    for (let col = 0; col < columns; col += 1) {
      const value = values[col] ?? null;
      const base = row === 1 ? TITLE : inTable ? (row === first ? HEAD : CELL) : PLAIN;
      const isMoney = inTable && typeof value === 'number' && !Number.isInteger(value);
      cells.set(`${row},${col}`, { value, style: isMoney ? { ...base, numFmt: '#,##0.00##' } : base });
    }
  }
  return cells;
}
