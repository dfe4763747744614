import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import type { AnyDb, Db, Tx } from '../../kernel/db.ts';
import { quoted } from './cold.service.ts';
import type { ColdSumRow, TelemetryTables } from './tables.ts';

/** The columns of a file of sums. */
export const SUM_COLUMNS = `elevator_no INTEGER, hour INTEGER, messages INTEGER, trips INTEGER, door_openings INTEGER,
  moving_seconds INTEGER, notices INTEGER, room_dc_min SMALLINT, room_dc_max SMALLINT, load_permille_max SMALLINT`;

/** The sums of a day as rows of a file; an hour is counted from 1970. The day is our own text. */
export const sumsOfDay = (day: string): string =>
  `select elevator_no, (extract(epoch from hour_at) / 3600)::integer as hour, messages, trips, door_openings, moving_seconds,
     notices, room_dc_min, room_dc_max, load_permille_max
   from telemetry.hour_sum where hour_at >= '${day}T00:00:00Z' and hour_at < '${day}T00:00:00Z'::timestamptz + interval '1 day'`;

/** Sums that change when any row is lost, doubled or altered; the same in the database and in a file. */
const CHECKED = `concat_ws(',', count(*), coalesce(sum(elevator_no::bigint * (hour % 65521)), 0), coalesce(sum(messages), 0),
  coalesce(sum(trips), 0), coalesce(sum(door_openings), 0), coalesce(sum(moving_seconds), 0), coalesce(sum(notices), 0),
  coalesce(sum(room_dc_min), 0), coalesce(sum(room_dc_max), 0), coalesce(sum(load_permille_max), 0))`;

/** Days with sums before an instant, oldest first. */
export async function daysBefore(db: AnyDb, before: Date): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`select distinct (hour_at at time zone 'UTC')::date as day
    from telemetry.hour_sum where hour_at < ${before} order by 1`.execute(db);
  return rows.map(({ day }) => day);
}

/** What a day's sums are now, and which part their file will be. */
export async function checkDay(db: AnyDb, day: string): Promise<Pick<ColdSumRow, 'rows' | 'checksum' | 'part'>> {
  const { rows } = await sql<{ rows: number; checksum: string; part: number }>`select count(*) as rows,
      ${sql.raw(CHECKED)} as checksum,
      (select coalesce(max(part) + 1, 0)::integer from telemetry.cold_sum where day_on = ${day}::date) as part
    from (${sql.raw(sumsOfDay(day))}) s`.execute(db);
  return rows[0] ?? { rows: 0, checksum: '', part: 0 };
}

export async function checkSumFile(connection: DuckDBConnection, path: string): Promise<string> {
  const reader = await connection.runAndReadAll(`select ${CHECKED} from read_parquet(${quoted(path)})`);
  return String(reader.getRows()[0]?.[0]);
}

/** The file takes the rows' place. False, and nothing done, when they have changed since it was written. */
export async function replaceSums(tx: Tx<TelemetryTables>, file: Omit<ColdSumRow, 'written_at'>): Promise<boolean> {
  await sql`lock table telemetry.hour_sum in share row exclusive mode`.execute(tx);
  const { checksum } = await checkDay(tx, file.day_on);
  if (checksum !== file.checksum) return false;
  await tx.insertInto('telemetry.cold_sum').values(file).execute();
  await sql`delete from telemetry.hour_sum where hour_at >= ${`${file.day_on}T00:00:00Z`}::timestamptz
    and hour_at < ${`${file.day_on}T00:00:00Z`}::timestamptz + interval '1 day'`.execute(tx);
  return true;
}

/** Files of the days of a window. */
export async function sumFiles(
  db: Db<TelemetryTables>,
  { from, to }: { from: Date; to: Date },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('telemetry.cold_sum')
    .select('path')
    .where('day_on', '>=', from.toISOString().slice(0, 10))
    .where('day_on', '<=', to.toISOString().slice(0, 10))
    .orderBy('day_on')
    .orderBy('part')
    .execute();
  return rows.map(({ path }) => path);
}

/** Forget files of days before this; answers where they stand. */
export async function takeOldSums(db: Db<TelemetryTables>, before: Date): Promise<string[]> {
  const day = before.toISOString().slice(0, 10);
  const rows = await db.deleteFrom('telemetry.cold_sum').where('day_on', '<', day).returning('path').execute();
  return rows.map(({ path }) => path);
}
