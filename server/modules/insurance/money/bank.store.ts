import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import type { InsuranceTables } from '../tables.ts';
import type { BankRow } from './bank.rules.ts';
import type { Account } from './ledger.rules.ts';

type Line = { leadOrgId: OrgId; account: string; bankRef: string };

/** Is this line of this account's statement booked already? */
export async function knownBankLine(db: Db<InsuranceTables>, { leadOrgId, account, bankRef }: Line): Promise<boolean> {
  const row = await db
    .selectFrom('insurance.bank_line')
    .select('id')
    .where('lead_org_id', '=', leadOrgId)
    .where('account', '=', account)
    .where('bank_ref', '=', bankRef)
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveBankLine(
  tx: Tx<InsuranceTables>,
  line: Line & { id: string; entryId: string; at: Date; amount: Fen; counterparty: string; proof: string | null },
): Promise<void> {
  await tx
    .insertInto('insurance.bank_line')
    .values({
      id: line.id,
      lead_org_id: line.leadOrgId,
      account: line.account,
      bank_ref: line.bankRef,
      at: line.at,
      amount: line.amount,
      counterparty: line.counterparty,
      proof: line.proof,
      entry_id: line.entryId,
      area_codes: [],
      org_ids: [line.leadOrgId],
    })
    .execute();
}

/** The lines of these references that are booked already, by account and reference. */
export async function bankLinesKnown(
  db: Db<InsuranceTables>,
  leadOrgId: OrgId,
  rows: readonly BankRow[],
): Promise<ReadonlyMap<string, { at: Date; amount: Fen }>> {
  const { rows: found } = await sql<{ account: string; bank_ref: string; at: Date; amount: number }>`
    select b.account, b.bank_ref, b.at, b.amount from insurance.bank_line b
    join unnest(${rows.map((r) => r.account)}::text[], ${rows.map((r) => r.bankRef)}::text[]) as k (account, ref)
      on k.account = b.account and k.ref = b.bank_ref
    where b.lead_org_id = ${leadOrgId}`.execute(db);
  return new Map(
    found.map((r) => [lineKey({ account: r.account, bankRef: r.bank_ref }), { at: r.at, amount: fen(r.amount) }]),
  );
}

export const lineKey = ({ account, bankRef }: { account: string; bankRef: string }): string => `${account} ${bankRef}`;

export type NewStatement = {
  statementId: string;
  leadOrgId: OrgId;
  fileHash: string | null;
  fileName: string;
  takenAt: Date;
  takenBy: string;
  rows: number;
  taken: number;
  known: number;
  faults: readonly unknown[];
};

/** Keep what was taken of a statement, and what could not be read of it. */
export async function insertStatement(tx: Tx<InsuranceTables>, statement: NewStatement): Promise<void> {
  await tx
    .insertInto('insurance.bank_statement')
    .values({
      id: statement.statementId,
      lead_org_id: statement.leadOrgId,
      file_hash: statement.fileHash,
      file_name: statement.fileName,
      taken_at: statement.takenAt,
      taken_by: statement.takenBy,
      rows: statement.rows,
      taken: statement.taken,
      known: statement.known,
      faults: JSON.stringify(statement.faults),
      area_codes: [],
      org_ids: [statement.leadOrgId],
    })
    .execute();
}

export type NewBankLine = BankRow & { id: string; entryId: string };

/**
 * Book lines of a statement in sets: every one stands on the bank's account, and waits in suspense until somebody says
 * what it is for. Lines that somebody else booked meanwhile are left out; their ids are not in the answer.
 */
export async function insertBankLines(
  tx: Tx<InsuranceTables>,
  { leadOrgId, statementId }: { leadOrgId: OrgId; statementId: string },
  lines: readonly NewBankLine[],
): Promise<ReadonlySet<string>> {
  const orgs = [leadOrgId];
  const { rows: taken } = await sql<{ id: string }>`
    insert into insurance.bank_line (id, lead_org_id, account, bank_ref, at, amount, counterparty, remark, entry_id,
      statement_id, area_codes, org_ids)
    select l.id, ${leadOrgId}::uuid, l.account, l.ref, l.at, l.amount, l.counterparty, l.remark, null, ${statementId}::uuid,
      '{}', ${orgs}::uuid[]
    from unnest(${lines.map((l) => l.id)}::uuid[], ${lines.map((l) => l.account)}::text[], ${lines.map((l) => l.bankRef)}::text[],
      ${lines.map((l) => l.at)}::timestamptz[], ${lines.map((l) => l.amount)}::bigint[],
      ${lines.map((l) => l.counterparty)}::text[], ${lines.map((l) => l.remark)}::text[])
      as l (id, account, ref, at, amount, counterparty, remark)
    on conflict (lead_org_id, account, bank_ref) do nothing returning id`.execute(tx);
  const ids = new Set(taken.map((r) => r.id));
  const kept = lines.filter((l) => ids.has(l.id));
  await sql`insert into insurance.entry (id, kind, at, note, lead_org_id, bank_line_id, area_codes, org_ids)
    select l.entry_id, case when l.amount > 0 then 'money_arrived' else 'money_left' end, l.at, l.ref, ${leadOrgId}::uuid,
      l.id, '{}', ${orgs}::uuid[]
    from unnest(${kept.map((l) => l.entryId)}::uuid[], ${kept.map((l) => l.id)}::uuid[], ${kept.map((l) => l.at)}::timestamptz[],
      ${kept.map((l) => l.bankRef)}::text[], ${kept.map((l) => l.amount)}::bigint[]) as l (entry_id, id, at, ref, amount)`.execute(
    tx,
  );
  await sql`insert into insurance.posting (entry_id, line, account, amount)
    select l.entry_id, p.line, p.account, l.amount * p.sign
    from unnest(${kept.map((l) => l.entryId)}::uuid[], ${kept.map((l) => l.amount)}::bigint[]) as l (entry_id, amount),
      (values (0::smallint, 'bank', 1), (1::smallint, 'suspense', -1)) as p (line, account, sign)`.execute(tx);
  return ids;
}

export type StoredBankLine = { id: string; leadOrgId: OrgId; at: Date; amount: Fen; bankRef: string; left: Fen };

/** A line of a statement with what of it still waits in suspense, its row held until the transaction ends. */
export async function findBankLine(tx: Tx<InsuranceTables>, id: string): Promise<StoredBankLine | undefined> {
  const row = await tx
    .selectFrom('insurance.bank_line')
    .select(['id', 'lead_org_id', 'at', 'amount', 'bank_ref'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  const { rows } = await sql<{ left: number }>`select coalesce(-sum(p.amount), 0)::bigint as left
    from insurance.bank_line b join insurance.entry e on e.bank_line_id = b.id or e.id = b.entry_id
    join insurance.posting p on p.entry_id = e.id and p.account = 'suspense' where b.id = ${id}`.execute(tx);
  return {
    id: row.id,
    leadOrgId: row.lead_org_id,
    at: row.at,
    amount: fen(row.amount),
    bankRef: row.bank_ref,
    left: fen(rows[0]?.left ?? 0),
  };
}

export type PayableRef = { account: Account; party: string | null; policyId: string | null; claimId: string | null };

/** Did this person write an entry that made this head payable? */
export async function madePayable(
  tx: Tx<InsuranceTables>,
  { leadOrgId, actor, ref }: { leadOrgId: OrgId; actor: string; ref: PayableRef },
): Promise<boolean> {
  const { rows } = await sql`select from insurance.posting p join insurance.entry e on e.id = p.entry_id
    where e.lead_org_id = ${leadOrgId} and e.actor = ${actor} and p.amount < 0 and p.account = ${ref.account}
      and e.kind <> 'payment_reversed' and p.party is not distinct from ${ref.party}
      and p.policy_id is not distinct from ${ref.policyId}::uuid and p.claim_id is not distinct from ${ref.claimId}::uuid
    limit 1`.execute(tx);
  return rows.length > 0;
}

/** What is owed under one head of the books; positive: to be paid. */
export async function payableLeft(tx: Tx<InsuranceTables>, leadOrgId: OrgId, ref: PayableRef): Promise<Fen> {
  const { rows } = await sql<{ owed: number }>`select coalesce(-sum(p.amount), 0)::bigint as owed
    from insurance.posting p join insurance.entry e on e.id = p.entry_id
    where e.lead_org_id = ${leadOrgId} and p.account = ${ref.account} and p.party is not distinct from ${ref.party}
      and p.policy_id is not distinct from ${ref.policyId}::uuid and p.claim_id is not distinct from ${ref.claimId}::uuid`.execute(
    tx,
  );
  return fen(rows[0]?.owed ?? 0);
}
