import { sql } from 'kysely';
import type { AnyDb } from '../../kernel/db.ts';
import type { HourSumRow } from './tables.ts';

const ROWS_A_STATEMENT = 5_000;

/** Add sums of hours to what stands there: late rows belong to the hour they speak of. */
export async function addHourSums(tx: AnyDb, rows: readonly HourSumRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_A_STATEMENT) await addSome(tx, rows.slice(i, i + ROWS_A_STATEMENT));
}

async function addSome(tx: AnyDb, rows: readonly HourSumRow[]): Promise<void> {
  const column = <K extends keyof HourSumRow>(name: K) => rows.map((row) => row[name]);
  await sql`insert into telemetry.hour_sum as h (elevator_no, hour_at, messages, trips, door_openings, moving_seconds, notices,
      room_dc_min, room_dc_max, load_permille_max)
    select * from unnest(${column('elevator_no')}::integer[], ${column('hour_at')}::timestamptz[], ${column('messages')}::integer[],
      ${column('trips')}::integer[], ${column('door_openings')}::integer[], ${column('moving_seconds')}::integer[],
      ${column('notices')}::integer[], ${column('room_dc_min')}::smallint[], ${column('room_dc_max')}::smallint[],
      ${column('load_permille_max')}::smallint[])
    on conflict (elevator_no, hour_at) do update set messages = h.messages + excluded.messages, trips = h.trips + excluded.trips,
      door_openings = h.door_openings + excluded.door_openings, moving_seconds = h.moving_seconds + excluded.moving_seconds,
      notices = h.notices + excluded.notices, room_dc_min = least(h.room_dc_min, excluded.room_dc_min),
      room_dc_max = greatest(h.room_dc_max, excluded.room_dc_max),
      load_permille_max = greatest(h.load_permille_max, excluded.load_permille_max)`.execute(tx);
}

/** Sum a city day from its hours and gaps, anew each time it is asked. */
export async function sumDay(db: AnyDb, { day, from, to }: { day: string; from: Date; to: Date }): Promise<void> {
  await sql`insert into telemetry.day_sum (elevator_no, day_on, messages, trips, door_openings, moving_seconds, notices,
      offline_seconds, room_dc_min, room_dc_max, load_permille_max)
    select h.elevator_no, ${day}::date, sum(h.messages), sum(h.trips), sum(h.door_openings), sum(h.moving_seconds), sum(h.notices),
      coalesce((select sum(extract(epoch from least(g.to_at, ${to}) - greatest(g.from_at, ${from})))::int from telemetry.gap g
        where g.elevator_no = h.elevator_no and g.to_at > ${from} and g.from_at < ${to}), 0),
      min(h.room_dc_min), max(h.room_dc_max), max(h.load_permille_max)
    from telemetry.hour_sum h where h.hour_at >= ${from} and h.hour_at < ${to} group by h.elevator_no
    on conflict (elevator_no, day_on) do update set messages = excluded.messages, trips = excluded.trips,
      door_openings = excluded.door_openings, moving_seconds = excluded.moving_seconds, notices = excluded.notices,
      offline_seconds = excluded.offline_seconds, room_dc_min = excluded.room_dc_min, room_dc_max = excluded.room_dc_max,
      load_permille_max = excluded.load_permille_max`.execute(db);
}

/** Forget raw texts and notes on late rows that are older than this. */
export async function forgetOld(db: AnyDb, before: Date): Promise<void> {
  await sql`delete from telemetry.quarantine where received_at < ${before}`.execute(db);
  await sql`delete from telemetry.stray where hour_at < ${before}`.execute(db);
}

/** Forget sums of days before this. */
export async function forgetDays(db: AnyDb, before: Date): Promise<void> {
  await sql`delete from telemetry.day_sum where day_on < ${before}::date`.execute(db);
}
