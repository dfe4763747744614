import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { accept, type Result, refuse } from './result.ts';
import { refusalOf, rowsOfXlsx } from './xlsx-read.ts';
import { MOST_COLUMNS } from './xlsx-rows.ts';

/** What a file was found to be. */
export type Format = { kind: 'csv' | 'xlsx'; encoding: 'utf-8' | 'gb18030'; delimiter: ',' | ';' | '\t' };
export type ReadRefusal =
  | { code: 'kernel.sheet_unreadable'; reason: string }
  | { code: 'kernel.sheet_kind' }
  | { code: 'kernel.sheet_empty' }
  | { code: 'kernel.sheet_too_large'; limit: string };

/** One row as text. `rowNo`: the number a spreadsheet shows beside it. */
export type SheetRow = { rowNo: number; cells: string[] };
/** An opened table: its columns, the row they were found in, and the rows below, one after the other. */
export type Sheet = { format: Format; columns: string[]; headRow: number; rows: AsyncIterable<SheetRow> };

/** What an upload may be, by its bytes, and how much. */
export const TABLE_TYPES = [
  'text/plain',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/zip',
] as const;
export const MOST_TABLE_BYTES = 50_000_000;

const MOST_ROW_CHARS = 1_000_000;
const HEAD_BYTES = 65_536;

/** Rows in which a header may stand: above it stand the table's title, its date, who made it. */
const HEADER_WITHIN = 12;

/**
 * Open a CSV or XLSX file. What it is, is judged by its bytes, never by its name. `isKnown` says whether a cell is the
 * name of a column: the header is the row that has most of them, at least `least`, else the first.
 */
export async function openSheet(
  path: string,
  isKnown: (cell: string) => boolean = () => false,
  least = 2,
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
  const at = headerAt(rows, isKnown, least);
  const header = rows[at];
  if (!header) return refuse({ code: 'kernel.sheet_empty' });
  const columns = namedColumns(header.cells);
  const { format } = opened.value;
  return accept({ format, columns, headRow: header.rowNo, rows: behind(rows.slice(at + 1), iterator) });
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

function headerAt(rows: readonly SheetRow[], isKnown: (cell: string) => boolean, least: number): number {
  const known = rows.map(({ cells }) => new Set(cells.filter(isKnown)).size);
  const most = Math.max(...known);
  return most < least ? 0 : known.indexOf(most);
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

/** Unpacking and reading happen in a thread of their own: see `rowsOfXlsx`. */
async function openXlsx(path: string): Promise<Result<Opened, ReadRefusal>> {
  const refusal = await refusalOf(path);
  if (refusal) return refuse(refusal);
  return accept({ format: { kind: 'xlsx', encoding: 'utf-8', delimiter: ',' }, rows: rowsOfXlsx(path) });
}
