import { type Fen, fen } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import type { PayerPart } from '../product/rating.ts';
import {
  type Act,
  type Keeping,
  minus,
  type PolicyBase,
  type Rated,
  type Standing,
  standingOf,
} from './standing.rules.ts';
import type { CancelReason, ShortRate } from './term.rules.ts';

/** What may be asked of a policy. Days are the first of the new state of things, or the last of cover where so named. */
export type Change =
  | { kind: 'add'; on: Day; elevators: readonly Rated[] }
  | { kind: 'remove'; on: Day; elevatorIds: readonly string[] }
  | { kind: 'change'; on: Day; elevators: readonly Rated[] }
  | { kind: 'takeover'; on: Day; toOrgId: string }
  | { kind: 'cancel'; lastOn: Day; reason: EndReason }
  | { kind: 'reinstate' };

/** Why a policy may be ended: the law's reasons, and leaving with what was not used. A lower risk changes it, no more. */
export type EndReason = Exclude<CancelReason, 'risk_decrease'>;

export type PolicyAsHeld = {
  state: string;
  base: PolicyBase;
  acts: readonly Act[]; // in force, in the order recorded
  holderOrgId: string;
  ending: { feePercent: number; shortRate: ShortRate | null }; // by the product's clause
};

export type EndorsementRefusal =
  | { code: 'insurance.policy_state'; state: string }
  | { code: 'insurance.endorsement_outside_term'; on: Day; from: Day; to: Day }
  | { code: 'insurance.endorsement_in_the_past'; earliest: Day }
  | { code: 'insurance.already_covered'; elevators: string }
  | { code: 'insurance.not_covered'; elevators: string }
  | { code: 'insurance.nothing_left'; remedy: 'cancel' }
  | { code: 'insurance.same_holder' }
  | { code: 'insurance.cancel_not_before_start' }
  | { code: 'insurance.cancel_outside_term'; last: Day }
  | { code: 'insurance.not_cancelled' }
  | { code: 'insurance.term_over'; to: Day }
  | { code: 'insurance.ended_for_cause'; reason: string };

/** The change as an act of the policy with the next number, or why it cannot be. */
export function actOf(policy: PolicyAsHeld, change: Change, today: Day): Result<Act, EndorsementRefusal> {
  const no = 1 + policy.acts.reduce((most, a) => Math.max(most, a.no), 0);
  if (change.kind === 'reinstate') return reinstating(policy, no, today);
  if (policy.state !== 'issued') return refuse({ code: 'insurance.policy_state', state: policy.state });
  if (change.kind === 'cancel') return cancelling(policy, change, { no, today });
  const { term } = policy.base;
  if (change.on < term.from || change.on > term.to) {
    return refuse({ code: 'insurance.endorsement_outside_term', on: change.on, ...term });
  }
  switch (change.kind) {
    case 'takeover':
      return change.toOrgId === policy.holderOrgId
        ? refuse({ code: 'insurance.same_holder' })
        : accept({ no, on: change.on, kind: 'takeover' });
    case 'add':
      return adding(policy, change, { no, today });
    case 'change': {
      const missing = uncovered(policy, change.elevators, change.on);
      return missing ? refuse(missing) : accept({ no, ...change });
    }
    case 'remove':
      return removing(policy, change, no);
  }
}

type Numbering = { no: number; today: Day };

/** Cover begins on a day that has not begun, and nobody is covered twice by one policy. */
function adding(
  policy: PolicyAsHeld,
  change: Change & { kind: 'add' },
  { no, today }: Numbering,
): Result<Act, EndorsementRefusal> {
  const earliest = addDays(today, 1);
  if (change.on < earliest) return refuse({ code: 'insurance.endorsement_in_the_past', earliest });
  const covered = coveredOn(policy, change.on);
  const twice = change.elevators.filter((e) => covered.has(e.elevatorId));
  if (twice.length > 0) return refuse({ code: 'insurance.already_covered', elevators: namesOf(twice) });
  return accept({ no, ...change });
}

function removing(
  policy: PolicyAsHeld,
  change: Change & { kind: 'remove' },
  no: number,
): Result<Act, EndorsementRefusal> {
  const covered = coveredOn(policy, change.on);
  const missing = change.elevatorIds.filter((id) => !covered.has(id));
  if (missing.length > 0) return refuse({ code: 'insurance.not_covered', elevators: missing.slice(0, 5).join('、') });
  const act: Act = { no, ...change };
  const left = standingOf(policy.base, [...policy.acts, act]).stretches.some((s) => s.to >= change.on);
  // A policy without elevators is no policy: who wants that cancels it, with what the law says of it.
  return left ? accept(act) : refuse({ code: 'insurance.nothing_left', remedy: 'cancel' });
}

