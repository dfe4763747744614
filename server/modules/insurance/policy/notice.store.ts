import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { isNumberKey, pageOf, readPlace } from '../../../kernel/page.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { canonical } from './document.rules.ts';
import type { Notice, NoticeLine } from './notice.rules.ts';

const parts = z.array(z.object({ payer: z.string(), amount: z.int().transform((n): Fen => fen(n)) }));

/** A notice as it was written: what a reprint says whatever became of policy and account since. */
export const noticeContent = z.object({
  number: z.string(), // of the policy
  no: z.int(),
  product: z.string(),
  holder: z.string(),
  insurer: z.string(),
  payer: z.string(),
  payerName: z.string(),
  amount: z.int(),
  dueOn: z.string(),
  from: z.string(),
  to: z.string(),
  elevators: z.int(),
  account: z.object({ bank: z.string(), holder: z.string(), number: z.string() }),
  endorsement: z.object({ no: z.int(), kind: z.string(), on: z.string() }).nullable().default(null), // null: the policy itself
  part: z // of a schedule; null: the premium at once
    .object({
      no: z.int(),
      of: z.int(),
      graceUntil: z.string().nullable(), // null: the first part, without which the cover does not begin
      noticeDays: z.int(),
    })
    .nullable()
    .default(null),
  on: z.string(),
});
export type NoticeContent = z.infer<typeof noticeContent>;

/** The lines of a policy with the organisations behind their payers, as they stand on file now. */
export async function noticeLines(db: Db<InsuranceTables>, policyId: string): Promise<readonly NoticeLine[]> {
  const rows = await db
    .selectFrom('insurance.policy_line as l')
    .leftJoin('registry.elevator_card as c', 'c.id', 'l.elevator_id')
    .select(['l.parts', 'c.maintenance_org_id', 'c.maker_org_id'])
    .where('l.policy_id', '=', policyId)
    .execute();
  return rows.map((r) => ({
    parts: parts.parse(r.parts),
    maintenanceOrgId: r.maintenance_org_id,
    makerOrgId: r.maker_org_id,
  }));
}

/** Elevators an endorsement rates, with the organisations behind their payers. */
export async function endorsedLines(
  db: Db<InsuranceTables>,
  elevators: readonly { elevatorId: string; parts: NoticeLine['parts'] }[],
): Promise<readonly NoticeLine[]> {
  const { rows } = await sql<{ id: string; maintenance: string | null; maker: string | null }>`
    select id, maintenance_org_id as maintenance, maker_org_id as maker from registry.elevator_card
    where id = any(${elevators.map((e) => e.elevatorId)}::uuid[])`.execute(db);
  return elevators.map(({ elevatorId, parts: own }) => {
    const card = rows.find((r) => r.id === elevatorId);
    return { parts: own, maintenanceOrgId: card?.maintenance ?? null, makerOrgId: card?.maker ?? null };
  });
}

/** The names a notice says: of product, holder, lead and payers. */
export async function noticeNames(db: Db<InsuranceTables>, policyId: string, orgIds: readonly string[]) {
  const policy = await db
    .selectFrom('insurance.policy as p')
    .leftJoin('insurance.product as d', 'd.id', 'p.product_id')
    .select(['d.name as product', 'p.agent_org_id', 'p.to_on'])
    .where('p.id', '=', policyId)
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from identity.org_card where id = any(${[...new Set(orgIds)]}::uuid[])`.execute(db);
  return { ...policy, nameOf: (id: string) => rows.find((r) => r.id === id)?.name ?? '' };
}

export type Account = { bank: string; holder: string; number: string };

/** The confirmed account of an insurer; undefined when there is none. */
export async function accountOf(db: Db<InsuranceTables>, insurer: OrgId): Promise<Account | undefined> {
  const { rows } = await sql<Account>`select * from insurance.account_of(${insurer}::uuid)`.execute(db);
  return rows[0];
}

/** The next number of a policy's notices. Its notices are held: two who write at once take one number after the other. */
export async function nextNoticeNo(tx: Tx<InsuranceTables>, policyId: string): Promise<number> {
  await holdNotices(tx, policyId);
  const row = await tx
    .selectFrom('insurance.pay_notice')
    .select((eb) => eb.fn.max('no').as('no'))
    .where('policy_id', '=', policyId)
    .executeTakeFirst();
  return 1 + (row?.no ?? 0);
}

/** One writes notices of a policy at a time, until the transaction ends. */
export const holdNotices = (tx: Tx<InsuranceTables>, policyId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`pay notice ${policyId}`}, 0))`.execute(tx);

export type NewNotice = {
  id: string;
  policyId: string;
  endorsementId: string | null;
  payerOrgId: OrgId;
  content: NoticeContent;
  orgIds: readonly string[];
  by: string;
  at: Date;
};

export async function insertNotice(tx: Tx<InsuranceTables>, n: NewNotice): Promise<void> {
  const text = canonical(n.content);
  await tx
    .insertInto('insurance.pay_notice')
    .values({
      id: n.id,
      policy_id: n.policyId,
      endorsement_id: n.endorsementId,
      part: n.content.part?.no ?? null,
      no: n.content.no,
      payer: n.content.payer,
      payer_org_id: n.payerOrgId,
      amount: n.content.amount,
      due_on: n.content.dueOn,
      content: text,
      hash: createHash('sha256').update(text).digest('hex'),
      made_at: n.at,
      made_by: n.by,
      area_codes: [],
      org_ids: [...n.orgIds],
    })
    .execute();
}

/** The notices of a policy's parts, in the order they were written. */
export async function partNoticesOf(db: Db<InsuranceTables>, policyId: string): Promise<readonly Notice[]> {
  const rows = await db
    .selectFrom('insurance.pay_notice')
    .select(['part', 'payer', 'payer_org_id', 'amount', 'due_on'])
    .where('policy_id', '=', policyId)
    .where('part', 'is not', null)
    .orderBy('no')
    .execute();
  return rows.map((r) => ({
    part: r.part,
    payer: r.payer,
    orgId: r.payer_org_id,
    amount: fen(r.amount),
    dueOn: r.due_on as Day,
  }));
}

/** Notices of a policy page by page, the newest first, as far as the viewer sees them: a payer sees his own. */
export async function listNotices(
  db: Db<InsuranceTables>,
  policyId: string,
  asked: { after?: string | undefined; limit: number },
) {
  const after = readPlace(asked.after, isNumberKey);
  const rows = await db
    .selectFrom('insurance.pay_notice')
    .select(['id', 'no', 'part', 'payer', 'amount', 'due_on', 'made_at', 'content'])
    .where('policy_id', '=', policyId)
    .$if(after !== null, (q) => q.where('no', '<', Number(after?.key)))
    .orderBy('no', 'desc')
    .limit(asked.limit + 1)
    .execute();
  const item = (r: (typeof rows)[number]) => ({
    id: r.id,
    no: r.no,
    payer: r.payer,
    payerName: noticeContent.parse(r.content).payerName,
    endorsement: noticeContent.parse(r.content).endorsement?.no ?? null,
    part: r.part,
    amount: r.amount,
    dueOn: r.due_on,
    madeAt: r.made_at.toISOString(),
  });
  return pageOf(rows, asked.limit, { place: ({ no, id }) => ({ key: String(no), id }), item });
}

export async function findNotice(
  db: Db<InsuranceTables>,
  id: string,
): Promise<{ content: NoticeContent; hash: string; madeAt: Date } | undefined> {
  const row = await db.selectFrom('insurance.pay_notice').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { content: noticeContent.parse(row.content), hash: row.hash, madeAt: row.made_at };
}
