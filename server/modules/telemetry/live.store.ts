import { sql } from 'kysely';
import type { AnyDb, Db } from '../../kernel/db.ts';
import type { Car } from './car.rules.ts';
import type { Known } from './directory.service.ts';
import { copyPresent, newPresent, type Present } from './last-known.rules.ts';
import { KINDS, type Reading } from './reading.rules.ts';
import { readWindows } from './seq.rules.ts';
import { SLOTS } from './slot.rules.ts';
import { packState, unpackState } from './state.rules.ts';
import type { TelemetryTables } from './tables.ts';

/**
 * Write the present of these elevators over what stood there, unless that is newer. One text for all rows: arrays, one a
 * column, cost the doors three times as much to write. Read before this returns.
 */
export async function saveCars(tx: AnyDb, cars: readonly { car: Car; known: Known }[]): Promise<void> {
  await sql`insert into telemetry.live (elevator_no, elevator_id, source_no, heard_at, at, present, detector, wake_at,
      windows, pos, area_codes, org_ids)
    select no, id, source_no, to_timestamp(heard_ms / 1000.0), to_timestamp(at_ms / 1000.0), present, detector,
      to_timestamp(wake_ms / 1000.0), windows, pos, area_codes, org_ids
    from json_to_recordset(${JSON.stringify(cars.map(rowOf))}::json) as new (no integer, id uuid, source_no integer,
      heard_ms bigint, at_ms bigint, present jsonb, detector jsonb, wake_ms bigint, windows jsonb, pos bigint,
      area_codes text[], org_ids uuid[])
    on conflict (elevator_no) do update set source_no = excluded.source_no, heard_at = excluded.heard_at,
      at = excluded.at, present = excluded.present, detector = excluded.detector, wake_at = excluded.wake_at,
      windows = excluded.windows, pos = excluded.pos, area_codes = excluded.area_codes, org_ids = excluded.org_ids
    where telemetry.live.pos <= excluded.pos`.execute(tx);
}

const rowOf = ({ car, known }: { car: Car; known: Known }) => ({
  no: car.elevatorNo,
  id: known.id,
  source_no: car.sourceNo,
  heard_ms: car.heardMs,
  at_ms: car.atMs,
  present: car.present,
  detector: packState(car.detector),
  wake_ms: car.wakeMs,
  windows: car.windows,
  pos: car.pos,
  area_codes: known.areaCodes,
  org_ids: known.orgIds,
});

/** Say how far the live rows of these slots reflect history. */
export async function saveCheckpoints(tx: AnyDb, slots: readonly number[], pos: number): Promise<void> {
  await sql`insert into telemetry.checkpoint (shard, pos) select slot, ${pos} from unnest(${slots}::integer[]) as slot
    on conflict (shard) do update set pos = excluded.pos where telemetry.checkpoint.pos < excluded.pos`.execute(tx);
}

/** Up to where the live rows of all these slots reflect history. */
export async function findCheckpoint(db: Db<TelemetryTables>, slots: readonly number[]): Promise<number> {
  const rows = await db.selectFrom('telemetry.checkpoint').select('pos').where('shard', 'in', slots).execute();
  return rows.length < slots.length ? 0 : Math.min(...rows.map((row) => row.pos));
}

/** Does a column hold the number of an elevator in these slots? The same sum as `slotOf`. */
const inSlots = (column: 'elevator_no', slots: readonly number[]) =>
  sql<boolean>`${sql.ref(column)} % ${sql.lit(SLOTS)} = any(${slots}::integer[])`;

/** Everything the doors remembered when they last wrote it down. */
export async function loadCars(db: Db<TelemetryTables>, slots: readonly number[]): Promise<Car[]> {
  const rows = await db
    .selectFrom('telemetry.live')
    .select(['elevator_no', 'source_no', 'heard_at', 'at', 'present', 'detector', 'wake_at', 'windows', 'pos'])
    .where(inSlots('elevator_no', slots))
    .execute();
  return rows.map((row) => ({
    elevatorNo: row.elevator_no,
    sourceNo: row.source_no,
    heardMs: row.heard_at.getTime(),
    atMs: row.at.getTime(),
    // Written by ourselves, in this shape: see `saveCars`.
    present: copyPresent(newPresent(), row.present as Present),
    detector: unpackState(row.detector),
    windows: readWindows(row.windows),
    wakeMs: row.wake_at?.getTime() ?? null,
    pos: row.pos,
  }));
}

const PAGE = 20_000;
const LAST_NO = 2_147_483_647;

/** History of these slots after a place, in its order, page by page. Two processes may have given out one place. */
export async function* historyAfter(
  db: Db<TelemetryTables>,
  slots: readonly number[],
  pos: number,
): AsyncGenerator<readonly Reading[]> {
  for (let after = { pos, no: LAST_NO }; ; ) {
    const rows = await db
      .selectFrom('telemetry.reading')
      .selectAll()
      .where('pos', '>=', after.pos)
      .where(sql<boolean>`(pos, elevator_no) > (${after.pos}, ${after.no})`)
      .where(inSlots('elevator_no', slots))
      .orderBy('pos')
      .orderBy('elevator_no')
      .limit(PAGE)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(readingOfRow);
    if (rows.length < PAGE) return;
    after = { pos: last.pos, no: last.elevator_no };
  }
}

export const readingOfRow = (row: TelemetryTables['telemetry.reading']): Reading => ({
  pos: row.pos,
  atMs: row.at.getTime(),
  seq: row.seq,
  elevatorNo: row.elevator_no,
  sourceNo: row.source_no,
  boot: row.boot,
  flags: row.flags,
  kind: row.kind in KINDS ? row.kind : 0,
  floor: row.floor,
  speedMmPerS: row.speed_mm_per_s,
  loadPermille: row.load_permille,
  carDc: row.car_dc,
  roomDc: row.room_dc,
  extra: row.extra === null ? null : JSON.stringify(row.extra),
});

/** Note when each sender was last heard: its number, and the instant in ms. */
export async function heardSources(tx: AnyDb, newest: ReadonlyMap<number, number>): Promise<void> {
  if (newest.size === 0) return;
  // Several processes hear the same senders: they are locked in one order, or two would wait for each other in a ring.
  await sql`select from telemetry.source where no = any(${[...newest.keys()]}::integer[]) order by no for update`.execute(
    tx,
  );
  await sql`update telemetry.source s set heard_at = greatest(s.heard_at, n.heard_at), silent_since = null
    from unnest(${[...newest.keys()]}::integer[], ${[...newest.values()].map((ms) => new Date(ms))}::timestamptz[])
      as n (no, heard_at) where s.no = n.no`.execute(tx);
}
