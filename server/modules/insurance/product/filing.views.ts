import { sql } from 'kysely';
import type { Db } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { memberNames } from '../policy/document.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { admissionTerms, standingOf } from './admission.store.ts';
import { mayFile } from './filing.rules.ts';
import { isAdmitted } from './filing.store.ts';
import { productBody, schemeMembers, tariffBody } from './scheme.rows.ts';

/** Every scheme with its products, version by version, and what the viewer may do in it. */
export async function listSchemes(db: Db<InsuranceTables>, { orgId, role }: Viewer) {
  const schemes = await db.selectFrom('insurance.scheme').selectAll().orderBy('name').execute();
  const products = await db
    .selectFrom('insurance.product as p')
    .leftJoin('identity.org_card as i', 'i.id', 'p.insurer_org_id')
    .select([
      'p.id',
      'p.scheme_id',
      'p.code',
      'p.version',
      'p.name',
      'p.filing_no',
      'p.from_on',
      'p.to_on',
      'p.used_at',
    ])
    .select(['p.body', 'i.name as insurer'])
    .orderBy('p.name')
    .orderBy('p.version', 'desc')
    .execute();
  return Promise.all(
    schemes.map(async (s) => {
      const members = schemeMembers.parse(s.members);
      const { days, criteria } = admissionTerms.parse(s.admission);
      const admitted = orgId !== null && (await isAdmitted(db, { schemeId: s.id, orgId }));
      const may = mayFile({ orgId, pool: members.map((m) => m.insurer), market: s.market, admitted });
      return {
        id: s.id,
        code: s.code,
        name: s.name,
        kind: s.kind,
        market: s.market,
        basis: s.basis,
        excludedAreas: s.excluded_areas,
        verified: s.verified,
        members: await memberNames(db, members),
        broker: await brokerOf(db, s.id),
        admissionDays: days,
        criteria,
        mayFile: role === 'underwriter' && may.ok,
        mayAsk: role === 'underwriter' && s.market === 'open' && (await isFreeToAsk(db, { schemeId: s.id, orgId })),
        products: products.filter((p) => p.scheme_id === s.id).map(lineOf),
      };
    }),
  );
}

/** Neither admitted nor waiting: an insurer asks once at a time. */
async function isFreeToAsk(
  db: Db<InsuranceTables>,
  { schemeId, orgId }: { schemeId: string; orgId: OrgId | null },
): Promise<boolean> {
  const standing = orgId === null ? 'none' : await standingOf(db, schemeId, orgId);
  return standing === 'none' || standing === 'refused';
}

/** Who keeps a scheme's database now. */
async function brokerOf(db: Db<InsuranceTables>, schemeId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`select o.name from insurance.scheme_broker b
    join identity.org_card o on o.id = b.broker_org_id where b.scheme_id = ${schemeId}::uuid and b.to_on is null`.execute(
    db,
  );
  return rows[0]?.name ?? null;
}

type Row = {
  id: string;
  code: string;
  version: number;
  name: string;
  insurer: string | null;
  filing_no: string;
  from_on: string;
  to_on: string | null;
  used_at: Date | null;
  body: unknown;
};

const lineOf = (p: Row) => ({
  id: p.id,
  code: p.code,
  version: p.version,
  name: p.name,
  insurer: p.insurer,
  filingNo: p.filing_no,
  from: p.from_on,
  to: p.to_on,
  used: p.used_at !== null,
  coverages: coveragesOf(p.body),
});

/** A product that holds no text yet lists no coverage. */
function coveragesOf(body: unknown) {
  const read = productBody.safeParse(body);
  return read.success ? read.data.coverages.map(({ name, kind }) => ({ name, kind })) : [];
}

/** A product's text with its newest tariff, as the form of the next version begins, and the versions beside it. */
export async function viewProduct(db: Db<InsuranceTables>, id: string, { orgId, role }: Viewer) {
  const row = await db
    .selectFrom('insurance.product as p')
    .innerJoin('insurance.scheme as s', 's.id', 'p.scheme_id')
    .innerJoin('insurance.tariff as t', 't.product_id', 'p.id')
    .leftJoin('identity.org_card as i', 'i.id', 'p.insurer_org_id')
    .selectAll('p')
    .select(['t.body as tariff', 's.name as scheme', 's.market', 's.members', 'i.name as insurer'])
    .where('p.id', '=', id)
    .orderBy('t.version', 'desc')
    .executeTakeFirst();
  if (!row) return undefined;
  const { factors, ...tariff } = tariffBody.parse(row.tariff);
  const body = {
    ...productBody.parse(row.body),
    to: row.to_on,
    tariff: { ...tariff, factors: factors.map((f) => ({ ...f, evidence: f.evidence as 'place' })) },
  };
  const admitted = orgId !== null && (await isAdmitted(db, { schemeId: row.scheme_id, orgId }));
  const pool = schemeMembers.parse(row.members).map((m) => m.insurer);
  const isOwn = row.market === 'tender_pool' || row.insurer_org_id === null || row.insurer_org_id === orgId;
  return {
    id,
    schemeId: row.scheme_id,
    scheme: row.scheme,
    insurer: row.insurer,
    version: row.version,
    used: row.used_at !== null,
    source: row.source,
    mayFile: role === 'underwriter' && isOwn && mayFile({ orgId, pool, market: row.market, admitted }).ok,
    versions: await versionsOf(db, row),
    body,
  };
}

const versionsOf = (db: Db<InsuranceTables>, { scheme_id, code }: { scheme_id: string; code: string }) =>
  db
    .selectFrom('insurance.product')
    .select(['id', 'version', 'from_on as from', 'to_on as to'])
    .where('scheme_id', '=', scheme_id)
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .execute();
