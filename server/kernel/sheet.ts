import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { streamXlsxRows } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { accept, type Result, refuse } from './result.ts';
import { mergeFiller, mergesOf, partsOf, visibleSheets } from './xlsx-parts.ts';

/** What a file was found to be. */
export type Format = { kind: 'csv' | 'xlsx'; encoding: 'utf-8' | 'gb18030'; delimiter: ',' | ';' | '\t' };
export type ReadRefusal =
  | { code: 'kernel.sheet_unreadable'; reason: string }
  | { code: 'kernel.sheet_kind' }
  | { code: 'kernel.sheet_empty' }
  | { code: 'kernel.sheet_too_large'; limit: string };

/** One row as text. `rowNo`: the number a spreadsheet shows beside it. */
export type SheetRow = { rowNo: number; cells: string[] };
/** An opened table: its columns, and its rows, one after the other. */
export type Sheet = { format: Format; columns: string[]; rows: AsyncIterable<SheetRow> };

/** What an upload may be, by its bytes, and how much. */
export const TABLE_TYPES = [
  'text/plain',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/zip',
] as const;
export const MOST_TABLE_BYTES = 50_000_000;

/** A spreadsheet is read whole: these keep a small file from becoming a big one. */
const MOST_XLSX_BYTES = 60_000_000;
const MOST_UNPACKED_BYTES = 500_000_000;
const MOST_COLUMNS = 300;
const MOST_ROW_CHARS = 1_000_000;
const HEAD_BYTES = 65_536;

/** Rows in which a header may stand: above it stand the table's title, its date, who made it. */
const HEADER_WITHIN = 12;

/**
 * Open a CSV or XLSX file. What it is, is judged by its bytes, never by its name. `isKnown` says whether a cell is the
 * name of a column: the header is the row that has most of them, else the first.
 */
export async function openSheet(
  path: string,
  isKnown: (cell: string) => boolean = () => false,
): Promise<Result<Sheet, ReadRefusal>> {
  const head = await headOf(path);
  if (head.length === 0) return refuse({ code: 'kernel.sheet_empty' });
  const packed = head[0] === 0x50 && head[1] === 0x4b;
  const opened = packed ? await openXlsx(path) : await openCsv(path, head);
  if (!opened.ok) return opened;
  const iterator = opened.value.rows[Symbol.asyncIterator]();
  // A damaged file shows itself at the first rows: that is the sender's fault, not ours.
  const first = await firstRows(iterator).catch((error: unknown) => error);
  if (!Array.isArray(first)) {
    const reason = first instanceof Error ? first.message.slice(0, 200) : '';
    return refuse({ code: 'kernel.sheet_unreadable', reason });
  }
  const rows: readonly SheetRow[] = first;
  const at = headerAt(rows, isKnown);
  const header = rows[at];
  if (!header) return refuse({ code: 'kernel.sheet_empty' });
  const columns = namedColumns(header.cells);
  return accept({ format: opened.value.format, columns, rows: behind(rows.slice(at + 1), iterator) });
}

async function firstRows(rows: AsyncIterator<SheetRow>): Promise<SheetRow[]> {
  const first: SheetRow[] = [];
  while (first.length < HEADER_WITHIN) {
    const step = await rows.next();
    if (step.done) break;
    first.push(step.value);
  }
  return first;
}

function headerAt(rows: readonly SheetRow[], isKnown: (cell: string) => boolean): number {
  const known = rows.map(({ cells }) => new Set(cells.filter(isKnown)).size);
  const most = Math.max(...known);
  return most < 2 ? 0 : known.indexOf(most);
}

async function* behind(first: readonly SheetRow[], rest: AsyncIterator<SheetRow>): AsyncGenerator<SheetRow> {
  yield* first;
  for (let step = await rest.next(); !step.done; step = await rest.next()) yield step.value;
}

