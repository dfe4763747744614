import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import type { Db } from '../../kernel/db.ts';
import type { Logger } from '../../kernel/log.ts';
import { invariant } from '../../kernel/result.ts';
import { COLD_COLUMNS, type Cold } from './cold.service.ts';
import { checkFile, checkHot, exportQuery, partitionsBefore, replaceByFile, takeOldFiles } from './freeze.store.ts';
import { settle, writeParquet } from './parquet.ts';
import { hourSumsOf } from './sum.views.ts';
import type { TelemetryTables } from './tables.ts';

export type FreezeDeps = { db: Db<TelemetryTables>; pool: pg.Pool; cold: Cold; now: () => Date; log: Logger };

const HOUR_MS = 3_600_000;

/** Write every hour that is over, and not hot any more, to a file, and drop its partition. Returns how many. */
export async function freezeClosedHours(deps: FreezeDeps, hotHours: number): Promise<number> {
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
  const of = { query: exportQuery(name), columns: COLD_COLUMNS, orderBy: 'elevator_no, at_ms, lag_ms, place' };
  await writeParquet(deps, of, `${file}.part`);
  const written = await cold.work((connection) => checkFile(connection, `${file}.part`));
  invariant(written === hot.checksum, `the file of ${name} holds what the partition held`);
  settle(`${file}.part`, file);
  const bytes = statSync(file).size;
  const replacement = { name, file: { ...hot, hour_at: new Date(hour * HOUR_MS), path, bytes } };
  await cold.work((connection) =>
    db.transaction().execute((tx) => replaceByFile(tx, replacement, hourSumsOf(connection, file))),
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

/** Delete files whose hour is older than this. Returns how many. */
export async function dropOldFiles({ db, cold }: Pick<FreezeDeps, 'db' | 'cold'>, before: Date): Promise<number> {
  const paths = await takeOldFiles(db, before);
  for (const path of paths) rmSync(join(cold.dir, path), { force: true });
  return paths.length;
}
