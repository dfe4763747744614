import { accept, type Result, refuse } from '../../kernel/result.ts';
import { identifierKey } from './identifier.rules.ts';
import {
  type CellFault,
  cleanText,
  isEmpty,
  readDay,
  readFlag,
  readInt,
  readLoad,
  readNumber,
  readPlace,
  readSpeed,
  readState,
  readVariety,
} from './import-cells.rules.ts';
import type { CellKind, ImportField, Mapping, Units } from './import-fields.rules.ts';

/** A value that a cell was read as. */
export type Read = string | number | boolean;
export type RowFault = CellFault & { column: string; value: string; refused: boolean };
export type ReadRow = { values: ReadonlyMap<string, Read>; faults: RowFault[] };
/** How the columns of a file are read, worked out once for all its rows. */
export type Plan = { at: readonly { column: string; index: number; field: ImportField }[]; units: Units };

/** Lay out how a file is read: every column that means something, in the order of the file. */
export function planOf(
  columns: readonly string[],
  { mapping, fields, units }: { mapping: Mapping; fields: readonly ImportField[]; units: Units },
): Plan {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const at = columns.flatMap((column, index) => {
    const field = byName.get(mapping[column] ?? '');
    return field ? [{ column, index, field }] : [];
  });
  return { at, units };
}

/**
 * Read one row. A cell that cannot be read is left out with its reason and the rest of the row is kept: no good value is
 * lost because its neighbour is bad.
 */
export function readRow(cells: readonly string[], { at, units }: Plan): ReadRow {
  const values = new Map<string, Read>();
  const faults: RowFault[] = [];
  for (const { column, index, field } of at) {
    const cell = cells[index] ?? '';
    if (isEmpty(cell)) continue;
    const read = readCell(cell, field.cell, units);
    if (!read.ok) faults.push({ ...read.refusal, column, value: cell.slice(0, 200), refused: false });
    else values.set(field.name, joined(values.get(field.name), read.value));
  }
  return { values, faults };
}

/** Two columns may make one text: house number and street. */
const joined = (before: Read | undefined, value: Read): Read =>
  typeof before === 'string' && typeof value === 'string' ? `${before} ${value}` : value;

const MOST_TEXT = 200;

function readCell(cell: string, kind: CellKind, units: Units): Result<Read, CellFault> {
  switch (kind) {
    case 'text':
    case 'area':
      return textOf(cell);
    case 'code':
      return codeOf(cell);
    case 'int':
      return readInt(cell, { min: 0, max: 100_000 });
    case 'number':
      return readNumber(cell, { min: -1e9, max: 1e9 });
    case 'floor':
      return readFloor(cell);
    case 'lng':
      return readNumber(cell, { min: -180, max: 180 });
    case 'lat':
      return readNumber(cell, { min: -90, max: 90 });
    case 'day':
      return readDay(cell);
    case 'kind':
      return readVariety(cell);
    case 'state':
      return readState(cell);
    case 'place':
      return readPlace(cell);
    case 'speed':
      return readSpeed(cell, units.speed);
    case 'load':
      return readLoad(cell, units.load);
    case 'flag':
      return readFlag(cell);
  }
}

function textOf(cell: string): Result<string, CellFault> {
  const text = cleanText(cell);
  if ([...text].length <= MOST_TEXT) return accept(text);
  return refuse({ code: 'registry.cell_long', params: { most: MOST_TEXT } });
}

function codeOf(cell: string): Result<string, CellFault> {
  const text = cleanText(cell);
  // A spreadsheet turned the code into a number and lost its digits: nobody can bring them back.
  if (/^\d(\.\d+)?e\+\d+$/i.test(text)) return refuse({ code: 'registry.cell_digits_lost', params: {} });
  if (text.length > 100) return refuse({ code: 'registry.cell_long', params: { most: 100 } });
  return identifierKey(text) === '' ? refuse({ code: 'registry.cell_code', params: {} }) : accept(text);
}

/** A storey: a number, B2 or 负2 for the second below, the first of several; letters without a number are not known. */
function readFloor(cell: string): Result<number, CellFault> {
  const text = cleanText(cell).normalize('NFKC').toUpperCase();
  const below = /^(?:B|负|地下)-?(\d{1,2})/.exec(text);
  if (below) return accept(-Number(below[1]));
  return /^-?\d/.test(text) && !/^-?\d+[.,]\d/.test(text)
    ? readInt(text.replace(/[FL层楼]+$/u, ''), { min: -20, max: 250 })
    : refuse({ code: 'registry.cell_floor', params: {} });
}
