import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import { type FindingKind, isEntrapment } from './finding.rules.ts';
import type { TelemetryTables } from './tables.ts';

/** What the boxes say of an elevator, as a map shows it. */
export type HeardState = 'normal' | 'offline' | 'fault' | 'trapped';
export type HeardStates = { states: readonly { no: number; state: HeardState }[]; mark: string };

type Row = { no: number; online: boolean; kinds: FindingKind[] };

/** The present row of every elevator is read this often; between, only elevators whose findings changed. */
const WHOLE_SCAN_MS = 15_000;

/**
 * States that may have changed since the mark an earlier answer gave; all of them without one. Reading the whole city
 * costs a scan of one row per elevator, so it is done at intervals: a finding shows at the next look all the same.
 */
export async function heardStates(
  db: Db<TelemetryTables>,
  { mark, now, offlineSeconds }: { mark: string | null; now: Date; offlineSeconds: number },
): Promise<HeardStates> {
  const [looked = 0, scanned = 0] = (mark ?? '').split(' ').map(Number);
  const whole = now.getTime() - scanned >= WHOLE_SCAN_MS;
  const changed = whole
    ? sql`true`
    : sql`l.elevator_no in (select f.elevator_no from telemetry.finding f
        where f.opened_at >= ${new Date(looked - 5_000)} or f.closed_at >= ${new Date(looked - 5_000)})`;
  const { rows } = await sql<Row>`
    select l.elevator_no as no, l.heard_at >= ${new Date(now.getTime() - offlineSeconds * 1000)} as online,
      coalesce((select array_agg(f.kind) from telemetry.finding f
        where f.elevator_no = l.elevator_no and f.closed_at is null), '{}') as kinds
    from telemetry.live l where ${changed}`.execute(db);
  return {
    states: rows.map(({ no, online, kinds }) => ({ no, state: stateOf(online, kinds) })),
    mark: `${now.getTime()} ${whole ? now.getTime() : scanned}`,
  };
}

/** People in danger first; silence and temperature are no fault of the car. */
function stateOf(online: boolean, kinds: readonly FindingKind[]): HeardState {
  if (kinds.some(isEntrapment)) return 'trapped';
  if (kinds.some((kind) => kind !== 'offline' && kind !== 'machine_room_temperature')) return 'fault';
  return online ? 'normal' : 'offline';
}
