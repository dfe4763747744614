import { sql } from 'kysely';
import type { Overview } from '../../../contract/registry-search.ts';
import type { Db } from '../../kernel/db.ts';
import type { AreaBook } from '../identity/index.ts';
import type { RegistryTables } from './tables.ts';

type Row = Overview['here'];
type Counted = {
  key: string | null;
  name: string | null;
  elevators: number;
  in_use: number;
  by_state: Record<string, number>;
  unknown_use_unit: number;
  rescue_coded: number;
  old: number;
  mean_quality: number | null;
};

/** What a level's rows are grouped by. */
const GROUP = { city: 'district_code', district: 'street_code', street: 'community_code' } as const;

/** `withEmpty`: divisions without elevators too, for those who answer for divisions. */
export type OverviewAsk = { areas: AreaBook; code: string | null; today: string; withEmpty: boolean };

/** Counts of an area and of what lies directly below it, down to buildings, in the viewer's scope. */
export async function overviewOf(
  db: Db<RegistryTables>,
  { areas, code, today, withEmpty }: OverviewAsk,
): Promise<Overview | undefined> {
  const path = areas.path(code ?? areas.city.code);
  const here = path.at(-1);
  if (!here) return undefined;
  const old = `${Number(today.slice(0, 4)) - 15}${today.slice(4)}`;
  const rows = await (here.level === 'community'
    ? countBuildings(db, here.code, old)
    : countDivisions(db, { level: here.level, code: here.code, old }));
  const level = LEVEL_BELOW[here.level];
  const counted = new Map(rows.map((row) => [row.key, row]));
  const empty = level === 'building' || !withEmpty ? [] : areas.below(here.code).filter((d) => !counted.has(d.code));
  const nameOf = (row: Counted) => (level === 'building' ? (row.name ?? '') : row.key ? areas.name(row.key) : '');
  return {
    path: path.map(({ code: at, name }) => ({ code: at, name })),
    here: { ...sumOf(rows), level: here.level, code: here.code, name: here.name },
    below: [
      ...rows.map((row) => rowOf(row, level, nameOf(row))),
      ...empty.map((d) => ({ ...NOTHING_THERE, level, code: d.code, name: d.name })),
    ],
  };
}

type Division = { level: keyof typeof GROUP; code: string; old: string };

/** From the tally, which is kept as elevators change. */
async function countDivisions(db: Db<RegistryTables>, { level, code, old }: Division): Promise<readonly Counted[]> {
  const key = sql.ref(GROUP[level]);
  const within = level === 'city' ? sql`true` : sql`${sql.ref(`${level}_code`)} = ${code}`;
  const { rows } = await sql<Counted>`
    with by_state as (
      select ${key} as key, state, sum(elevators) as n, sum(unknown_use_unit) as unknown_use_unit,
        sum(rescue_coded) as rescue_coded, sum(quality) as quality
      from registry.tally_seen() where ${within} group by 1, 2 having sum(elevators) > 0),
    old as (select ${key} as key, sum(elevators) as n from registry.old_seen(${old}::date) where ${within} group by 1)
    select b.key, null as name, sum(b.n)::int as elevators,
      coalesce(sum(b.n) filter (where b.state = 'in_use'), 0)::int as in_use, jsonb_object_agg(b.state, b.n) as by_state,
      sum(b.unknown_use_unit)::int as unknown_use_unit, sum(b.rescue_coded)::int as rescue_coded,
      coalesce(max(o.n), 0)::int as old, round(sum(b.quality) / sum(b.n), 1)::float as mean_quality
    from by_state b left join old o on o.key is not distinct from b.key group by b.key order by elevators desc`.execute(
    db,
  );
  return rows;
}

/** A community has some hundred elevators: they are counted as they stand. */
async function countBuildings(db: Db<RegistryTables>, community: string, old: string): Promise<readonly Counted[]> {
  const { rows } = await sql<Counted>`
    with by_state as (
      select e.building_id::text as key, e.state, count(*) as n,
        count(*) filter (where e.use_org_id is null) as unknown_use_unit,
        count(*) filter (where e.rescue_code is not null) as rescue_coded,
        count(*) filter (where e.in_use_on <= ${old}::date) as old, sum(e.quality) as quality
      from registry.elevator e where e.merged_into is null and e.community_code = ${community} group by 1, 2)
    select key,
      (select nullif(b.estate || b.name, '') from registry.building b where b.id::text = key) as name,
      sum(n)::int as elevators, coalesce(sum(n) filter (where state = 'in_use'), 0)::int as in_use,
      jsonb_object_agg(state, n) as by_state, sum(unknown_use_unit)::int as unknown_use_unit,
      sum(rescue_coded)::int as rescue_coded, sum(old)::int as old,
      round(sum(quality) / sum(n), 1)::float as mean_quality
    from by_state group by key order by elevators desc`.execute(db);
  return rows;
}

/** Fold the tally's lines of a while into one for each sort. */
export async function foldTally(db: Db<RegistryTables>): Promise<void> {
  await sql`with gone as (delete from registry.tally returning *)
    insert into registry.tally
    select district_code, street_code, community_code, state, kind, place_class, sum(elevators), sum(unknown_use_unit),
      sum(rescue_coded), sum(quality)
    from gone group by 1, 2, 3, 4, 5, 6 having sum(elevators) <> 0`.execute(db);
}

const LEVEL_BELOW = { city: 'district', district: 'street', street: 'community', community: 'building' } as const;

const NOTHING_THERE = {
  elevators: 0,
  inUse: 0,
  byState: {},
  unknownUseUnit: 0,
  rescueCoded: 0,
  olderThan15: 0,
  meanQuality: null,
};

const rowOf = (row: Counted, level: Row['level'], name: string): Row => ({
  level,
  code: row.key,
  name,
  elevators: row.elevators,
  inUse: row.in_use,
  byState: row.by_state,
  unknownUseUnit: row.unknown_use_unit,
  rescueCoded: row.rescue_coded,
  olderThan15: row.old,
  meanQuality: row.mean_quality,
});

function sumOf(rows: readonly Counted[]): Omit<Row, 'level' | 'code' | 'name'> {
  const sum = (of: (row: Counted) => number) => rows.reduce((total, row) => total + of(row), 0);
  const byState: Record<string, number> = {};
  for (const row of rows) {
    for (const [state, n] of Object.entries(row.by_state)) byState[state] = (byState[state] ?? 0) + n;
  }
  const elevators = sum((r) => r.elevators);
  const quality = sum((r) => (r.mean_quality ?? 0) * r.elevators);
  return {
    elevators,
    inUse: sum((r) => r.in_use),
    byState,
    unknownUseUnit: sum((r) => r.unknown_use_unit),
    rescueCoded: sum((r) => r.rescue_coded),
    olderThan15: sum((r) => r.old),
    meanQuality: elevators === 0 ? null : Math.round((quality / elevators) * 10) / 10,
  };
}
