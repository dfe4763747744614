import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { pino } from 'pino';
import { openDb, openPool } from '../server/kernel/db.ts';
import { openFileStore } from '../server/kernel/files.ts';
import { type AccountId, newId } from '../server/kernel/ids.ts';
import { keysForTest } from '../server/kernel/keys.ts';
import { programDir } from '../server/kernel/program.ts';
import { invariant } from '../server/kernel/result.ts';
import { EVERYTHING, scopedOn, type Viewer } from '../server/kernel/scope.ts';
import { cityOf } from '../server/modules/registry/city.ts';
import {
  type ImportDeps,
  prepareImport,
  processImport,
  startImport,
} from '../server/modules/registry/import.service.ts';
import { findRun, type Run } from '../server/modules/registry/import.store.ts';
import { elevatorImport } from '../server/modules/registry/import-elevators.ts';
import type { RegistryTables } from '../server/modules/registry/index.ts';
import { openPointMap } from '../server/modules/registry/map.service.ts';
import { loadCityPack } from '../server/packs.ts';

export type ImportFigures = {
  rows: number;
  seconds: number;
  parseSeconds: number;
  run: Run;
  again: Run;
  againSeconds: number;
};

/** Import a gzip-compressed CSV twice through the product's own steps; the second time nothing may change. */
export async function benchImport({
  url,
  path,
  dataDir,
}: {
  url: string;
  path: string;
  dataDir: string;
}): Promise<ImportFigures> {
  const pool = openPool(url, 4);
  const deps = await depsOn(pool, dataDir);
  const viewer: Viewer = {
    accountId: newId() as AccountId,
    personId: null,
    orgId: null,
    role: 'city_regulator',
    displayName: 'bench',
    scope: EVERYTHING,
    grants: [],
  };
  const parseSeconds = await timeParsing(path);
  const first = await once(deps, viewer, path);
  const second = await once(deps, viewer, path);
  await pool.end();
  const { rowsDone } = first.run;
  return {
    rows: rowsDone,
    seconds: first.seconds,
    parseSeconds,
    run: first.run,
    again: second.run,
    againSeconds: second.seconds,
  };
}

async function depsOn(pool: ReturnType<typeof openPool>, dataDir: string): Promise<ImportDeps> {
  const db = openDb<RegistryTables>(pool);
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack of Wuxi is whole');
  const deps = {
    db,
    scoped: scopedOn(db),
    now: () => new Date(),
    newId,
    keys: keysForTest(),
    log: pino({ level: 'silent' }),
    dataDir,
    city: cityOf(pack.value.files, pack.value.manifest),
    map: openPointMap(),
    canFor: () => () => ({}),
  };
  return { ...deps, kinds: new Map([['elevators', elevatorImport(deps)]]) };
}

/** The limit beside it: reading the same rows and doing nothing with them. */
async function timeParsing(path: string): Promise<number> {
  const started = performance.now();
  let rows = 0;
  for await (const _ of createReadStream(path).pipe(createGunzip()).pipe(parse())) rows += 1;
  invariant(rows > 0, 'the file has rows');
  return (performance.now() - started) / 1000;
}

async function once(deps: ImportDeps, viewer: Viewer, path: string): Promise<{ run: Run; seconds: number }> {
  const started = performance.now();
  const store = openFileStore(deps.dataDir);
  const stored = await store.put(Readable.from(createReadStream(path).pipe(createGunzip())), { bytes: 200_000_000 });
  invariant(stored.ok, 'the file can be stored');
  const ready = await prepareImport(deps, viewer, {
    kind: 'elevators',
    sourceName: 'bench',
    fileName: 'bench.csv',
    file: stored.value,
  });
  invariant(ready.ok, 'the file can be read');
  const { id, mapping, units } = ready.value.run;
  const going = await startImport(deps, viewer, { id, dry: false, mapping, units });
  invariant(going.ok, 'the import can start');
  await processImport(deps, id);
  const run = await findRun(deps.db, id);
  invariant(run, 'the run is there');
  return { run, seconds: (performance.now() - started) / 1000 };
}
