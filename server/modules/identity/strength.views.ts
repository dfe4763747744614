import { sql } from 'kysely';
import type { AnyDb } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';

/** What an organisation may and can do: a licence of the kind in force, people with a valid certificate of the kind. */
export type Strength = { orgId: OrgId; licensed: boolean; certified: number };

/** Licences and certified people of organisations on a day. As the owner: only sums come out. */
export async function strengthOf(
  db: AnyDb,
  { orgIds, licence, certificate, on }: { orgIds: readonly OrgId[]; licence: string; certificate: string; on: string },
): Promise<ReadonlyMap<OrgId, Strength>> {
  if (orgIds.length === 0) return new Map();
  const { rows } = await sql<Strength>`select o.id as "orgId",
      exists (select from identity.licence l where l.org_id = o.id and l.kind = ${licence}
        and coalesce(l.expires_on, 'infinity') >= ${on}::date and coalesce(l.ended_on, 'infinity') > ${on}::date) as licensed,
      (select count(distinct p.id)::int from identity.person p join identity.certificate c on c.person_id = p.id
        where p.org_id = o.id and coalesce(p.left_on, 'infinity') > ${on}::date and c.kind = ${certificate}
          and coalesce(c.expires_on, 'infinity') >= ${on}::date and coalesce(c.ended_on, 'infinity') > ${on}::date) as certified
    from identity.org o where o.id = any(${[...orgIds]}::uuid[])`.execute(db);
  return new Map(rows.map((r) => [r.orgId, r]));
}
