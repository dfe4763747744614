import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { isDemoPhone } from '../../kernel/secret-data.ts';
import { nameKey } from './directory.rules.ts';
import type { IdentityTables } from './tables.ts';

export const NAME = 'identity.person.name';
export const PHONE = 'identity.person.phone';
export const NUMBER = 'identity.certificate.number';

export type PersonFacts = { name: string; phone: string; duties: readonly string[] };
/** A person as stored: name and phone are cipher text, null once erased or not known. */
export type Person = {
  id: PersonId;
  orgId: OrgId | null;
  name: string | null;
  phone: string | null;
  duties: readonly string[];
  leftOn: string | null;
  erasedAt: Date | null;
  version: number;
};
export type CertificateFacts = {
  kind: string;
  number: string;
  issuer: string;
  issuedOn: string | null;
  expiresOn: string | null;
};
/** A certificate as stored: its number is cipher text. */
export type Certificate = CertificateFacts & { id: string; personId: PersonId; endedOn: string | null };
type OrgSeen = { id: OrgId; areaCodes: readonly string[] };

const BATCH = 1_000;

/** The keys by which exactly this name (as compared) and this phone are found. */
export const keyOfName = (secret: SecretData, compared: string): string => secret.lookup(NAME, compared);
export const keyOfPhone = (secret: SecretData, phone: string): string => secret.lookup(PHONE, phone);

/** Name and phone as they are stored: sealed, with the keys by which exactly the same are found. */
export const sealFacts = (secret: SecretData, { name, phone }: { name: string; phone: string }) => ({
  name: secret.seal(NAME, name),
  name_key: keyOfName(secret, nameKey(name)),
  phone: phone === '' ? null : secret.seal(PHONE, phone),
  phone_key: phone === '' ? null : keyOfPhone(secret, phone),
});

export async function insertPeople(
  tx: Tx<IdentityTables>,
  secret: SecretData,
  people: readonly (PersonFacts & { id: PersonId; org: OrgSeen })[],
): Promise<void> {
  for (let from = 0; from < people.length; from += BATCH) {
    const rows = people.slice(from, from + BATCH).map((p) => ({
      id: p.id,
      org_id: p.org.id,
      ...sealFacts(secret, p),
      demo: isDemoPhone(p.phone),
      duties: [...p.duties],
      left_on: null,
      area_codes: [...p.org.areaCodes],
      org_ids: [p.org.id],
    }));
    await tx.insertInto('identity.person').values(rows).execute();
  }
}

const columns = [
  'p.id',
  'p.org_id as orgId',
  'p.name',
  'p.phone',
  'p.duties',
  'p.left_on as leftOn',
  'p.erased_at as erasedAt',
  'p.version',
] as const;

export const findPerson = (db: Db<IdentityTables>, id: PersonId): Promise<Person | undefined> =>
  db.selectFrom('identity.person as p').select(columns).where('p.id', '=', id).executeTakeFirst();

export const findPeople = async (db: Db<IdentityTables>, ids: readonly PersonId[]): Promise<Person[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('identity.person as p')
        .select(columns)
        .where('p.id', 'in', [...ids])
        .execute();

export type PersonFilter = {
  orgId?: string | undefined;
  name?: string | undefined;
  phone?: string | undefined;
  duty?: string | undefined;
  certificateEndsBy?: string | undefined; // a day
  after?: string | undefined;
  limit: number;
};

/** People by id; by name or phone only exactly. */
export function listPeople(db: Db<IdentityTables>, secret: SecretData, filter: PersonFilter): Promise<Person[]> {
  let query = db
    .selectFrom('identity.person as p')
    .select(columns)
    .where('p.erased_at', 'is', null)
    .orderBy('p.id')
    .limit(filter.limit + 1);
  if (filter.orgId) query = query.where('p.org_id', '=', filter.orgId as OrgId);
  if (filter.name) query = query.where('p.name_key', '=', secret.lookup(NAME, nameKey(filter.name)));
  if (filter.phone) query = query.where('p.phone_key', '=', secret.lookup(PHONE, filter.phone));
  const { duty } = filter;
  if (duty) query = query.where((eb) => eb('p.duties', '@>', eb.val([duty])));
  if (filter.after) query = query.where('p.id', '>', filter.after as PersonId);
  const by = filter.certificateEndsBy;
  if (by) {
    query = query.where('p.left_on', 'is', null).where('p.id', 'in', (q) =>
      q
        .selectFrom('identity.certificate as c')
        .select('c.person_id')
        .where('c.ended_on', 'is', null)
        .where('c.expires_on', '<=', by)
        .where((eb) => {
          const renewed = eb.selectFrom('identity.certificate as n').select('n.id').where('n.ended_on', 'is', null);
          const same = renewed.whereRef('n.person_id', '=', 'c.person_id').whereRef('n.kind', '=', 'c.kind');
          return eb.not(eb.exists(same.where('n.expires_on', '>', by)));
        }),
    );
  }
  return query.execute();
}

/** Save a change. False when someone else saved first. */
export async function savePerson(
  tx: Tx<IdentityTables>,
  was: Person,
  to: { facts?: ReturnType<typeof sealFacts>; duties?: readonly string[]; leftOn?: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.person')
    .set({
      ...to.facts,
      ...(to.duties && { duties: [...to.duties] }),
      ...(to.leftOn !== undefined && { left_on: to.leftOn }),
      version: was.version + 1,
    })
    .where('id', '=', was.id)
    .where('version', '=', was.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Add certificates. One the person already has is left as it is; returns how many were new. */
export async function insertCertificates(
  tx: Tx<IdentityTables>,
  secret: SecretData,
  certificates: readonly (CertificateFacts & { id: string; personId: PersonId; org: OrgSeen })[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < certificates.length; from += BATCH) {
    const rows = certificates.slice(from, from + BATCH).map((c) => ({
      id: c.id,
      person_id: c.personId,
      kind: c.kind,
      number: secret.seal(NUMBER, c.number),
      number_key: secret.lookup(NUMBER, nameKey(c.number)),
      issuer: c.issuer,
      issued_on: c.issuedOn,
      expires_on: c.expiresOn,
      ended_on: null,
      area_codes: [...c.org.areaCodes],
      org_ids: [c.org.id],
    }));
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('identity.certificate')
      .values(rows)
      .onConflict((c) => c.columns(['person_id', 'kind', 'number_key']).doNothing())
      .executeTakeFirstOrThrow();
    added += Number(numInsertedOrUpdatedRows ?? 0n);
  }
  return added;
}

export async function endCertificate(
  tx: Tx<IdentityTables>,
  of: { personId: PersonId; id: string },
  endedOn: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.certificate')
    .set({ ended_on: endedOn })
    .where('id', '=', of.id)
    .where('person_id', '=', of.personId)
    .where('ended_on', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export const listCertificates = async (
  db: Db<IdentityTables>,
  personIds: readonly PersonId[],
): Promise<Certificate[]> =>
  personIds.length === 0
    ? []
    : db
        .selectFrom('identity.certificate as c')
        .select(['c.id', 'c.person_id as personId', 'c.kind', 'c.number', 'c.issuer'])
        .select(['c.issued_on as issuedOn', 'c.expires_on as expiresOn', 'c.ended_on as endedOn'])
        .where('c.person_id', 'in', [...personIds])
        .orderBy('c.expires_on', 'desc')
        .execute();
