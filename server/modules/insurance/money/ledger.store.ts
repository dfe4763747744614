import { sql } from 'kysely';
import { type Db, insertMany, type Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { invariant } from '../../../kernel/result.ts';
import type { Arrived } from '../policy/policy.rules.ts';
import type { InsuranceTables } from '../tables.ts';
import { ACCOUNTS, type Account, checkEntry, type Posting } from './ledger.rules.ts';

export type Entry = {
  id: string;
  kind: string;
  at: Date; // when it was true; for money, the bank's time
  leadOrgId: OrgId; // whose books
  note: string;
  postings: readonly Posting[];
  bankLineId?: string; // whose money it uses
  reverses?: string;
};

/**
 * From here to the end of the transaction nobody else gives out or pays money of this insurer: what two cashiers see as open
 * at the same moment is given once.
 */
export async function holdBooks(tx: Tx<InsuranceTables>, leadOrgId: OrgId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`insurance.books ${leadOrgId}`}, 0))`.execute(tx);
}

/** Write one entry. The database refuses it too, at commit, when it does not sum to zero. */
export const book = (tx: Tx<InsuranceTables>, entry: Entry): Promise<void> => bookAll(tx, [entry]);

/** The same for many. */
export async function bookAll(tx: Tx<InsuranceTables>, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) invariant(checkEntry(entry.postings).ok, `the entry ${entry.kind} balances`);
  await insertMany(
    tx,
    'insurance.entry',
    entries.map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      at: entry.at,
      reverses: entry.reverses ?? null,
      bank_line_id: entry.bankLineId ?? null,
      note: entry.note,
      lead_org_id: entry.leadOrgId,
      area_codes: [],
      org_ids: [entry.leadOrgId],
    })),
  );
  await insertMany(
    tx,
    'insurance.posting',
    entries.flatMap((entry) =>
      entry.postings.map((p, line) => ({
        entry_id: entry.id,
        line,
        account: p.account,
        party: p.party,
        amount: p.amount,
        policy_id: p.policyId,
        claim_id: p.claimId,
      })),
    ),
  );
}

/**
 * Money that has arrived for these policies, by payer, by the bank's time: also where it waited in suspense first,
 * because the insurer had it from that moment on.
 */
export async function arrivedFor(
  db: Db<InsuranceTables>,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Arrived[]>> {
  if (policyIds.length === 0) return new Map();
  const { rows } = await sql<{ policy_id: string; payer: string; amount: number; at: Date }>`
    select a.policy_id, a.payer, a.amount, a.at from insurance.policy p
      join insurance.premium_arrived(${[...policyIds]}::uuid[]) a on a.policy_id = p.id
    where p.id = any(${[...policyIds]}::uuid[])
    order by a.at`.execute(db);
  const found = new Map<string, Arrived[]>();
  for (const { policy_id, payer, amount, at } of rows) {
    const list = found.get(policy_id) ?? [];
    list.push({ payer, amount: fen(amount), at });
    found.set(policy_id, list);
  }
  return found;
}

/** What every account holds now, as far as the viewer sees the books. They sum to zero. */
export async function accountBalances(db: Db<InsuranceTables>): Promise<readonly { account: Account; amount: Fen }[]> {
  const { rows } = await sql<{ account: Account; amount: number }>`
    select account, sum(amount)::bigint as amount from insurance.posting group by account order by account`.execute(db);
  return rows.map(({ account, amount }) => ({ account, amount: fen(amount) }));
}

export type StoredEntry = {
  id: string;
  kind: string;
  leadOrgId: OrgId;
  bankLineId: string | null;
  reversedBy: string | null;
  postings: readonly Posting[];
};

/** One entry with its postings, and the entry that undid it. */
export async function findEntry(tx: Tx<InsuranceTables>, id: string): Promise<StoredEntry | undefined> {
  const row = await tx
    .selectFrom('insurance.entry as e')
    .leftJoin('insurance.entry as r', 'r.reverses', 'e.id')
    .select(['e.id', 'e.kind', 'e.lead_org_id', 'e.bank_line_id', 'r.id as reversed_by'])
    .where('e.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const postings = await tx
    .selectFrom('insurance.posting')
    .select(['account', 'party', 'amount', 'policy_id', 'claim_id'])
    .where('entry_id', '=', id)
    .orderBy('line')
    .execute();
  return {
    id: row.id,
    kind: row.kind,
    leadOrgId: row.lead_org_id,
    bankLineId: row.bank_line_id,
    reversedBy: row.reversed_by,
    postings: postings.map((p) => ({
      account: accountOf(p.account),
      party: p.party,
      amount: fen(p.amount),
      policyId: p.policy_id,
      claimId: p.claim_id,
    })),
  };
}

function accountOf(text: string): Account {
  const account = ACCOUNTS.find((a) => a === text);
  invariant(account, `${text} is an account of the books`);
  return account;
}
