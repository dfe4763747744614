import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { dropFile, openFileStore, type StoredFile } from '../../kernel/files.ts';
import type { FileHash } from '../../kernel/ids.ts';
import type { ImportKind, Taken, Units } from '../../kernel/import-kind.ts';
import { fileName } from '../../kernel/media.rules.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { openSheet, type ReadRefusal, type SheetRow } from '../../kernel/sheet.ts';
import type { RegistryDeps } from './deps.ts';
import {
  beginRun,
  endRun,
  findRun,
  isAwaited,
  type Run,
  rememberMapping,
  saveStep,
  sourceNamed,
} from './import.store.ts';
import { type Chunk, chunksOf } from './import-chunks.ts';
import { isHeader, type Mapping, suggestMapping, suggestUnits } from './import-fields.rules.ts';
import type { RegistryTables } from './tables.ts';

const SAMPLE_ROWS = 5;

export type ImportDeps = RegistryDeps & { kinds: ReadonlyMap<string, ImportKind> };
export type ImportRefusal =
  | ReadRefusal
  | { code: 'registry.not_found' }
  | { code: 'registry.import_kind_unknown' }
  | { code: 'registry.import_running' }
  | { code: 'registry.import_over' }
  | { code: 'registry.mapping_missing'; column: string };

export type NewImport = { kind: string; sourceName: string; fileName: string; file: StoredFile };
export type Prepared = { run: Run; sample: string[][] };

/** Take a stored file as an import: say what it is, what its columns probably mean, and show its first rows. */
export async function prepareImport(
  deps: ImportDeps,
  viewer: Viewer,
  ask: NewImport,
): Promise<Result<Prepared, ImportRefusal>> {
  const kind = deps.kinds.get(ask.kind);
  if (!kind) return refuse({ code: 'registry.import_kind_unknown' });
  const sheet = await openSheet(openFileStore(deps.dataDir).pathOf(ask.file.hash), isHeader(kind.fields));
  if (!sheet.ok) return sheet;
  const { columns, format, rows } = sheet.value;
  const sample = await firstRows(rows);
  if (!sample.ok) return sample;
  const id = deps.newId();
  const audience = { areaCodes: [...viewer.scope.areas], orgIds: [...viewer.scope.orgs] };
  const run = await deps.scoped(viewer, async (tx) => {
    const source = await sourceNamed(tx, { id: deps.newId(), kind: kind.kind, name: ask.sourceName, ...audience });
    await tx
      .insertInto('registry.import_run')
      .values({
        id,
        source_id: source.id,
        file_hash: ask.file.hash,
        file_name: fileName(ask.fileName),
        format: JSON.stringify(format),
        columns,
        mapping: JSON.stringify(suggestMapping(columns, kind.fields, source.mapping)),
        options: JSON.stringify(suggestUnits(columns)),
        dry: true,
        state: 'ready',
        reason: null,
        bytes: ask.file.sizeBytes,
        started_by: viewer.accountId,
        started_at: null,
        ended_at: null,
        area_codes: audience.areaCodes,
        org_ids: audience.orgIds,
        whole_city: viewer.scope.all,
      })
      .execute();
    return findRun(tx, id);
  });
  return run ? accept({ run, sample: sample.value }) : refuse({ code: 'registry.not_found' });
}

async function firstRows(rows: AsyncIterable<SheetRow>): Promise<Result<string[][], ReadRefusal>> {
  const sample: string[][] = [];
  try {
    for await (const row of rows) {
      sample.push(row.cells);
      if (sample.length >= SAMPLE_ROWS) break;
    }
  } catch (error) {
    // A damaged file shows itself only when it is read: its first rows are part of taking it.
    return refuse({
      code: 'kernel.sheet_unreadable',
      reason: error instanceof Error ? error.message.slice(0, 200) : '',
    });
  }
  return accept(sample);
}

export type StartAsk = { id: string; dry: boolean; mapping: Mapping; units: Units };

/** Start a run, for show or in earnest. The work itself is a background task: `process`. */
export async function startImport(
  deps: ImportDeps,
  viewer: Viewer,
  ask: StartAsk,
): Promise<Result<Run, ImportRefusal>> {
  const found = await deps.scoped(viewer, (tx) => findRun(tx, ask.id));
  if (!found) return refuse({ code: 'registry.not_found' });
  if (found.state === 'running') return refuse({ code: 'registry.import_running' });
  if (found.state === 'done' && !found.dry) return refuse({ code: 'registry.import_over' });
  const kind = deps.kinds.get(found.source.kind);
  if (!kind) return refuse({ code: 'registry.import_kind_unknown' });
  const meant = new Set(Object.values(ask.mapping));
  const missing = kind.required.find((group) => !group.some((field) => meant.has(field)));
  if (missing) return refuse({ code: 'registry.mapping_missing', column: missing[0] ?? '' });
  // As the owner: faults of the run before are cleared, which no request may do.
  const run = await deps.db.transaction().execute(async (tx) => {
    await beginRun(tx, ask.id, { ...ask, at: deps.now() });
    return findRun(tx, ask.id);
  });
  return run ? accept(run) : refuse({ code: 'registry.not_found' });
}

