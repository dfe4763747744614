import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { addDays, type Day, dayOf } from '../../../kernel/time.ts';
import type { PayerPart } from '../product/rating.ts';

/** A quote on its way to cover, as far as binding asks. */
export type Bindable = { state: string; validUntil: Date; elevators: number };

export type BindRefusal =
  | { code: 'insurance.quote_not_offered'; state: string }
  | { code: 'insurance.quote_expired'; validUntil: string }
  | { code: 'insurance.quote_empty' };

/** May this quote become a policy now? An expired one never does; a referred one waits for its release. */
export function mayBind(quote: Bindable, now: Date): Result<null, BindRefusal> {
  if (quote.state !== 'offered' && quote.state !== 'released') {
    return refuse({ code: 'insurance.quote_not_offered', state: quote.state });
  }
  if (now >= quote.validUntil)
    return refuse({ code: 'insurance.quote_expired', validUntil: quote.validUntil.toISOString() });
  return quote.elevators > 0 ? accept(null) : refuse({ code: 'insurance.quote_empty' });
}

/** In an open market nobody binds what he did not see beside others: at least three, or all there are. */
export const LEAST_SHOWN = 3;
export type ChoiceRefusal = { code: 'insurance.offers_not_compared'; shown: number; least: number };

export function mayBindCompared(shown: number, onSale: number): Result<null, ChoiceRefusal> {
  const least = Math.min(LEAST_SHOWN, onSale);
  return shown >= least ? accept(null) : refuse({ code: 'insurance.offers_not_compared', shown, least });
}

export type LeadRefusal =
  | { code: 'insurance.lead_not_in_pool'; lead: string }
  | { code: 'insurance.lead_unknown' }
  | { code: 'insurance.lead_does_not_sell' };

type Selling = {
  pool: readonly { insurer: string; shareBp: number }[]; // a tender's co-insurers, lead first
  soldBy: string | null; // an open market's seller
  chosen: string | null; // whom the policyholder named
};

/**
 * Who insures, with which shares: a tender's pool as it was awarded, whoever is asked for; in an open market the insurer
 * whose product it is. Nobody is put there by default.
 */
export function membersOf({ pool, soldBy, chosen }: Selling): Result<Selling['pool'], LeadRefusal> {
  const lead = pool[0]?.insurer;
  if (lead !== undefined) {
    return chosen === null || chosen === lead ? accept(pool) : refuse({ code: 'insurance.lead_not_in_pool', lead });
  }
  if (soldBy !== null && chosen !== null && chosen !== soldBy) return refuse({ code: 'insurance.lead_does_not_sell' });
  const insurer = soldBy ?? chosen;
  return insurer === null ? refuse({ code: 'insurance.lead_unknown' }) : accept([{ insurer, shareBp: 10_000 }]);
}

/** What each payer owes on a policy: the sum of his parts over all its lines. */
export function owedBy(lines: readonly { parts: readonly PayerPart[] }[]): readonly PayerPart[] {
  const owed = new Map<string, Fen>();
  for (const { payer, amount } of lines.flatMap((l) => l.parts)) owed.set(payer, fen((owed.get(payer) ?? 0) + amount));
  return [...owed].map(([payer, amount]) => ({ payer, amount }));
}

/** Money that has arrived for a policy, by payer, by the bank's time. */
export type Arrived = { payer: string; amount: Fen; at: Date };

export type IssueRefusal =
  | { code: 'insurance.nothing_owed' }
  | { code: 'insurance.cash_missing'; arrived: Fen; due: Fen }
  | { code: 'insurance.cash_after_start'; arrivedOn: Day; earliest: Day };

/**
 * May the policy be issued (见费出单, 金发〔2025〕36号)? Only when the lead insurer itself has every part that is not
 * settled by the public purse, and cover begins on a later day than the last of that money arrived.
 */
export function mayIssue(
  policy: { from: Day; owed: readonly PayerPart[]; subsidisedPayers: readonly string[] },
  arrived: readonly Arrived[],
): Result<null, IssueRefusal> {
  if (policy.owed.length === 0) return refuse({ code: 'insurance.nothing_owed' }); // no elevator is on it
  const cash = policy.owed.filter((p) => !policy.subsidisedPayers.includes(p.payer));
  const due = sum(cash.map((p) => p.amount));
  const missing = cash.some((p) => sum(arrived.filter((a) => a.payer === p.payer).map((a) => a.amount)) < p.amount);
  if (missing) return refuse({ code: 'insurance.cash_missing', arrived: sum(arrived.map((a) => a.amount)), due });
  const last = arrived.reduce((latest, a) => (a.at > latest ? a.at : latest), new Date(0));
  const earliest = addDays(dayOf(last), 1);
  if (policy.from < earliest) return refuse({ code: 'insurance.cash_after_start', arrivedOn: dayOf(last), earliest });
  return accept(null);
}

/**
 * The last day of a policy that was cancelled and covers still, or will: it is in force until then. Null: it was not cancelled,
 * its last day is past, or it never covered (cancelled before its first day).
 */
export const leavesOn = (
  { state, from, endedOn }: { state: string; from: Day; endedOn: Day | null },
  today: Day,
): Day | null => (state === 'cancelled' && endedOn !== null && endedOn >= from && endedOn >= today ? endedOn : null);

export type Allocation = { policyId: string; payer: string; amount: Fen };
export type AllocationRefusal =
  | { code: 'insurance.allocation_too_much'; allocated: Fen; amount: Fen }
  | { code: 'insurance.payer_unknown'; payer: string }
  | { code: 'insurance.payer_overpaid'; payer: string; due: Fen; paid: Fen };

/** May money be allocated so? Not more than arrived, to payers the policies have, and to none more than he owes. */
export function checkAllocations(
  amount: Fen,
  allocations: readonly Allocation[],
  standing: (policyId: string) => { owed: readonly PayerPart[]; paid: readonly PayerPart[] } | undefined,
): AllocationRefusal | undefined {
  const allocated = sum(allocations.map((a) => a.amount));
  if (allocated > amount) return { code: 'insurance.allocation_too_much', allocated, amount };
  for (const { policyId, payer } of allocations) {
    const policy = standing(policyId);
    const due = policy?.owed.find((p) => p.payer === payer)?.amount;
    if (policy === undefined || due === undefined) return { code: 'insurance.payer_unknown', payer };
    const before = sum(policy.paid.filter((p) => p.payer === payer).map((p) => p.amount));
    const given = allocations.filter((a) => a.policyId === policyId && a.payer === payer); // also when named twice
    const paid = fen(before + sum(given.map((a) => a.amount)));
    if (paid > due) return { code: 'insurance.payer_overpaid', payer, due, paid };
  }
  return undefined;
}
