import { readFile, stat } from 'node:fs/promises';
import { streamXlsxRows } from 'hucre/xlsx';
import type { ReadRefusal, SheetRow } from './sheet.ts';
import { mergeFiller, mergesOf, partsOf, visibleSheets } from './xlsx-parts.ts';

/** A spreadsheet is read whole: these keep a small file from becoming a big one. */
const MOST_XLSX_BYTES = 60_000_000;
const MOST_UNPACKED_BYTES = 500_000_000;
export const MOST_COLUMNS = 300;

/** Why a file is not read as a spreadsheet; null when it is one of a size that can be read. */
export async function refusalOfXlsx(path: string): Promise<ReadRefusal | null> {
  const { size } = await stat(path);
  if (size > MOST_XLSX_BYTES) return { code: 'kernel.sheet_too_large', limit: '60 MB' };
  const parts = partsOf(await readFile(path));
  if (!parts) return { code: 'kernel.sheet_unreadable', reason: 'ZIP' };
  const unpacked = parts.reduce((sum, part) => sum + part.unpackedBytes, 0);
  if (unpacked > MOST_UNPACKED_BYTES) return { code: 'kernel.sheet_too_large', limit: '500 MB' };
  return parts.some((part) => part.name.startsWith('xl/worksheets/')) ? null : { code: 'kernel.sheet_kind' };
}

/** The rows of the first sheet that a person sees and that holds something. */
export async function* xlsxRows(path: string): AsyncGenerator<SheetRow> {
  const bytes = await readFile(path);
  const parts = partsOf(bytes) ?? [];
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
