import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Db } from '../../kernel/db.ts';
import { invariant } from '../../kernel/result.ts';
import { type Cold, quoted } from './cold.service.ts';
import {
  checkDay,
  checkSumFile,
  daysBefore,
  replaceSums,
  SUM_COLUMNS,
  sumFiles,
  sumsOfDay,
  takeOldSums,
} from './cold-sum.store.ts';
import type { FreezeDeps } from './freeze.service.ts';
import { hourSums, type Sum } from './history.views.ts';
import { settle, writeParquet } from './parquet.ts';
import type { TelemetryTables } from './tables.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Write the sums of hours of every whole day before this instant to files, and take them out of the database. */
export async function freezeSums(deps: FreezeDeps, before: Date): Promise<number> {
  const days = await daysBefore(deps.db, new Date(Math.floor(before.getTime() / DAY_MS) * DAY_MS));
  for (const day of days) await freezeDay(deps, day);
  return days.length;
}

/** The file is read back and compared before the rows go. */
async function freezeDay(deps: FreezeDeps, day: string): Promise<void> {
  const { db, cold, log } = deps;
  const { rows, checksum, part } = await checkDay(db, day);
  const path = `sums/${day.replaceAll('-', '/')}-${part}.parquet`;
  const file = join(cold.dir, path);
  mkdirSync(dirname(file), { recursive: true });
  const of = { query: sumsOfDay(day), columns: SUM_COLUMNS, orderBy: 'elevator_no, hour' };
  await writeParquet(deps, of, `${file}.part`);
  const written = await cold.work((connection) => checkSumFile(connection, `${file}.part`));
  if (written !== checksum) return log.warn({ day }, 'late sums came while their day was written; next time');
  settle(`${file}.part`, file);
  const bytes = statSync(file).size;
  const replaced = await db
    .transaction()
    .execute((tx) => replaceSums(tx, { day_on: day, part, path, rows, bytes, checksum }));
  if (!replaced) rmSync(file, { force: true });
  log.info({ day, rows, bytes, replaced }, 'the sums of a day were frozen');
}

/** Delete files of sums whose day is older than this. Returns how many. */
export async function dropOldSums({ db, cold }: Pick<FreezeDeps, 'db' | 'cold'>, before: Date): Promise<number> {
  const paths = await takeOldSums(db, before);
  for (const path of paths) rmSync(join(cold.dir, path), { force: true });
  return paths.length;
}

/** What an elevator did by hour, wherever it stands: in the database, in files, or, for late rows, in both. */
export async function readHourSums(
  { db, cold }: { db: Db<TelemetryTables>; cold: Cold },
  no: number,
  window: { from: Date; to: Date },
): Promise<Sum[]> {
  const { paths, hot } = await placesOf(db, no, window);
  if (paths.length === 0) return hot;
  const files = paths.map((path) => join(cold.dir, path));
  const frozen = await cold.work((connection) => sumsIn(connection, files, { no, ...window }));
  return joined([...hot, ...frozen]);
}

/** Files and rows as of one moment: a day that is frozen between two looks would be seen twice, or not at all. */
async function placesOf(db: Db<TelemetryTables>, no: number, window: { from: Date; to: Date }) {
  for (let paths = await sumFiles(db, window); ; ) {
    const hot = await hourSums(db, no, window);
    const after = await sumFiles(db, window);
    if (after.join() === paths.join()) return { paths, hot };
    paths = after;
  }
}

type Wanted = { no: number; from: Date; to: Date };

async function sumsIn(
  connection: DuckDBConnection,
  files: readonly string[],
  { no, from, to }: Wanted,
): Promise<Sum[]> {
  const reader = await connection.runAndReadAll(`select hour, messages, trips, door_openings, moving_seconds, notices,
      room_dc_min, room_dc_max, load_permille_max from read_parquet([${files.map(quoted).join(', ')}])
    where elevator_no = ${no} and hour >= ${Math.ceil(from.getTime() / HOUR_MS)} and hour < ${to.getTime() / HOUR_MS}`);
  return reader.getRows().map(([hour, ...values]) => {
    const [messages, trips, doorOpenings, movingSeconds, notices] = values.slice(0, 5).map(whole);
    const [roomMin, roomMax, load] = values.slice(5).map((value) => (value === null ? null : whole(value) / 10));
    return {
      from: new Date(whole(hour) * HOUR_MS).toISOString(),
      messages: messages ?? 0,
      trips: trips ?? 0,
      doorOpenings: doorOpenings ?? 0,
      movingSeconds: movingSeconds ?? 0,
      notices: notices ?? 0,
      offlineSeconds: null,
      machineRoomMin: roomMin ?? null,
      machineRoomMax: roomMax ?? null,
      loadPercentMax: load ?? null,
    };
  });
}

/** Parts of one hour added up, hours in their order. */
function joined(sums: readonly Sum[]): Sum[] {
  const byHour = new Map<string, Sum>();
  for (const sum of sums) {
    const known = byHour.get(sum.from);
    byHour.set(sum.from, known ? added(known, sum) : sum);
  }
  return [...byHour.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

const added = (a: Sum, b: Sum): Sum => ({
  from: a.from,
  messages: a.messages + b.messages,
  trips: a.trips + b.trips,
  doorOpenings: a.doorOpenings + b.doorOpenings,
  movingSeconds: a.movingSeconds + b.movingSeconds,
  notices: a.notices + b.notices,
  offlineSeconds: null,
  machineRoomMin: extreme(Math.min, a.machineRoomMin, b.machineRoomMin),
  machineRoomMax: extreme(Math.max, a.machineRoomMax, b.machineRoomMax),
  loadPercentMax: extreme(Math.max, a.loadPercentMax, b.loadPercentMax),
});

/** What was never said does not count. */
function extreme(of: (...values: number[]) => number, ...values: readonly (number | null)[]): number | null {
  const said = values.filter((value) => value !== null);
  return said.length === 0 ? null : of(...said);
}

function whole(value: unknown): number {
  invariant(typeof value === 'number' || typeof value === 'bigint', 'a column of sums holds whole numbers');
  return Number(value);
}
