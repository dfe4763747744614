import type { Db } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { nameKey } from './directory.rules.ts';
import { NAME, PHONE } from './person.store.ts';
import type { IdentityTables } from './tables.ts';
import { usccText } from './uscc.rules.ts';

/** Whom a text may mean: one, nobody known, or several between whom nothing decides. */
export type Meant<Id> = Id | 'none' | 'several';
export type MeantOrg = { id: OrgId; areaCodes: readonly string[] };

/**
 * Which organisation each text means: a credit code, or a name however its width, case and spaces are written. One that
 * is open goes before one that was closed. Runs as the owner: the caller looks at the areas.
 */
export async function orgsNamed(
  db: Db<IdentityTables>,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Meant<MeantOrg>>> {
  const asked = [...new Set(texts)];
  if (asked.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity.org as o')
    .select(['o.id', 'o.name_key as nameKey', 'o.uscc', 'o.area_codes as areaCodes', 'o.closed_on as closedOn'])
    .where((eb) => eb.or([eb('o.name_key', 'in', asked.map(nameKey)), eb('o.uscc', 'in', asked.map(usccText))]))
    .execute();
  const byKey = new Map<string, typeof rows>();
  const put = (key: string | null, row: (typeof rows)[number]) => {
    if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), row]);
  };
  for (const row of rows) {
    put(row.nameKey, row);
    put(row.uscc, row);
  }
  const meant = (text: string): Meant<MeantOrg> => {
    const found = [...(byKey.get(usccText(text)) ?? []), ...(byKey.get(nameKey(text)) ?? [])];
    return only([...new Map(found.map((row) => [row.id, row])).values()]);
  };
  return new Map(asked.map((text) => [text, meant(text)]));
}

function only<T extends { closedOn: string | null }>(found: readonly T[]): Meant<T> {
  const open = found.filter((row) => row.closedOn === null);
  const [first, second] = open.length > 0 ? open : found;
  return first ? (second ? 'several' : first) : 'none';
}

export type AskedPerson = { orgId: OrgId; name: string; phone: string };
export const askedKey = ({ orgId, name, phone }: AskedPerson): string => `${orgId} ${nameKey(name)} ${phone}`;

/**
 * Which person of an organisation each name means, with the phone where one is given and known. Who has left is not
 * meant. Answers by `askedKey`.
 */
export async function peopleNamed(
  db: Db<IdentityTables>,
  secret: SecretData,
  asked: readonly AskedPerson[],
): Promise<ReadonlyMap<string, Meant<PersonId>>> {
  if (asked.length === 0) return new Map();
  const keyed = asked.map((a) => ({
    ...a,
    nameKey: secret.lookup(NAME, nameKey(a.name)),
    phoneKey: a.phone === '' ? null : secret.lookup(PHONE, a.phone),
  }));
  const rows = await db
    .selectFrom('identity.person as p')
    .select(['p.id', 'p.org_id as orgId', 'p.name_key as nameKey', 'p.phone_key as phoneKey'])
    .where('p.left_on', 'is', null)
    .where('p.org_id', 'in', [...new Set(keyed.map((k) => k.orgId))])
    .where('p.name_key', 'in', [...new Set(keyed.map((k) => k.nameKey))])
    .execute();
  return new Map(
    keyed.map((k) => {
      const same = rows.filter((row) => row.orgId === k.orgId && row.nameKey === k.nameKey);
      const exact = same.filter((row) => k.phoneKey !== null && row.phoneKey === k.phoneKey);
      const [first, second] = exact.length > 0 ? exact : same;
      return [askedKey(k), first ? (second ? 'several' : first.id) : 'none'] as const;
    }),
  );
}
