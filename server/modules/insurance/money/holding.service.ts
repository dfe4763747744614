import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { maskPerson } from './bank.rules.ts';
import { findBankLine } from './bank.store.ts';
import { type Account, type Held, moneyHeld } from './ledger.rules.ts';
import { book } from './ledger.store.ts';

export type Holding = { kind: Account; owner: string; record: string; amount: Fen };
export type HoldingRefusal =
  | { code: 'insurance.bank_line_not_found' }
  | { code: 'insurance.bank_line_direction'; amount: Fen }
  | { code: 'insurance.allocation_too_much'; allocated: Fen; amount: Fen }
  | { code: 'insurance.holding_record'; record: string };

/** Say that money in suspense belongs to others: it is kept under their names, apart from everything that is earned. */
export const hold = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { lineId, holdings }: { lineId: string; holdings: readonly Holding[] },
): Promise<Result<{ entryId: string; left: Fen }, HoldingRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ entryId: string; left: Fen }, HoldingRefusal>> => {
    const line = await findBankLine(tx, lineId);
    if (!line) return refuse({ code: 'insurance.bank_line_not_found' });
    if (line.amount < 0) return refuse({ code: 'insurance.bank_line_direction', amount: line.amount });
    const allocated = sum(holdings.map((h) => h.amount));
    if (allocated > line.left) return refuse({ code: 'insurance.allocation_too_much', allocated, amount: line.left });
    const held: Held[] = [];
    for (const { kind, owner, record, amount } of holdings) {
      const found = await recordOf(tx, line.leadOrgId, record);
      const needsClaim = kind === 'held_for_victims';
      if ((record !== '' && !found) || (needsClaim && !found?.claimId))
        return refuse({ code: 'insurance.holding_record', record });
      const { policyId = null, claimId = null } = found ?? {};
      held.push({ account: kind, owner: maskPerson(owner), policyId, claimId, amount });
    }
    const [id, { leadOrgId, bankRef: note }] = [deps.newId(), line];
    const entry = { kind: 'money_held', at: deps.now(), leadOrgId, note, bankLineId: line.id };
    await book(tx, { ...entry, id, postings: moneyHeld(held) });
    return accept({ entryId: id, left: fen(line.left - allocated) });
  });

/** The claim or policy of this insurer with that number. */
async function recordOf(tx: Tx<InsuranceTables>, leadOrgId: string, record: string) {
  if (record === '') return undefined;
  const { rows } = await sql<{ policyId: string; claimId: string | null }>`
    select c.policy_id as "policyId", c.id as "claimId" from insurance.claim c
      where c.number = ${record} and c.lead_org_id = ${leadOrgId}::uuid
    union all
    select p.id, null from insurance.policy p where p.number = ${record} and p.lead_org_id = ${leadOrgId}::uuid
    limit 1`.execute(tx);
  return rows[0];
}
