import type { Tx } from '../../../kernel/db.ts';
import type { Fen } from '../../../kernel/money.ts';
import { fen } from '../../../kernel/money.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import { claimDecided } from '../money/ledger.rules.ts';
import { book } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { claimEvent } from './claim.announce.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { decideClaim } from './claim.rules.ts';
import { claimToActOn } from './claim.service.ts';
import { addStep, findClaim, ruleViewOf, type StoredClaim } from './claim.store.ts';
import type { ActRefusal } from './claim-act.rules.ts';
import { findParty } from './claim-party.store.ts';
import {
  changePayment,
  findPayment,
  insertPayment,
  orderHash,
  type PaymentOrder,
  paymentByKey,
  type StoredPayment,
  type VictimProof,
} from './claim-payment.store.ts';

export type ProofRefusal =
  | { code: 'insurance.victim_proof_unknown' }
  | { code: 'insurance.victim_proof_whom' }
  | { code: 'insurance.victim_proof_day'; paidOn: string; from: Day; today: Day };

export type PaymentRefusal =
  | ActRefusal
  | { code: 'insurance.key_reused'; key: string }
  | { code: 'insurance.payee_mismatch'; item: string }
  | { code: 'insurance.account_missing'; party: string }
  | ProofRefusal
  | { code: 'insurance.payment_not_found' }
  | { code: 'insurance.payment_state'; state: string };

export type Ordered = { paymentId: string; state: StoredPayment['state']; repeated: boolean };

type Ordering = { claimId: string; order: PaymentOrder; key: string };

/**
 * Order a payment on an accepted item: to the payee it was accepted for, onto the account he gave, never beyond what
 * was accepted. The same key with the same order does nothing more.
 */
export const orderPayment = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, order, key }: Ordering,
): Promise<Result<Ordered, PaymentRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<Ordered, PaymentRefusal>> => {
    const found = await claimToActOn(tx, viewer, { id: claimId, role: 'pay' });
    if (!found.ok) return found;
    const claim = found.value;
    const earlier = await paymentByKey(tx, { leadOrgId: claim.leadOrgId, key });
    if (earlier)
      return earlier.body_hash === orderHash(claimId, order)
        ? accept({ paymentId: earlier.id, state: earlier.state, repeated: true })
        : refuse({ code: 'insurance.key_reused', key });
    const checked = await checkOrder(tx, { claim, order, by: viewer.accountId, today: dayOf(deps.now()) });
    if (!checked.ok) return checked;
    const paymentId = deps.newId();
    const at = deps.now();
    await insertPayment(tx, {
      id: paymentId,
      claim,
      order,
      payeeKind: checked.value,
      key,
      at,
      proposedBy: viewer.accountId,
      orderedBy: viewer.accountId,
      completeAt: claim.moments.papers_complete ?? null,
    });
    await bookOrder(tx, deps, { claim, partyId: order.partyId, amount: order.amount });
    await paymentStep(tx, deps, {
      claim,
      name: 'order_payment',
      actor: viewer.accountId,
      after: { paymentId, ...order },
    });
    return accept({ paymentId, state: 'ordered', repeated: false });
  });

type Checking = { claim: StoredClaim; order: PaymentOrder; by: string; today: Day };

async function checkOrder(
  tx: Tx<InsuranceTables>,
  { claim, order, by, today }: Checking,
): Promise<Result<StoredPayment['payee_kind'], PaymentRefusal>> {
  const item = claim.body.assessment?.items.find((i) => i.id === order.item);
  if (item && item.payee !== order.partyId) return refuse({ code: 'insurance.payee_mismatch', item: order.item });
  const done = decideClaim(
    ruleViewOf(claim),
    {
      do: 'pay',
      item: order.item,
      amount: order.amount,
      kind: order.kind,
      insuredPaidVictimProof: order.victimPaidProof?.paperId ?? null,
    },
    { id: by, authority: fen(0) },
  );
  if (!done.ok) return done;
  invariant(item, 'what is paid was assessed');
  const wrong = order.victimPaidProof && (await wrongProof(tx, { claim, proof: order.victimPaidProof, today }));
  if (wrong) return refuse(wrong);
  const party = await findParty(tx, { claimId: claim.id, id: order.partyId });
  if (!party?.account) return refuse({ code: 'insurance.account_missing', party: order.partyId });
  return accept(item.payeeKind);
}

