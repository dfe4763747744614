import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { streamXlsxRows } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { accept, type Result, refuse } from './result.ts';

/** What a file was found to be. */
export type Format = { kind: 'csv' | 'xlsx'; encoding: 'utf-8' | 'gb18030'; delimiter: ',' | ';' | '\t' };
export type ReadRefusal =
  | { code: 'kernel.sheet_unreadable'; reason: string }
  | { code: 'kernel.sheet_kind' }
  | { code: 'kernel.sheet_empty' }
  | { code: 'kernel.sheet_too_large'; limit: string };

/** An opened table: its columns, and its rows as text, one after the other. */
export type Sheet = { format: Format; columns: string[]; rows: AsyncIterable<string[]> };

/** A spreadsheet is read whole: these keep a small file from becoming a big one. */
const MOST_XLSX_BYTES = 60_000_000;
const MOST_UNPACKED_BYTES = 500_000_000;
const MOST_COLUMNS = 300;
const MOST_ROW_CHARS = 1_000_000;
const HEAD_BYTES = 65_536;

/** Open a CSV or XLSX file. What it is, is judged by its bytes, never by its name. */
export async function openSheet(path: string): Promise<Result<Sheet, ReadRefusal>> {
  const head = await headOf(path);
  if (head.length === 0) return refuse({ code: 'kernel.sheet_empty' });
  const packed = head[0] === 0x50 && head[1] === 0x4b;
  const opened = packed ? await openXlsx(path) : await openCsv(path, head);
  if (!opened.ok) return opened;
  const iterator = opened.value.rows[Symbol.asyncIterator]();
  // A damaged file shows itself at the first row: that is the sender's fault, not ours.
  const first = await iterator.next().catch((error: unknown) => error);
  if (first instanceof Error) return refuse({ code: 'kernel.sheet_unreadable', reason: first.message.slice(0, 200) });
  if (!isRow(first)) return refuse({ code: 'kernel.sheet_empty' });
  const columns = namedColumns(first.value);
  const rows = { [Symbol.asyncIterator]: () => iterator };
  return accept({ format: opened.value.format, columns, rows });
}

const isRow = (step: unknown): step is { value: string[] } =>
  typeof step === 'object' && step !== null && 'value' in step && Array.isArray(step.value) && step.value.length > 0;

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

type Opened = { format: Format; rows: AsyncIterable<string[]> };

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
        skip_empty_lines: true,
        max_record_size: MOST_ROW_CHARS,
      }),
    );
  return accept({ format: { kind: 'csv', encoding, delimiter }, rows: parser });
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
  const unpacked = unpackedBytes(bytes);
  if (unpacked === null) return refuse({ code: 'kernel.sheet_unreadable', reason: 'ZIP' });
  if (unpacked > MOST_UNPACKED_BYTES) return refuse({ code: 'kernel.sheet_too_large', limit: '500 MB' });
  if (!bytes.includes('xl/worksheets/')) return refuse({ code: 'kernel.sheet_kind' });
  return accept({ format: { kind: 'xlsx', encoding: 'utf-8', delimiter: ',' }, rows: rowsOf(bytes) });
}

async function* rowsOf(bytes: Uint8Array): AsyncGenerator<string[]> {
  for await (const { values } of streamXlsxRows(bytes, { sheet: 0 })) {
    const cells = values.slice(0, MOST_COLUMNS).map(cellText);
    if (cells.some((cell) => cell !== '')) yield cells;
  }
}

/** A spreadsheet cell as text. Dates as days, with the time where they have one; a number too long to be exact shows that it lost its digits. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : momentText(value);
  if (typeof value === 'number')
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

/** A spreadsheet's clock has no zone: what it shows is what is read. */
function momentText(value: Date): string {
  const [day = '', time = ''] = value.toISOString().split('T');
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
}

/** What a ZIP file says it unpacks to, from its central directory; null when it has none. */
function unpackedBytes(zip: Buffer): number | null {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 20 > zip.length) return null;
  let at = zip.readUInt32LE(end + 16);
  let total = 0;
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) return null;
    total += zip.readUInt32LE(at + 24);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return total;
}
