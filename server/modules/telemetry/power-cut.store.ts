import type { z } from 'zod';
import type { powerCutSchema } from '../../../contract/telemetry.ts';
import type { Db } from '../../kernel/db.ts';
import type { TelemetryTables } from './tables.ts';

const SHOWN = 200;

/** Power cuts, newest first. */
export async function listPowerCuts(db: Db<TelemetryTables>): Promise<z.infer<typeof powerCutSchema>[]> {
  const rows = await db
    .selectFrom('telemetry.power_cut')
    .selectAll()
    .orderBy('started_at', 'desc')
    .limit(SHOWN)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    feeder: row.feeder,
    communityCode: row.community_code,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    elevators: row.elevator_ids.length,
  }));
}
