import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { IdentityTables } from './tables.ts';

/** How many licences and certificates of each organisation end by a day and have no newer one of their kind. */
export async function endingBy(
  db: Db<IdentityTables>,
  { today, by }: { today: string; by: string },
): Promise<{ orgId: OrgId; areaCodes: string[]; count: number }[]> {
  const { rows } = await sql<{ orgId: OrgId; areaCodes: string[]; count: number }>`
    select o.id as "orgId", o.area_codes as "areaCodes", count(*)::int as count from (
      select l.org_id from identity.licence l
      where l.ended_on is null and l.expires_on between ${today}::date and ${by}::date
        and not exists (select from identity.licence n
          where n.org_id = l.org_id and n.kind = l.kind and n.ended_on is null and n.expires_on > l.expires_on)
      union all
      select p.org_id from identity.certificate c join identity.person p on p.id = c.person_id and p.left_on is null
      where c.ended_on is null and c.expires_on between ${today}::date and ${by}::date
        and not exists (select from identity.certificate n
          where n.person_id = c.person_id and n.kind = c.kind and n.ended_on is null and n.expires_on > c.expires_on)
    ) ending join identity.org o on o.id = ending.org_id and o.closed_on is null
    group by o.id order by o.id`.execute(db);
  return rows;
}
