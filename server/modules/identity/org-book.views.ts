import type { AnyDb, Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { ExportLine } from '../../kernel/import-kind.ts';
import { say } from '../../kernel/language.ts';
import type { AreaBook } from './areas.rules.ts';
import type { Licence, Org } from './org.store.ts';
import type { IdentityTables } from './tables.ts';

/** The directory as lists bring it in and take it away. Runs as the owner. */

const orgs = (db: Db<IdentityTables>) =>
  db
    .selectFrom('identity.org as o')
    .select(['o.id', 'o.name', 'o.kinds', 'o.uscc', 'o.warnings', 'o.address', 'o.duty_phone as dutyPhone'])
    .select(['o.seat_areas as seatAreas', 'o.work_areas as workAreas', 'o.closed_on as closedOn', 'o.version'])
    .select('o.area_codes as areaCodes')
    .where('o.closed_on', 'is', null);

/** Organisations that are not closed, by name or credit code as compared. */
export async function openOrgs(
  db: Db<IdentityTables>,
  { names, usccs }: { names: readonly string[]; usccs: readonly string[] },
): Promise<Org[]> {
  return orgs(db)
    .where((eb) => eb.or([eb('o.name_key', 'in', ['', ...names]), eb('o.uscc', 'in', ['', ...usccs])]))
    .execute();
}

/** Where organisations are seen: for those who put rows beside them. */
export async function orgAreas(
  db: Db<IdentityTables>,
  ids: readonly OrgId[],
): Promise<ReadonlyMap<OrgId, readonly string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await orgs(db)
    .where('o.id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.areaCodes]));
}

/** May somebody who answers for these divisions speak of a row that is seen in those? Null: the whole city. */
export const isWithin = (within: readonly string[] | null, areaCodes: readonly string[]): boolean =>
  within === null || areaCodes.some((code) => within.some((own) => code.startsWith(own)));

const PAGE = 1_000;

/** Every organisation with its licences that are in force, by name. */
export async function* pagesOfOrgs(anyDb: AnyDb): AsyncGenerator<{ org: Org; licences: Licence[] }> {
  const db = anyDb as Db<IdentityTables>;
  for (let after: OrgId | null = null; ; ) {
    let query = orgs(db).orderBy('o.id').limit(PAGE);
    if (after) query = query.where('o.id', '>', after);
    const page: Org[] = await query.execute();
    const licences = await licencesOf(db, page);
    for (const org of page) yield { org, licences: licences.filter((l) => l.orgId === org.id) };
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.id;
  }
}

async function licencesOf(db: Db<IdentityTables>, page: readonly Org[]): Promise<Licence[]> {
  if (page.length === 0) return [];
  return db
    .selectFrom('identity.licence as l')
    .select(['l.id', 'l.org_id as orgId', 'l.kind', 'l.number', 'l.scope', 'l.issuer'])
    .select(['l.issued_on as issuedOn', 'l.expires_on as expiresOn', 'l.ended_on as endedOn'])
    .where(
      'l.org_id',
      'in',
      page.map((org) => org.id),
    )
    .where('l.ended_on', 'is', null)
    .orderBy('l.number')
    .execute();
}

/** An organisation in the columns of its import. */
export const lineOfOrg = (org: Org, areas: AreaBook): ExportLine => {
  const [district, street] = org.seatAreas;
  return {
    orgName: org.name,
    uscc: org.uscc,
    orgKinds: org.kinds.map((kind) => say(`identity.org_kind.${kind}`, 'zh')).join('、'),
    orgAddress: org.address,
    dutyPhone: org.dutyPhone,
    area: district ? areas.name(district) : '',
    street: street ? areas.name(street) : '',
    workAreas: org.workAreas.map((code) => areas.name(code)).join('、'),
  };
};
