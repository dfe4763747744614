import type { Tx } from '../../../kernel/db.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { notify } from '../../../kernel/notify.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { dayOf } from '../../../kernel/time.ts';
import { findBankLine, saveBankLine } from '../money/bank.store.ts';
import { claimDecided, claimPaid, type Posting, reversalOf } from '../money/ledger.rules.ts';
import { book } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { claimEvent, claimNote } from './claim.announce.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { decideClaim, phaseAfterReturn } from './claim.rules.ts';
import { ruleViewOf, type StoredClaim, saveClaim } from './claim.store.ts';
import { nextClock } from './claim-clock.rules.ts';
import { clocksFor } from './claim-clocks.ts';
import { letterHead } from './claim-letter.service.ts';
import { orgName, writeLetter, yuan } from './claim-letter.store.ts';
import { type PaymentRefusal, paymentToActOn } from './claim-payment.service.ts';
import { changePayment, paidOn, type StoredPayment } from './claim-payment.store.ts';
import type { ClaimMoment } from './clock.rules.ts';
import { withUnclaimed } from './unclaimed.store.ts';

/** One line of the insurer's statement about a payment: by the statement itself, or by hand with proof. */
export type BankWord = {
  at: Date; // the bank's time
  account: string; // the insurer's, masked
  bankRef: string;
  amount: Fen;
  byHand: boolean;
  proof: string | null; // a stored file's hash
};

export type BankRefusal =
  | PaymentRefusal
  | { code: 'insurance.proof_missing' }
  | { code: 'insurance.bank_line_known'; bankRef: string }
  | { code: 'insurance.bank_amount_differs'; ordered: Fen; amount: Fen }
  | { code: 'insurance.bank_time_wrong'; orderedAt: string };

type Told = { id: string; word: BankWord };
type Held = { payment: StoredPayment; claim: StoredClaim };

/**
 * The bank says that the money arrived: only now, and at its time, the payment counts as paid. Typed by hand it is said by
 * another person than the one who ordered it.
 */
export const confirmPayment = (
  deps: ClaimDeps,
  viewer: Viewer,
  { id, word }: Told,
): Promise<Result<{ paidAt: Date }, BankRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ paidAt: Date }, BankRefusal>> => {
    const held = await paymentToActOn(tx, viewer, id);
    if (!held.ok) return held;
    const { payment, claim } = held.value;
    if (payment.state !== 'ordered') return refuse({ code: 'insurance.payment_state', state: payment.state });
    if (word.byHand && payment.ordered_by === viewer.accountId) return refuse({ code: 'insurance.four_eyes' });
    const wrong = wordIsWrong(word, payment, deps.now());
    if (wrong) return refuse(wrong);
    const ref = { policyId: claim.policyId, claimId: claim.id };
    const postings = claimPaid(ref, payment.party_id, fen(payment.amount));
    const booked = await bookByBank(tx, deps, {
      claim,
      word,
      postings,
      kind: 'claim_paid',
      amount: fen(-payment.amount),
    });
    if (!booked.ok) return booked;
    const { at, entryId } = booked.value;
    await changePayment(tx, payment, { state: 'paid', paid_at: at, bank_ref: word.bankRef, entry_id: entryId });
    await afterMoney(tx, deps, { claim, payment, actor: viewer.accountId, name: 'payment_arrived' });
    await noticeOfPayment(tx, deps, { claim, payment, word: { ...word, at }, by: viewer.accountId });
    return accept({ paidAt: at });
  });

/**
 * The bank gave it back, or it never left: it is owed again, and what the books said is undone by counter-entries. Typed by
 * hand it is said by another person than the one who ordered it: who could say so himself could have it paid twice.
 */
export const returnPayment = (
  deps: ClaimDeps,
  viewer: Viewer,
  { id, word, reason }: Told & { reason: string },
): Promise<Result<null, BankRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<null, BankRefusal>> => {
    const held = await paymentToActOn(tx, viewer, id);
    if (!held.ok) return held;
    const { payment, claim } = held.value;
    if (payment.state !== 'ordered' && payment.state !== 'paid')
      return refuse({ code: 'insurance.payment_state', state: payment.state });
    if (word.byHand && payment.ordered_by === viewer.accountId) return refuse({ code: 'insurance.four_eyes' });
    const wrong = wordIsWrong(word, payment, deps.now());
    if (wrong) return refuse(wrong);
    const ref = { policyId: claim.policyId, claimId: claim.id };
    const amount = fen(payment.amount);
    let at = word.at;
    if (payment.state === 'paid') {
      const back = reversalOf(claimPaid(ref, payment.party_id, amount));
      const booked = await bookByBank(tx, deps, {
        claim,
        word,
        postings: back,
        kind: 'claim_returned',
        amount,
        ...(payment.entry_id && { reverses: payment.entry_id }),
      });
      if (!booked.ok) return booked;
      at = booked.value.at;
    }
    await book(tx, {
      id: deps.newId(),
      kind: 'claim_order_undone',
      at,
      leadOrgId: claim.leadOrgId,
      note: claim.number,
      postings: reversalOf(claimDecided(ref, payment.party_id, amount)),
    });
    await changePayment(tx, payment, { state: 'returned', returned_at: at, returned_reason: reason });
    await afterMoney(tx, deps, { claim, payment, actor: viewer.accountId, name: 'payment_returned' });
    await tellOfReturn(tx, deps, claim);
    return accept(null);
  });

