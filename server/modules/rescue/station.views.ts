import { sql } from 'kysely';
import type { z } from 'zod';
import type { coverage, station } from '../../../contract/rescue-field.ts';
import type { Db } from '../../kernel/db.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

type Station = z.input<typeof station>;
type Coverage = z.input<typeof coverage>;

/** Stations with how many rescuers belong to them and how many are on duty now. */
export async function listStations(db: Db<RescueTables>, now: Date): Promise<Station[]> {
  const { rows } =
    await sql<Station>`select s.id, s.org_id as "orgId", g.name as org, s.name, s.address, s.kind, s.lng, s.lat, s.version,
      count(r.person_id)::int as rescuers,
      count(r.person_id) filter (where exists (select from rescue.duty d
        where d.person_id = r.person_id and d.from_at <= ${now} and d.to_at > ${now}))::int as "onDuty"
    from rescue.station s join identity.org_card g on g.id = s.org_id
    left join rescue.rescuer r on r.station_id = s.id and r.left_on is null
    where s.closed_on is null group by s.id, g.name order by s.kind, s.name, s.id`.execute(db);
  return rows;
}

/** Gaps that are sent at most, the farthest first. */
const MOST_GAPS = 2_000;

const farthest = ({ nearestSeconds }: Coverage['items'][number]): number => nearestSeconds ?? Number.MAX_SAFE_INTEGER;

type PlaceRow = { id: string; address: string; lng: number; lat: number };

/**
 * Elevators in use that nobody on duty would reach within the city's time. Elevators close together are asked as one place
 * (a grid of about 500 m), because roads hardly differ there.
 */
export async function coverageOf(db: Db<RescueTables>, deps: RescueDeps): Promise<Coverage> {
  const now = deps.now();
  const { withinSeconds } = deps.settings.coverage;
  const { rows: crews } = await sql<{
    lng: number;
    lat: number;
  }>`select distinct coalesce(r.lng, s.lng) as lng, coalesce(r.lat, s.lat) as lat
    from rescue.rescuer r left join rescue.station s on s.id = r.station_id
    where r.left_on is null and coalesce(r.lng, s.lng) is not null and exists (select from rescue.duty d
      where d.person_id = r.person_id and d.from_at <= ${now} and d.to_at > ${now})`.execute(db);
  const { rows: elevators } = await sql<PlaceRow>`select e.id, e.address, e.lng, e.lat from registry.elevator_card e
    where e.state = 'in_use' and e.lng is not null order by e.id`.execute(db);
  const { rows: bare } = await sql<{ n: number }>`select count(*)::int as n from registry.elevator_card e
    where e.state = 'in_use' and e.lng is null`.execute(db);
  const cells = new Map<string, { nearest: number | null; by: 'roads' | 'line' }>();
  const items: Coverage['items'] = [];
  for (const e of elevators) {
    const key = `${Math.round(e.lng * 200)}/${Math.round(e.lat * 200)}`;
    const cell = cells.get(key) ?? nearestIn(deps, crews, e);
    cells.set(key, cell);
    if (cell.nearest === null || cell.nearest > withinSeconds)
      items.push({ elevatorId: e.id, address: e.address, lng: e.lng, lat: e.lat, nearestSeconds: cell.nearest });
  }
  const by = [...cells.values()].some((c) => c.by === 'roads') ? 'roads' : 'line';
  const gaps = items.length;
  return {
    withinSeconds,
    by,
    covered: elevators.length - gaps,
    gaps,
    unplaced: bare[0]?.n ?? 0,
    items: items.toSorted((a, b) => farthest(b) - farthest(a)).slice(0, MOST_GAPS),
  };
}

function nearestIn(deps: RescueDeps, crews: readonly { lng: number; lat: number }[], to: PlaceRow) {
  const travels = deps.travel(crews, to);
  const best = travels.reduce<(typeof travels)[number] | null>((b, t) => (b && b.seconds <= t.seconds ? b : t), null);
  return { nearest: best ? Math.round(best.seconds) : null, by: best?.by ?? ('line' as const) };
}
