import { closeSync, createWriteStream, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Db } from '../../kernel/db.ts';
import type { Logger } from '../../kernel/log.ts';
import { invariant } from '../../kernel/result.ts';
import { COLD_COLUMNS, type Cold, quoted } from './cold.service.ts';
import { checkFile, checkHot, exportQuery, partitionsBefore, replaceByFile, takeOldFiles } from './freeze.store.ts';
import { hourSumsOf } from './sum.views.ts';
import type { TelemetryTables } from './tables.ts';

export type FreezeDeps = { db: Db<TelemetryTables>; pool: pg.Pool; cold: Cold; now: () => Date; log: Logger };

/** Hours that stay in the database after they are over. */
const HOT_HOURS = 6;
const HOUR_MS = 3_600_000;

/** Write every hour that is over, and not hot any more, to a file, and drop its partition. Returns how many. */
export async function freezeClosedHours(deps: FreezeDeps, hotHours = HOT_HOURS): Promise<number> {
  const before = Math.floor(deps.now().getTime() / HOUR_MS) - hotHours;
  const partitions = await partitionsBefore(deps.db, before);
  for (const { name, hour } of partitions) await freeze(deps, { name, hour });
  return partitions.length;
}

/**
 * One hour to a Parquet file, sorted by elevator and time. The file is read back and compared, number for number in
 * sum, before the partition goes; file, sums and drop become true together.
 */
async function freeze(deps: FreezeDeps, { name, hour }: { name: string; hour: number }): Promise<void> {
  const { db, cold, log } = deps;
  const begun = performance.now();
  const hot = await checkHot(db, name);
  const path = pathOf(hour, hot.part);
  const file = join(cold.dir, path);
  mkdirSync(dirname(file), { recursive: true });
  await writeParquet(deps, name, `${file}.part`);
  const written = await cold.work((connection) => checkFile(connection, `${file}.part`));
  invariant(written === hot.checksum, `the file of ${name} holds what the partition held`);
  settle(`${file}.part`, file);
  const sums = hot.rows === 0 ? [] : await cold.work((connection) => hourSumsOf(connection, file));
  const bytes = statSync(file).size;
  await db
    .transaction()
    .execute((tx) =>
      replaceByFile(tx, { name, sums, file: { ...hot, hour_at: new Date(hour * HOUR_MS), path, bytes } }),
    );
  log.info(
    { hour: path, rows: hot.rows, bytes, ms: Math.round(performance.now() - begun) },
    'an hour of history was frozen',
  );
}

/** `2026/11/21/05-0.parquet`: the hour by UTC; the part rises when an hour is frozen again. */
const pathOf = (hour: number, part: number): string => {
  const [day = '', rest = ''] = new Date(hour * HOUR_MS).toISOString().split('T');
  return `${day.replaceAll('-', '/')}/${rest.slice(0, 2)}-${part}.parquet`;
};

async function writeParquet({ pool, cold }: FreezeDeps, name: string, to: string): Promise<void> {
  const csv = `${to}.csv`;
  const client = await pool.connect();
  try {
    await pipeline(
      client.query(copyTo(`copy (${exportQuery(name)}) to stdout with (format csv)`)),
      createWriteStream(csv),
    );
    client.release();
  } catch (error) {
    client.release(true); // a copy cut short leaves its connection in the middle of it
    throw error;
  }
  try {
    await cold.work((connection) =>
      connection.run(`copy (select * from read_csv(${quoted(csv)}, header = false, auto_detect = false, delim = ',', quote = '"',
          escape = '"', columns = {${csvColumns}}) order by elevator_no, at_ms, lag_ms, place)
        to ${quoted(to)} (format parquet, compression zstd, parquet_version v2, row_group_size 65536)`),
    );
  } finally {
    rmSync(csv, { force: true });
  }
}

const csvColumns = COLD_COLUMNS.split(',')
  .map((column) => column.trim().split(' '))
  .map(([column, type]) => `'${column}': '${type}'`)
  .join(', ');

/** Give a finished file its name, once its bytes have reached the disk. */
function settle(from: string, to: string): void {
  const handle = openSync(from, 'r');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(from, to);
  const folder = openSync(dirname(to), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Delete files whose hour is older than this. Returns how many. */
export async function dropOldFiles({ db, cold }: Pick<FreezeDeps, 'db' | 'cold'>, before: Date): Promise<number> {
  const paths = await takeOldFiles(db, before);
  for (const path of paths) rmSync(join(cold.dir, path), { force: true });
  return paths.length;
}