/**
 * Work a run off, from where it stands: chunk by chunk, each in one transaction with its counts, so that a restart goes
 * on behind the last one. Runs as the owner. Resolves when the run is over.
 */
export async function processImport(deps: ImportDeps, id: string): Promise<void> {
  const run = await findRun(deps.db, id);
  const kind = run && deps.kinds.get(run.source.kind);
  if (!run || !kind || run.state !== 'running') return;
  const store = openFileStore(deps.dataDir);
  const fileHash = run.fileHash as FileHash;
  const sheet = await openSheet(store.pathOf(fileHash), isHeader(kind.fields));
  const reason = sheet.ok ? await workOff(deps, { run, kind, rows: sheet.value.rows }) : sheet.refusal.code;
  await deps.db.transaction().execute(async (tx) => {
    await endRun(tx, id, { state: reason ? 'failed' : 'done', reason, at: deps.now() });
    if (!run.dry && !reason) await rememberMapping(tx, run);
  });
  const isPersonal = kind.fields.some((field) => field.personal);
  if (isPersonal && !run.dry && !reason && !(await isAwaited(deps.db, run))) await dropFile(deps.db, store, fileHash);
}

type Work = { run: Run; kind: ImportKind; rows: AsyncIterable<SheetRow> };

/** Null when every row was seen; else the code of what stopped it. */
async function workOff(deps: ImportDeps, { run, kind, rows }: Work): Promise<string | null> {
  const chunks = chunksOf(kind, { rows, run });
  try {
    for await (const chunk of chunks) if (!(await takeChunk(deps, { run, kind, chunk }))) return null;
  } catch (error) {
    // The file breaks off: what stands before the break is taken, and the run says where it stopped.
    if (!isReadError(error)) throw error;
    return 'kernel.sheet_unreadable';
  }
  return null;
}

/** Errors of the readers of files: CSV says its code, and the spreadsheet reader names its own errors. */
const isReadError = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && String(error.code).startsWith('CSV_')) || /Parse|Zip|Xml|TypeError/i.test(error.name));

/** False when the run was cancelled meanwhile. A dry run does everything, and takes it back. */
async function takeChunk(
  deps: ImportDeps,
  { run, kind, chunk }: { run: Run; kind: ImportKind; chunk: Chunk },
): Promise<boolean> {
  const rows = [...chunk.rows, ...chunk.repeated, ...chunk.again];
  const missing = Object.fromEntries(
    kind.countMissing.map((field) => [field, rows.filter((r) => !r.values.has(field)).length]),
  );
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, run.startedBy);
    const state = await tx
      .selectFrom('registry.import_run')
      .select('state')
      .where('id', '=', run.id)
      .forUpdate()
      .executeTakeFirst();
    if (state?.state !== 'running') return false;
    if (run.dry) await sql`savepoint looked`.execute(tx);
    const within = run.wholeCity ? null : run.areaCodes;
    // Each kind narrows the transaction to the tables of its own module.
    const unnarrowed = tx as unknown as Tx<unknown>;
    const taken = await kind.take({ tx: unnarrowed, source: run.source, units: run.units, within }, chunk.rows);
    if (run.dry) await sql`rollback to savepoint looked`.execute(tx);
    const unchanged = taken.unchanged + chunk.repeated.length;
    const changed = taken.changed + chunk.again.length;
    await saveStep(tx, run.id, { rows, taken: { ...taken, changed, unchanged }, missing });
    if (!run.dry && taken.ids.length > 0 && kind.tells) await tell(deps, tx, { run, taken });
    return true;
  });
}

const tell = (deps: ImportDeps, tx: Tx<RegistryTables>, { run, taken }: { run: Run; taken: Taken }): Promise<void> =>
  publish(tx, [
    {
      id: deps.newId(),
      type: 'registry.elevators_imported',
      v: 1,
      occurredAt: deps.now(),
      subject: run.id,
      version: 0,
      audience: { areaCodes: run.areaCodes, orgIds: run.orgIds },
      data: { runId: run.id, elevatorIds: taken.ids },
    },
  ]);

/** Stop a run between two chunks. What was taken stays. */
export async function cancelImport(deps: ImportDeps, viewer: Viewer, id: string): Promise<Result<null, ImportRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const run = await findRun(tx, id);
    if (!run) return refuse({ code: 'registry.not_found' });
    if (run.state !== 'running') return refuse({ code: 'registry.import_over' });
    await endRun(tx, id, { state: 'cancelled', reason: null, at: deps.now() });
    return accept(null);
  });
}
