import { sql } from 'kysely';
import type { AnyDb } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { nameKey } from './directory.rules.ts';
import { keyOfName, keyOfPhone } from './person.store.ts';

/** One who may be among the staff of others, with the plain name and phone: they are compared by keyed hash only. */
export type Sought = { ref: string; name: string; phone: string };
/** `sharedBy`: how many people in the directory carry the same name or phone. */
export type StaffMatch = { ref: string; orgId: OrgId; by: 'phone' | 'name'; sharedBy: number };

/** Who of these carries the name or the phone of somebody on the staff of organisations of a kind. As the owner. */
export async function staffMatches(
  { db, secret }: { db: AnyDb; secret: SecretData },
  sought: readonly Sought[],
  kind: string,
): Promise<readonly StaffMatch[]> {
  if (sought.length === 0) return [];
  const asked = sought.map(({ ref, name, phone }) => ({
    ref,
    name_key: keyOfName(secret, nameKey(name)),
    phone_key: keyOfPhone(secret, phone),
  }));
  const { rows } = await sql<StaffMatch>`
    with asked as (select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (ref text, name_key text, phone_key text))
    select a.ref, p.org_id as "orgId", 'phone' as by,
        (select count(*)::int from identity.person q where q.phone_key = a.phone_key and q.left_on is null) as "sharedBy"
      from asked a join identity.person p on p.phone_key = a.phone_key join identity.org o on o.id = p.org_id
      where p.left_on is null and ${kind} = any(o.kinds)
    union
    select a.ref, p.org_id, 'name',
        (select count(*)::int from identity.person q where q.name_key = a.name_key and q.left_on is null)
      from asked a join identity.person p on p.name_key = a.name_key join identity.org o on o.id = p.org_id
      where p.left_on is null and ${kind} = any(o.kinds)`.execute(db);
  return rows;
}
