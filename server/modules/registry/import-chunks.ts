import type { ImportKind, ImportRow, RowFault } from '../../kernel/import-kind.ts';
import type { SheetRow } from '../../kernel/sheet.ts';
import type { Run } from './import.store.ts';
import { planOf, readRow } from './import-row.rules.ts';

/** Rows of one transaction: a thousand files take a third of a second, and a stop loses no more than that. */
const CHUNK_ROWS = 1_000;

/**
 * Rows that one transaction takes. `repeated` stand in it already, cell for cell. `again` would change what an earlier row
 * of the table made: a look takes everything back at once and cannot try them.
 */
export type Chunk = {
  rows: ImportRow[];
  repeated: ImportRow[];
  again: ImportRow[];
  keys: Set<string>;
  seen: Map<string, number>;
};
const newChunk = (): Chunk => ({ rows: [], repeated: [], again: [], keys: new Set(), seen: new Map() });
const sizeOf = ({ rows, repeated, again }: Chunk): number => rows.length + repeated.length + again.length;

type Table = { rows: AsyncIterable<SheetRow>; run: Run };

/** The rows behind those that are done, read and put together. A file that breaks off gives what stands before the break. */
export async function* chunksOf(kind: ImportKind, { rows, run }: Table): AsyncGenerator<Chunk> {
  const plan = planOf(run.columns, { mapping: run.mapping, fields: kind.fields, units: run.units });
  const columnOf = (field: string) => plan.at.find((p) => p.field.name === field)?.column ?? '';
  const codeColumn =
    kind.required
      .flat()
      .map(columnOf)
      .find((column) => column !== '') ?? '';
  const firstOf = new Map<string, number>(); // of the whole table: where a key stood first
  let chunk = newChunk();
  let behind = 0;
  try {
    for await (const { rowNo, cells } of rows) {
      behind += 1;
      const row: ImportRow = { rowNo, ...readRow(cells, plan), columnOf };
      const keys = kind.keyOf(row);
      const earlier = kind.oneRowEach ? keys.map((key) => firstOf.get(key)).find((no) => no !== undefined) : undefined;
      noteFirst(firstOf, keys, rowNo);
      if (behind <= run.rowsDone) continue;
      const text = JSON.stringify(cells);
      const same = chunk.seen.get(text);
      const isAgain = run.dry && earlier !== undefined;
      const waits = same === undefined && !isAgain && keys.some((key) => chunk.keys.has(key));
      if (waits || sizeOf(chunk) >= CHUNK_ROWS) {
        yield chunk;
        chunk = newChunk();
      }
      put(chunk, { row, text, codeColumn, same: chunk.seen.get(text), earlier, isAgain });
      for (const key of keys) chunk.keys.add(key);
    }
  } catch (error) {
    // What was read before the break is good.
    if (sizeOf(chunk) > 0) yield chunk;
    throw error;
  }
  if (sizeOf(chunk) > 0) yield chunk;
}

function noteFirst(firstOf: Map<string, number>, keys: readonly string[], rowNo: number): void {
  for (const key of keys) if (!firstOf.has(key)) firstOf.set(key, rowNo);
}

type Read = {
  row: ImportRow;
  text: string;
  codeColumn: string;
  same: number | undefined; // where it stands cell for cell
  earlier: number | undefined; // where its code stands
  isAgain: boolean;
};

/** A row that stands twice is taken once; one whose code stands twice says so, because the later one holds. */
function put(chunk: Chunk, { row, text, codeColumn: column, same, earlier, isAgain }: Read): void {
  if (same !== undefined) {
    row.faults.splice(0, row.faults.length, remark('registry.cell_row_repeated', { first: same, column }));
    chunk.repeated.push(row);
    return;
  }
  if (earlier !== undefined) row.faults.push(remark('registry.cell_code_repeated', { first: earlier, column }));
  chunk.seen.set(text, row.rowNo);
  (isAgain ? chunk.again : chunk.rows).push(row);
}

const remark = (code: RowFault['code'], { first, column }: { first: number; column: string }): RowFault => ({
  code,
  params: { row: first },
  column,
  value: '',
  refused: false,
});
