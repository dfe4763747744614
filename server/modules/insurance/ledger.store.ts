import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { type Fen, fen } from '../../kernel/money.ts';
import { invariant } from '../../kernel/result.ts';
import { type Account, checkEntry, type Posting } from './ledger.rules.ts';
import type { Arrived } from './policy.rules.ts';
import type { InsuranceTables } from './tables.ts';

export type Entry = {
  id: string;
  kind: string;
  at: Date; // when it was true; for money, the bank's time
  leadOrgId: OrgId; // whose books
  note: string;
  postings: readonly Posting[];
};

/** Write one entry. The database refuses it too, at commit, when it does not sum to zero. */
export async function book(tx: Tx<InsuranceTables>, entry: Entry): Promise<void> {
  const checked = checkEntry(entry.postings);
  invariant(checked.ok, `the entry ${entry.kind} balances`);
  await tx
    .insertInto('insurance.entry')
    .values({
      id: entry.id,
      kind: entry.kind,
      at: entry.at,
      reverses: null,
      note: entry.note,
      lead_org_id: entry.leadOrgId,
      area_codes: [],
      org_ids: [entry.leadOrgId],
    })
    .execute();
  await tx
    .insertInto('insurance.posting')
    .values(
      entry.postings.map((p, line) => ({
        entry_id: entry.id,
        line,
        account: p.account,
        party: p.party,
        amount: p.amount,
        policy_id: p.policyId,
        claim_id: p.claimId,
      })),
    )
    .execute();
}

/** Money that has arrived for these policies, by payer, by the bank's time. */
export async function arrivedFor(
  db: Db<InsuranceTables>,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Arrived[]>> {
  if (policyIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('insurance.posting as p')
    .innerJoin('insurance.entry as e', 'e.id', 'p.entry_id')
    .select(['p.policy_id', 'p.party', 'p.amount', 'e.at'])
    .where('p.policy_id', 'in', [...policyIds])
    .where('p.account', '=', 'premium_receivable')
    .where('e.kind', '=', 'money_arrived')
    .orderBy('e.at')
    .execute();
  const found = new Map<string, Arrived[]>();
  for (const { policy_id, party, amount, at } of rows) {
    const list = found.get(policy_id ?? '') ?? [];
    list.push({ payer: party ?? '', amount: fen(-amount), at });
    found.set(policy_id ?? '', list);
  }
  return found;
}

/** What every account holds now, as far as the viewer sees the books. They sum to zero. */
export async function accountBalances(db: Db<InsuranceTables>): Promise<readonly { account: Account; amount: Fen }[]> {
  const { rows } = await sql<{ account: Account; amount: number }>`
    select account, sum(amount)::bigint as amount from insurance.posting group by account order by account`.execute(db);
  return rows.map(({ account, amount }) => ({ account, amount: fen(amount) }));
}
