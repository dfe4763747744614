import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { isDayKey, pageOf, readPlace } from '../../../kernel/page.ts';
import type { InsuranceTables } from '../tables.ts';
import { insurerNames } from './pool.store.ts';

const licenceRow = z.object({
  kind: z.enum(['agency', 'broking']),
  number: z.string(),
  expiresOn: z.string().nullable(),
});
const filings = z.array(z.object({ insurer: z.string(), rate: z.string(), filingNo: z.string() }));
const lineRow = z.object({
  policyId: z.string(),
  number: z.string(),
  rate: z.string(),
  accrued: z.int(),
  clawedBack: z.int(),
});

/** Whom an insurer pays, with what waits for a statement and what was released and not paid. */
export async function listPayees(db: Db<InsuranceTables>) {
  const { rows } = await sql<{
    id: OrgId;
    name: string;
    policies: number;
    waiting: number;
    owed: number;
  }>`with held as (select p.party, coalesce(-sum(p.amount) filter (where p.account = 'commission_accrued'), 0) as accrued,
        coalesce(-sum(p.amount) filter (where p.account = 'commission_payable'), 0) as owed
      from insurance.posting p where p.account in ('commission_accrued', 'commission_payable') group by 1),
    d as (select payee_org_id, count(*)::int as n from insurance.commission_deal group by 1)
    select d.payee_org_id as id, o.name, d.n as policies, coalesce(h.accrued, 0)::bigint as waiting,
      coalesce(h.owed, 0)::bigint as owed
    from d join identity.org_card o on o.id = d.payee_org_id left join held h on h.party = d.payee_org_id::text
    order by o.name`.execute(db);
  return rows;
}

type Page = { after?: string | undefined; limit: number };

/** The viewer's own filed rates page by page, the newest first. */
export async function listRates(db: Db<InsuranceTables>, asked: Page) {
  const after = readPlace(asked.after, isDayKey);
  const rows = await db
    .selectFrom('insurance.commission_rate as r')
    .innerJoin('insurance.scheme as s', 's.id', 'r.scheme_id')
    .select(['r.id', 's.name as scheme', 'r.rate', 'r.filing_no as filingNo', 'r.from_on as from', 'r.to_on as to'])
    .$if(after !== null, (q) => q.where(sql<boolean>`(r.from_on, r.id) < (${after?.key}::date, ${after?.id}::uuid)`))
    .orderBy('r.from_on', 'desc')
    .orderBy('r.id', 'desc')
    .limit(asked.limit + 1)
    .execute();
  return pageOf(rows, asked.limit, { place: ({ from, id }) => ({ key: from, id }), item: (row) => row });
}

const statementsBy = (db: Db<InsuranceTables>) =>
  db
    .selectFrom('insurance.commission_statement as s')
    .innerJoin('identity.org_card as l', 'l.id', 's.lead_org_id')
    .innerJoin('identity.org_card as p', 'p.id', 's.payee_org_id')
    .selectAll('s')
    .select(['l.name as lead', 'p.name as payee']);
type StatementRow = Awaited<ReturnType<ReturnType<typeof statementsBy>['executeTakeFirstOrThrow']>>;

const itemOf = (row: StatementRow) => ({
  id: row.id,
  lead: row.lead,
  payeeOrgId: row.payee_org_id,
  payee: row.payee,
  month: row.month,
  carried: row.carried,
  accrued: row.accrued,
  clawedBack: row.clawed_back,
  total: row.accrued - row.clawed_back,
  policies: z.array(lineRow).parse(row.lines).length,
  hash: row.hash,
  state: row.state,
  closedAt: row.closed_at.toISOString(),
  releasedAt: row.released_at?.toISOString() ?? null,
  licence: row.licence === null ? null : licenceRow.parse(row.licence),
});

/** Statements the viewer pays or is paid by page by page, the newest month first. */
export async function listStatementsOfCommission(db: Db<InsuranceTables>, asked: Page) {
  const after = readPlace(asked.after, (key) => /^\d{4}-\d{2}$/.test(key));
  const rows = await statementsBy(db)
    .$if(after !== null, (q) => q.where(sql<boolean>`(s.month, s.id) < (${after?.key}, ${after?.id}::uuid)`))
    .orderBy('s.month', 'desc')
    .orderBy('s.id', 'desc')
    .limit(asked.limit + 1)
    .execute();
  return pageOf(rows, asked.limit, { place: (row) => ({ key: row.month, id: row.id }), item: itemOf });
}

/** One statement with its lines. */
export async function viewStatement(db: Db<InsuranceTables>, id: string) {
  const row = await statementsBy(db).where('s.id', '=', id).executeTakeFirst();
  return row && { ...itemOf(row), lines: z.array(lineRow).parse(row.lines) };
}

/** What is agreed for a policy, and what was earned on it so far. */
export async function viewDeal(db: Db<InsuranceTables>, policyId: string) {
  const row = await db
    .selectFrom('insurance.commission_deal as d')
    .innerJoin('identity.org_card as p', 'p.id', 'd.payee_org_id')
    .selectAll('d')
    .select('p.name as payee')
    .where('d.policy_id', '=', policyId)
    .executeTakeFirst();
  if (!row) return null;
  const filed = filings.parse(row.filings);
  const names = await insurerNames(
    db,
    filed.map((f) => f.insurer),
  );
  const { rows } = await sql<{ accrued: number }>`select coalesce(sum(amount), 0)::bigint as accrued
    from insurance.posting where policy_id = ${policyId}::uuid and account = 'commission_expense'`.execute(db);
  return {
    payee: row.payee,
    rate: row.rate,
    licence: licenceRow.parse(row.licence),
    filings: filed.map((f) => ({ ...f, insurer: names.get(f.insurer) ?? '' })),
    agreedAt: row.agreed_at.toISOString(),
    accrued: rows[0]?.accrued ?? 0,
  };
}
