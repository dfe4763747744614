import type { AnyDb, Db } from '../../kernel/db.ts';
import type { PersonId } from '../../kernel/ids.ts';
import {
  blame,
  type ExportLine,
  type ImportContext,
  type ImportKind,
  type ImportRow,
  refuseRow,
  type Taken,
  textIn,
} from '../../kernel/import-kind.ts';
import { say } from '../../kernel/language.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { judgeTerm, nameKey } from './directory.rules.ts';
import { upsertCertificate } from './import.store.ts';
import { listIn, PERSON_FIELDS } from './import-words.rules.ts';
import { type Meant, type MeantOrg, orgsNamed } from './named.views.ts';
import { isWithin } from './org-book.views.ts';
import { openName, openPhone } from './person.service.ts';
import {
  insertPeople,
  listCertificates,
  NAME,
  NUMBER,
  type Person,
  PHONE,
  savePerson,
  sealFacts,
} from './person.store.ts';
import { type KnownPerson, knownPeople, meantPerson, pagesOfPeople } from './person-book.views.ts';
import type { IdentityTables } from './tables.ts';

export type PeopleImportDeps = { newId: () => string; secret: SecretData };

/** People of organisations that are known, one or one certificate of one a row. */
export const peopleImport = (deps: PeopleImportDeps): ImportKind => ({
  kind: 'people',
  fields: PERSON_FIELDS,
  required: [['personName'], ['org']],
  countMissing: ['phone', 'duties', 'certificateNumber', 'certificateExpiresOn'],
  tells: false,
  keyOf: () => [],
  take: (context, rows) => takePeople(deps, context, rows),
  lines: (db) => personLines(db, deps.secret),
});

type Work = PeopleImportDeps & ImportContext & { orgs: ReadonlyMap<string, Meant<MeantOrg>>; known: KnownPerson[] };
type Outcome = 'created' | 'changed' | 'unchanged' | 'refused';

async function takePeople(deps: PeopleImportDeps, context: ImportContext, rows: readonly ImportRow[]): Promise<Taken> {
  const tx = context.tx.withTables<IdentityTables>();
  const orgs = await orgsNamed(
    tx,
    rows.map((row) => textIn(row, 'org')),
  );
  const known = await knownPeople(tx, {
    orgIds: [...orgs.values()].flatMap((org) => (typeof org === 'object' ? org.id : [])),
    nameKeys: rows.map((row) => nameKeyOf(deps, row)),
    numberKeys: rows.map((row) => numberKeyOf(deps, row) ?? ''),
  });
  const work: Work = { ...deps, ...context, orgs, known };
  const taken: Taken = { created: 0, changed: 0, unchanged: 0, refused: 0, ids: [] };
  for (const row of rows) taken[await takePerson(work, row)] += 1;
  return taken;
}

const nameKeyOf = ({ secret }: PeopleImportDeps, row: ImportRow): string =>
  secret.lookup(NAME, nameKey(textIn(row, 'personName')));
const numberKeyOf = ({ secret }: PeopleImportDeps, row: ImportRow): string | null => {
  const number = textIn(row, 'certificateNumber');
  return number === '' ? null : secret.lookup(NUMBER, nameKey(number));
};

/** The organisation that a row names, if the one who imports may speak of it; null with the reason on the row. */
export function orgOfRow(
  { orgs, within }: { orgs: ReadonlyMap<string, Meant<MeantOrg>>; within: readonly string[] | null },
  row: ImportRow,
): MeantOrg | null {
  const org = orgs.get(textIn(row, 'org')) ?? 'none';
  if (org === 'none') refuseRow(row, 'org', 'identity.cell_org_none');
  else if (org === 'several') refuseRow(row, 'org', 'identity.cell_org_several');
  else if (isWithin(within, org.areaCodes)) return org;
  else refuseRow(row, 'org', 'identity.cell_org_outside');
  return null;
}

async function takePerson(work: Work, row: ImportRow): Promise<Outcome> {
  const org = orgOfRow(work, row);
  if (!org) return 'refused';
  if (textIn(row, 'personName') === '') {
    refuseRow(row, 'personName', 'identity.cell_person_name');
    return 'refused';
  }
  const { secret } = work;
  const phone = textIn(row, 'phone');
  const phoneKey = phone === '' ? null : secret.lookup(PHONE, phone);
  // A row that names no day of leaving speaks of somebody who works there.
  const candidates = textIn(row, 'leftOn') === '' ? work.known.filter((p) => p.leftOn === null) : work.known;
  const was = meantPerson(candidates, {
    orgId: org.id,
    nameKey: nameKeyOf(work, row),
    phoneKey,
    numberKey: numberKeyOf(work, row),
  });
  if (was === 'several') {
    refuseRow(row, 'personName', 'identity.cell_person_several');
    return 'refused';
  }
  const person = was ?? (await addPerson(work, row, org));
  const isChanged = was !== undefined && (await bringUpToDate(work, row, was));
  const hasCertificate = await takeCertificate(work, row, { person, org });
  return was === undefined ? 'created' : isChanged || hasCertificate ? 'changed' : 'unchanged';
}

