import {
  type CellFault,
  isEmpty,
  isFormulaError,
  type Read,
  readCode,
  readDay,
  readFlag,
  readInt,
  readMoment,
  readNumber,
  readText,
} from '../../kernel/cells.ts';
import type { CellKind, ImportField, RowFault, Units } from '../../kernel/import-kind.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import type { Mapping } from './import-fields.rules.ts';

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
    if (!read.ok)
      faults.push({ ...read.refusal, column, value: shownCell(cell, field.personal === true), refused: false });
    else values.set(field.name, joined(values.get(field.name), read.value));
  }
  return { values, faults };
}

/** Two columns may make one text: house number and street. */
const joined = (before: Read | undefined, value: Read): Read =>
  typeof before === 'string' && typeof value === 'string' ? `${before} ${value}` : value;

const READERS: Readonly<Record<CellKind, (cell: string) => Result<Read, CellFault>>> = {
  text: readText,
  code: readCode,
  day: readDay,
  moment: readMoment,
  flag: readFlag,
  int: (cell) => readInt(cell, { min: 0, max: 100_000 }),
  number: (cell) => readNumber(cell, { min: -1e9, max: 1e9 }),
  lng: (cell) => readNumber(cell, { min: -180, max: 180 }),
  lat: (cell) => readNumber(cell, { min: -90, max: 90 }),
};

function readCell(cell: string, kind: ImportField['cell'], units: Units): Result<Read, CellFault> {
  if (isFormulaError(cell)) return refuse({ code: 'kernel.cell_formula', params: {} });
  return typeof kind === 'string' ? READERS[kind](cell) : kind(cell, units);
}

const MOST_SHOWN = 200;

/** What a list of faults shows of a cell: of a person's name, phone and numbers no more than lists do. */
export const shownCell = (cell: string, personal: boolean): string => {
  const text = cell.slice(0, MOST_SHOWN);
  return personal ? `${text.slice(0, 1)}${'*'.repeat(Math.min(Math.max(text.length - 1, 0), 8))}` : text;
};
