import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import { addDays, type Day, startOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { PoolLine } from './bordereau.rules.ts';

const member = z.object({ insurer: z.string(), shareBp: z.int() });

const KIND_OF: Readonly<Record<string, PoolLine['kind']>> = {
  premium_written: 'premium',
  claims_paid: 'claim',
  commission_expense: 'commission',
};
const SHARED = Object.keys(KIND_OF);

export type PoolSource = { entryId: string; line: number; shared: PoolLine };

/** The instant a month ends. */
export function endOf(month: string): Date {
  const [y = 0, m = 1] = month.split('-').map(Number);
  const next = m === 12 ? `${y + 1}-01-01` : `${y}-${String(m + 1).padStart(2, '0')}-01`;
  return startOf(next as Day);
}

/** Movements of a lead's books on policies with followers that fell before a month's end and were shared in no month yet. */
export async function unshared(
  db: Db<InsuranceTables>,
  { leadOrgId, month, withCommission }: { leadOrgId: OrgId; month: string; withCommission: boolean },
): Promise<readonly PoolSource[]> {
  const { rows } = await sql<{
    entry_id: string;
    line: number;
    account: string;
    amount: number;
    record: string;
    members: unknown;
  }>`select p.entry_id, p.line, p.account, p.amount, coalesce(c.number, y.number) as record, y.members
    from insurance.posting p join insurance.entry e on e.id = p.entry_id
    join insurance.policy y on y.id = p.policy_id left join insurance.claim c on c.id = p.claim_id
    where e.lead_org_id = ${leadOrgId} and e.at < ${endOf(month)} and p.account = any(${withCommission ? SHARED : SHARED.filter((a) => a !== 'commission_expense')})
      and jsonb_array_length(y.members) > 1
      and not exists (select from insurance.pool_posting s where s.entry_id = p.entry_id and s.line = p.line)
    order by e.at, p.entry_id, p.line`.execute(db);
  return rows.map((r) => ({
    entryId: r.entry_id,
    line: r.line,
    shared: {
      kind: KIND_OF[r.account] ?? 'claim',
      record: r.record,
      amount: fen(r.account === 'premium_written' ? -r.amount : r.amount),
      members: z.array(member).parse(r.members),
    },
  }));
}

const amount = z.int();
export const poolContent = z.object({
  lines: z.array(
    z.object({
      kind: z.enum(['premium', 'claim', 'commission']),
      record: z.string(),
      amount,
      parts: z.array(z.object({ insurer: z.string(), amount })),
    }),
  ),
  totals: z.array(
    z.object({
      insurer: z.string(),
      name: z.string(),
      premium: amount,
      claims: amount,
      commission: amount.default(0), // months closed before it was shared have none
      trueUp: amount,
      fee: amount,
      net: amount,
    }),
  ),
});
export type PoolContent = z.infer<typeof poolContent>;

export type PoolMonth = {
  id: string;
  leadOrgId: OrgId;
  month: string;
  feeBp: number;
  premium: number;
  claims: number;
  content: PoolContent;
  hash: string;
  closedAt: Date;
};

/** Months closed, the newest first, as far as the viewer is lead, member or broker of them. */
export async function poolMonths(db: Db<InsuranceTables>, limit: number): Promise<readonly PoolMonth[]> {
  const rows = await db
    .selectFrom('insurance.pool_month')
    .selectAll()
    .orderBy('month', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(monthOf);
}

export async function findPoolMonth(db: Db<InsuranceTables>, id: string): Promise<PoolMonth | undefined> {
  const row = await db.selectFrom('insurance.pool_month').selectAll().where('id', '=', id).executeTakeFirst();
  return row && monthOf(row);
}

const monthOf = (row: InsuranceTables['insurance.pool_month']): PoolMonth => ({
  id: row.id,
  leadOrgId: row.lead_org_id,
  month: row.month,
  feeBp: row.fee_bp,
  premium: row.premium,
  claims: row.claims,
  content: poolContent.parse(row.content),
  hash: row.hash,
  closedAt: row.closed_at,
});

type Closing = { month: PoolMonth; entryId: string | null; by: string; sources: readonly PoolSource[] };

/** Was this lead's month closed already? */
export async function isClosed(
  db: Db<InsuranceTables>,
  { leadOrgId, month }: { leadOrgId: OrgId; month: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('insurance.pool_month')
    .select('id')
    .where('lead_org_id', '=', leadOrgId)
    .where('month', '=', month)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keep a month and take its postings, so that none is shared twice: the database refuses a second one. */
export async function savePoolMonth(tx: Tx<InsuranceTables>, { month, entryId, by, sources }: Closing): Promise<void> {
  const members = month.content.totals.map((t) => t.insurer);
  await sql`
    insert into insurance.pool_month (id, lead_org_id, month, fee_bp, premium, claims, content, hash, entry_id, closed_at, closed_by,
      area_codes, org_ids)
    select ${month.id}::uuid, ${month.leadOrgId}::uuid, ${month.month}, ${month.feeBp}, ${month.premium}, ${month.claims},
      ${JSON.stringify(month.content)}::jsonb, ${month.hash}, ${entryId}::uuid, ${month.closedAt}, ${by}, '{}',
      ${[...new Set([month.leadOrgId, ...members])]}::uuid[] || array(select distinct b.broker_org_id
        from insurance.scheme_broker b join insurance.product d on d.scheme_id = b.scheme_id
        join insurance.policy y on y.product_id = d.id and y.lead_org_id = ${month.leadOrgId}::uuid
        where b.to_on is null)`.execute(tx);
  await sql`insert into insurance.pool_posting (entry_id, line, pool_month_id)
    select x.entry_id, x.line, ${month.id}::uuid from unnest(${sources.map((s) => s.entryId)}::uuid[], ${sources.map((s) => s.line)}::smallint[])
      as x (entry_id, line)`.execute(tx);
}

/** Names of insurers, by id. */
export async function insurerNames(
  db: Db<InsuranceTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from identity.org_card where id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(rows.map((r) => [r.id, r.name]));
}

/** The broker that keeps a scheme's database from a day on: he is party to every policy written after it. */
export async function appointBroker(
  tx: Tx<InsuranceTables>,
  { id, schemeId, brokerOrgId, from, by }: { id: string; schemeId: string; brokerOrgId: OrgId; from: Day; by: string },
): Promise<void> {
  await sql`update insurance.scheme_broker set to_on = greatest(from_on, ${addDays(from, -1)}::date)
    where scheme_id = ${schemeId} and to_on is null`.execute(tx);
  await sql`insert into insurance.scheme_broker (id, scheme_id, broker_org_id, from_on, recorded_by)
    values (${id}, ${schemeId}, ${brokerOrgId}, ${from}::date, ${by})`.execute(tx);
  for (const table of ['policy', 'policy_line', 'claim'] as const) {
    const policy = table === 'policy' ? sql`t.id` : sql`t.policy_id`;
    await sql`update ${sql.table(`insurance.${table}`)} t set org_ids = t.org_ids || ${brokerOrgId}::uuid
      where not ${brokerOrgId}::uuid = any(t.org_ids) and exists (select from insurance.policy p
        join insurance.product d on d.id = p.product_id where p.id = ${policy} and d.scheme_id = ${schemeId})`.execute(
      tx,
    );
  }
}

/** Who keeps the database of a product's scheme now. */
export async function brokersOf(db: Db<InsuranceTables>, productId: string): Promise<readonly OrgId[]> {
  const { rows } = await sql<{ id: OrgId }>`select b.broker_org_id as id from insurance.scheme_broker b
    join insurance.product d on d.scheme_id = b.scheme_id where d.id = ${productId}::uuid and b.to_on is null`.execute(
    db,
  );
  return rows.map((r) => r.id);
}
