import { sql } from 'kysely';
import type { z } from 'zod';
import type { elevatorFacets } from '../../../contract/registry.ts';
import type { Db } from '../../kernel/db.ts';
import { matching, type Narrow } from './list.views.ts';
import type { RegistryTables } from './tables.ts';

/** How many elevators a filter means, and how they spread over state, kind, place and district: one pass. */
export async function facetsOf(db: Db<RegistryTables>, filter: Narrow): Promise<z.infer<typeof elevatorFacets>> {
  const groups = isTallied(filter) ? await tallied(db, filter) : await counted(db, filter);
  const spread = (of: (row: (typeof groups)[number]) => string | null) => {
    const counts = new Map<string | null, number>();
    for (const row of groups) counts.set(of(row), (counts.get(of(row)) ?? 0) + row.n);
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  };
  return {
    total: groups.reduce((sum, row) => sum + row.n, 0),
    facets: {
      state: spread((row) => row.state),
      kind: spread((row) => row.kind),
      placeClass: spread((row) => row.place_class),
      district: spread((row) => row.district_code),
    },
  };
}

type Group = { state: string; kind: string; place_class: string | null; district_code: string | null; n: number };

const counted = (db: Db<RegistryTables>, filter: Narrow): Promise<Group[]> =>
  matching(db, filter)
    .select(['e.state', 'e.kind', 'e.place_class', 'e.district_code'])
    .select(sql<number>`count(*)::int`.as('n'))
    .groupBy(['e.state', 'e.kind', 'e.place_class', 'e.district_code'])
    .execute();

const TALLIED = new Set(['area', 'state', 'kind', 'placeClass', 'words', 'meant', 'today', 'ownOnly']);

/** Does the filter ask for nothing but what the tally is kept by? */
const isTallied = (filter: Narrow): boolean =>
  filter.words === null &&
  Object.entries(filter).every(([name, value]) => TALLIED.has(name) || value === undefined || value === false);

async function tallied(db: Db<RegistryTables>, { area, state, kind, placeClass }: Narrow): Promise<Group[]> {
  const anyOf = (column: string, values: readonly string[] | undefined) =>
    values?.length ? sql`${sql.ref(column)} = any(${values}::text[])` : sql`true`;
  const inside = area ? sql`${area} in (district_code, street_code, community_code)` : sql`true`;
  const { rows } = await sql<Group>`
    select state, kind, place_class, district_code, sum(elevators)::int as n from registry.tally_seen()
    where ${inside} and ${anyOf('state', state)} and ${anyOf('kind', kind)} and ${anyOf('place_class', placeClass)}
    group by 1, 2, 3, 4 having sum(elevators) > 0`.execute(db);
  return rows;
}
