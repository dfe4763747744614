import type { AnyDb } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
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
import type { AreaBook } from './areas.rules.ts';
import { areasOfOrg, judgeTerm, nameKey } from './directory.rules.ts';
import { upsertLicence } from './import.store.ts';
import { kindByName, listIn, ORG_FIELDS } from './import-words.rules.ts';
import { insertOrgs, type Org, type OrgFacts, saveOrg } from './org.store.ts';
import { isWithin, lineOfOrg, openOrgs, pagesOfOrgs } from './org-book.views.ts';
import type { IdentityTables } from './tables.ts';
import { usccText } from './uscc.rules.ts';

export type DirectoryImportDeps = { newId: () => string; areas: AreaBook };

/** Organisations, one or one licence of one a row: known by their credit code, else by their name. */
export const orgImport = (deps: DirectoryImportDeps): ImportKind => ({
  kind: 'orgs',
  fields: ORG_FIELDS,
  required: [['orgName', 'uscc']],
  countMissing: ['uscc', 'orgKinds', 'area', 'dutyPhone', 'licenceNumber'],
  tells: false,
  keyOf: () => [],
  take: (context, rows) => takeOrgs(deps, context, rows),
  lines: (db) => orgLines(db, deps.areas),
});

type Work = DirectoryImportDeps & ImportContext & { known: Org[] };

/** Row after row: a later row may speak of an organisation that an earlier one brought. */
async function takeOrgs(deps: DirectoryImportDeps, context: ImportContext, rows: readonly ImportRow[]): Promise<Taken> {
  const known = await openOrgs(context.tx.withTables<IdentityTables>(), {
    names: rows.map((row) => nameKey(textIn(row, 'orgName'))),
    usccs: rows.flatMap((row) => usccText(textIn(row, 'uscc')) || []),
  });
  const work: Work = { ...deps, ...context, known: [...known] };
  const taken: Taken = { created: 0, changed: 0, unchanged: 0, refused: 0, ids: [] };
  for (const row of rows) {
    const outcome = await takeOrg(work, row);
    taken[outcome] += 1;
  }
  return taken;
}

type Outcome = 'created' | 'changed' | 'unchanged' | 'refused';

async function takeOrg(work: Work, row: ImportRow): Promise<Outcome> {
  const was = meantBy(work.known, row);
  if (was === 'several') {
    refuseRow(row, 'orgName', 'identity.cell_org_several');
    return 'refused';
  }
  const facts = factsOf(work, row, was);
  if (!facts) return 'refused';
  const tx = work.tx.withTables<IdentityTables>();
  const org = was ?? {
    ...facts,
    id: work.newId() as OrgId,
    warnings: [],
    closedOn: null,
    version: 0,
    areaCodes: areasOfOrg(facts),
  };
  const isChanged = was !== undefined && !sameFacts(was, facts);
  if (!was) {
    await insertOrgs(tx, [org]);
    work.known.push(org);
  } else if (isChanged) {
    await saveOrg(tx, was, facts);
    const next = { ...was, ...facts, version: was.version + 1, areaCodes: areasOfOrg(facts) };
    work.known.splice(work.known.indexOf(was), 1, next);
  }
  const hasLicence = await takeLicence(work, row, org);
  return was === undefined ? 'created' : isChanged || hasLicence ? 'changed' : 'unchanged';
}

/** The organisation a row means: by its credit code where it has one that is known, else by its name. */
function meantBy(known: readonly Org[], row: ImportRow): Org | 'several' | undefined {
  const uscc = usccText(textIn(row, 'uscc'));
  const name = nameKey(textIn(row, 'orgName'));
  const byCode = uscc === '' ? [] : known.filter((org) => org.uscc === uscc);
  // A name that is known under another code is another organisation of that name.
  const byName = known.filter((org) => nameKey(org.name) === name && (uscc === '' || org.uscc === null));
  const [first, second] = byCode.length > 0 ? byCode : byName;
  return second ? 'several' : first;
}

