import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';
import { notOver } from './in-force.store.ts';
import type { DueNotice, Instalment, InstalmentTerms } from './instalment.rules.ts';

/** What the contract on file says of paying in parts, with the product's name. */
export async function instalmentTermsOf(
  db: Db<InsuranceTables>,
  productId: string,
): Promise<{ product: string; terms: InstalmentTerms | null }> {
  const row = await db
    .selectFrom('insurance.product')
    .select(['name', 'body'])
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
  return { product: row.name, terms: productBody.parse(row.body).instalments };
}

export async function insertSchedule(
  tx: Tx<InsuranceTables>,
  policyId: string,
  schedule: readonly Instalment[],
): Promise<void> {
  if (schedule.length === 0) return;
  await tx
    .insertInto('insurance.instalment')
    .values(schedule.map(({ no, dueOn, payer, amount }) => ({ policy_id: policyId, no, due_on: dueOn, payer, amount })))
    .execute();
}

/** The schedules of policies that are paid in parts; the others are not in the answer. */
export async function schedulesOf(
  db: Db<InsuranceTables>,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Instalment[]>> {
  if (policyIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('insurance.instalment')
    .selectAll()
    .where('policy_id', '=', sql<string>`any(${[...policyIds]}::uuid[])`)
    .orderBy('no')
    .orderBy('payer')
    .execute();
  const found = new Map<string, Instalment[]>();
  for (const { policy_id, no, due_on, payer, amount } of rows) {
    const list = found.get(policy_id) ?? [];
    list.push({ no, dueOn: due_on as Day, payer, amount: fen(amount) });
    found.set(policy_id, list);
  }
  return found;
}

/** The notice whose days run. */
export async function runningNotice(
  db: Db<InsuranceTables>,
  policyId: string,
): Promise<(DueNotice & { unpaid: number }) | undefined> {
  const row = await db
    .selectFrom('insurance.instalment_notice')
    .select(['sent_on', 'ends_on', 'unpaid'])
    .where('policy_id', '=', policyId)
    .where('cured_at', 'is', null)
    .executeTakeFirst();
  return row && { sentOn: row.sent_on as Day, endsOn: row.ends_on as Day, unpaid: row.unpaid };
}

export type NewNotice = DueNotice & {
  id: string;
  policyId: string;
  unpaid: number;
  at: Date;
  by: string;
  areaCodes: string[];
  orgIds: string[];
};

export const insertDueNotice = (tx: Tx<InsuranceTables>, notice: NewNotice) =>
  tx
    .insertInto('insurance.instalment_notice')
    .values({
      id: notice.id,
      policy_id: notice.policyId,
      sent_on: notice.sentOn,
      ends_on: notice.endsOn,
      unpaid: notice.unpaid,
      sent_at: notice.at,
      sent_by: notice.by,
      cured_at: null,
      area_codes: notice.areaCodes,
      org_ids: notice.orgIds,
    })
    .execute();

export const cureNotice = (tx: Tx<InsuranceTables>, policyId: string, at: Date) =>
  tx
    .updateTable('insurance.instalment_notice')
    .set({ cured_at: at })
    .where('policy_id', '=', policyId)
    .where('cured_at', 'is', null)
    .execute();

export type Reminded = { policyId: string; productId: string; holderOrgId: OrgId; agentOrgId: OrgId | null };

/** Policies not over yet, cancelled for a later day too, with a part that is due by a day. As the owner: the clock asks for everybody. */
export async function policiesWithDues(
  db: Db<InsuranceTables>,
  { today, until }: { today: Day; until: Day },
): Promise<readonly Reminded[]> {
  const { rows } = await sql<{ id: string; product_id: string; holder: OrgId; agent: OrgId | null }>`
    select p.id, p.product_id, p.holder_org_id as holder, p.agent_org_id as agent from insurance.policy p
    where ${notOver(today)} and p.product_id is not null
      and exists (select from insurance.instalment i where i.policy_id = p.id and i.no > 1 and i.due_on <= ${until}::date)
    order by p.id`.execute(db);
  return rows.map((r) => ({ policyId: r.id, productId: r.product_id, holderOrgId: r.holder, agentOrgId: r.agent }));
}
