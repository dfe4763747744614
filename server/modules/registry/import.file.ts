import { createReadStream } from 'node:fs';
import { openFileStore, rememberFile } from '../../kernel/files.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { ImportKind } from '../../kernel/import-kind.ts';
import { accept, type Result } from '../../kernel/result.ts';
import { EVERYTHING, type Viewer } from '../../kernel/scope.ts';
import { MOST_TABLE_BYTES, TABLE_TYPES } from '../../kernel/sheet.ts';
import {
  type ImportDeps,
  type ImportRefusal,
  type NewImport,
  prepareImport,
  processImport,
  startImport,
} from './import.service.ts';
import { findRun, listFaults, type Run, type StoredFault } from './import.store.ts';

type FileRefusal = Extract<Awaited<ReturnType<ReturnType<typeof openFileStore>['put']>>, { ok: false }>['refusal'];

/** Who imports at the terminal: the operator of the machine, for the whole city. */
const operator: Viewer = {
  accountId: 'cli' as AccountId,
  personId: null,
  orgId: null,
  role: 'city_regulator',
  displayName: 'tian',
  scope: EVERYTHING,
  grants: [],
};

export type FileImport = Pick<NewImport, 'kind' | 'sourceName' | 'fileName'> & { path: string; dry: boolean };

/** Import a file from the terminal, from the first row to the last, with the columns as they are suggested. */
export async function importFile(
  deps: ImportDeps,
  { path, dry, ...ask }: FileImport,
): Promise<Result<{ run: Run; faults: readonly StoredFault[] }, ImportRefusal | FileRefusal>> {
  const stored = await openFileStore(deps.dataDir).put(createReadStream(path), {
    bytes: MOST_TABLE_BYTES,
    kinds: TABLE_TYPES,
  });
  if (!stored.ok) return stored;
  await rememberFile(deps.db, stored.value);
  const ready = await prepareImport(deps, operator, { ...ask, file: stored.value });
  if (!ready.ok) return ready;
  const { id, mapping, units } = ready.value.run;
  const going = await startImport(deps, operator, { id, dry, mapping, units });
  if (!going.ok) return going;
  await processImport(deps, id);
  const run = (await findRun(deps.db, id)) ?? going.value;
  return accept({ run, faults: await listFaults(deps.db, { runId: id, refused: false, after: null, limit: 100_000 }) });
}

/** Every kind of rows by its name. */
export const kindsByName = (kinds: readonly ImportKind[]): ReadonlyMap<string, ImportKind> =>
  new Map(kinds.map((kind) => [kind.kind, kind]));
