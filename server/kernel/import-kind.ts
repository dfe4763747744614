import type { CellFault, Read } from './cells.ts';
import type { AnyDb, Tx } from './db.ts';
import type { Result } from './result.ts';

/** What every kind of table may hold; a kind with words of its own brings a reader instead. */
export type CellKind = 'text' | 'code' | 'int' | 'number' | 'day' | 'moment' | 'flag' | 'lng' | 'lat';
export type CellReader = (cell: string, units: Units) => Result<Read, CellFault>;

/** Units and reference system in which a table speaks. */
export type Units = {
  speed: 'm/s' | 'mm/s' | 'ft/min';
  load: 'kg' | 'lb';
  crs: 'WGS84' | 'GCJ02' | 'BD09' | 'CGCS2000';
};

export type ImportField = {
  name: string;
  cell: CellKind | CellReader;
  /** How registers call the column, compared without case, spaces, brackets and units. */
  synonyms: readonly string[];
  /** Names, phones, numbers of persons: a list of faults shows them masked. */
  personal?: boolean;
};

export type RowFault = CellFault & { column: string; value: string; refused: boolean };

/** One row of a file, read. `rowNo` is the number a spreadsheet shows beside it. */
export type ImportRow = {
  rowNo: number;
  values: ReadonlyMap<string, Read>;
  faults: RowFault[];
  columnOf: (field: string) => string;
};

/** What became of the rows of a chunk. `ids`: what was created or changed. */
export type Taken = { created: number; changed: number; unchanged: number; refused: number; ids: string[] };

export type ImportContext = {
  tx: Tx<unknown>;
  source: { id: string; name: string };
  units: Units;
  /** The divisions of the one who imports; null: the whole city. What lies outside is refused. */
  within: readonly string[] | null;
};

/** One line of what a kind holds, by field, as an export writes it. */
export type ExportLine = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A kind of rows that can be imported. `take` saves a chunk and writes into `row.faults` why a row was not taken; it
 * must give the same result for a row it has seen before. `keyOf`: rows with the same key never share a chunk.
 */
export type ImportKind = {
  kind: string;
  fields: readonly ImportField[];
  required: readonly (readonly string[])[]; // of each group at least one field must be mapped
  countMissing: readonly string[];
  /** Are what it gives back elevators, whose import other modules hear of? */
  tells: boolean;
  /** Does a key name one thing only, so that two rows with it are probably a mistake? */
  oneRowEach?: boolean;
  keyOf: (row: ImportRow) => readonly string[];
  take: (context: ImportContext, rows: readonly ImportRow[]) => Promise<Taken>;
  /** Everything there is of this kind, in columns that import again. Runs as the owner: for the terminal. */
  lines: (db: AnyDb) => AsyncIterable<ExportLine>;
};

/** Put a fault on a row: at a cell that is left out, or as the reason why the whole row is not taken. */
export function blame(row: ImportRow, field: string, fault: Pick<RowFault, 'code' | 'params' | 'refused'>): void {
  const value = row.values.get(field);
  row.faults.push({ ...fault, column: row.columnOf(field), value: value === undefined ? '' : String(value) });
}

/** Refuse a whole row because of one of its fields. */
export const refuseRow = (row: ImportRow, field: string, why: CellFault['code'] | CellFault): void =>
  blame(row, field, { ...(typeof why === 'string' ? { code: why, params: {} } : why), refused: true });

/** What a row says as text; empty when it says nothing. */
export const textIn = (row: Pick<ImportRow, 'values'>, field: string): string => {
  const value = row.values.get(field);
  return value === undefined ? '' : String(value);
};

export const numberIn = (row: Pick<ImportRow, 'values'>, field: string): number | null => {
  const value = row.values.get(field);
  return typeof value === 'number' ? value : null;
};
