import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Factor, type Fen, factor, fen } from '../../../kernel/money.ts';
import { addDays, type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { FiledRate, Licence, Movement } from './commission.rules.ts';
import { endOf } from './pool.store.ts';

/** Rates these insurers filed for a scheme, on a day: also those of co-insurers, whose other filings stay theirs. */
export async function ratesOn(
  db: Db<InsuranceTables>,
  { schemeId, insurers, on }: { schemeId: string; insurers: readonly string[]; on: Day },
): Promise<readonly FiledRate[]> {
  const { rows } = await sql<{ insurer: string; rate: string; filing_no: string }>`
    select insurer, rate, filing_no from insurance.commission_rates_on(${schemeId}::uuid, ${[...insurers]}::uuid[], ${on}::date)`.execute(
    db,
  );
  return rows.map((r) => ({ insurer: r.insurer, rate: factor(r.rate), filingNo: r.filing_no }));
}

export type NewRate = {
  id: string;
  schemeId: string;
  insurerOrgId: OrgId;
  rate: Factor;
  filingNo: string;
  from: Day;
  at: Date;
  by: string;
};

/** The newest day from which an insurer's rate for a scheme holds. */
export async function lastRateFrom(
  tx: Tx<InsuranceTables>,
  { schemeId, insurerOrgId }: Pick<NewRate, 'schemeId' | 'insurerOrgId'>,
): Promise<Day | undefined> {
  const row = await tx
    .selectFrom('insurance.commission_rate')
    .select('from_on')
    .where('scheme_id', '=', schemeId)
    .where('insurer_org_id', '=', insurerOrgId)
    .orderBy('from_on', 'desc')
    .executeTakeFirst();
  return row?.from_on as Day | undefined;
}

/** File a rate: the one before holds to the day before. */
export async function insertRate(tx: Tx<InsuranceTables>, rate: NewRate): Promise<void> {
  await tx
    .updateTable('insurance.commission_rate')
    .set({ to_on: addDays(rate.from, -1) })
    .where('scheme_id', '=', rate.schemeId)
    .where('insurer_org_id', '=', rate.insurerOrgId)
    .where('to_on', 'is', null)
    .execute();
  await tx
    .insertInto('insurance.commission_rate')
    .values({
      id: rate.id,
      scheme_id: rate.schemeId,
      insurer_org_id: rate.insurerOrgId,
      rate: rate.rate,
      filing_no: rate.filingNo,
      from_on: rate.from,
      to_on: null,
      recorded_at: rate.at,
      recorded_by: rate.by,
      area_codes: [],
      org_ids: [rate.insurerOrgId],
    })
    .execute();
}

export type Deal = { policyId: string; leadOrgId: OrgId; payeeOrgId: OrgId; rate: Factor };
export type StoredDeal = Deal & { agreedOn: Day };

export async function insertDeal(
  tx: Tx<InsuranceTables>,
  deal: Deal & { filings: readonly FiledRate[]; licence: Licence; at: Date; by: string },
): Promise<void> {
  await tx
    .insertInto('insurance.commission_deal')
    .values({
      policy_id: deal.policyId,
      lead_org_id: deal.leadOrgId,
      payee_org_id: deal.payeeOrgId,
      rate: deal.rate,
      filings: JSON.stringify(deal.filings),
      licence: JSON.stringify(deal.licence),
      agreed_at: deal.at,
      agreed_by: deal.by,
      area_codes: [],
      org_ids: [deal.leadOrgId, deal.payeeOrgId],
    })
    .execute();
}

/** What was agreed on a policy; `hold`: nobody agrees on or books commission of it until the transaction ends. */
export const findDeal = async (
  db: Db<InsuranceTables>,
  policyId: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<StoredDeal | undefined> => (await findDeals(db, [policyId], { hold })).get(policyId);

/** The same of many policies, held always in the same order, so that no two who hold some wait for each other. */
export async function findDeals(
  db: Db<InsuranceTables>,
  policyIds: readonly string[],
  { hold = false }: { hold?: boolean } = {},
): Promise<ReadonlyMap<string, StoredDeal>> {
  const ids = [...new Set(policyIds)].toSorted();
  if (ids.length === 0) return new Map();
  if (hold)
    await sql`select pg_advisory_xact_lock(hashtextextended('commission ' || id, 0)) from unnest(${ids}::text[]) id`.execute(
      db,
    );
  const rows = await db
    .selectFrom('insurance.commission_deal')
    .select(['policy_id', 'lead_org_id', 'payee_org_id', 'rate', 'agreed_at'])
    .where('policy_id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  return new Map(
    rows.map((row): [string, StoredDeal] => [
      row.policy_id,
      {
        policyId: row.policy_id,
        leadOrgId: row.lead_org_id,
        payeeOrgId: row.payee_org_id,
        rate: factor(row.rate),
        agreedOn: dayOf(row.agreed_at),
      },
    ]),
  );
}

/** What the books hold of a policy's premium and commission: received and refunded, and commission booked on it so far. */
export async function bookedOn(
  tx: Tx<InsuranceTables>,
  policyId: string,
): Promise<{ received: Fen; refunded: Fen; booked: Fen }> {
  const { rows } = await sql<{ received: number; refunded: number; booked: number }>`select
    (select coalesce(sum(amount), 0)::bigint from insurance.premium_arrived(array[${policyId}::uuid])) as received,
    coalesce(-sum(p.amount) filter (where p.account = 'premium_refundable' and e.kind = 'premium_changed'), 0)::bigint as refunded,
    coalesce(sum(p.amount) filter (where p.account = 'commission_expense'), 0)::bigint as booked
    from insurance.posting p join insurance.entry e on e.id = p.entry_id where p.policy_id = ${policyId}::uuid`.execute(
    tx,
  );
  const [row] = rows;
  return {
    received: fen(row?.received ?? 0),
    refunded: fen(row?.refunded ?? 0),
    booked: fen(row?.booked ?? 0),
  };
}

export type Unstated = Movement & { entryId: string; line: number; payeeOrgId: OrgId; rate: Factor };

/** Movements of commission that fell before a month's end and stand on no statement yet. */
export async function unstated(
  db: Db<InsuranceTables>,
  { leadOrgId, month, payeeOrgId }: { leadOrgId: OrgId; month: string; payeeOrgId: OrgId | null },
): Promise<readonly Unstated[]> {
  const { rows } = await sql<{
    entry_id: string;
    line: number;
    payee: OrgId;
    policy_id: string;
    number: string;
    amount: number;
    rate: string;
  }>`select p.entry_id, p.line, d.payee_org_id as payee, p.policy_id, y.number, -p.amount as amount, d.rate
    from insurance.posting p join insurance.entry e on e.id = p.entry_id and e.kind = 'commission_accrued'
    join insurance.commission_deal d on d.policy_id = p.policy_id join insurance.policy y on y.id = p.policy_id
    where e.lead_org_id = ${leadOrgId} and p.account = 'commission_accrued' and e.at < ${endOf(month)}
      and ${payeeOrgId === null ? sql`true` : sql`d.payee_org_id = ${payeeOrgId}`}
      and not exists (select from insurance.commission_posting s where s.entry_id = p.entry_id and s.line = p.line)
    order by e.at, p.entry_id`.execute(db);
  return rows.map((r) => ({
    entryId: r.entry_id,
    line: r.line,
    payeeOrgId: r.payee,
    policyId: r.policy_id,
    number: r.number,
    amount: fen(r.amount),
    rate: factor(r.rate),
  }));
}

const amount = z.int().transform((n): Fen => fen(n));
const storedLines = z.array(
  z.object({ policyId: z.string(), number: z.string(), rate: z.string(), accrued: amount, clawedBack: amount }),
);
export type StoredLine = z.infer<typeof storedLines>[number];

export type Statement = {
  id: string;
  leadOrgId: OrgId;
  payeeOrgId: OrgId;
  month: string;
  carried: Fen;
  accrued: Fen;
  clawedBack: Fen;
  lines: readonly StoredLine[];
  hash: string;
  state: 'closed' | 'released';
  closedAt: Date;
  closedBy: string;
};

type Closing = { statement: Statement; movements: readonly Unstated[] };

/** Keep a statement and take its movements: the database refuses a second one. */
export async function insertStatement(tx: Tx<InsuranceTables>, { statement, movements }: Closing): Promise<void> {
  await tx
    .insertInto('insurance.commission_statement')
    .values({
      id: statement.id,
      lead_org_id: statement.leadOrgId,
      payee_org_id: statement.payeeOrgId,
      month: statement.month,
      carried: statement.carried,
      accrued: statement.accrued,
      clawed_back: statement.clawedBack,
      lines: JSON.stringify(statement.lines),
      hash: statement.hash,
      state: statement.state,
      closed_at: statement.closedAt,
      closed_by: statement.closedBy,
      released_at: null,
      released_by: null,
      licence: null,
      entry_id: null,
      area_codes: [],
      org_ids: [statement.leadOrgId, statement.payeeOrgId],
    })
    .execute();
  await sql`insert into insurance.commission_posting (entry_id, line, statement_id)
    select x.entry_id, x.line, ${statement.id}::uuid from unnest(${movements.map((m) => m.entryId)}::uuid[],
      ${movements.map((m) => m.line)}::smallint[]) as x (entry_id, line)`.execute(tx);
}

/** One statement, its row held until the transaction ends. */
export async function findCommissionStatement(tx: Tx<InsuranceTables>, id: string): Promise<Statement | undefined> {
  const row = await tx
    .selectFrom('insurance.commission_statement')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      leadOrgId: row.lead_org_id,
      payeeOrgId: row.payee_org_id,
      month: row.month,
      carried: fen(row.carried),
      accrued: fen(row.accrued),
      clawedBack: fen(row.clawed_back),
      lines: storedLines.parse(row.lines),
      hash: row.hash,
      state: row.state,
      closedAt: row.closed_at,
      closedBy: row.closed_by,
    }
  );
}

/** Is there a statement of this payee's month already? */
export async function isStated(
  db: Db<InsuranceTables>,
  { leadOrgId, payeeOrgId, month }: Pick<Statement, 'leadOrgId' | 'payeeOrgId' | 'month'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('insurance.commission_statement')
    .select('id')
    .where('lead_org_id', '=', leadOrgId)
    .where('payee_org_id', '=', payeeOrgId)
    .where('month', '=', month)
    .executeTakeFirst();
  return row !== undefined;
}

export const markReleased = (
  tx: Tx<InsuranceTables>,
  { id, entryId, licence, at, by }: { id: string; entryId: string | null; licence: Licence; at: Date; by: string },
) =>
  tx
    .updateTable('insurance.commission_statement')
    .set({
      state: 'released',
      released_at: at,
      released_by: by,
      licence: JSON.stringify(licence),
      entry_id: entryId,
    })
    .where('id', '=', id)
    .execute();
