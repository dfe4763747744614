import type { Db } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { Meant } from './named.views.ts';
import { orgCards } from './org.views.ts';
import type { Person } from './person.store.ts';
import type { IdentityTables } from './tables.ts';

/** A person as an import knows them: by keyed hashes, never in plain. */
export type KnownPerson = {
  id: PersonId;
  orgId: OrgId;
  nameKey: string;
  phoneKey: string | null;
  duties: readonly string[];
  leftOn: string | null;
  version: number;
  numberKeys: string[]; // of their certificates
};

/** People of organisations who have one of these names or certificates and have not left. Runs as the owner. */
export async function knownPeople(
  db: Db<IdentityTables>,
  of: { orgIds: readonly OrgId[]; nameKeys: readonly string[]; numberKeys: readonly string[] },
): Promise<KnownPerson[]> {
  if (of.orgIds.length === 0) return [];
  const rows = await db
    .selectFrom('identity.person as p')
    .leftJoin('identity.certificate as c', 'c.person_id', 'p.id')
    .select(['p.id', 'p.org_id as orgId', 'p.name_key as nameKey', 'p.phone_key as phoneKey'])
    .select(['p.duties', 'p.left_on as leftOn', 'p.version', 'c.number_key as numberKey'])
    .where('p.org_id', 'in', [...new Set(of.orgIds)])
    .where('p.erased_at', 'is', null)
    .where((eb) =>
      eb.or([eb('p.name_key', 'in', ['', ...of.nameKeys]), eb('c.number_key', 'in', ['', ...of.numberKeys])]),
    )
    .orderBy('p.id')
    .execute();
  const people = new Map<PersonId, KnownPerson>();
  for (const { numberKey, orgId, nameKey, ...row } of rows) {
    if (!orgId || !nameKey) continue;
    const person = people.get(row.id) ?? { ...row, orgId, nameKey, numberKeys: [] };
    if (numberKey) person.numberKeys.push(numberKey);
    people.set(row.id, person);
  }
  return [...people.values()];
}

type Asked = { orgId: OrgId; nameKey: string; phoneKey: string | null; numberKey: string | null };

/**
 * Whom a row means among those who are known: the holder of its certificate; else the one of this name and phone; else
 * the only one of this name, unless both phones are known and differ. Undefined: nobody yet.
 */
export function meantPerson(
  known: readonly KnownPerson[],
  asked: Asked,
): Exclude<Meant<KnownPerson>, 'none'> | undefined {
  const own = known.filter((p) => p.orgId === asked.orgId);
  const holder = own.filter((p) => asked.numberKey !== null && p.numberKeys.includes(asked.numberKey));
  if (holder.length === 1) return holder[0];
  const same = own.filter((p) => p.nameKey === asked.nameKey);
  const exact = same.filter((p) => asked.phoneKey !== null && p.phoneKey === asked.phoneKey);
  const loose = same.filter((p) => asked.phoneKey === null || p.phoneKey === null);
  const [first, second] = exact.length > 0 ? exact : loose;
  return second ? 'several' : first;
}

const PAGE = 1_000;

/** Everybody who is not erased, page by page, with the names of their organisations. */
export async function* pagesOfPeople(
  db: Db<IdentityTables>,
): AsyncGenerator<{ people: Person[]; orgNames: ReadonlyMap<OrgId, string> }> {
  for (let after: PersonId | null = null; ; ) {
    let query = db
      .selectFrom('identity.person as p')
      .select(['p.id', 'p.org_id as orgId', 'p.name', 'p.phone', 'p.duties', 'p.left_on as leftOn'])
      .select(['p.erased_at as erasedAt', 'p.version'])
      .where('p.erased_at', 'is', null)
      .orderBy('p.id')
      .limit(PAGE);
    if (after) query = query.where('p.id', '>', after);
    const people: Person[] = await query.execute();
    const cards = await orgCards(
      db,
      people.flatMap((p) => p.orgId ?? []),
    );
    yield { people, orgNames: new Map([...cards].map(([id, card]) => [id, card.name])) };
    const last = people.at(-1);
    if (!last || people.length < PAGE) return;
    after = last.id;
  }
}
