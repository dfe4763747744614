import { sql } from 'kysely';
import type { z } from 'zod';
import type { healthSchema, OnlineBy, onlineRow } from '../../../contract/telemetry.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { TelemetryTables } from './tables.ts';

type Row = z.infer<typeof onlineRow>;
type Span = { since: Date; gapsFrom: Date };
type Ask = { by: OnlineBy; area: string | null };

const ORG = sql`(select o.name from identity.org_card o where o.id::text = k.key)`;

/** What elevators are counted by: the key of a row, and its name where the database knows one. */
const GROUPS = {
  source: { key: sql`l.source_no::text`, name: sql`(select s.name from telemetry.source s where s.no::text = k.key)` },
  maintenance: { key: sql`c.maintenance_org_id::text`, name: ORG },
  maker: { key: sql`c.maker_org_id::text`, name: ORG },
  district: { key: sql`c.district_code`, name: sql`null::text` },
  street: { key: sql`c.street_code`, name: sql`null::text` },
  community: { key: sql`c.community_code`, name: sql`null::text` },
  building: {
    key: sql`c.building_id::text`,
    name: sql`(select nullif(concat(b.estate, b.building_name), '') from registry.elevator_card b where b.building_id::text = k.key limit 1)`,
  },
} as const;

/**
 * Online rate and gaps by sender, maintenance unit, maker, division or building, in the whole city or below one of its
 * divisions: the one place where they are counted. Online: heard within the city's limit (`since`); the rate counts
 * elevators in use that were ever heard. `areaName` gives the names of divisions.
 */
export async function onlineBy(
  db: Db<TelemetryTables>,
  { by, area }: Ask,
  { since, gapsFrom, areaName }: Span & { areaName: (code: string) => string },
): Promise<Row[]> {
  const { key, name } = GROUPS[by];
  const within = area === null ? sql`true` : sql`c.area_codes @> array[${area}]`;
  const { rows } = await sql<Omit<Row, 'onlineShare' | 'name'> & { name: string | null }>`
    with each as (
      select coalesce(${key}, '') as key, c.no, l.heard_at is not null as heard, coalesce(l.heard_at >= ${since}, false) as online
      from registry.elevator_card c left join telemetry.live l on l.elevator_id = c.id where c.state = 'in_use' and ${within}),
    k as (
      select key, count(*)::int as elevators, count(*) filter (where heard)::int as heard,
        count(*) filter (where online)::int as online from each group by key),
    gaps as (
      select e.key, count(*)::int as gaps, sum(extract(epoch from g.to_at - greatest(g.from_at, ${gapsFrom})))::int as seconds
      from telemetry.gap g join each e on e.no = g.elevator_no where g.to_at >= ${gapsFrom} group by e.key),
    silent as (
      select e.key, count(*)::int as open from telemetry.finding f join each e on e.no = f.elevator_no
      where f.closed_at is null and f.kind = 'offline' group by e.key)
    select k.key, ${name} as name, k.elevators, k.heard, k.online,
      coalesce(g.gaps, 0) as gaps, coalesce(g.seconds, 0) as "gapSeconds", coalesce(s.open, 0) as "offlineFindings"
    from k left join gaps g using (key) left join silent s using (key) order by k.elevators desc, k.key`.execute(db);
  return rows.map((row) => ({
    ...row,
    name: row.name ?? areaName(row.key),
    onlineShare: row.heard === 0 ? null : row.online / row.heard,
  }));
}

type Health = z.infer<typeof healthSchema>;

/** Is the city heard? Counts in the viewer's scope. */
export async function healthOf(db: Db<TelemetryTables>, at: { now: Date; since: Date }): Promise<Health> {
  const { rows } = await sql<{ elevators: number; heard: number; online: number; open: number; silent: number }>`
    select (select count(*)::int from registry.elevator_card where state = 'in_use') as elevators,
      (select count(*)::int from telemetry.live) as heard,
      (select count(*)::int from telemetry.live where heard_at >= ${at.since}) as online,
      (select count(*)::int from telemetry.finding where closed_at is null) as open,
      (select count(*)::int from telemetry.source where silent_since is not null) as silent`.execute(db);
  const [counts] = rows;
  const { elevators = 0, heard = 0, online = 0, open = 0, silent = 0 } = counts ?? {};
  return {
    at: at.now.toISOString(),
    elevators,
    heard,
    online,
    onlineShare: heard === 0 ? null : online / heard,
    openFindings: open,
    lastHour: await lastHour(db, at.now),
    silentSources: silent,
    definition: 'telemetry.definition.online',
  };
}

async function lastHour(db: Db<TelemetryTables>, now: Date): Promise<Health['lastHour']> {
  const { rows } = await sql<{ outcome: string; messages: number }>`
    select outcome, sum(messages)::int as messages from telemetry.tally
    where hour_at >= date_trunc('hour', ${now}::timestamptz) group by outcome`.execute(db);
  return outcomesOf(rows);
}

/** Messages by what became of them, three kinds. */
export function outcomesOf(rows: readonly { outcome: string; messages: number }[]): Health['lastHour'] {
  const sum = { stored: 0, repeated: 0, setAside: 0 };
  for (const { outcome, messages } of rows) {
    if (outcome === 'stored' || outcome === 'repeated') sum[outcome] += messages;
    else sum.setAside += messages;
  }
  return sum;
}

/** The present of these elevators, for other modules: when each was heard, and its last known values. */
export async function liveFor(
  db: Db<TelemetryTables>,
  ids: readonly ElevatorId[],
): Promise<Map<ElevatorId, { heardAt: Date; at: Date; present: unknown }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('telemetry.live')
    .select(['elevator_id', 'heard_at', 'at', 'present'])
    .where('elevator_id', 'in', [...ids])
    .execute();
  return new Map(rows.map((r) => [r.elevator_id, { heardAt: r.heard_at, at: r.at, present: r.present }]));
}
