import { type CellStyle, type CellValue, type WriteSheet, writeXlsx } from 'hucre';
import { say } from '../../../kernel/language.ts';
import { fen } from '../../../kernel/money.ts';
import { dayOf } from '../../../kernel/time.ts';
import { tenThousandYuan } from './annex.rules.ts';
import type { AnnexReport } from './annex-report.store.ts';

/** What is printed beside the figures. The contact is given at the moment of export and kept nowhere. */
export type AnnexHead = { city: string; contact: string; phone: string };

const word = (key: string, params = {}): string => say(`insurance.annex.${key}`, 'zh', params);

type Column = readonly [word: string, width: number, format?: string];
const [COUNT, MONEY, HOURS] = ['#,##0', '#,##0.00', '#,##0.0'];

/** Columns as the notice prints them, with their widths and how a number is written. */
const ONE: readonly Column[] = [
  ['source', 22],
  ['elevators', 12, COUNT],
  ['useUnits', 14, COUNT],
  ['insurers', 16, COUNT],
  ['lowest', 16, MONEY],
  ['highest', 16, MONEY],
  ['paid', 16, MONEY],
  ['satisfaction', 14, '0.0'],
];
const TWO: readonly Column[] = [
  ['useUnit', 30],
  ['code', 24],
  ['age', 10, COUNT],
  ['residents', 16, COUNT],
  ['insurer', 30],
  ['premium', 14, MONEY],
  ['paid', 14, MONEY],
  ['shortest', 16, HOURS],
  ['longest', 16, HOURS],
];

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
    form({ no: 1, report, head, columns: ONE, rows: one, notes: [word('note')] }),
    form({ no: 2, report, head, columns: TWO, rows: two, notes: unpaidNote(report) }),
  ];
  return writeXlsx({ sheets });
}

/** Claims that wait longer for their money than any payment took, told under the list: a form has no column for them. */
function unpaidNote({ content, until }: AnnexReport): readonly string[] {
  const waiting = content.two.flatMap(({ elevatorCode, unpaidSince }) =>
    unpaidSince ? [`${elevatorCode}（${((until.getTime() - Date.parse(unpaidSince)) / 3_600_000).toFixed(1)}）`] : [],
  );
  return waiting.length === 0 ? [] : [word('note_unpaid', { elevators: waiting.join('、') })];
}

type Form = {
  no: 1 | 2;
  report: AnnexReport;
  head: AnnexHead;
  columns: readonly Column[];
  rows: readonly (readonly CellValue[])[];
  notes: readonly string[];
};

/**
 * One form, line by line as the notice has it: its number, its title, on the first who reports and when, the table, on the first
 * whom to call. Below it stands what the notice does not ask for: notes, and the trace to what was handed in.
 */
function form({ no, report, head, columns, rows, notes }: Form): WriteSheet {
  const last = columns.length - 1;
  const half = Math.floor(last / 2);
  const wide = (text: string): CellValue[] => [text, ...Array.from({ length: last }, () => null)];
  const twoParts = (left: string, right: string): CellValue[] =>
    columns.map((_, i) => (i === 0 ? left : i === half + 1 ? right : null));
  const title = word(`title${no}`, { city: head.city, kind: say(`insurance.kind.${report.kind}`, 'zh') });
  const reporter = twoParts(
    word('reporter', { name: report.reporter }),
    word('reported_on', { on: dayOf(report.frozenAt) }),
  );
  const contact = twoParts(word('contact', { name: head.contact }), word('phone', { phone: head.phone }));
  const above = [wide(word(`number${no}`)), wide(title), ...(no === 1 ? [reporter] : [])];
  const table = [columns.map(([name]) => word(`form${no}.${name}`)), ...rows.map((r) => [...r])];
  const { year, until, hash } = report;
  const trace = word('trace', { year, until: dayOf(until), no: report.no, hash });
  const below = [...(no === 1 ? [contact] : []), ...[...notes, trace].map(wide)];
  const all: CellValue[][] = [...above, ...table, ...below];
  return {
    name: word(`sheet${no}`),
    columns: columns.map(([, width]) => ({ width })),
    rows: all,
    cells: styled(all, { first: above.length, count: table.length, columns }),
    merges: all.flatMap((row, i) =>
      table.includes(row) ? [] : mergesOf(i, { half, last, halves: row[half + 1] !== null }),
    ),
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    freezePane: { rows: above.length + 1 },
  };
}

/** A line of text over the whole width, or two over its halves. */
const mergesOf = (row: number, { half, last, halves }: { half: number; last: number; halves: boolean }) =>
  (halves
    ? [
        [0, half],
        [half + 1, last],
      ]
    : [[0, last]]
  ).map(([from = 0, to = last]) => ({ startRow: row, startCol: from, endRow: row, endCol: to }));

type Table = { first: number; count: number; columns: readonly Column[] };

function styled(
  all: readonly (readonly CellValue[])[],
  { first, count, columns }: Table,
): NonNullable<WriteSheet['cells']> {
  const cells: NonNullable<WriteSheet['cells']> = new Map();
  for (const [row, values] of all.entries()) {
    const inTable = row >= first && row < first + count;
    for (const [col, [, , numFmt]] of columns.entries()) {
      const value = values[col] ?? null;
      const base = row === 1 ? TITLE : inTable ? (row === first ? HEAD : CELL) : PLAIN;
      const isNumber = inTable && typeof value === 'number' && numFmt !== undefined;
      cells.set(`${row},${col}`, { value, style: isNumber ? { ...base, numFmt } : base });
    }
  }
  return cells;
}
