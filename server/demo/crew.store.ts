import { sql } from 'kysely';
import type { Db } from '../kernel/db.ts';
import type { Incident } from '../modules/rescue/incident.rules.ts';
import { incidentOf } from '../modules/rescue/incident.store.ts';
import type { IncidentRow, OfferRow, RescueTables } from '../modules/rescue/tables.ts';
import { CREW_AGENT } from './crew-accounts.ts';

/** An incident that something may still happen to, and which part of it people have taken over. */
export type Scene = {
  incident: Incident;
  place: { lng: number; lat: number } | null;
  offers: readonly OfferRow[];
  fieldByPeople: boolean;
  deskByPeople: boolean;
};

const MOST = 500;

/**
 * What the simulated people may see to. A person has taken the field over when he reported from the elevator, and the desk
 * when he acted there on this incident.
 */
export async function readScenes(db: Db<RescueTables>, crew: readonly string[]): Promise<readonly Scene[]> {
  const byPeople = sql`l.actor ~ '^[0-9a-f-]{36}$' and not l.actor = any (${[...crew]}::text[])`;
  const { rows } = await sql<IncidentRow & { field: boolean; desk: boolean }>`select i.*,
      exists (select from rescue.incident_log l where l.incident_id = i.id and ${byPeople}
        and l.what in ('report_accept', 'report_refuse', 'report_departure', 'report_arrival', 'report_release')) as field,
      exists (select from rescue.incident_log l join identity.account a on a.id::text = l.actor
        where l.incident_id = i.id and ${byPeople} and a.role in ('agent', 'shift_leader')) as desk
    from rescue.incident i where i.end_name is null or i.must_look_again order by i.aware_at limit ${MOST}`.execute(db);
  if (rows.length === 0) return [];
  const offers = await db
    .selectFrom('rescue.offer')
    .selectAll()
    .where(
      'incident_id',
      'in',
      rows.map((r) => r.id),
    )
    .execute();
  return rows.map((row) => {
    const own = offers.filter((o) => o.incident_id === row.id);
    return {
      incident: incidentOf(row, own),
      place: row.lng !== null && row.lat !== null ? { lng: row.lng, lat: row.lat } : null,
      offers: own,
      fieldByPeople: row.field,
      deskByPeople: row.desk,
    };
  });
}

/** Rescuers as whom a visitor is signed in: he answers for himself. */
export async function playedByPeople(db: Db<unknown>, now: Date): Promise<ReadonlySet<string>> {
  const since = new Date(now.getTime() - 1_800_000);
  const { rows } = await sql<{ id: string }>`select distinct a.person_id::text as id
    from identity.session s join identity.account a on a.id = s.account_id
    where a.person_id is not null and s.agent <> ${CREW_AGENT} and s.stage = 'open' and s.ended_at is null
      and s.ends_at > ${now} and s.last_seen_at > ${since}`.execute(db);
  return new Set(rows.map((r) => r.id));
}

/** Where a rescuer was seen last. */
export async function positionOf(db: Db<RescueTables>, personId: string): Promise<{ lng: number; lat: number } | null> {
  const { rows } = await sql<{ lng: number | null; lat: number | null }>`select coalesce(r.lng, s.lng) as lng,
    coalesce(r.lat, s.lat) as lat from rescue.rescuer r left join rescue.station s on s.id = r.station_id
    where r.person_id = ${personId}::uuid`.execute(db);
  const at = rows[0];
  return at?.lng !== undefined && at.lng !== null && at.lat !== null ? { lng: at.lng, lat: at.lat } : null;
}