function cancelling(
  { base: { term }, ending }: PolicyAsHeld,
  change: Change & { kind: 'cancel' },
  { no, today }: Numbering,
): Result<Act, EndorsementRefusal> {
  const { lastOn, reason } = change;
  if (reason === 'before_start') {
    if (today >= term.from) return refuse({ code: 'insurance.cancel_not_before_start' });
    return accept({ no, on: term.from, kind: 'cancel', keeps: { method: 'fee', percent: ending.feePercent } });
  }
  if (lastOn < term.from || lastOn > term.to) return refuse({ code: 'insurance.cancel_outside_term', last: lastOn });
  // Who leaves of his own will leaves from today on; days of cover he had are not handed back.
  const own = reason === 'by_policyholder' || reason === 'redeemed';
  if (own && lastOn < today) return refuse({ code: 'insurance.endorsement_in_the_past', earliest: today });
  return accept({ no, on: addDays(lastOn, 1), kind: 'cancel', keeps: keepingOf(reason, ending.shortRate) });
}

function keepingOf(reason: EndReason, shortRate: ShortRate | null): Keeping {
  if (reason === 'fraud' || reason === 'misstatement_intent') return { method: 'none' };
  if (reason === 'misstatement_gross_negligence') return { method: 'all' };
  return reason === 'by_policyholder' && shortRate ? { method: 'short_rate', table: shortRate } : { method: 'by_day' };
}

/** A cancellation may be undone while the term runs, unless the insurer ended the policy for cause. */
function reinstating({ state, base, acts }: PolicyAsHeld, no: number, today: Day): Result<Act, EndorsementRefusal> {
  const { ended } = standingOf(base, acts);
  const cancel = acts.find((a) => a.no === ended?.no);
  if (state !== 'cancelled' || cancel?.kind !== 'cancel') return refuse({ code: 'insurance.not_cancelled' });
  if (today > base.term.to) return refuse({ code: 'insurance.term_over', to: base.term.to });
  const { method } = cancel.keeps;
  if (method === 'none' || method === 'all') return refuse({ code: 'insurance.ended_for_cause', reason: method });
  return accept({ no, on: cancel.on, kind: 'reinstate', cancels: cancel.no });
}

/** Elevators with cover on that day, as the policy stands now. */
function coveredOn({ base, acts }: PolicyAsHeld, on: Day): ReadonlySet<string> {
  const { stretches } = standingOf(base, acts);
  return new Set(stretches.filter((s) => s.from <= on && on <= s.to).map((s) => s.elevatorId));
}

function uncovered(policy: PolicyAsHeld, elevators: readonly Rated[], on: Day): EndorsementRefusal | undefined {
  const covered = coveredOn(policy, on);
  const missing = elevators.filter((e) => !covered.has(e.elevatorId));
  return missing.length > 0 ? { code: 'insurance.not_covered', elevators: namesOf(missing) } : undefined;
}

const namesOf = (elevators: readonly Rated[]): string =>
  elevators
    .slice(0, 5)
    .map((e) => e.code)
    .join('、');

/** What an act does to the money: the whole difference, each payer's, and how the acts after it are priced anew. */
export type Effect = {
  before: Standing;
  after: Standing;
  delta: Fen;
  owed: readonly PayerPart[]; // differences by payer, nobody with nothing
  replayed: readonly { no: number; before: Fen; after: Fen }[]; // deltas of acts that take effect later
};

export function effectOf({ base, acts }: Pick<PolicyAsHeld, 'base' | 'acts'>, act: Act): Effect {
  const [before, after] = [standingOf(base, acts), standingOf(base, [...acts, act])];
  const was = deltasOf(base, acts);
  const is = deltasOf(base, [...acts, act]);
  const later = acts.filter((a) => a.on > act.on && (was.get(a.no) ?? 0) !== (is.get(a.no) ?? 0));
  return {
    before,
    after,
    delta: fen(after.premium - before.premium),
    owed: minus(after.owed, before.owed).filter((p) => p.amount !== 0),
    replayed: later.map(({ no }) => ({ no, before: was.get(no) ?? fen(0), after: is.get(no) ?? fen(0) })),
  };
}

/** What each act adds to the premium, played in the order they take effect. */
function deltasOf(base: PolicyBase, acts: readonly Act[]): ReadonlyMap<number, Fen> {
  const order = acts.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.no - b.no));
  const found = new Map<number, Fen>();
  let at = standingOf(base, []).premium;
  for (const [i, act] of order.entries()) {
    const { premium } = standingOf(base, order.slice(0, i + 1));
    found.set(act.no, fen(premium - at));
    at = premium;
  }
  return found;
}

/** What the books hold of a payer on a policy: what he still owes, and what is owed back to him. Neither is negative. */
export type Position = { receivable: Fen; refundable: Fen };

/**
 * How a difference falls on the books: less is first what he never has to pay, and only then money to give back; more is first
 * taken from what was to go back. So nobody is given back what he did not pay.
 */
export function fallsOn(delta: Fen, { receivable, refundable }: Position): { receivable: Fen; refundable: Fen } {
  if (delta >= 0) {
    const fromRefund = Math.min(delta, refundable);
    return { receivable: fen(delta - fromRefund), refundable: fen(-fromRefund) };
  }
  const forgiven = Math.min(-delta, receivable);
  return { receivable: fen(-forgiven), refundable: fen(-delta - forgiven) };
}