async function addPerson(work: Work, row: ImportRow, org: MeantOrg): Promise<KnownPerson> {
  const { secret, newId, known } = work;
  const facts = { name: textIn(row, 'personName'), phone: textIn(row, 'phone'), duties: listIn(textIn(row, 'duties')) };
  const id = newId() as PersonId;
  const tx = work.tx.withTables<IdentityTables>();
  await insertPeople(tx, secret, [{ ...facts, id, org }]);
  const { name_key: nameKeyText, phone_key: phoneKey } = sealFacts(secret, facts);
  const person: KnownPerson = {
    id,
    orgId: org.id,
    nameKey: nameKeyText,
    phoneKey,
    duties: facts.duties,
    leftOn: null,
    version: 0,
    numberKeys: [],
  };
  known.push(person);
  await leave(work, row, person);
  return person;
}

/** A new phone, more duties, the day somebody left: what the row says and the file does not know yet. */
async function bringUpToDate(work: Work, row: ImportRow, was: KnownPerson): Promise<boolean> {
  const { secret } = work;
  const phone = textIn(row, 'phone');
  const facts = phone === '' ? null : sealFacts(secret, { name: textIn(row, 'personName'), phone });
  const duties = [...new Set([...was.duties, ...listIn(textIn(row, 'duties'))])];
  const isNewPhone = facts !== null && facts.phone_key !== was.phoneKey;
  let isChanged = false;
  if (isNewPhone || duties.length > was.duties.length) {
    await savePerson(work.tx.withTables<IdentityTables>(), personOf(was), { ...(isNewPhone && { facts }), duties });
    Object.assign(was, { duties, version: was.version + 1, ...(isNewPhone && { phoneKey: facts.phone_key }) });
    isChanged = true;
  }
  return (await leave(work, row, was)) || isChanged;
}

async function leave(work: Work, row: ImportRow, person: KnownPerson): Promise<boolean> {
  const leftOn = textIn(row, 'leftOn');
  if (leftOn === '' || person.leftOn === leftOn) return false;
  await savePerson(work.tx.withTables<IdentityTables>(), personOf(person), { leftOn });
  Object.assign(person, { leftOn, version: person.version + 1 });
  return true;
}

/** As the store saves it: what is sealed is not touched by what an import changes. */
const personOf = ({ id, orgId, duties, leftOn, version }: KnownPerson): Person => ({
  id,
  orgId,
  duties,
  leftOn,
  version,
  name: null,
  phone: null,
  erasedAt: null,
});

async function takeCertificate(
  work: Work,
  row: ImportRow,
  { person, org }: { person: KnownPerson; org: MeantOrg },
): Promise<boolean> {
  const number = textIn(row, 'certificateNumber');
  if (number === '') return false;
  const kind = textIn(row, 'certificateKind');
  if (kind === '') {
    blame(row, 'certificateKind', { code: 'identity.cell_certificate_kind', params: {}, refused: false });
    return false;
  }
  const issuedOn = textIn(row, 'certificateIssuedOn') || null;
  const expiresOn = textIn(row, 'certificateExpiresOn') || null;
  if (!judgeTerm({ issuedOn, expiresOn }).ok) {
    blame(row, 'certificateExpiresOn', { code: 'identity.cell_term', params: {}, refused: false });
    return false;
  }
  person.numberKeys.push(numberKeyOf(work, row) ?? '');
  const certificate = { kind, number, issuer: textIn(row, 'certificateIssuer'), issuedOn, expiresOn };
  const tx = work.tx.withTables<IdentityTables>();
  return upsertCertificate(tx, work.secret, { ...certificate, id: work.newId(), personId: person.id, org });
}

async function* personLines(anyDb: AnyDb, secret: SecretData): AsyncGenerator<ExportLine> {
  const db = anyDb as Db<IdentityTables>;
  for await (const { people, orgNames } of pagesOfPeople(db)) {
    const certificates = await listCertificates(
      db,
      people.map((p) => p.id),
    );
    for (const person of people) {
      const line: ExportLine = {
        personName: openName(secret, person),
        phone: openPhone(secret, person),
        org: (person.orgId && orgNames.get(person.orgId)) ?? '',
        duties: person.duties.map((duty) => say(`identity.duty.${duty}`, 'zh')).join('、'),
        leftOn: person.leftOn,
      };
      const own = certificates.filter((c) => c.personId === person.id && c.endedOn === null);
      if (own.length === 0) yield line;
      for (const c of own) {
        yield {
          ...line,
          certificateKind: say(`identity.certificate.${c.kind}`, 'zh'),
          certificateNumber: secret.open(NUMBER, c.number),
          certificateIssuer: c.issuer,
          certificateIssuedOn: c.issuedOn,
          certificateExpiresOn: c.expiresOn,
        };
      }
    }
  }
}
