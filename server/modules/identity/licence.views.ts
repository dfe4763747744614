import { sql } from 'kysely';
import type { AnyDb } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';

type OrgLicence = {
  orgId: OrgId;
  kind: string;
  number: string;
  issuedOn: string | null;
  expiresOn: string | null;
  endedOn: string | null;
};

/** Licences of these kinds, by organisation, the one that ends last on top. Runs as the owner: a licence is public. */
export async function licencesOf(
  db: AnyDb,
  { orgIds, kinds }: { orgIds: readonly OrgId[]; kinds: readonly string[] },
): Promise<readonly OrgLicence[]> {
  const { rows } = await sql<OrgLicence>`select l.org_id as "orgId", l.kind, l.number, l.issued_on as "issuedOn",
      l.expires_on as "expiresOn", l.ended_on as "endedOn"
    from identity.licence l where l.org_id = any(${[...new Set(orgIds)]}::uuid[]) and l.kind = any(${[...kinds]}::text[])
    order by l.org_id, l.expires_on desc nulls first, l.number`.execute(db);
  return rows;
}

/** Organisations that hold such a licence on a day, by name. */
export async function licensedOrgs(
  db: AnyDb,
  { kinds, on, limit }: { kinds: readonly string[]; on: string; limit: number },
): Promise<readonly { id: OrgId; name: string }[]> {
  const { rows } = await sql<{ id: OrgId; name: string }>`select o.id, o.name from identity.org o
    where o.closed_on is null and exists (select from identity.licence l where l.org_id = o.id
      and l.kind = any(${[...kinds]}::text[]) and coalesce(l.issued_on, ${on}::date) <= ${on}::date
      and coalesce(l.expires_on, ${on}::date) >= ${on}::date and coalesce(l.ended_on, ${on}::date + 1) > ${on}::date)
    order by o.name_key limit ${limit}`.execute(db);
  return rows;
}
