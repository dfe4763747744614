import { sql } from 'kysely';
import type { z } from 'zod';
import type { maintenanceWindow, workLine } from '../../../contract/telemetry-work.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { FindingKind } from './finding.rules.ts';
import type { TelemetryTables } from './tables.ts';

type Open = Omit<z.infer<typeof maintenanceWindow>, 'startedAt' | 'endsAt'> & {
  orgId: OrgId;
  startedAt: Date;
  endsAt: Date;
};

/** The work that is declared on an elevator and not over. */
export async function openWindow(db: Db<TelemetryTables>, id: ElevatorId, now: Date): Promise<Open | null> {
  const { rows } =
    await sql<Open>`select w.id, w.org_id as "orgId", o.name as org, w.reason, w.started_at as "startedAt",
      w.ends_at as "endsAt"
    from telemetry.maintenance_window w join identity.org_card o on o.id = w.org_id
    where w.elevator_id = ${id} and w.ended_at is null and w.ends_at > ${now} order by w.ends_at desc limit 1`.execute(
      db,
    );
  return rows[0] ?? null;
}

/** Work that goes on now on the elevators a unit maintains, or that it declared: the newest first. */
export async function worksOf(
  db: Db<TelemetryTables>,
  { orgId, now }: { orgId: OrgId | null; now: Date },
): Promise<z.infer<typeof workLine>[]> {
  const { rows } = await sql<Open & { elevatorId: ElevatorId; address: string; rescueCode: string | null }>`
    select w.id, w.org_id as "orgId", o.name as org, w.reason, w.started_at as "startedAt", w.ends_at as "endsAt",
      c.id as "elevatorId", c.address, c.rescue_code as "rescueCode"
    from telemetry.maintenance_window w join identity.org_card o on o.id = w.org_id
      join registry.elevator_card c on c.id = w.elevator_id
    where w.ended_at is null and w.ends_at > ${now} and (w.org_id = ${orgId} or c.maintenance_org_id = ${orgId})
    order by w.started_at desc limit 200`.execute(db);
  return rows.map(({ id, elevatorId, address, rescueCode, org, reason, startedAt, endsAt }) => ({
    id,
    elevatorId,
    address,
    rescueCode,
    org,
    reason,
    startedAt: startedAt.toISOString(),
    endsAt: endsAt.toISOString(),
  }));
}

/** Until when work is declared, by elevator: what detection holds in memory. */
export async function workUntil(
  db: Db<TelemetryTables>,
  now: Date,
  only?: readonly ElevatorId[],
): Promise<ReadonlyMap<ElevatorId, number>> {
  let query = db
    .selectFrom('telemetry.maintenance_window')
    .select((eb) => ['elevator_id', eb.fn.max('ends_at').as('until')])
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now)
    .groupBy('elevator_id');
  if (only) query = query.where('elevator_id', '=', sql<ElevatorId>`any(${[...only]}::uuid[])`);
  const rows = await query.execute();
  return new Map(rows.map((row) => [row.elevator_id, row.until.getTime()]));
}

/** What speaks for people inside an elevator now. */
export async function openKinds(db: Db<TelemetryTables>, id: ElevatorId): Promise<FindingKind[]> {
  const rows = await db
    .selectFrom('telemetry.finding')
    .select('kind')
    .where('elevator_id', '=', id)
    .where('closed_at', 'is', null)
    .execute();
  return rows.map((row) => row.kind);
}
