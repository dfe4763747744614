import { sql } from 'kysely';
import type { z } from 'zod';
import type { powerCutSchema } from '../../../contract/telemetry.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Audience } from '../../kernel/scope.ts';
import type { Outage, PowerCutGroup } from './power.rules.ts';
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

/** Where an outage is: its feeder, or its community where the feeder is not known. */
export type Place = { elevatorId: string; feeder: string | null; communityCode: string | null; beganAt: Date };

export async function placeOf(tx: Tx<TelemetryTables>, findingId: string): Promise<Place | undefined> {
  const { rows } =
    await sql<Place>`select f.elevator_id as "elevatorId", c.power_feeder as feeder, c.community_code as "communityCode",
      f.started_at as "beganAt"
    from telemetry.finding f join registry.elevator_card c on c.id = f.elevator_id
    where f.id = ${findingId} and (c.power_feeder is not null or c.community_code is not null)`.execute(tx);
  return rows[0];
}

/** One at a time for each place: two outages told at once must make one cut. */
export async function lockPlace(tx: Tx<TelemetryTables>, { feeder, communityCode }: Place): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('telemetry.power_cut'), hashtext(${feeder ?? communityCode}))`.execute(
    tx,
  );
}

/** Does an open cut hold this elevator, and reach from before its outage to behind it? Then it would be told as it stands. */
export async function isCounted(tx: Tx<TelemetryTables>, { elevatorId, beganAt }: Place): Promise<boolean> {
  const { rows } = await sql`select from telemetry.power_cut where ended_at is null
    and ${beganAt}::timestamptz between started_at and last_at and ${elevatorId}::uuid = any(elevator_ids)`.execute(tx);
  return rows.length > 0;
}

/** Outages of a place on the day around one of them, over or not: a cut may be told late. */
export async function outagesNear(tx: Tx<TelemetryTables>, place: Place, findingId: string): Promise<Outage[]> {
  const { rows } = await sql<Omit<Outage, 'beganAt'> & { beganAt: Date }>`
    select f.id as "findingId", f.elevator_id as "elevatorId", c.power_feeder as feeder, c.community_code as "communityCode",
      f.started_at as "beganAt"
    from telemetry.finding f join registry.elevator_card c on c.id = f.elevator_id
    where f.kind = 'power_cut' and f.opened_at > (select o.opened_at from telemetry.finding o where o.id = ${findingId}) - interval '12 hours'
      and case when ${place.feeder}::text is null then c.power_feeder is null and c.community_code = ${place.communityCode}
        else c.power_feeder = ${place.feeder} end`.execute(tx);
  return rows.map((row) => ({ ...row, beganAt: row.beganAt.getTime() }));
}

/** The cut of this place that was told of this time before: it stays the same one when an earlier outage is told late. */
export async function knownCut(tx: Tx<TelemetryTables>, cut: PowerCutGroup): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from telemetry.power_cut
    where feeder is not distinct from ${cut.feeder} and community_code is not distinct from ${cut.communityCode}
      and started_at <= ${new Date(cut.lastAt)} and last_at >= ${new Date(cut.startedAt)}
    order by started_at, id limit 1`.execute(tx);
  return rows[0]?.id;
}

/** Write a cut as far as it is known; answers who may hear of it. */
export async function saveCut(tx: Tx<TelemetryTables>, cut: PowerCutGroup): Promise<Audience> {
  const { rows } = await sql<{ area_codes: string[]; org_ids: string[] }>`
    with seen as (
      select coalesce(array_agg(distinct a), '{}') as area_codes, coalesce(array_agg(distinct o) filter (where o is not null), '{}') as org_ids
      from registry.elevator_card c left join unnest(c.area_codes) a on true left join unnest(c.org_ids) o on true
      where c.id = any(${[...cut.elevatorIds]}::uuid[]))
    insert into telemetry.power_cut (id, feeder, community_code, started_at, last_at, elevator_ids, version, area_codes, org_ids)
    select ${cut.id}, ${cut.feeder}, ${cut.communityCode}, ${new Date(cut.startedAt)}::timestamptz, ${new Date(cut.lastAt)}::timestamptz, ${[...cut.elevatorIds]}::uuid[],
      ${cut.elevatorIds.length}::int, seen.area_codes, seen.org_ids from seen
    on conflict (id) do update set started_at = excluded.started_at, last_at = excluded.last_at,
      elevator_ids = excluded.elevator_ids, version = excluded.version, ended_at = null,
      area_codes = excluded.area_codes, org_ids = excluded.org_ids
    returning area_codes, org_ids`.execute(tx);
  return { areaCodes: rows[0]?.area_codes ?? [], orgIds: rows[0]?.org_ids ?? [] };
}

/** End the cuts of an elevator in which nobody is without mains any more. */
export async function endCuts(tx: Tx<TelemetryTables>, elevatorId: string, at: Date): Promise<void> {
  await sql`update telemetry.power_cut p set ended_at = greatest(${at}::timestamptz, p.started_at)
    where p.ended_at is null and ${elevatorId}::uuid = any(p.elevator_ids) and not exists (
      select from telemetry.finding f where f.elevator_id = any(p.elevator_ids) and f.kind = 'power_cut' and f.closed_at is null)`.execute(
    tx,
  );
}