type Proving = { claim: StoredClaim; proof: VictimProof; today: Day };

/** A proof that is none: the paper is not kept with this claim, who was paid is no victim of it, or the day cannot be. */
async function wrongProof(
  tx: Tx<InsuranceTables>,
  { claim, proof, today }: Proving,
): Promise<ProofRefusal | undefined> {
  const paper = await tx
    .selectFrom('insurance.claim_paper')
    .select('id')
    .where('claim_id', '=', claim.id)
    .where('id', '=', proof.paperId)
    .executeTakeFirst();
  if (!paper) return { code: 'insurance.victim_proof_unknown' };
  const victim = await findParty(tx, { claimId: claim.id, id: proof.victimId });
  if (victim?.kind !== 'victim') return { code: 'insurance.victim_proof_whom' };
  const from = dayOf(claim.happenedAt);
  return proof.paidOn < from || proof.paidOn > today
    ? { code: 'insurance.victim_proof_day', paidOn: proof.paidOn, from, today }
    : undefined;
}

/** The books say that it is owed; that it left the house they say when the bank does. */
export async function bookOrder(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claim, partyId, amount }: { claim: StoredClaim; partyId: string; amount: Fen },
): Promise<void> {
  const ref = { policyId: claim.policyId, claimId: claim.id };
  await book(tx, {
    id: deps.newId(),
    kind: 'claim_ordered',
    at: deps.now(),
    leadOrgId: claim.leadOrgId,
    note: claim.number,
    postings: claimDecided(ref, partyId, amount),
  });
}

type Stepping = { claim: StoredClaim; name: string; actor: string; after: Record<string, unknown> };

/** What happened to a payment, on the claim's own history. */
export async function paymentStep(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claim, name, actor, after }: Stepping,
): Promise<void> {
  await addStep(tx, { claimId: claim.id, at: deps.now(), actor, name, before: {}, after });
  await claimEvent(tx, deps, { claim, by: name });
}

/**
 * Let payments go that a rule proposed, in a batch. Whoever approved the rule is the first pair of eyes, this is the
 * second. Each is judged by itself: what may not go stays and says why, and stops no other.
 */
export const releasePayments = (
  deps: ClaimDeps,
  viewer: Viewer,
  ids: readonly string[],
): Promise<{ released: string[]; refused: { id: string; refusal: PaymentRefusal }[] }> =>
  deps.scoped(viewer, async (tx) => {
    const released: string[] = [];
    const refused: { id: string; refusal: PaymentRefusal }[] = [];
    for (const id of [...new Set(ids)].sort()) {
      const done = await releaseOne(tx, deps, { viewer, id });
      if (done.ok) released.push(id);
      else refused.push({ id, refusal: done.refusal });
    }
    return { released, refused };
  });

async function releaseOne(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { viewer, id }: { viewer: Viewer; id: string },
): Promise<Result<null, PaymentRefusal>> {
  const held = await paymentToActOn(tx, viewer, id);
  if (!held.ok) return held;
  const { payment, claim } = held.value;
  if (payment.state !== 'proposed') return refuse({ code: 'insurance.payment_state', state: payment.state });
  if (claim.body.decision?.by === viewer.accountId) return refuse({ code: 'insurance.four_eyes' });
  const at = deps.now();
  await changePayment(tx, payment, { state: 'ordered', ordered_at: at, ordered_by: viewer.accountId });
  await bookOrder(tx, deps, { claim, partyId: payment.party_id, amount: fen(payment.amount) });
  const after = { paymentId: id, amount: payment.amount };
  await paymentStep(tx, deps, { claim, name: 'release_payment', actor: viewer.accountId, after });
  return accept(null);
}

/** A payment with its claim, both held: the claim first, so that two never wait for each other. */
export async function paymentToActOn(
  tx: Tx<InsuranceTables>,
  viewer: Viewer,
  id: string,
): Promise<Result<{ payment: StoredPayment; claim: StoredClaim }, PaymentRefusal>> {
  const seen = await tx
    .selectFrom('insurance.claim_payment')
    .select('claim_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!seen) return refuse({ code: 'insurance.payment_not_found' });
  const claim = await claimToActOn(tx, viewer, { id: seen.claim_id, role: 'pay' });
  if (!claim.ok) return claim;
  const payment = await findPayment(tx, id);
  invariant(payment && (await findClaim(tx, seen.claim_id)), 'both were just there');
  return accept({ payment, claim: claim.value });
}
