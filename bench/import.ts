import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { pino } from 'pino';
import { CommandError } from '../server/cli/context.ts';
import { openDb, openPool } from '../server/kernel/db.ts';
import { openFileStore } from '../server/kernel/files.ts';
import { type AccountId, newId } from '../server/kernel/ids.ts';
import { keysForTest } from '../server/kernel/keys.ts';
import { programDir } from '../server/kernel/program.ts';
import { invariant } from '../server/kernel/result.ts';
import { EVERYTHING, scopedOn, type Viewer } from '../server/kernel/scope.ts';
import { secretData } from '../server/kernel/secret-data.ts';
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
import { openStage } from './ingest/stage.ts';

/** Setting: the file, a CSV compressed with gzip; without one, the registry of New York in the folder TIAN_TEST_DATA. */
export const about =
  "a city's register imported twice, beside one bare reading of its rows; the second changes nothing";

const BUDGET_SECONDS = 60;
const FILE = 'nyc_elevator_registry_2015.csv.gz';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function run([path = pathOfTestData()]: readonly string[]): Promise<void> {
  if (!existsSync(path)) throw new CommandError(`There is no file ${path}`);
  const parseSeconds = await timeParsing(path);
  const stage = await openStage({ elevators: 0, senders: 0 });
  const pool = openPool(stage.url, 4);
  try {
    const deps = await depsOn(pool, stage.dataDir);
    const first = await once(deps, path);
    const { seconds } = first;
    say(`first run:  ${told(first)}; budget ${BUDGET_SECONDS} s, ratio ${(seconds / BUDGET_SECONDS).toFixed(2)}`);
    say(`limit: rows read and thrown away ${parseSeconds.toFixed(1)} s, ratio ${(seconds / parseSeconds).toFixed(1)}`);
    const second = await once(deps, path);
    say(`second run: ${told(second)}`);
    const { created, changed } = second.run;
    if (created + changed > 0) throw new Error('The same file changed something the second time');
  } finally {
    await pool.end();
    await stage.close();
  }
}

function pathOfTestData(): string {
  const folder = process.env['TIAN_TEST_DATA'];
  if (!folder) throw new CommandError(`Name a file, or the folder of ${FILE} in TIAN_TEST_DATA`);
  return join(folder, FILE);
}

const told = ({ run: { rowsDone, created, changed, unchanged, refused }, seconds }: Imported): string =>
  `${rowsDone.toLocaleString('en-US')} rows in ${seconds.toFixed(1)} s: ${created} created, ${changed} changed, ${unchanged} unchanged, ${refused} refused`;

async function depsOn(pool: ReturnType<typeof openPool>, dataDir: string): Promise<ImportDeps> {
  const db = openDb<RegistryTables>(pool);
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack of Wuxi is whole');
  const keys = keysForTest();
  const deps = {
    db,
    scoped: scopedOn(db),
    now: () => new Date(),
    newId,
    keys,
    secret: secretData(keys, 'aes'),
    log: pino({ level: 'silent' }),
    dataDir,
    city: cityOf(pack.value.files, pack.value.manifest),
    map: openPointMap(),
    insured: null,
    cover: null,
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

const viewer: Viewer = {
  accountId: newId() as AccountId,
  personId: null,
  orgId: null,
  role: 'city_regulator',
  displayName: 'bench',
  scope: EVERYTHING,
  grants: [],
};

type Imported = { run: Run; seconds: number };

/** As the product does it: the file is stored, its columns are known by their names, its rows are taken. */
async function once(deps: ImportDeps, path: string): Promise<Imported> {
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
  const done = await findRun(deps.db, id);
  invariant(done?.state === 'done', 'the import has come to its end');
  return { run: done, seconds: (performance.now() - started) / 1000 };
}
