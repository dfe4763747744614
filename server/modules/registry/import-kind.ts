import type { Tx } from '../../kernel/db.ts';
import type { ImportField, Units } from './import-fields.rules.ts';
import type { Read, RowFault } from './import-row.rules.ts';
import type { RegistryTables } from './tables.ts';

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
  tx: Tx<RegistryTables>;
  source: { id: string; name: string };
  units: Units;
  dry: boolean;
};

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
  keyOf: (row: ImportRow) => readonly string[];
  take: (context: ImportContext, rows: readonly ImportRow[]) => Promise<Taken>;
};

/** Put a fault on a row: at a cell that is left out, or as the reason why the whole row is not taken. */
export function blame(row: ImportRow, field: string, fault: Pick<RowFault, 'code' | 'params' | 'refused'>): void {
  const value = row.values.get(field);
  row.faults.push({ ...fault, column: row.columnOf(field), value: value === undefined ? '' : String(value) });
}
