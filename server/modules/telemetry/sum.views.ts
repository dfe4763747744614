import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from './cold.service.ts';
import type { HourSumRow } from './tables.ts';

const HOUR_MS = 3_600_000;
/** A car that was last heard moving is not taken to move on for longer than this. */
const MOST_MOVING_MS = 120_000;

/**
 * What each elevator did in each hour of a file. A trip is a start of the car, an opening the loss of the door-closed
 * signal of a car that stands; bits are those of `reading.rules.ts`. Values that were never said stay null.
 */
export async function* hourSumsOf(connection: DuckDBConnection, path: string): AsyncGenerator<readonly HourSumRow[]> {
  const result = await connection.stream(`
    with said as (
      select *, case when flags & 1 = 1 then (flags >> 1) & 1 end as moving,
        case when (flags >> 4) & 1 = 1 then (flags >> 5) & 1 end as closed
      from read_parquet(${quoted(path)})),
    carried as (
      select *, last_value(moving ignore nulls) over before as moved, last_value(closed ignore nulls) over before as was_closed,
        lead(at_ms) over line as next_ms, last_value(moving ignore nulls) over upto as moves
      from said
      window line as (partition by elevator_no order by at_ms, lag_ms, place),
        before as (partition by elevator_no order by at_ms, lag_ms, place rows between unbounded preceding and 1 preceding),
        upto as (partition by elevator_no order by at_ms, lag_ms, place rows between unbounded preceding and current row))
    select elevator_no, at_ms // ${HOUR_MS}, count(*)::integer,
      count(*) filter (where moving = 1 and coalesce(moved, 0) = 0)::integer,
      count(*) filter (where closed = 0 and was_closed = 1 and coalesce(moves, 0) = 0)::integer,
      (coalesce(sum(least(coalesce(next_ms, at_ms) - at_ms, ${MOST_MOVING_MS})) filter (where moves = 1), 0) // 1000)::integer,
      count(*) filter (where kind = 2)::integer, min(room_dc), max(room_dc), max(load_permille)
    from carried group by 1, 2 order by 1, 2`);
  // A piece at a time: a quarter of a million rows at once would hold up the desk.
  for await (const rows of result.yieldRows()) yield rows.map(sumOf);
}

function sumOf(row: readonly unknown[]): HourSumRow {
  const [no, hour, messages, trips, openings, moving, notices, roomMin, roomMax, load] = row;
  return {
    elevator_no: Number(no),
    hour_at: new Date(Number(hour) * HOUR_MS),
    messages: Number(messages),
    trips: Number(trips),
    door_openings: Number(openings),
    moving_seconds: Number(moving),
    notices: Number(notices),
    room_dc_min: roomMin === null ? null : Number(roomMin),
    room_dc_max: roomMax === null ? null : Number(roomMax),
    load_permille_max: load === null ? null : Number(load),
  };
}
