import { sql } from 'kysely';
import type { DemoPart } from './seed.ts';

/** The demo's housing department answers for homes; the other industries are left for the city to name. */
export const seedIndustries: DemoPart = async ({ kernel, cast }) => {
  const housing = cast.orgs.find((org) => org.kind === 'department');
  if (!housing) return;
  await sql`insert into registry.industry_office (id, industry, org_id, named_at, org_ids)
    values (${kernel.newId()}, 'housing', ${housing.id}, ${kernel.now()}, array[${housing.id}::uuid])`.execute(
    kernel.db,
  );
};
