import type { Db } from '../../kernel/db.ts';
import type { AccountId, OrgId, PersonId } from '../../kernel/ids.ts';
import { maskName, maskPhone, type SecretData } from '../../kernel/secret-data.ts';
import { openName, openPhone } from './person.service.ts';
import { findPeople } from './person.store.ts';
import type { IdentityTables } from './tables.ts';

type Deps = { db: Db<IdentityTables>; secret: SecretData };

/** A person as other modules may show them: masked. */
export type PersonCard = { id: PersonId; orgId: OrgId | null; name: string; phone: string; duties: readonly string[] };

/** People by id, masked, as far as `db` sees them: the pool sees all, a viewer's transaction his own. */
export async function personCards(
  { db, secret }: Deps,
  ids: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, PersonCard>> {
  const people = await findPeople(db, ids);
  return new Map(
    people.map((p) => [
      p.id,
      {
        id: p.id,
        orgId: p.orgId,
        name: maskName(openName(secret, p)),
        phone: maskIfAny(openPhone(secret, p)),
        duties: p.duties,
      },
    ]),
  );
}

/** Plain names and phones, for messages that the system itself sends. Never for an answer to a request. */
export async function contactsOf(
  { db, secret }: Deps,
  ids: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, { id: PersonId; name: string; phone: string }>> {
  const people = await findPeople(db, ids);
  return new Map(people.map((p) => [p.id, { id: p.id, name: openName(secret, p), phone: openPhone(secret, p) }]));
}

/** The people of organisations who have one of the duties and have not left. */
export async function peopleOf(
  db: Db<IdentityTables>,
  of: { orgIds: readonly OrgId[]; duties: readonly string[] },
): Promise<{ id: PersonId; orgId: OrgId; duties: readonly string[]; accountId: AccountId | null }[]> {
  if (of.orgIds.length === 0 || of.duties.length === 0) return [];
  const rows = await db
    .selectFrom('identity.person as p')
    .leftJoin('identity.account as a', (join) => join.onRef('a.person_id', '=', 'p.id').on('a.state', '=', 'active'))
    .select(['p.id', 'p.org_id as orgId', 'p.duties', 'a.id as accountId'])
    .where('p.org_id', 'in', [...of.orgIds])
    .where('p.left_on', 'is', null)
    .where((eb) => eb('p.duties', '&&', eb.val([...of.duties])))
    .orderBy('p.id')
    .execute();
  return rows.flatMap(({ orgId, ...p }) => (orgId ? [{ ...p, orgId }] : []));
}

/** The active accounts of people, to notify them in the product. */
export async function accountsOf(
  db: Db<IdentityTables>,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, AccountId>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity.account as a')
    .select(['a.id', 'a.person_id as personId'])
    .where('a.person_id', 'in', [...people])
    .where('a.state', '=', 'active')
    .orderBy('a.created_at', 'desc')
    .execute();
  return new Map(rows.flatMap((r) => (r.personId ? [[r.personId, r.id] as const] : [])));
}

const maskIfAny = (phone: string): string => (phone === '' ? '' : maskPhone(phone));
