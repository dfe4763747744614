import { sql } from 'kysely';
import type { z } from 'zod';
import type { industryLine } from '../../../contract/registry-industries.ts';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { IndustryBook } from './industry.rules.ts';
import { type Ground, isUninsured } from './list.ground.ts';
import type { RegistryTables } from './tables.ts';

type Line = z.infer<typeof industryLine>;
type Counts = Omit<Line, 'industry' | 'offices' | 'mine'>;
type Group = Counts & { placeClass: string | null; kind: string | null };

const NOTHING: Counts = {
  elevators: 0,
  unknownUseUnit: 0,
  uninsured: 0,
  withGaps: 0,
  openCases: 0,
  overdue: 0,
};

type Ask = { ground: Ground; orgId: OrgId | null };

/** What every industry has still to do, in the viewer's scope; one's own industries first. */
export async function industriesOf(db: Db<RegistryTables>, { ground, orgId }: Ask) {
  const { industries: book } = ground;
  const groups = await countGroups(db, ground);
  const offices = await db
    .selectFrom('registry.industry_office as i')
    .innerJoin('identity.org_card as o', 'o.id', 'i.org_id')
    .select(['i.industry', 'o.id', 'o.name'])
    .orderBy('o.name')
    .execute();
  const items = book.names.map((industry): Line => {
    const own = offices.filter((office) => office.industry === industry).map(({ id, name }) => ({ id, name }));
    return { industry, offices: own, mine: own.some(({ id }) => id === orgId), ...sumOf(groups, book, industry) };
  });
  return {
    items: items.toSorted((a, b) => Number(b.mine) - Number(a.mine)),
    nobodys: sumOf(groups, book, null).elevators,
  };
}

function sumOf(groups: readonly Group[], book: IndustryBook, industry: string | null): Counts {
  const sum = { ...NOTHING };
  for (const group of groups) {
    if (book.of(group.placeClass, group.kind) !== industry) continue;
    for (const key of Object.keys(NOTHING) as (keyof Counts)[]) sum[key] += group[key];
  }
  return sum;
}

/** By class, and by kind only where the kind decides: few rows are looked at twice. */
async function countGroups(db: Db<RegistryTables>, { industries, insured, today }: Ground): Promise<Group[]> {
  const { rows } = await sql<Group>`
    with kinds as (select elevator_id, value from registry.classification
      where field = 'place_fine' and value = any(${[...industries.exceptions]}::text[])),
    cases as (select elevator_id from registry.responsibility_case where outcome is null)
    select e.place_class as "placeClass", k.value as kind, count(*)::int as elevators,
      count(*) filter (where e.use_org_id is null)::int as "unknownUseUnit",
      count(*) filter (where ${isUninsured({ insured, today })})::int as "uninsured",
      count(*) filter (where e.gaps <> '{}')::int as "withGaps",
      count(*) filter (where c.elevator_id is not null)::int as "openCases",
      count(*) filter (where e.next_inspection_on < ${today}::date)::int as overdue
    from registry.elevator e left join kinds k on k.elevator_id = e.id
      left join cases c on c.elevator_id = e.id
    where e.merged_into is null and e.state <> 'scrapped' group by 1, 2`.execute(db);
  return rows;
}
