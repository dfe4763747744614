import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { addDays, dayOf, startOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { StoredClaim } from './claim.store.ts';
import type { ClaimPaymentRow } from './claim.tables.ts';

export type StoredPayment = Selectable<ClaimPaymentRow>;

/** What is asked to be paid. */
export type PaymentOrder = {
  item: string;
  partyId: string;
  amount: Fen;
  kind: ClaimPaymentRow['kind'];
  victimPaidProof: VictimProof | null;
};
/** The paper that shows that the insured has paid the victim, whom, and on which day. */
export type VictimProof = { paperId: string; victimId: string; paidOn: string };

/** The order as a hash: the same key with another order is a mistake of the sender. */
export const orderHash = (claimId: string, { item, partyId, amount, kind, victimPaidProof }: PaymentOrder): string =>
  createHash('sha256')
    .update(JSON.stringify([claimId, item, partyId, amount, kind, victimPaidProof]))
    .digest('hex');

export const paymentByKey = (
  db: Db<InsuranceTables>,
  { leadOrgId, key }: { leadOrgId: OrgId; key: string },
): Promise<StoredPayment | undefined> =>
  db
    .selectFrom('insurance.claim_payment')
    .selectAll()
    .where('lead_org_id', '=', leadOrgId)
    .where('key', '=', key)
    .executeTakeFirst();

export type NewPayment = {
  id: string;
  claim: StoredClaim;
  order: PaymentOrder;
  payeeKind: ClaimPaymentRow['payee_kind'];
  key: string;
  at: Date;
  proposedBy: string;
  orderedBy: string | null; // null: waits for a second person
  completeAt: Date | null;
};

export async function insertPayment(tx: Tx<InsuranceTables>, p: NewPayment): Promise<void> {
  const { claim, order } = p;
  await tx
    .insertInto('insurance.claim_payment')
    .values({
      id: p.id,
      claim_id: claim.id,
      item_id: order.item,
      party_id: order.partyId,
      payee_kind: p.payeeKind,
      amount: order.amount,
      kind: order.kind,
      victim_paid_proof: null,
      victim_paid_paper: order.victimPaidProof?.paperId ?? null,
      victim_paid_party: order.victimPaidProof?.victimId ?? null,
      victim_paid_on: order.victimPaidProof?.paidOn ?? null,
      state: p.orderedBy ? 'ordered' : 'proposed',
      key: p.key,
      body_hash: orderHash(claim.id, order),
      proposed_at: p.at,
      proposed_by: p.proposedBy,
      ordered_at: p.orderedBy ? p.at : null,
      ordered_by: p.orderedBy,
      complete_at: p.completeAt,
      reported_at: claim.reportedAt,
      paid_at: null,
      bank_ref: null,
      entry_id: null,
      returned_reason: null,
      returned_at: null,
      lead_org_id: claim.leadOrgId,
      policy_id: claim.policyId,
      area_codes: claim.areaCodes,
      org_ids: claim.orgIds,
    })
    .execute();
}

/** A payment, its row held. */
export const findPayment = (tx: Tx<InsuranceTables>, id: string): Promise<StoredPayment | undefined> =>
  tx.selectFrom('insurance.claim_payment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

type PaymentChange = Partial<
  Pick<
    ClaimPaymentRow,
    'state' | 'ordered_at' | 'ordered_by' | 'paid_at' | 'bank_ref' | 'entry_id' | 'returned_reason' | 'returned_at'
  >
>;

/** Change a payment that was held. */
export async function changePayment(tx: Tx<InsuranceTables>, was: StoredPayment, to: PaymentChange): Promise<void> {
  await tx
    .updateTable('insurance.claim_payment')
    .set({ ...to, version: was.version + 1 })
    .where('id', '=', was.id)
    .execute();
}

/** What has arrived on a claim, by the bank's time. */
export async function paidOn(db: Db<InsuranceTables>, claimId: string): Promise<{ paid: Fen; lastAt: Date | null }> {
  const row = await db
    .selectFrom('insurance.claim_payment')
    .select([sql<number>`coalesce(sum(amount), 0)::bigint`.as('paid'), sql<Date | null>`max(paid_at)`.as('last')])
    .where('claim_id', '=', claimId)
    .where('state', '=', 'paid')
    .executeTakeFirst();
  return { paid: fen(row?.paid ?? 0), lastAt: row?.last ?? null };
}

/** What one person let go by rule on this city day, so that his daily limit holds. The rule's row is held meanwhile. */
export async function releasedToday(
  db: Db<InsuranceTables>,
  { leadOrgId, by, now }: { leadOrgId: OrgId; by: string; now: Date },
): Promise<readonly Fen[]> {
  const day = dayOf(now);
  const rows = await db
    .selectFrom('insurance.claim_payment')
    .select('amount')
    .where('lead_org_id', '=', leadOrgId)
    .where('ordered_by', '=', by)
    .where('proposed_by', 'like', 'rule:%')
    .where('ordered_at', '>=', startOf(day))
    .where('ordered_at', '<', startOf(addDays(day, 1)))
    .where('state', '<>', 'returned')
    .execute();
  return rows.map((r) => fen(r.amount));
}