/** Columns without a name get one, and a name that comes twice is told apart: a mapping needs one name per column. */
function namedColumns(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.slice(0, MOST_COLUMNS).map((given, i) => {
    const name = given.trim().slice(0, 80) || `列${i + 1}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 ? name : `${name}#${nth}`;
  });
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

type Opened = { format: Format; rows: AsyncIterable<SheetRow> };

async function openCsv(path: string, head: Uint8Array): Promise<Result<Opened, ReadRefusal>> {
  const encoding = encodingOf(head);
  if (!encoding) return refuse({ code: 'kernel.sheet_kind' });
  const text = new TextDecoder(encoding).decode(head);
  if (/^\s*(<|\{|\[)/.test(text) || text.includes('\0')) return refuse({ code: 'kernel.sheet_kind' });
  const delimiter = delimiterOf(text);
  const parser = createReadStream(path)
    .pipe(iconv.decodeStream(encoding === 'utf-8' ? 'utf8' : 'gb18030'))
    .pipe(
      parse({
        bom: true,
        delimiter,
        relax_column_count: true,
        relax_quotes: true,
        max_record_size: MOST_ROW_CHARS,
      }),
    );
  return accept({ format: { kind: 'csv', encoding, delimiter }, rows: csvRows(parser) });
}

/** Rows that say something, with their numbers: an empty line is a row of the sheet too. */
async function* csvRows(records: AsyncIterable<string[]>): AsyncGenerator<SheetRow> {
  let rowNo = 0;
  for await (const cells of records) {
    rowNo += 1;
    if (cells.some((cell) => cell.trim() !== '')) yield { rowNo, cells };
  }
}

/** UTF-8 when every byte fits it, else GB18030; null when it is neither, so no text we know. */
function encodingOf(head: Uint8Array): Format['encoding'] | null {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    // The last character may be cut in two by the end of the head: streaming does not mind.
    const decoder = new TextDecoder(encoding, { fatal: true });
    try {
      decoder.decode(head, { stream: true });
      return encoding;
    } catch {
      continue; // bytes that are not this encoding
    }
  }
  return null;
}

function delimiterOf(text: string): Format['delimiter'] {
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  const count = (sign: string) => line.split(sign).length;
  const [tab, semicolon, comma] = [count('\t'), count(';'), count(',')];
  if (tab > comma && tab >= semicolon) return '\t';
  return semicolon > comma ? ';' : ',';
}

async function openXlsx(path: string): Promise<Result<Opened, ReadRefusal>> {
  const { size } = await stat(path);
  if (size > MOST_XLSX_BYTES) return refuse({ code: 'kernel.sheet_too_large', limit: '60 MB' });
  const bytes = await readFile(path);
  const parts = partsOf(bytes);
  if (!parts) return refuse({ code: 'kernel.sheet_unreadable', reason: 'ZIP' });
  const unpacked = parts.reduce((sum, part) => sum + part.unpackedBytes, 0);
  if (unpacked > MOST_UNPACKED_BYTES) return refuse({ code: 'kernel.sheet_too_large', limit: '500 MB' });
  if (!parts.some((part) => part.name.startsWith('xl/worksheets/'))) return refuse({ code: 'kernel.sheet_kind' });
  return accept({ format: { kind: 'xlsx', encoding: 'utf-8', delimiter: ',' }, rows: xlsxRows(bytes, parts) });
}

/** The rows of the first sheet that a person sees and that holds something. */
async function* xlsxRows(bytes: Uint8Array, parts: NonNullable<ReturnType<typeof partsOf>>): AsyncGenerator<SheetRow> {
  for (const sheet of visibleSheets(parts)) {
    const fill = mergeFiller(await mergesOf(parts, sheet.path));
    let isEmpty = true;
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: sheet.name })) {
      const cells = fill(index, values.slice(0, MOST_COLUMNS).map(cellText));
      if (!cells.some((cell) => cell.trim() !== '')) continue;
      isEmpty = false;
      yield { rowNo: index + 1, cells };
    }
    if (!isEmpty) return;
  }
}

/** A spreadsheet cell as text. Dates as days, with the time when there is one; a number too long to be exact shows that it lost its digits. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'number')
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  // A spreadsheet counts days: an hour is a fraction, and comes back some milliseconds off.
  const text = new Date(Math.round(value.getTime() / 1_000) * 1_000).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}
