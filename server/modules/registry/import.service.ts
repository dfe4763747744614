import { join } from 'node:path';
import type { StoredFile } from '../../kernel/files.ts';
import { fileName } from '../../kernel/media.rules.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { openSheet, type ReadRefusal } from '../../kernel/sheet.ts';
import type { RegistryDeps } from './deps.ts';
import { beginRun, endRun, findRun, type Run, rememberMapping, saveStep, sourceNamed } from './import.store.ts';
import { type Mapping, suggestMapping, suggestUnits, type Units } from './import-fields.rules.ts';
import type { ImportKind, ImportRow } from './import-kind.ts';
import { planOf, readRow } from './import-row.rules.ts';

/** Rows of one transaction: a thousand files take a third of a second, and a stop loses no more than that. */
const CHUNK_ROWS = 1_000;
const SAMPLE_ROWS = 5;

export type ImportDeps = RegistryDeps & { kinds: ReadonlyMap<string, ImportKind> };
export type ImportRefusal =
  | ReadRefusal
  | { code: 'registry.not_found' }
  | { code: 'registry.import_kind_unknown' }
  | { code: 'registry.import_running' }
  | { code: 'registry.import_over' }
  | { code: 'registry.mapping_missing'; column: string };

export const pathOfFile = ({ dataDir }: { dataDir: string }, hash: string): string =>
  join(dataDir, 'files', hash.slice(0, 2), hash);

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
  const sheet = await openSheet(pathOfFile(deps, ask.file.hash));
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
      })
      .execute();
    return findRun(tx, id);
  });
  return run ? accept({ run, sample: sample.value }) : refuse({ code: 'registry.not_found' });
}

async function firstRows(rows: AsyncIterable<string[]>): Promise<Result<string[][], ReadRefusal>> {
  const sample: string[][] = [];
  try {
    for await (const row of rows) {
      sample.push(row);
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
  const sheet = await openSheet(pathOfFile(deps, run.fileHash));
  const reason = sheet.ok ? await workOff(deps, { run, kind, rows: sheet.value.rows }) : sheet.refusal.code;
  await deps.db.transaction().execute(async (tx) => {
    await endRun(tx, id, { state: reason ? 'failed' : 'done', reason, at: deps.now() });
    if (!run.dry && !reason) await rememberMapping(tx, run);
  });
}

type Work = { run: Run; kind: ImportKind; rows: AsyncIterable<string[]> };

/** Null when every row was seen; else the code of what stopped it. */
async function workOff(deps: ImportDeps, { run, kind, rows }: Work): Promise<string | null> {
  const plan = planOf(run.columns, { mapping: run.mapping, fields: kind.fields, units: run.units });
  const columnOf = (field: string) => plan.at.find((p) => p.field.name === field)?.column ?? '';
  let chunk: ImportRow[] = [];
  let keys = new Set<string>();
  let seen = 0;
  const flush = async () => {
    const going = chunk.length === 0 || (await takeChunk(deps, { run, kind, rows: chunk }));
    chunk = [];
    keys = new Set();
    return going;
  };
  try {
    for await (const cells of rows) {
      seen += 1;
      if (seen <= run.rowsDone) continue;
      const row: ImportRow = { rowNo: seen + 1, ...readRow(cells, plan), columnOf };
      const own = kind.keyOf(row);
      const meets = own.some((key) => keys.has(key));
      if ((meets || chunk.length >= CHUNK_ROWS) && !(await flush())) return null;
      for (const key of own) keys.add(key);
      chunk.push(row);
    }
  } catch (error) {
    if (!isReadError(error)) throw error;
    // The file breaks off: what stands before the break is taken, and the run says where it stopped.
    await flush();
    return 'kernel.sheet_unreadable';
  }
  await flush();
  return null;
}

/** Errors of the readers of files: CSV says its code, and the spreadsheet reader names its own errors. */
const isReadError = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && String(error.code).startsWith('CSV_')) || /Parse|Zip|Xml|TypeError/i.test(error.name));

/** False when the run was cancelled meanwhile. */
async function takeChunk(
  deps: ImportDeps,
  { run, kind, rows }: { run: Run; kind: ImportKind; rows: readonly ImportRow[] },
): Promise<boolean> {
  const missing = Object.fromEntries(
    kind.countMissing.map((field) => [field, rows.filter((r) => !r.values.has(field)).length]),
  );
  return deps.db.transaction().execute(async (tx) => {
    const state = await tx
      .selectFrom('registry.import_run')
      .select('state')
      .where('id', '=', run.id)
      .forUpdate()
      .executeTakeFirst();
    if (state?.state !== 'running') return false;
    const taken = await kind.take({ tx, source: run.source, units: run.units, dry: run.dry }, rows);
    await saveStep(tx, run.id, { rows, taken, missing });
    if (!run.dry && taken.ids.length > 0 && kind.tells) {
      await publish(tx, [
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
    }
    return true;
  });
}

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