/** What the organisation is after the row; null when the row cannot be taken. What a row leaves out stays. */
function factsOf(work: Work, row: ImportRow, was: Org | undefined): OrgFacts | null {
  const name = textIn(row, 'orgName') || was?.name;
  if (!name) {
    refuseRow(row, 'orgName', 'identity.cell_org_name');
    return null;
  }
  const kinds = kindsOf(row, name, was);
  if (!kinds) return null;
  const seatAreas = seatOf(work, row) ?? was?.seatAreas ?? [];
  const facts: OrgFacts = {
    name,
    kinds,
    uscc: usccText(textIn(row, 'uscc')) || (was?.uscc ?? null),
    address: textIn(row, 'orgAddress') || (was?.address ?? ''),
    dutyPhone: textIn(row, 'dutyPhone') || (was?.dutyPhone ?? ''),
    seatAreas: seatAreas.length > 0 ? seatAreas : ownSeat(work),
    workAreas: workOf(work, row) ?? was?.workAreas ?? [],
  };
  if (isWithin(work.within, areasOfOrg(facts)) && (!was || isWithin(work.within, was.areaCodes))) return facts;
  refuseRow(row, 'area', 'identity.cell_org_outside');
  return null;
}

/** Who imports for one division only speaks of it where the row names none. */
const ownSeat = ({ within }: Work): readonly string[] => (within?.length === 1 ? within : []);

function kindsOf(row: ImportRow, name: string, was: Org | undefined): readonly string[] | null {
  const said = listIn(textIn(row, 'orgKinds'));
  if (said.length > 0) return [...new Set([...(was?.kinds ?? []), ...said])];
  if (was) return was.kinds;
  const guessed = kindByName(name);
  if (guessed) blame(row, 'orgName', { code: 'identity.cell_kind_guessed', params: {}, refused: false });
  else refuseRow(row, 'orgKinds', 'identity.cell_org_kind');
  return guessed ? [guessed] : null;
}

/** District and street of the seat; undefined when the row names neither. */
function seatOf({ areas }: Work, row: ImportRow): readonly string[] | undefined {
  const named = textIn(row, 'area');
  if (named === '') return undefined;
  const district = areas.byName(named, null);
  if (!district) {
    blame(row, 'area', { code: 'registry.cell_area', params: {}, refused: false });
    return undefined;
  }
  const street = textIn(row, 'street') && areas.byName(textIn(row, 'street'), district);
  return areas.path(street || district).flatMap((d) => (d.level === 'city' ? [] : [d.code]));
}

function workOf({ areas }: Work, row: ImportRow): readonly string[] | undefined {
  const named = textIn(row, 'workAreas')
    .split(/[,，、;；\s]+/u)
    .filter(Boolean);
  if (named.length === 0) return undefined;
  const codes = named.map((name) => areas.byName(name, null));
  if (codes.includes(null)) blame(row, 'workAreas', { code: 'registry.cell_area', params: {}, refused: false });
  return codes.filter((code) => code !== null);
}

const sameFacts = (a: OrgFacts, b: OrgFacts): boolean =>
  a.name === b.name &&
  a.uscc === b.uscc &&
  a.address === b.address &&
  a.dutyPhone === b.dutyPhone &&
  [a.kinds, a.seatAreas, a.workAreas].every(
    (list, i) => String(list) === String([b.kinds, b.seatAreas, b.workAreas][i]),
  );

/** Did the row bring a licence, or new days of one that is known? */
async function takeLicence(work: Work, row: ImportRow, org: Org): Promise<boolean> {
  const number = textIn(row, 'licenceNumber');
  if (number === '') return false;
  const kind = textIn(row, 'licenceKind');
  if (kind === '') {
    blame(row, 'licenceKind', { code: 'identity.cell_licence_kind', params: {}, refused: false });
    return false;
  }
  const licence = {
    kind,
    number,
    scope: textIn(row, 'licenceScope'),
    issuer: textIn(row, 'licenceIssuer'),
    issuedOn: textIn(row, 'licenceIssuedOn') || null,
    expiresOn: textIn(row, 'licenceExpiresOn') || null,
  };
  const term = judgeTerm(licence);
  if (!term.ok) {
    blame(row, 'licenceExpiresOn', { code: 'identity.cell_term', params: {}, refused: false });
    return false;
  }
  return upsertLicence(work.tx.withTables<IdentityTables>(), { ...licence, id: work.newId(), org });
}

async function* orgLines(db: AnyDb, areas: AreaBook): AsyncGenerator<ExportLine> {
  for await (const { org, licences } of pagesOfOrgs(db)) {
    const line = lineOfOrg(org, areas);
    if (licences.length === 0) yield line;
    for (const l of licences) {
      yield {
        ...line,
        licenceKind: say(`identity.licence.${l.kind}`, 'zh'),
        licenceNumber: l.number,
        licenceScope: l.scope,
        licenceIssuer: l.issuer,
        licenceIssuedOn: l.issuedOn,
        licenceExpiresOn: l.expiresOn,
      };
    }
  }
}
