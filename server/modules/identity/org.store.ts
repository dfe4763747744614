import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { areasOfOrg, nameKey } from './directory.rules.ts';
import type { IdentityTables } from './tables.ts';
import { usccText, usccWarnings } from './uscc.rules.ts';

export type OrgFacts = {
  name: string;
  kinds: readonly string[];
  uscc: string | null;
  address: string;
  dutyPhone: string;
  seatAreas: readonly string[];
  workAreas: readonly string[];
};
export type Org = OrgFacts & {
  id: OrgId;
  warnings: readonly string[];
  closedOn: string | null;
  version: number;
  areaCodes: readonly string[];
};
export type LicenceFacts = {
  kind: string;
  number: string;
  scope: string;
  issuer: string;
  issuedOn: string | null;
  expiresOn: string | null;
};
export type Licence = LicenceFacts & { id: string; orgId: OrgId; endedOn: string | null };

/** Rows of one statement: far below the protocol's 65,535 parameters. */
const BATCH = 1_000;

const rowOf = (id: OrgId, org: OrgFacts) => ({
  id,
  name: org.name,
  name_key: nameKey(org.name),
  kinds: [...org.kinds],
  uscc: org.uscc ? usccText(org.uscc) : null,
  warnings: org.uscc ? [...usccWarnings(org.uscc)] : [],
  address: org.address,
  duty_phone: org.dutyPhone,
  seat_areas: [...org.seatAreas],
  work_areas: [...org.workAreas],
  area_codes: areasOfOrg(org),
  org_ids: [id],
});

export async function insertOrgs(tx: Tx<IdentityTables>, orgs: readonly (OrgFacts & { id: OrgId })[]): Promise<void> {
  for (let from = 0; from < orgs.length; from += BATCH) {
    const rows = orgs.slice(from, from + BATCH).map((org) => ({ ...rowOf(org.id, org), closed_on: null }));
    await tx.insertInto('identity.org').values(rows).execute();
  }
}

export async function findOrg(db: Db<IdentityTables>, id: OrgId): Promise<Org | undefined> {
  return db
    .selectFrom('identity.org as o')
    .select(['o.id', 'o.name', 'o.kinds', 'o.uscc', 'o.warnings', 'o.address', 'o.duty_phone as dutyPhone'])
    .select(['o.seat_areas as seatAreas', 'o.work_areas as workAreas', 'o.closed_on as closedOn', 'o.version'])
    .select('o.area_codes as areaCodes')
    .where('o.id', '=', id)
    .executeTakeFirst();
}

/** Where organisations are seen, by id. */
export async function findOrgAreas(
  db: Db<IdentityTables>,
  ids: readonly OrgId[],
): Promise<{ id: OrgId; areaCodes: string[] }[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('identity.org as o')
    .select(['o.id', 'o.area_codes as areaCodes'])
    .where('o.id', 'in', [...new Set(ids)])
    .execute();
}

/** Save what an organisation is. False when someone else saved first. What hangs on it is seen where it is seen. */
export async function saveOrg(tx: Tx<IdentityTables>, was: Org, to: OrgFacts): Promise<boolean> {
  const { id: _, ...row } = rowOf(was.id, to);
  const { numUpdatedRows } = await tx
    .updateTable('identity.org')
    .set({ ...row, version: was.version + 1 })
    .where('id', '=', was.id)
    .where('version', '=', was.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) return false;
  for (const table of ['identity.licence', 'identity.person'] as const)
    await tx.updateTable(table).set({ area_codes: row.area_codes }).where('org_id', '=', was.id).execute();
  await tx
    .updateTable('identity.certificate')
    .set({ area_codes: row.area_codes })
    .where('person_id', 'in', (q) => q.selectFrom('identity.person as p').select('p.id').where('p.org_id', '=', was.id))
    .execute();
  return true;
}

/** Close an organisation: its row stays, because records point at it. */
export async function closeOrg(tx: Tx<IdentityTables>, was: Org, closedOn: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.org')
    .set({ closed_on: closedOn, version: was.version + 1 })
    .where('id', '=', was.id)
    .where('version', '=', was.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

const audienceOf = (org: { id: OrgId; areaCodes: readonly string[] }) => ({
  area_codes: [...org.areaCodes],
  org_ids: [org.id],
});

/** Add licences. A number the organisation already has for the same kind is left as it is; returns how many were new. */
export async function insertLicences(
  tx: Tx<IdentityTables>,
  licences: readonly (LicenceFacts & { id: string; org: { id: OrgId; areaCodes: readonly string[] } })[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < licences.length; from += BATCH) {
    const rows = licences.slice(from, from + BATCH).map((l) => ({
      id: l.id,
      org_id: l.org.id,
      kind: l.kind,
      number: l.number,
      scope: l.scope,
      issuer: l.issuer,
      issued_on: l.issuedOn,
      expires_on: l.expiresOn,
      ended_on: null,
      ...audienceOf(l.org),
    }));
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('identity.licence')
      .values(rows)
      .onConflict((c) => c.columns(['org_id', 'kind', 'number']).doNothing())
      .executeTakeFirstOrThrow();
    added += Number(numInsertedOrUpdatedRows ?? 0n);
  }
  return added;
}

export async function endLicence(
  tx: Tx<IdentityTables>,
  of: { orgId: OrgId; id: string },
  endedOn: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.licence')
    .set({ ended_on: endedOn })
    .where('id', '=', of.id)
    .where('org_id', '=', of.orgId)
    .where('ended_on', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export const listLicences = (db: Db<IdentityTables>, orgId: OrgId): Promise<Licence[]> =>
  db
    .selectFrom('identity.licence as l')
    .select(['l.id', 'l.org_id as orgId', 'l.kind', 'l.number', 'l.scope', 'l.issuer'])
    .select(['l.issued_on as issuedOn', 'l.expires_on as expiresOn', 'l.ended_on as endedOn'])
    .where('l.org_id', '=', orgId)
    .orderBy('l.expires_on', 'desc')
    .execute();
