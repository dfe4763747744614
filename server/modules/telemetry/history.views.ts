import { sql } from 'kysely';
import type { z } from 'zod';
import type { historyRow, sumSchema } from '../../../contract/telemetry.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Present } from './last-known.rules.ts';
import { readingOfRow } from './live.store.ts';
import type { Notice } from './message.ts';
import { KINDS, messageOf, msOf, type Reading } from './reading.rules.ts';
import type { TelemetryTables } from './tables.ts';

/** A live row of an elevator, if the viewer sees it. Also the proof that he may see its history. */
export const findLive = (db: Db<TelemetryTables>, id: ElevatorId) =>
  db
    .selectFrom('telemetry.live as l')
    .leftJoin('telemetry.source as s', 's.no', 'l.source_no')
    .select(['l.elevator_no', 'l.heard_at', 'l.at', 'l.present', 's.id as source_id', 's.name as source_name'])
    .where('l.elevator_id', '=', id)
    .executeTakeFirst();

/** An elevator's card, for one that was never heard. */
export const findShaft = (db: Db<TelemetryTables>, id: ElevatorId) =>
  db.selectFrom('registry.elevator_card').select(['bottom_floor', 'top_floor']).where('id', '=', id).executeTakeFirst();

export type Window = { from: Date; to: Date; limit: number };

/** Rows of an elevator between two instants of the sender's clock that still stand in the database. */
export async function hotRows(db: Db<TelemetryTables>, no: number, { from, to, limit }: Window): Promise<Reading[]> {
  const rows = await db
    .selectFrom('telemetry.reading')
    .selectAll()
    .where('elevator_no', '=', no)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .orderBy('pos')
    .limit(limit)
    .execute();
  return rows.map(readingOfRow);
}

type Row = z.infer<typeof historyRow>;

/** A row of history as screens read it: only what that message said. */
export function rowOf(reading: Reading): Row {
  const { body, deviceMs, seq } = messageOf(reading);
  return {
    at: new Date(deviceMs).toISOString(),
    receivedAt: new Date(msOf(reading.pos)).toISOString(),
    seq,
    kind: KINDS[reading.kind] ?? 'status',
    values: valuesOf(body),
    notice: body.kind === 'notice' ? noticeOf(body) : null,
  };
}

function valuesOf(body: ReturnType<typeof messageOf>['body']): Present {
  if (body.kind !== 'status' && body.kind !== 'statistics') return {};
  const { kind: _kind, ...values } = body;
  return values;
}

const noticeOf = ({ group, rawCode, code, noticeId, phase }: Notice) => ({ group, rawCode, code, noticeId, phase });

export type Sum = z.infer<typeof sumSchema>;
type SumRow = Omit<Sum, 'from'> & { from: Date };

/** What is left of an elevator's history by hour. */
export async function hourSums(
  db: Db<TelemetryTables>,
  no: number,
  { from, to }: { from: Date; to: Date },
): Promise<Sum[]> {
  const { rows } = await sql<SumRow>`select hour_at as "from", messages, trips, door_openings as "doorOpenings",
      moving_seconds as "movingSeconds", notices, null as "offlineSeconds", room_dc_min / 10.0::float8 as "machineRoomMin",
      room_dc_max / 10.0::float8 as "machineRoomMax", load_permille_max / 10.0::float8 as "loadPercentMax"
    from telemetry.hour_sum where elevator_no = ${no} and hour_at >= ${from} and hour_at < ${to} order by hour_at`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, from: row.from.toISOString() }));
}

/** The same by day of the city. */
export async function daySums(
  db: Db<TelemetryTables>,
  no: number,
  { from, to }: { from: string; to: string },
): Promise<Sum[]> {
  const { rows } = await sql<SumRow>`select (day_on::timestamp at time zone 'Asia/Shanghai') as "from", messages, trips,
      door_openings as "doorOpenings", moving_seconds as "movingSeconds", notices, offline_seconds as "offlineSeconds",
      room_dc_min / 10.0::float8 as "machineRoomMin", room_dc_max / 10.0::float8 as "machineRoomMax",
      load_permille_max / 10.0::float8 as "loadPercentMax"
    from telemetry.day_sum where elevator_no = ${no} and day_on >= ${from}::date and day_on <= ${to}::date order by day_on`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, from: row.from.toISOString() }));
}

/** Findings that were open in a window, for a replay. */
export async function findingsBetween(db: Db<TelemetryTables>, no: number, { from, to }: { from: Date; to: Date }) {
  const rows = await db
    .selectFrom('telemetry.finding')
    .select(['id', 'kind', 'started_at', 'closed_at'])
    .where('elevator_no', '=', no)
    .where('started_at', '<', to)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>=', from)]))
    .orderBy('started_at', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ id, kind, started_at, closed_at }) => ({
    id,
    kind,
    startedAt: started_at.toISOString(),
    closedAt: closed_at?.toISOString() ?? null,
  }));
}
