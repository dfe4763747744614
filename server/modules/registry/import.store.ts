import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { ImportRow, Taken, Units } from '../../kernel/import-kind.ts';
import type { Format } from '../../kernel/sheet.ts';
import type { Mapping } from './import-fields.rules.ts';
import type { ImportRunRow, RegistryTables } from './tables.ts';

const mapping = z.record(z.string(), z.string());
const units = z.object({
  speed: z.enum(['m/s', 'mm/s', 'ft/min']),
  load: z.enum(['kg', 'lb']),
  crs: z.enum(['WGS84', 'GCJ02', 'BD09', 'CGCS2000']),
});
const format = z.object({
  kind: z.enum(['csv', 'xlsx']),
  encoding: z.enum(['utf-8', 'gb18030']),
  delimiter: z.enum([',', ';', '\t']),
});

export type Run = {
  id: string;
  source: { id: string; name: string; kind: string };
  fileHash: string;
  fileName: string;
  format: Format;
  columns: string[];
  mapping: Mapping;
  units: Units;
  dry: boolean;
  state: ImportRunRow['state'];
  reason: string | null;
  rowsDone: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  remarked: number;
  missing: Record<string, number>;
  madeAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  startedBy: string;
  areaCodes: string[];
  orgIds: OrgId[];
  wholeCity: boolean; // whoever began it answers for the whole city
};

const runs = (db: Db<RegistryTables>) =>
  db
    .selectFrom('registry.import_run as r')
    .innerJoin('registry.import_source as s', 's.id', 'r.source_id')
    .selectAll('r')
    .select(['s.name as source_name', 's.kind as source_kind']);

type Row = Awaited<ReturnType<ReturnType<typeof runs>['execute']>>[number];

const runFrom = (row: Row): Run => ({
  id: row.id,
  source: { id: row.source_id, name: row.source_name, kind: row.source_kind },
  fileHash: row.file_hash,
  fileName: row.file_name,
  format: format.parse(row.format),
  columns: row.columns,
  mapping: mapping.parse(row.mapping),
  units: units.parse(row.options),
  dry: row.dry,
  state: row.state,
  reason: row.reason,
  rowsDone: row.rows_done,
  created: row.created,
  changed: row.changed,
  unchanged: row.unchanged,
  refused: row.refused,
  remarked: row.remarked,
  missing: z.record(z.string(), z.number()).parse(row.missing),
  madeAt: row.made_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  startedBy: row.started_by,
  areaCodes: row.area_codes,
  orgIds: row.org_ids,
  wholeCity: row.whole_city,
});

export async function findRun(db: Db<RegistryTables>, id: string): Promise<Run | undefined> {
  const row = await runs(db).where('r.id', '=', id).executeTakeFirst();
  return row && runFrom(row);
}

export async function listRuns(db: Db<RegistryTables>, limit: number): Promise<Run[]> {
  const rows = await runs(db).orderBy('r.made_at', 'desc').limit(limit).execute();
  return rows.map(runFrom);
}

/** Runs that are under way, by what the database knows. */
export async function runningRuns(db: Db<RegistryTables>): Promise<string[]> {
  const rows = await db.selectFrom('registry.import_run').select('id').where('state', '=', 'running').execute();
  return rows.map((row) => row.id);
}

/** Does another run still mean to read the file of this one? */
export async function isAwaited(db: Db<RegistryTables>, { id, fileHash }: Run): Promise<boolean> {
  const row = await db
    .selectFrom('registry.import_run')
    .select('id')
    .where('file_hash', '=', fileHash)
    .where('id', '<>', id)
    .where('state', 'in', ['ready', 'running'])
    .executeTakeFirst();
  return row !== undefined;
}

/** The source of this name, made if it is new. What was remembered of its columns comes with it. */
export async function sourceNamed(
  tx: Tx<RegistryTables>,
  given: { id: string; kind: string; name: string; areaCodes: readonly string[]; orgIds: readonly OrgId[] },
): Promise<{ id: string; mapping: Mapping }> {
  await tx
    .insertInto('registry.import_source')
    .values({
      id: given.id,
      kind: given.kind,
      name: given.name,
      area_codes: [...given.areaCodes],
      org_ids: [...given.orgIds],
    })
    .onConflict((c) => c.columns(['kind', 'name', 'area_codes', 'org_ids']).doNothing())
    .execute();
  const row = await tx
    .selectFrom('registry.import_source')
    .select(['id', 'mapping'])
    .where('kind', '=', given.kind)
    .where('name', '=', given.name)
    .where(sql<boolean>`area_codes = ${[...given.areaCodes]}::text[] and org_ids = ${[...given.orgIds]}::uuid[]`)
    .executeTakeFirstOrThrow();
  return { id: row.id, mapping: mapping.parse(row.mapping) };
}

