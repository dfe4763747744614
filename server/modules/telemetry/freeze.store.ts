import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db.ts';
import { quoted } from './cold.service.ts';
import { addHourSums } from './sum.store.ts';
import type { ColdFileRow, HourSumRow, TelemetryTables } from './tables.ts';

const HOUR_MS = 3_600_000;

/** Partitions of hours before this one, oldest first. An hour is counted from 1970. */
export async function partitionsBefore(
  db: Db<TelemetryTables>,
  hour: number,
): Promise<{ name: string; hour: number }[]> {
  const { rows } = await sql<{
    name: string;
  }>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'telemetry.reading'::regclass order by 1`.execute(db);
  return rows.map(({ name }) => ({ name, hour: hourOfPartition(name) })).filter((one) => one.hour < hour);
}

/** The hour in a partition's name, `reading_2026112105`. */
function hourOfPartition(name: string): number {
  const [, year, month, day, hour] = /^reading_(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(name) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour)) / HOUR_MS;
}

/** Sums that change when any row is lost, doubled or altered; the same in the database and in a file. */
const CHECKED = [
  'count(*)',
  'sum(pos)',
  'sum(at_ms)',
  'sum(elevator_no * (pos % 65521))',
  'sum(seq * (pos % 251))',
  'sum(flags)',
  'sum(boot)',
  'sum(kind)',
  'sum(floor)',
  'sum(speed_mm_per_s)',
  'sum(load_permille)',
  'sum(car_dc)',
  'sum(room_dc)',
  'sum(extra_bytes)',
];

/** The count and checksum of a partition, and which part of its hour its file will be. */
export async function checkHot(
  db: Db<TelemetryTables>,
  name: string,
): Promise<Pick<ColdFileRow, 'rows' | 'checksum' | 'part' | 'first_pos' | 'last_pos'>> {
  const { rows } = await sql<{ rows: number; checksum: string; first_pos: number; last_pos: number }>`
    with r as (select pos, (extract(epoch from at) * 1000)::bigint as at_ms, elevator_no::bigint, seq, flags::bigint, boot::bigint, kind,
      floor, speed_mm_per_s, load_permille, car_dc, room_dc, octet_length(extra::text) as extra_bytes from telemetry.${sql.id(name)})
    select count(*) as rows, concat_ws(',', ${sql.raw(CHECKED.map((c) => `coalesce(${c}, 0)`).join(', '))}) as checksum,
      coalesce(min(pos), 0) as first_pos, coalesce(max(pos), 0) as last_pos from r`.execute(db);
  const [hot] = rows;
  const { rows: parts } = await sql<{
    part: number;
  }>`select coalesce(max(part) + 1, 0)::int as part from telemetry.cold_file
    where hour_at = ${new Date(hourOfPartition(name) * HOUR_MS)}`.execute(db);
  return { rows: 0, checksum: '', first_pos: 0, last_pos: 0, ...hot, part: parts[0]?.part ?? 0 };
}

/** The same checksum of a file. */
export async function checkFile(connection: DuckDBConnection, path: string): Promise<string> {
  const reader = await connection.runAndReadAll(
    `with r as (select (at_ms + lag_ms) * 1024 + place as pos, at_ms, elevator_no::bigint as elevator_no, seq, flags::bigint as flags,
       boot::bigint as boot, kind, floor, speed_mm_per_s, load_permille, car_dc, room_dc, strlen(extra) as extra_bytes
       from read_parquet(${quoted(path)}))
     select concat_ws(',', ${CHECKED.map((c) => `coalesce(${c}, 0)`).join(', ')}) from r`,
  );
  return String(reader.getRows()[0]?.[0]);
}

/** A partition's rows in the columns of a file. Its name is our own: letters, digits and underscores. */
export const exportQuery = (name: string): string =>
  `select elevator_no, at_ms, pos / 1024 - at_ms, pos % 1024, seq, source_no, boot, flags, kind, floor, speed_mm_per_s, load_permille,
     car_dc, room_dc, extra
   from (select *, (extract(epoch from at) * 1000)::bigint as at_ms from telemetry.${name}) r`;

type Replacement = { name: string; file: Omit<ColdFileRow, 'written_at'> };

/** The file and the sums of its hours take the partition's place. */
export async function replaceByFile(
  tx: Tx<TelemetryTables>,
  { name, file }: Replacement,
  sums: AsyncIterable<readonly HourSumRow[]>,
): Promise<void> {
  await sql`set local lock_timeout = '3s'`.execute(tx); // never hold up the doors: the next round tries again
  if (file.rows > 0) await tx.insertInto('telemetry.cold_file').values(file).execute();
  if (file.rows > 0) for await (const some of sums) await addHourSums(tx, some);
  await sql`drop table telemetry.${sql.id(name)}`.execute(tx);
}

/** Forget files of hours before this; answers where they stand. */
export async function takeOldFiles(db: Db<TelemetryTables>, before: Date): Promise<string[]> {
  const rows = await db.deleteFrom('telemetry.cold_file').where('hour_at', '<', before).returning('path').execute();
  return rows.map(({ path }) => path);
}
