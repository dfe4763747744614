import type { AnyDb, Db, Tx } from '../../kernel/db.ts';
import type { ElevatorId, PersonId } from '../../kernel/ids.ts';
import {
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
import { type Day, dayOf } from '../../kernel/time.ts';
import {
  type AskedPerson,
  askedKey,
  contactsOf,
  type IdentityTables,
  isWithin,
  type Meant,
  peopleNamed,
} from '../identity/index.ts';
import { saveChange } from './change.store.ts';
import type { RegistryDeps } from './deps.ts';
import { findFiles, type StoredFile } from './file.store.ts';
import { RELATION_FIELDS, type Relation, withRelation } from './import-relations.rules.ts';
import { filesMeant, type OrgBook, orgsOfRows, refuseUnmeant } from './import-resolve.ts';
import { codesOfFile, orgNames, pagesOfFiles } from './register.views.ts';
import type { RegistryTables } from './tables.ts';
import { PARTY_ROLES, type PartyRole } from './vocabulary.rules.ts';

export type RelationImportDeps = RegistryDeps & { secret: SecretData };

/** Who answers for which elevator, one relation a row, with its days: also those that are over. */
export const relationImport = (deps: RelationImportDeps): ImportKind => ({
  kind: 'relations',
  fields: RELATION_FIELDS,
  required: [
    ['registrationCode', 'rescueCode', 'deviceCode', 'makerNumber', 'useRegistration', 'sourceKey'],
    ['role'],
    ['org'],
  ],
  countMissing: ['fromOn', 'org'],
  tells: true,
  keyOf: () => [],
  take: (context, rows) => takeRelations(deps, context, rows),
  lines: (db) => relationLines(db, deps.secret),
});

type Work = {
  deps: RelationImportDeps;
  context: ImportContext;
  orgs: OrgBook;
  people: ReadonlyMap<string, Meant<PersonId>>;
  today: Day;
};

async function takeRelations(
  deps: RelationImportDeps,
  context: ImportContext,
  rows: readonly ImportRow[],
): Promise<Taken> {
  const tx = context.tx.withTables<RegistryTables>();
  const orgs = await orgsOfRows(context, ['org'], rows);
  const asked = rows.flatMap((row) => askedOf(orgs, row) ?? []);
  const people = await peopleNamed(context.tx.withTables<IdentityTables>(), deps.secret, asked);
  const work: Work = { deps, context, orgs, people, today: dayOf(deps.now()) };
  const meant = await filesMeant(tx, context.source.id, rows);
  const ids = [...new Set([...meant.values()].filter((id) => id !== 'no_code' && id !== 'several' && id !== null))];
  const was = new Map((await findFiles(tx, ids as ElevatorId[])).map((file) => [file.id as string, file]));
  const next = new Map(was);
  const taken: Taken = { created: 0, changed: 0, unchanged: 0, refused: 0, ids: [] };
  for (const row of rows) taken[takeRelation(work, row, { next, file: fileOf(row, meant.get(row), next) })] += 1;
  taken.ids = await saveAll(work, tx, { was, next });
  return taken;
}

type Outcome = 'created' | 'changed' | 'unchanged' | 'refused';
type Files = Map<string, StoredFile>;

function fileOf(row: ImportRow, meant: string | null | undefined, files: Files): StoredFile | null {
  if (meant === 'no_code' || meant === 'several' || meant === undefined) {
    refuseUnmeant(row, meant);
    return null;
  }
  const file = meant === null ? undefined : files.get(meant);
  if (!file) refuseRow(row, 'registrationCode', 'registry.cell_row_no_file');
  return file ?? null;
}

/** One row: the file with the relation among its parties. The next row on the same elevator sees it. */
function takeRelation(work: Work, row: ImportRow, { next, file }: { next: Files; file: StoredFile | null }): Outcome {
  if (!file) return 'refused';
  const place = file.building;
  const areas = [place?.districtCode, place?.streetCode, place?.communityCode].flatMap((code) => code ?? []);
  if (!isWithin(work.context.within, areas)) {
    refuseRow(row, 'registrationCode', 'registry.cell_row_outside');
    return 'refused';
  }
  const relation = relationOf(work, row);
  if (!relation) return 'refused';
  const parties = withRelation(file.parties, relation);
  if (!parties.ok) {
    const { code, ...params } = parties.refusal;
    refuseRow(row, 'fromOn', { code, params });
    return 'refused';
  }
  if (parties.value === file.parties) return 'unchanged';
  next.set(file.id, { ...file, parties: parties.value as StoredFile['parties'] });
  return parties.value.length > file.parties.length ? 'created' : 'changed';
}

/** What the row says; null with the reason on the row. A day that nobody gave is today. */
function relationOf({ orgs, people, context, today }: Work, row: ImportRow): Relation | null {
  const role = PARTY_ROLES.find((r) => r === textIn(row, 'role'));
  if (!role) {
    refuseRow(row, 'role', 'registry.cell_role');
    return null;
  }
  const org = orgs.get(textIn(row, 'org')) ?? 'none';
  if (typeof org !== 'object') {
    refuseRow(row, 'org', org === 'none' ? 'identity.cell_org_none' : 'identity.cell_org_several');
    return null;
  }
  const asked = askedOf(orgs, row);
  const person = asked ? (people.get(askedKey(asked)) ?? 'none') : null;
  if (person === 'none' || person === 'several') {
    refuseRow(row, 'personName', person === 'none' ? 'identity.cell_person_none' : 'identity.cell_person_several');
    return null;
  }
  const fromOn = (textIn(row, 'fromOn') || today) as Day;
  const toOn = (textIn(row, 'toOn') || null) as Day | null;
  // A contract that ends in a year holds today: its end belongs to the contract, not to the file.
  return {
    role,
    orgId: org.id,
    personId: person,
    fromOn,
    toOn: toOn !== null && toOn >= today ? null : toOn,
    source: context.source.name,
  };
}

function askedOf(orgs: OrgBook, row: ImportRow): AskedPerson | null {
  const org = orgs.get(textIn(row, 'org'));
  const name = textIn(row, 'personName');
  return typeof org === 'object' && name !== '' ? { orgId: org.id, name, phone: textIn(row, 'phone') } : null;
}

async function saveAll(
  { deps }: Work,
  tx: Tx<RegistryTables>,
  { was, next }: { was: Files; next: Files },
): Promise<ElevatorId[]> {
  const saving = { now: deps.now(), newId: deps.newId, areaName: deps.city.areas.name };
  const ids: ElevatorId[] = [];
  for (const [id, file] of next) {
    const before = was.get(id);
    if (!before || before === file) continue;
    await saveChange(tx, { was: before, next: file }, saving);
    ids.push(before.id);
  }
  return ids;
}

async function* relationLines(anyDb: AnyDb, secret: SecretData): AsyncGenerator<ExportLine> {
  const db = anyDb as Db<RegistryTables>;
  const roleOf = (role: PartyRole): string => say(`registry.party.${role}`, 'zh');
  for await (const files of pagesOfFiles(db)) {
    const names = await orgNames(db, files);
    const ids = new Set(files.flatMap((file) => file.parties.flatMap((p) => p.personId ?? [])));
    const people = await contactsOf({ db: anyDb as Db<IdentityTables>, secret }, [...ids]);
    for (const file of files) {
      const codes = codesOfFile(file);
      const held = file.parties.filter((p) => p.orgId !== null);
      yield* held.map((p) => {
        const person = p.personId ? people.get(p.personId) : undefined;
        const who = { personName: person?.name ?? '', phone: person?.phone ?? '' };
        const org = (p.orgId && names.get(p.orgId)) ?? '';
        return { ...codes, ...who, role: roleOf(p.role), org, fromOn: p.fromOn, toOn: p.toOn };
      });
    }
  }
}
