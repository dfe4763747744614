import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { statistics, statisticsQuery } from '../../../contract/rescue-figures.ts';
import type { Db } from '../../kernel/db.ts';
import { addDays, type Day, startOf } from '../../kernel/time.ts';
import type { ClockName } from './incident.rules.ts';
import { clocks } from './incident.store.ts';
import type { RescueSettings } from './pack.ts';
import { type Counted, type Figures, figuresOf, hitRate, monthsBetween, ratePer100 } from './statistics.rules.ts';
import type { RescueTables } from './tables.ts';

type Statistics = z.input<typeof statistics>;
type Row = Statistics['total'];
type Query = z.output<typeof statisticsQuery>;
type Made = {
  settings: RescueSettings;
  now: Date;
  nameOf: (by: Query['by'], key: string) => string; // what people call a group; empty: its own name, or not known
};

/** The column an incident is grouped by, and the same of an elevator where the group is one of elevators. */
const GROUPS: Readonly<Record<Query['by'], { incident: RawBuilder<string>; elevator: RawBuilder<string> | null }>> = {
  district: { incident: sql`coalesce(i.district_code, '')`, elevator: sql`coalesce(e.district_code, '')` },
  place: { incident: sql`coalesce(i.place_class, '')`, elevator: sql`coalesce(e.place_class, '')` },
  hour: { incident: sql`to_char(i.aware_at at time zone 'Asia/Shanghai', 'HH24')`, elevator: null },
  month: { incident: sql`to_char(i.aware_at at time zone 'Asia/Shanghai', 'YYYY-MM')`, elevator: null },
  cause: {
    incident: sql`coalesce((select c.class_code from rescue.cause c where c.incident_id = i.id
      order by (c.stage = 'final') desc, c.at desc limit 1), '')`,
    elevator: null,
  },
  use_org: { incident: sql`coalesce(i.use_org_id::text, '')`, elevator: sql`coalesce(e.use_org_id::text, '')` },
  maintenance_org: {
    incident: sql`coalesce(i.maintenance_org_id::text, '')`,
    elevator: sql`coalesce(e.maintenance_org_id::text, '')`,
  },
  brand: { incident: sql`i.brand`, elevator: sql`coalesce(e.brand, '')` },
  age: { incident: age('i'), elevator: age('e') },
  level: { incident: sql`i.level::text`, elevator: null },
};

/** Whole years in use, in bands of five; empty: not known. */
function age(table: 'i' | 'e'): RawBuilder<string> {
  const on = sql.ref(`${table}.in_use_on`);
  return sql`coalesce((extract(year from age(${on}))::int / 5 * 5)::text, '')`;
}

type Days = { from: string; to: string };

/** Within these days of the city, both counted. */
const during = (at: RawBuilder<unknown>, { from, to }: Days): RawBuilder<boolean> =>
  sql`${at} >= ${startOf(from as Day)} and ${at} < ${startOf(addDays(to as Day, 1))}`;

// False alarms (nobody inside), dismissals, joined repeats and drills are left out of the figures and shown beside them.
const COUNTED = sql`not i.drill and (i.end_name is null or i.end_name = 'closed') and i.people is distinct from 0`;

/** The figures of a span of days, as far as the viewer sees: one line a group, the total, and what is left out. */
export async function statisticsFor(db: Db<RescueTables>, query: Query, made: Made): Promise<Statistics> {
  const { from, to, by } = query;
  const span = during(sql`i.aware_at`, { from, to });
  const counted = await countedIn(db, { by, span });
  const elevators = await elevatorsBy(db, by);
  const names = await namesOf(db, by, counted);
  const limits = {
    responseSeconds: made.settings.clocks.responseSeconds,
    arrivalSeconds: made.settings.clocks.arrivalRateSeconds,
  };
  const months = monthsBetween(from, to);
  const line = (key: string, of: readonly Counted[], inUse: number | null): Row =>
    rowOf({
      key,
      name: names.get(key) ?? made.nameOf(by, key),
      figures: figuresOf(of, limits, made.now),
      inUse,
      months,
    });
  const groups = grouped(counted);
  const rows = [...groups].map(([key, of]) => line(key, of, elevators.byKey?.get(key) ?? null));
  const timed = by === 'hour' || by === 'month' || by === 'age' || by === 'level';
  return {
    from,
    to,
    by,
    total: line('total', counted, elevators.all),
    rows: rows.sort((a, b) =>
      timed ? a.key.localeCompare(b.key, 'en', { numeric: true }) : b.incidents - a.incidents,
    ),
    beside: await besideOf(db, { from, to }),
    alarms: await alarmsIn(db, { from, to }),
    repeats: await repeatsOf(db, made),
    limits,
  };
}

function grouped(counted: readonly Counted[]): ReadonlyMap<string, Counted[]> {
  const groups = new Map<string, Counted[]>();
  for (const one of counted) {
    const group = groups.get(one.key);
    if (group) group.push(one);
    else groups.set(one.key, [one]);
  }
  return groups;
}

type Making = { key: string; name: string; figures: Figures; inUse: number | null; months: number };

const rowOf = ({ key, name, figures, inUse, months }: Making): Row => ({
  key,
  name,
  ...figures,
  elevators: inUse,
  ratePer100: ratePer100(figures.incidents, inUse, months),
});