export async function rememberMapping(tx: Tx<RegistryTables>, run: Run): Promise<void> {
  await tx
    .updateTable('registry.import_source')
    .set({
      mapping: JSON.stringify(run.mapping),
      options: JSON.stringify(run.units),
      changed_at: sql`clock_timestamp()`,
    })
    .where('id', '=', run.source.id)
    .execute();
}

/** Begin a run, or begin it anew after a dry run: what it said before is forgotten. */
export async function beginRun(
  tx: Tx<RegistryTables>,
  id: string,
  to: { dry: boolean; mapping: Mapping; units: Units; at: Date },
): Promise<void> {
  await sql`delete from registry.import_fault where run_id = ${id}`.execute(tx);
  await tx
    .updateTable('registry.import_run')
    .set({
      state: 'running',
      dry: to.dry,
      mapping: JSON.stringify(to.mapping),
      options: JSON.stringify(to.units),
      reason: null,
      rows_done: 0,
      created: 0,
      changed: 0,
      unchanged: 0,
      refused: 0,
      remarked: 0,
      missing: '{}',
      started_at: to.at,
      ended_at: null,
    })
    .where('id', '=', id)
    .execute();
}

export async function endRun(
  tx: Tx<RegistryTables>,
  id: string,
  to: { state: ImportRunRow['state']; reason: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('registry.import_run')
    .set({ state: to.state, reason: to.reason, ended_at: to.at })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

type Step = { rows: readonly ImportRow[]; taken: Taken; missing: Readonly<Record<string, number>> };

/** Write what a chunk came to: how far the run is, its counts and its faults. In the chunk's own transaction. */
export async function saveStep(tx: Tx<RegistryTables>, id: string, { rows, taken, missing }: Step): Promise<void> {
  const remarked = rows.filter((row) => row.faults.length > 0 && !row.faults.some((f) => f.refused)).length;
  await sql`update registry.import_run set rows_done = rows_done + ${rows.length}, created = created + ${taken.created},
      changed = changed + ${taken.changed}, unchanged = unchanged + ${taken.unchanged},
      refused = refused + ${taken.refused}, remarked = remarked + ${remarked},
      missing = (select coalesce(jsonb_object_agg(key, n), '{}') from (
        select key, sum(value::int) as n from (
          select * from jsonb_each_text(missing) union all select * from jsonb_each_text(${JSON.stringify(missing)}::jsonb)) as both_
        group by key) as summed)
    where id = ${id}`.execute(tx);
  const faults = rows.flatMap((row) => {
    const refused = row.faults.some((f) => f.refused); // then nothing of the row was taken, whatever else is wrong with it
    return toldOnce(row.faults).map((f, nth) => ({
      run_id: id,
      row_no: row.rowNo,
      nth,
      refused,
      column_name: f.column,
      value: f.value,
      code: f.code,
      params: f.params,
    }));
  });
  if (faults.length === 0) return;
  await sql`insert into registry.import_fault (run_id, row_no, nth, refused, column_name, value, code, params)
    select run_id, row_no, nth, refused, column_name, value, code, params
    from jsonb_populate_recordset(null::registry.import_fault, ${JSON.stringify(faults)}::jsonb)`.execute(tx);
}

/** A cell that could not be read may be the reason why its row is refused too: one line says both. */
const toldOnce = (faults: ImportRow['faults']): ImportRow['faults'] =>
  faults.filter((f, i) => faults.findIndex((other) => other.column === f.column && other.code === f.code) === i);

export type StoredFault = {
  rowNo: number;
  nth: number;
  refused: boolean;
  column: string;
  value: string;
  code: string;
  params: Record<string, string | number>;
};

type FaultsAsk = { runId: string; refused: boolean; after: { rowNo: number; nth: number } | null; limit: number };

/** Faults in the order of the file, after a row and place. */
export async function listFaults(
  db: Db<RegistryTables>,
  { runId, refused, after, limit }: FaultsAsk,
): Promise<StoredFault[]> {
  const { rows } = await sql<StoredFault>`
    select row_no as "rowNo", nth, refused, column_name as column, value, code, params from registry.import_fault
    where run_id = ${runId} and (${!refused} or refused) and (row_no, nth) > (${after?.rowNo ?? -1}, ${after?.nth ?? -1})
    order by row_no, nth limit ${limit}`.execute(db);
  return rows;
}
