import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { dayOf } from '../../kernel/time.ts';
import { type Candidate, type Point, type Rescuer, rank } from './candidate.rules.ts';
import type { CommandDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

/**
 * Whom to look among: at level 1 the contracted unit's own people, at level 2 everybody else, for the agent all. In a drill
 * the people of the unit that rehearses, at every level: nobody else leaves his work for it.
 */
export type Circle = {
  maintenanceOrgId: OrgId | null;
  level: 1 | 2 | 'all';
  drillId: string | null;
  without: readonly string[];
};

type Row = {
  person_id: string;
  org_id: string;
  label: string;
  kind: Rescuer['kind'];
  certified_until: string | null;
  lng: number | null;
  lat: number | null;
  position_at: Date | null;
  station_lng: number | null;
  station_lat: number | null;
  on_duty: boolean;
  jobs: number;
};

/** Rescuers of a circle, the one who could be there first on top, each with the reasons. */
export async function candidatesFor(
  db: Db<RescueTables>,
  { now, settings, travel }: Pick<CommandDeps, 'settings' | 'travel'> & { now: Date },
  { circle, to }: { circle: Circle; to: Point | null },
): Promise<readonly Candidate[]> {
  const rows = await rescuersIn(db, circle, now);
  const rescuers = rows.map((row) => rescuerOf(row, { now, forgottenSeconds: settings.travel.forgottenSeconds }));
  const placed = rescuers.filter((r) => r.at !== null);
  const travels = to
    ? travel(
        placed.flatMap((r) => (r.at ? [r.at] : [])),
        to,
      )
    : [];
  const travelOf = new Map(placed.map((r, i) => [r.personId, travels[i] ?? null]));
  return rank(
    rescuers.map((rescuer) => ({ rescuer, travel: travelOf.get(rescuer.personId) ?? null })),
    settings.travel,
  );
}

async function rescuersIn(db: Db<RescueTables>, circle: Circle, now: Date): Promise<readonly Row[]> {
  const { maintenanceOrgId, level, drillId, without } = circle;
  const own = sql`r.org_id = ${maintenanceOrgId}::uuid`;
  const real = level === 'all' ? sql`true` : level === 1 ? own : sql`(${own}) is not true`;
  const rehearsing = sql`r.org_id = (select d.org_id from rescue.drill d where d.id = ${drillId}::uuid)`;
  const { rows } = await sql<Row>`
    select r.person_id, r.org_id, r.label, r.kind, r.certified_until, r.lng, r.lat, r.position_at,
      s.lng as station_lng, s.lat as station_lat,
      exists (select from rescue.duty d where d.person_id = r.person_id and d.from_at <= ${now} and d.to_at > ${now}) as on_duty,
      (select count(*)::int from rescue.offer o where o.person_id = r.person_id and o.live) as jobs
    from rescue.rescuer r left join rescue.station s on s.id = r.station_id
    where r.left_on is null and ${drillId === null ? sql`${real} and not r.drill_only` : rehearsing}
      and not (r.person_id::text = any (${[...without]}::text[]))`.execute(db);
  return rows;
}

function rescuerOf(row: Row, { now, forgottenSeconds }: { now: Date; forgottenSeconds: number }): Rescuer {
  const age = row.position_at ? Math.max(0, (now.getTime() - row.position_at.getTime()) / 1000) : null;
  const own = age !== null && age <= forgottenSeconds && row.lng !== null && row.lat !== null;
  const station = row.station_lng !== null && row.station_lat !== null;
  const at = own
    ? { lng: row.lng ?? 0, lat: row.lat ?? 0 }
    : station
      ? { lng: row.station_lng ?? 0, lat: row.station_lat ?? 0 }
      : null;
  return {
    personId: row.person_id,
    orgId: row.org_id,
    label: row.label,
    kind: row.kind,
    at,
    positionAgeSeconds: own ? age : null,
    onDuty: row.on_duty,
    certified: row.certified_until === null ? 'unknown' : row.certified_until < dayOf(now) ? 'expired' : 'yes',
    jobs: row.jobs,
  };
}

/**
 * One dispatcher chooses at a time, so that two incidents never both believe the same rescuer to be free. Taken after
 * the incident is held, never before: nobody who waits here holds what the other needs.
 */
export async function chooseAlone(tx: Tx<RescueTables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('rescue.choose'))`.execute(tx);
}

/** One report about an elevator is taken in at a time: the second finds the incident that the first has opened. */
export async function holdElevator(tx: Tx<RescueTables>, elevatorId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${elevatorId}, 7301))`.execute(tx);
}