async function countedIn(
  db: Db<RescueTables>,
  { by, span }: { by: Query['by']; span: RawBuilder<unknown> },
): Promise<Counted[]> {
  const { rows } = await sql<{ id: string; key: string; people: number; clocks: unknown }>`
    select i.id, ${GROUPS[by].incident} as key, case when i.released_at is null then 0
      else coalesce(i.people, (i.needs ->> 'people')::int, 1) end as people, i.clocks
    from rescue.incident i where ${span} and ${COUNTED}`.execute(db);
  return rows.map((r) => ({ id: r.id, key: r.key, people: r.people, at: instantsOf(r.clocks) }));
}

function instantsOf(kept: unknown): Counted['at'] {
  const at: Partial<Record<ClockName, Date>> = {};
  for (const [name, clock] of Object.entries(clocks.parse(kept))) at[name as ClockName] = clock.at;
  return at;
}

/** Elevators in use the viewer sees: of each group, where the group is one of elevators, and in all. */
async function elevatorsBy(
  db: Db<RescueTables>,
  by: Query['by'],
): Promise<{ all: number; byKey: Map<string, number> | null }> {
  const key = GROUPS[by].elevator;
  const { rows } = await sql<{ key: string; n: number }>`select ${key ?? sql`''`} as key, count(*)::int as n
    from registry.elevator_card e where e.state = 'in_use' group by 1`.execute(db);
  const all = rows.reduce((sum, r) => sum + r.n, 0);
  return { all, byKey: key && new Map(rows.map((r) => [r.key, r.n])) };
}

async function namesOf(
  db: Db<RescueTables>,
  by: Query['by'],
  counted: readonly Counted[],
): Promise<ReadonlyMap<string, string>> {
  if (by !== 'use_org' && by !== 'maintenance_org') return new Map();
  const ids = [...new Set(counted.map((c) => c.key).filter(Boolean))];
  const { rows } = await sql<{ id: string; name: string }>`select id::text, name from identity.org_card
    where id::text = any (${ids}::text[])`.execute(db);
  return new Map(rows.map((r) => [r.id, r.name]));
}

async function besideOf(db: Db<RescueTables>, days: Days): Promise<Statistics['beside']> {
  const span = during(sql`i.aware_at`, days);
  const { rows } = await sql<Statistics['beside']>`select
      count(*) filter (where not i.drill and (i.end_name = 'dismissed' or i.people = 0))::int as "falseAlarms",
      count(*) filter (where i.drill)::int as drills,
      count(*) filter (where not i.drill and i.end_name = 'joined')::int as joined,
      (select count(*)::int from rescue.call c where c.joined and c.incident_id in
        (select i.id from rescue.incident i where ${span})) as repeats,
      (select count(*)::int from rescue.call c where c.kind <> 'entrapment' and ${during(sql`c.at`, days)}) as calls
    from rescue.incident i where ${span}`.execute(db);
  return rows[0] ?? { falseAlarms: 0, drills: 0, joined: 0, repeats: 0, calls: 0 };
}

/** What became of the incidents that a sensor's suspicion speaks for; drills and joined ones left out. */
async function alarmsIn(db: Db<RescueTables>, days: Days): Promise<Statistics['alarms']> {
  const { rows } = await sql<Omit<Statistics['alarms'], 'hitRate'>>`
    with a as (select i.id, i.end_name = 'dismissed' or coalesce(i.people, -1) = 0 as refuted,
        i.released_at is not null and i.people > 0 as confirmed,
        (select min(e.received_at) filter (where e.kind like 'entrapment%')
          <= coalesce(min(e.received_at) filter (where e.kind not like 'entrapment%'), 'infinity')
          from rescue.evidence e where e.incident_id = i.id) as first
      from rescue.incident i where ${during(sql`i.aware_at`, days)} and not i.drill and i.end_name is distinct from 'joined'
        and exists (select from rescue.evidence e where e.incident_id = i.id and e.kind like 'entrapment%'))
    select count(*)::int as raised, count(*) filter (where confirmed and refuted is not true)::int as confirmed,
      count(*) filter (where refuted)::int as refuted,
      count(*) filter (where refuted is not true and confirmed is not true)::int as open,
      count(*) filter (where confirmed and refuted is not true and first)::int as first from a`.execute(db);
  const counts = rows[0] ?? { raised: 0, confirmed: 0, refuted: 0, open: 0, first: 0 };
  return { ...counts, hitRate: hitRate(counts) };
}

/** Elevators that trapped people again and again within the city's window, up to now. */
async function repeatsOf(db: Db<RescueTables>, { settings, now }: Made): Promise<Statistics['repeats']> {
  const since = new Date(now.getTime() - settings.repeats.withinDays * 86_400_000);
  const { rows } = await sql<{ id: string; address: string; code: string | null; n: number; last: Date }>`
    select i.elevator_id as id, max(i.address) as address, max(i.rescue_code) as code, count(*)::int as n, max(i.aware_at) as last
    from rescue.incident i where i.aware_at >= ${since} and ${COUNTED}
    group by i.elevator_id having count(*) >= ${settings.repeats.incidents} order by n desc, last desc limit 200`.execute(
    db,
  );
  return rows.map((r) => ({
    elevatorId: r.id,
    address: r.address,
    rescueCode: r.code,
    incidents: r.n,
    lastAt: r.last.toISOString(),
  }));
}
