import { sql } from 'kysely';
import type { z } from 'zod';
import type { claimantView } from '../../../../contract/insurance-claimant.ts';
import type { Db } from '../../../kernel/db.ts';
import { sum } from '../../../kernel/money.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import type { StoredClaim } from './claim.store.ts';
import { orgName } from './claim-letter.store.ts';
import { findParty, lineOf } from './claim-party.store.ts';
import type { Holder } from './claimant.access.ts';

export type ClaimantView = z.infer<typeof claimantView>;

/** What a person without an account sees of his own claim: his head and his money, nobody else's. */
export async function viewForHolder(
  db: Db<InsuranceTables>,
  deps: Pick<ClaimDeps, 'secret'>,
  holder: Holder,
): Promise<ClaimantView> {
  const { claim } = holder;
  const partyId = holder.kind === 'head' ? holder.draft.party_id : holder.reportId;
  const party = partyId ? await findParty(db, { claimId: claim.id, id: partyId }) : undefined;
  const line = party && lineOf(deps.secret, party);
  const payments = partyId ? await paymentsTo(db, { claimId: claim.id, partyId }) : [];
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from insurance.claim_paper
    where claim_id = ${claim.id} and party_id is not distinct from ${partyId}`.execute(db);
  return {
    kind: holder.kind,
    number: claim.number,
    insurer: await orgName(db, claim.leadOrgId),
    address: claim.place.address,
    happenedAt: claim.happenedAt.toISOString(),
    phase: claim.phase,
    refusal: claim.phase === 'refused' || claim.phase === 'closed' ? (claim.body.refusal?.reason ?? null) : null,
    head:
      holder.kind === 'head'
        ? {
            no: holder.draft.head,
            trappedSeconds: holder.draft.trapped_seconds,
            due: holder.draft.due,
            state: holder.draft.state,
            filledAt: holder.draft.filled_at?.toISOString() ?? null,
          }
        : null,
    party: line ? { name: line.name, account: line.account } : null,
    accepted: acceptedFor(claim, holder, party !== undefined),
    payments,
    papersMissing: holder.kind === 'report' ? claim.body.papersMissing : [],
    papers: rows[0]?.n ?? 0,
  };
}

/**
 * What was decided for this person; null while nothing is, or while it is decided anew. A head is decided under its own id before
 * anybody says who it was: who comes after the others reads his sum as they did. Who stands in no decision is told that nothing is
 * due to him only when the file is closed, or when he reported, said who he is and was left out.
 */
function acceptedFor({ phase, body }: StoredClaim, holder: Holder, isKnown: boolean): number | null {
  if (body.decision === null || body.refusal !== null || (phase !== 'accepted' && phase !== 'closed')) return null;
  const payee = holder.kind === 'head' ? holder.draft.id : holder.reportId;
  const own = body.assessment?.items.filter((i) => i.payee === payee) ?? [];
  const wasLeftOut = phase === 'closed' || (holder.kind === 'report' && isKnown);
  return own.length === 0 && !wasLeftOut ? null : sum(own.map((i) => i.amount));
}

async function paymentsTo(
  db: Db<InsuranceTables>,
  { claimId, partyId }: { claimId: string; partyId: string },
): Promise<ClaimantView['payments']> {
  const rows = await db
    .selectFrom('insurance.claim_payment')
    .select(['state', 'kind', 'amount', 'paid_at'])
    .where('claim_id', '=', claimId)
    .where('party_id', '=', partyId)
    .orderBy('proposed_at')
    .orderBy('id')
    .execute();
  return rows.map(({ state, kind, amount, paid_at }) => ({
    state,
    kind,
    amount,
    paidAt: paid_at?.toISOString() ?? null,
  }));
}