function wordIsWrong(word: BankWord, payment: StoredPayment, now: Date): BankRefusal | undefined {
  if (word.byHand && !word.proof) return { code: 'insurance.proof_missing' };
  if (word.amount !== payment.amount)
    return { code: 'insurance.bank_amount_differs', ordered: fen(payment.amount), amount: word.amount };
  const orderedAt = payment.ordered_at ?? payment.proposed_at;
  const since = payment.paid_at ?? orderedAt; // it cannot come back before it arrived
  return word.at < since || word.at > now
    ? { code: 'insurance.bank_time_wrong', orderedAt: orderedAt.toISOString() }
    : undefined;
}

type Booking = {
  claim: StoredClaim;
  word: BankWord;
  postings: readonly Posting[];
  kind: string;
  amount: Fen; // as the statement has it: out is negative
  reverses?: string; // the entry of the payment that came back: equal payments are told apart by it
};

/**
 * Book by a line of the statement: one that was imported and waits in suspense, whose own time then counts, or a new
 * one. A line is used once.
 */
async function bookByBank(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claim, word, postings, kind, amount, reverses }: Booking,
): Promise<Result<{ at: Date; entryId: string }, BankRefusal>> {
  const { leadOrgId } = claim;
  const line = { leadOrgId, account: word.account, bankRef: word.bankRef };
  const entry = { id: deps.newId(), kind, leadOrgId, note: word.bankRef, ...(reverses && { reverses }) };
  const known = await tx
    .selectFrom('insurance.bank_line')
    .select('id')
    .where('lead_org_id', '=', leadOrgId)
    .where('account', '=', line.account)
    .where('bank_ref', '=', line.bankRef)
    .executeTakeFirst();
  if (!known) {
    await book(tx, { ...entry, at: word.at, postings });
    const { at, proof } = word;
    await saveBankLine(tx, { ...line, id: deps.newId(), entryId: entry.id, at, amount, counterparty: '', proof });
    return accept({ at, entryId: entry.id });
  }
  const waiting = await findBankLine(tx, known.id);
  if (waiting?.left !== amount) return refuse({ code: 'insurance.bank_line_known', bankRef: word.bankRef });
  const fromSuspense = postings.map((p) => (p.account === 'bank' ? { ...p, account: 'suspense' as const } : p));
  await book(tx, { ...entry, at: waiting.at, bankLineId: waiting.id, postings: fromSuspense });
  return accept({ at: waiting.at, entryId: entry.id });
}

const MOMENT_OF = { advance: 'advance_paid', interim: 'interim_paid', final: null } as const;

type Moving = Held & { actor: string; name: string };

/**
 * Clocks stop at the bank's time; a claim a rule decided is closed by its last payment, and open again when it came back. While
 * a claim is assessed anew nothing of it is paid in full: what it will come to is not known.
 */
async function afterMoney(tx: Tx<InsuranceTables>, deps: ClaimDeps, moved: Moving): Promise<void> {
  const { claim: was, payment, actor, name } = moved;
  const { paid, lastAt } = await paidOn(tx, was.id);
  const { paid: _whole, ...others } = was.moments;
  const { decision } = was.body;
  const arrived = was.phase !== 'assessing' && decision !== null && paid >= decision.amount && lastAt;
  const part: ClaimMoment | null = name === 'payment_arrived' ? MOMENT_OF[payment.kind] : null;
  const moments = { ...others, ...(arrived && { paid: lastAt }), ...(part && lastAt && { [part]: lastAt }) };
  const closes = arrived && decision?.rule && was.phase === 'accepted';
  const closed = closes ? decideClaim(ruleViewOf(was), { do: 'close' }, { id: actor, authority: fen(0) }) : undefined;
  const phase = closed?.ok ? closed.value.phase : phaseAfterReturn(ruleViewOf(was), paid);
  const at = deps.now();
  const since = name === 'payment_arrived' && lastAt ? lastAt : at; // clocks stand from the bank's time on
  const is = await withUnclaimed(tx, { ...was, moments, phase }, since);
  await saveClaim(tx, { was, is }, { at, actor, name, next: nextClock(clocksFor(deps, is, at)) });
  await claimEvent(tx, deps, { claim: is, by: name });
  if (arrived && !was.moments.paid) await claimNote(tx, is, { at, code: 'insurance.trace.claim_paid' });
}

/** Money that came back waits for somebody: without a word it would lie in a file that everybody believes to be done. */
const tellOfReturn = (tx: Tx<InsuranceTables>, deps: ClaimDeps, { id, number, place, leadOrgId }: StoredClaim) =>
  notify(tx, [
    {
      id: deps.newId(),
      at: deps.now(),
      to: { roles: ['handler', 'approver', 'cashier'], audience: { areaCodes: [], orgIds: [leadOrgId] } },
      code: 'insurance.notice.payment_returned',
      params: { number, address: place.address },
      link: `/claims/${id}`,
    },
  ]);

type Noticing = Held & { word: BankWord; by: string };

async function noticeOfPayment(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claim, payment, word, by }: Noticing,
): Promise<void> {
  await writeLetter(tx, deps, {
    kind: 'payment_notice',
    claim: letterHead(claim),
    to: await orgName(tx, claim.place.useOrgId),
    params: { number: claim.number, amount: yuan(payment.amount), on: dayOf(word.at), bankRef: word.bankRef },
    rows: [],
    by,
  });
}
