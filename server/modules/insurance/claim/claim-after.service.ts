import type { Tx } from '../../../kernel/db.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { knownBankLine, saveBankLine } from '../money/bank.store.ts';
import { recoveryOpened, recoveryReceived, reversalOf } from '../money/ledger.rules.ts';
import { book } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimToActOn } from './claim.service.ts';
import { addStep } from './claim.store.ts';
import type { ActRefusal } from './claim-act.rules.ts';
import type { BankWord } from './claim-bank.service.ts';
import { USES } from './claim-parts.views.ts';
import { paidOn } from './claim-payment.store.ts';

export type AfterRefusal =
  | ActRefusal
  | { code: 'insurance.recovery_above_paid'; paid: Fen; amount: Fen }
  | { code: 'insurance.recovery_not_found' }
  | { code: 'insurance.recovery_over'; left: Fen; amount: Fen }
  | { code: 'insurance.proof_missing' }
  | { code: 'insurance.bank_time_future' }
  | { code: 'insurance.bank_line_known'; bankRef: string };

/**
 * Claim back what was paid from who caused the loss (保险法 60), or what the damaged thing still brought: only after a
 * payment has arrived, and together never more than was paid.
 */
export const openRecovery = (
  deps: ClaimDeps,
  viewer: Viewer,
  given: { claimId: string; kind: 'subrogation' | 'residual'; debtor: string; amount: Fen },
): Promise<Result<{ id: string }, AfterRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, AfterRefusal>> => {
    const { claimId, kind, amount } = given;
    const found = await claimToActOn(tx, viewer, { id: claimId, role: 'recover' });
    if (!found.ok) return found;
    const { paid } = await paidOn(tx, claimId);
    const others = await tx
      .selectFrom('insurance.claim_recovery')
      .select(['amount', 'received', 'state'])
      .where('claim_id', '=', claimId)
      .execute();
    const standing = sum(others.map((o) => fen(o.state === 'given_up' ? o.received : o.amount)));
    if (fen(standing + amount) > paid)
      return refuse({ code: 'insurance.recovery_above_paid', paid, amount: fen(standing + amount) });
    const id = deps.newId();
    await tx
      .insertInto('insurance.claim_recovery')
      .values({
        id,
        claim_id: claimId,
        kind,
        debtor: deps.secret.seal(USES.debtor, given.debtor),
        amount,
        state: 'open',
        opened_at: deps.now(),
        opened_by: viewer.accountId,
        ended_at: null,
      })
      .execute();
    const { policyId, leadOrgId, number } = found.value;
    await book(tx, {
      id: deps.newId(),
      kind: 'recovery_opened',
      at: deps.now(),
      leadOrgId,
      note: number,
      postings: recoveryOpened({ policyId, claimId }, id, amount),
    });
    const after = { recoveryId: id, kind, amount };
    await addStep(tx, { claimId, at: deps.now(), actor: viewer.accountId, name: 'open_recovery', before: {}, after });
    return accept({ id });
  });

/** A recovery that is still open, its row held until the transaction ends. */
async function openRecoveryRow(tx: Tx<InsuranceTables>, { claimId, id }: { claimId: string; id: string }) {
  return tx
    .selectFrom('insurance.claim_recovery')
    .selectAll()
    .where('claim_id', '=', claimId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
}

type Receiving = { claimId: string; id: string; word: BankWord };

/** Money of a recovery has arrived, by the bank's time. Never more than is still owed. */
export const receiveRecovery = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, id, word }: Receiving,
): Promise<Result<{ id: string }, AfterRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, AfterRefusal>> => {
    const found = await claimToActOn(tx, viewer, { id: claimId, role: 'pay_recovery' });
    if (!found.ok) return found;
    const row = await openRecoveryRow(tx, { claimId, id });
    if (!row) return refuse({ code: 'insurance.recovery_not_found' });
    const left = fen(row.amount - row.received);
    if (word.amount > left) return refuse({ code: 'insurance.recovery_over', left, amount: word.amount });
    if (word.at > deps.now()) return refuse({ code: 'insurance.bank_time_future' });
    if (word.byHand && !word.proof) return refuse({ code: 'insurance.proof_missing' });
    const { leadOrgId, policyId } = found.value;
    const line = { leadOrgId, account: word.account, bankRef: word.bankRef };
    if (await knownBankLine(tx, line)) return refuse({ code: 'insurance.bank_line_known', bankRef: word.bankRef });
    const entryId = deps.newId();
    const postings = recoveryReceived({ policyId, claimId }, id, word.amount);
    await book(tx, { id: entryId, kind: 'recovery_received', at: word.at, leadOrgId, note: word.bankRef, postings });
    await saveBankLine(tx, { ...line, ...word, id: deps.newId(), entryId, counterparty: '' });
    const isAll = word.amount === left;
    await tx
      .updateTable('insurance.claim_recovery')
      .set({
        received: row.received + word.amount,
        version: row.version + 1,
        ...(isAll && { state: 'received' as const, ended_at: word.at }),
      })
      .where('id', '=', id)
      .execute();
    const after = { recoveryId: id, amount: word.amount };
    await addStep(tx, {
      claimId,
      at: deps.now(),
      actor: viewer.accountId,
      name: 'recovery_received',
      before: {},
      after,
    });
    return accept({ id });
  });

/** What is left of a recovery is given up: the books let go of it. */
export const giveUpRecovery = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, id, reason }: { claimId: string; id: string; reason: string },
): Promise<Result<{ id: string }, AfterRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, AfterRefusal>> => {
    const found = await claimToActOn(tx, viewer, { id: claimId, role: 'recover' });
    if (!found.ok) return found;
    const row = await openRecoveryRow(tx, { claimId, id });
    if (!row) return refuse({ code: 'insurance.recovery_not_found' });
    const { leadOrgId, policyId, number } = found.value;
    const at = deps.now();
    const postings = reversalOf(recoveryOpened({ policyId, claimId }, id, fen(row.amount - row.received)));
    await book(tx, { id: deps.newId(), kind: 'recovery_given_up', at, leadOrgId, note: number, postings });
    await tx
      .updateTable('insurance.claim_recovery')
      .set({ state: 'given_up', ended_at: at, version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    const after = { recoveryId: id, reason };
    await addStep(tx, { claimId, at, actor: viewer.accountId, name: 'give_up_recovery', before: {}, after });
    return accept({ id });
  });
