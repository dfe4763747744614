import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { incidentItem, incidentQuery } from '../../../contract/rescue.ts';
import type { Db } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { isInstantKey, type PageOf, pageOf, readPlace } from '../../kernel/page.ts';
import { addDays, type Day, startOf } from '../../kernel/time.ts';
import { nextDueAt, type Timer } from './incident.rules.ts';
import { incidentOf } from './incident.store.ts';
import type { IncidentRow, RescueTables } from './tables.ts';

export type Item = z.input<typeof incidentItem>;
type Query = z.output<typeof incidentQuery>;

export type ListRow = IncidentRow & { group_size: number; crew: string | null; crew_place: number | null };

/** Incidents as lists show them, whatever is asked of which. */
const ROWS = sql`select i.*, greatest(of_event.size, 1) as group_size,
  holder.crew, holder.place as crew_place
  from rescue.incident i
  left join lateral (select count(*)::int as size from rescue.incident g where g.group_id = i.group_id) of_event on true
  left join lateral (select coalesce(r.label, case when o.person_id is null then o.crew_id else g.name end, '') as crew, o.place
    from rescue.offer o left join rescue.rescuer r on r.person_id = o.person_id
      left join identity.org_card g on g.id = o.org_id
    where o.incident_id = i.id and o.state in ('planned', 'offered', 'accepted', 'departed', 'arrived')
    order by array_position(array['arrived', 'departed', 'accepted', 'offered', 'planned'], o.state) limit 1) holder on true`;

/**
 * Incidents, page by page. Open ones stand as in the queue: those inside before those who are out, drills after real ones, by danger, then by how
 * long they wait. The past stands newest first.
 */
export async function listIncidents(db: Db<RescueTables>, query: Query): Promise<PageOf<Item>> {
  const open = query.state === 'open' || query.state === 'waiting';
  const order = open ? sql`${OUT}, i.drill, i.danger desc, i.aware_at, i.id` : sql`i.aware_at desc, i.id desc`;
  const after = open ? afterUrgency(query.after) : afterAware(query.after);
  const { rows } = await sql<ListRow>`${ROWS} where ${sql.join([...conditionsOf(query), ...after], sql` and `)}
    order by ${order} limit ${query.limit + 1}`.execute(db);
  return pageOf(rows, query.limit, {
    place: (row) => ({ key: open ? urgencyKey(row) : row.aware_at.toISOString(), id: row.id }),
    item: itemOf,
  });
}

/** The incidents of these ids, by id. Those the viewer does not see are left out. */
export async function itemsOf(db: Db<RescueTables>, ids: readonly IncidentId[]): Promise<ReadonlyMap<string, Item>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<ListRow>`${ROWS} where i.id = any (${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, itemOf(row)]));
}

/** Who is inside right now in an area, or everywhere the viewer sees: drills and those who are out are left out. */
export async function trappedNow(
  db: Db<RescueTables>,
  area: string | undefined,
): Promise<{ count: number; items: Item[] }> {
  const asked = { state: 'open', drill: '0', limit: 6, ...(area ? { area } : {}) } as const;
  const inside = sql.join([...conditionsOf(asked), sql`not ${OUT}`], sql` and `);
  const counted = await sql<{ n: number }>`select count(*)::int as n from rescue.incident i where ${inside}`.execute(
    db,
  );
  const { items } = await listIncidents(db, asked);
  return { count: counted.rows[0]?.n ?? 0, items: items.filter((i) => i.phase !== 'released') };
}

const OUT = sql`(i.phase = 'released')`;
const urgencyKey = ({ phase, drill, danger, aware_at }: IncidentRow) =>
  `${phase === 'released'}~${drill}~${danger}~${aware_at.toISOString()}`;

function afterUrgency(after: string | undefined): readonly RawBuilder<unknown>[] {
  const place = readPlace(
    after,
    (key) => /^(?:true|false)~(?:true|false)~\d{1,6}~/.test(key) && isInstantKey(key.split('~')[3] ?? ''),
  );
  const [out, drill, danger, at] = place?.key.split('~') ?? [];
  return place
    ? [
        sql`(${OUT}, i.drill, -i.danger, i.aware_at, i.id) > (${out === 'true'}, ${drill === 'true'}, ${-Number(danger)}::int, ${at}::timestamptz, ${place.id}::uuid)`,
      ]
    : [];
}

function afterAware(after: string | undefined): readonly RawBuilder<unknown>[] {
  const place = readPlace(after, isInstantKey);
  return place ? [sql`(i.aware_at, i.id) < (${place.key}::timestamptz, ${place.id}::uuid)`] : [];
}

function conditionsOf(query: Query): readonly RawBuilder<unknown>[] {
  const { state, drill, elevator, code, area, group, from, to } = query;
  const states = {
    open: sql`i.end_name is null`,
    waiting: sql`i.phase = 'released'`,
    ended: sql`i.end_name is not null`,
    all: sql`true`,
  };
  return [
    states[state],
    ...(drill ? [sql`i.drill = ${drill === '1'}`] : []),
    ...(elevator ? [sql`i.elevator_id = ${elevator}::uuid`] : []),
    ...(code ? [sql`i.rescue_code = ${code}`] : []),
    ...(area ? [sql`i.area_codes && ${[area]}::text[]`] : []),
    ...(group ? [sql`i.group_id = ${group}::uuid`] : []),
    ...(from ? [sql`i.aware_at >= ${startOf(from as Day)}`] : []),
    ...(to ? [sql`i.aware_at < ${startOf(addDays(to as Day, 1))}`] : []),
  ];
}

export const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

export function itemOf(row: ListRow): Item {
  const { clocks, timers, needs } = incidentOf(row, []);
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    elevatorId: row.elevator_id,
    rescueCode: row.rescue_code,
    address: row.address,
    districtCode: row.district_code,
    drill: row.drill,
    phase: row.phase,
    level: row.level,
    danger: row.danger,
    confidence: row.confidence,
    needs,
    people: row.people,
    awareAt: row.aware_at.toISOString(),
    answeredAt: iso(clocks.answered?.at),
    acceptedAt: iso(clocks.accepted?.at),
    arrivedAt: iso(clocks.arrived?.at),
    releasedAt: iso(row.released_at),
    endedAt: iso(row.end_at),
    timer: nextTimer(timers),
    groupId: row.group_id,
    groupSize: row.group_size,
    crew: row.crew,
    crewPlace: row.crew_place,
    mustLookAgain: row.must_look_again,
    lng: row.lng,
    lat: row.lat,
  };
}

export const timerItem = ({ kind, level, dueAt }: Timer) => ({ kind, level, dueAt: dueAt.toISOString() });

function nextTimer(timers: readonly Timer[]) {
  const at = nextDueAt(timers);
  const next = timers.find((t) => t.dueAt === at);
  return next ? timerItem(next) : null;
}
