import type { Tx } from '../../../kernel/db.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import type { InsuranceTables } from '../tables.ts';
import type { StoredClaim } from './claim.store.ts';
import { isLeftUnclaimed, unclaimedAfter } from './claim-clock.rules.ts';
import { unclaimedSpans } from './claim-clocks.ts';
import { paidOn } from './claim-payment.store.ts';
import { draftsOf } from './entrapment.store.ts';

/**
 * The claim with the spans in which nobody could be paid, as they are after what happened at `at`: all that is still to be
 * paid is for people who were let out and have not said who they are. No insurer can pay them, so no clock of payment runs.
 */
export async function withUnclaimed(tx: Tx<InsuranceTables>, claim: StoredClaim, at: Date): Promise<StoredClaim> {
  const { body, phase } = claim;
  if (body.release === null) return claim;
  const { paid } = await paidOn(tx, claim.id);
  const due = body.decision?.amount ?? fen(0);
  const isUnclaimed = phase === 'accepted' && isLeftUnclaimed({ due, paid, unclaimed: await unclaimed(tx, claim) });
  const before = unclaimedSpans(body);
  const spans = unclaimedAfter(before, isUnclaimed, at);
  if (spans === before) return claim;
  const stored = spans.map(({ from, to }) => ({ from: from.toISOString(), to: to?.toISOString() ?? null }));
  return { ...claim, body: { ...body, unclaimed: stored } };
}

/** What was accepted for people who have not said who they are. */
async function unclaimed(tx: Tx<InsuranceTables>, { id, body }: StoredClaim): Promise<Fen> {
  const waiting = (await draftsOf(tx, [id])).filter((d) => d.state === 'waiting').map((d) => d.id);
  return sum((body.assessment?.items ?? []).filter((i) => waiting.includes(i.payee)).map((i) => i.amount));
}
