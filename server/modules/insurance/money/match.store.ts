import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Asked, WaitingLine } from './match.rules.ts';

/** Money in of an insurer of which something waits in suspense, counted from the books in one pass. */
const waiting = (leadOrgId: OrgId) => sql`(
  select m.id, -sum(m.amount)::bigint as left_over from (
    select e.bank_line_id as id, p.amount from insurance.entry e
      join insurance.posting p on p.entry_id = e.id and p.account = 'suspense'
      where e.lead_org_id = ${leadOrgId} and e.bank_line_id is not null
    union all
    select b.id, p.amount from insurance.bank_line b
      join insurance.entry e on e.id = b.entry_id and e.bank_line_id is distinct from b.id
      join insurance.posting p on p.entry_id = e.id and p.account = 'suspense'
      where b.lead_org_id = ${leadOrgId}) m
  group by m.id having -sum(m.amount) > 0)`;

/** Hold the rows of all lines that wait, in the order of their ids, until the transaction ends. Answers which are held. */
export async function holdWaiting(tx: Tx<InsuranceTables>, leadOrgId: OrgId): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select b.id from insurance.bank_line b
    where b.amount > 0 and b.id in (select w.id from ${waiting(leadOrgId)} w) order by b.id for update`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

export type WaitingRow = WaitingLine & { account: string; bankRef: string; counterparty: string };

/** Lines whose money waits, with what of it. */
export async function waitingLines(db: Db<InsuranceTables>, leadOrgId: OrgId): Promise<readonly WaitingRow[]> {
  const { rows } = await sql<{
    id: string;
    at: Date;
    left_over: number;
    remark: string;
    account: string;
    bank_ref: string;
    counterparty: string;
  }>`select b.id, b.at, w.left_over, b.remark, b.account, b.bank_ref, b.counterparty
    from insurance.bank_line b join ${waiting(leadOrgId)} w on w.id = b.id
    where b.amount > 0 order by b.at, b.id`.execute(db);
  return rows.map(({ left_over, remark: text, bank_ref: bankRef, ...row }) => ({
    ...row,
    text,
    bankRef,
    left: fen(left_over),
  }));
}

/** Policies with one of these numbers, looked up by their letters and digits in capitals, as far as the viewer sees them. */
export async function policiesNumbered(
  db: Db<InsuranceTables>,
  numbers: readonly string[],
): Promise<readonly string[]> {
  if (numbers.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select p.id from insurance.policy p join unnest(${[...numbers]}::text[]) as n (number) 
      on n.number = btrim(regexp_replace(upper(normalize(p.number, NFKC)), '[^A-Z0-9_./-]+', '', 'g'), '_./-')`.execute(
    db,
  );
  return rows.map((r) => r.id);
}

/** The notices of policies, by policy. */
export async function noticesOf(
  db: Db<InsuranceTables>,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Asked[]>> {
  const rows = await db
    .selectFrom('insurance.pay_notice')
    .select(['policy_id', 'no', 'part', 'payer', 'amount', 'made_at'])
    .where('policy_id', '=', sql<string>`any(${[...policyIds]}::uuid[])`)
    .execute();
  return grouped(
    rows,
    (r): Asked => ({
      no: r.no,
      part: r.part,
      payer: r.payer,
      amount: fen(r.amount),
      round: r.made_at.toISOString(),
    }),
  );
}

/** What was written with the money that policies were given, by policy. */
export async function writtenWith(
  db: Db<InsuranceTables>,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly { payer: string; text: string }[]>> {
  const { rows } = await sql<{ policy_id: string; payer: string; text: string }>`
    select p.policy_id, p.party as payer, b.remark as text
    from insurance.posting p join insurance.entry e on e.id = p.entry_id join insurance.bank_line b on b.id = e.bank_line_id
    where p.policy_id = any(${[...policyIds]}::uuid[]) and p.account = 'premium_receivable' and b.remark <> ''
    group by p.policy_id, p.party, b.id having sum(p.amount) < 0`.execute(db);
  return grouped(rows, ({ payer, text }) => ({ payer, text }));
}

function grouped<Row extends { policy_id: string }, Item>(
  rows: readonly Row[],
  item: (row: Row) => Item,
): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>();
  for (const row of rows) {
    const own = found.get(row.policy_id) ?? [];
    own.push(item(row));
    found.set(row.policy_id, own);
  }
  return found;
}
