import { sql } from 'kysely';
import type { z } from 'zod';
import type { elevatorFacets } from '../../../contract/registry.ts';
import type { Db } from '../../kernel/db.ts';
import { matching, type Narrow } from './list.views.ts';
import type { RegistryTables } from './tables.ts';

/** How many elevators a filter means, and how they spread over state, kind, place and district: one pass. */
export async function facetsOf(db: Db<RegistryTables>, filter: Narrow): Promise<z.infer<typeof elevatorFacets>> {
  const groups = await matching(db, filter)
    .select(['e.state', 'e.kind', 'e.place_class', 'e.district_code'])
    .select(sql<number>`count(*)::int`.as('n'))
    .groupBy(['e.state', 'e.kind', 'e.place_class', 'e.district_code'])
    .execute();
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
