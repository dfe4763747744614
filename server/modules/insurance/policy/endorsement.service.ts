import type { Tx } from '../../../kernel/db.ts';
import { sum } from '../../../kernel/money.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { addDays, type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import { TAKERS } from '../roles.ts';
import type { EndorsementState, InsuranceTables } from '../tables.ts';
import { applyEndorsement } from './endorsement.apply.ts';
import { type Ask, type AskRefusal, changeFrom, type LeftOut } from './endorsement.ask.ts';
import {
  actOf,
  type Change,
  type Effect,
  type EndorsementRefusal,
  type EndReason,
  effectOf,
} from './endorsement.rules.ts';
import {
  findEndorsement,
  findHeld,
  type HeldPolicy,
  insertEndorsement,
  moveEndorsement,
  nextNo,
  type StoredEndorsement,
} from './endorsement.store.ts';
import type { UnpaidEndRefusal } from './instalment.rules.ts';
import { owedBy, whyNotEnd } from './instalment.service.ts';
import { type IssueRefusal, mayIssue } from './policy.rules.ts';
import { policiesFor } from './policy.store.ts';
import type { Act } from './standing.rules.ts';

export type Wish = { policyId: string; ask: Ask; note: string; dry: boolean };

export type Endorsed = Pick<Effect, 'delta' | 'owed' | 'replayed'> & {
  id: string | null; // null when dry
  no: number;
  state: EndorsementState | 'dry';
  premium: number;
  leftOut: readonly LeftOut[];
};
export type EndorseRefusal =
  | EndorsementRefusal
  | IssueRefusal
  | UnpaidEndRefusal
  | { code: 'insurance.policy_not_found' }
  | { code: 'insurance.issued_elsewhere' }
  | AskRefusal
  | { code: 'insurance.endorsement_not_found' }
  | { code: 'insurance.endorsement_state'; state: string };

/**
 * Endorse a policy (批改). A policyholder's wish waits for the insurer; the insurer's own takes effect at once, unless it
 * costs more: then it waits for its money as a policy does (见费出单). `dry` tells what it would do and does nothing.
 */
export const endorse = (deps: InsuranceDeps, viewer: Viewer, wish: Wish): Promise<Result<Endorsed, EndorseRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<Endorsed, EndorseRefusal>> => {
    const policy = await findHeld(tx, wish.policyId);
    if (!policy) return refuse({ code: 'insurance.policy_not_found' });
    if (policy.elsewhere) return refuse({ code: 'insurance.issued_elsewhere' });
    const drawn = await changeFrom(deps, tx, { policy, ask: wish.ask });
    if (!drawn.ok) return drawn;
    const { change, leftOut, detail } = drawn.value;
    const barred = await barredEnd(deps, tx, wish);
    if (barred) return refuse(barred);
    const act = actOf(policy, change, dayOf(deps.now()));
    if (!act.ok) return act;
    const numbered: Act = { ...act.value, no: await nextNo(tx, policy.id) };
    const effect = effectOf(policy, numbered);
    const state = stateOf(viewer, effect);
    const summary = { ...brief(effect), no: numbered.no, premium: effect.after.premium, leftOut };
    if (wish.dry) return accept({ ...summary, id: null, state: 'dry' });
    const [by, at] = [viewer.accountId, deps.now()];
    const row = { id: deps.newId(), policy, act: numbered, detail, effect, state };
    await insertEndorsement(tx, { ...row, reason: wish.note, by, at });
    if (state === 'issued') await applyEndorsement(deps, tx, { policy, act: numbered, effect, detail, by, at });
    return accept({ ...summary, id: row.id, state });
  });

/** An unpaid part ends a policy only after its notice. */
async function barredEnd(deps: InsuranceDeps, tx: Tx<InsuranceTables>, { policyId, ask }: Wish) {
  if (ask.kind !== 'cancel' || ask.reason !== 'instalment_unpaid') return undefined;
  return whyNotEnd(tx, { policyId, lastOn: ask.lastOn, today: dayOf(deps.now()) });
}

const brief = ({ delta, owed, replayed }: Effect) => ({ delta, owed, replayed });

function stateOf(viewer: Viewer, effect: Effect): EndorsementState {
  if (TAKERS.includes(viewer.role)) return 'asked';
  return effect.owed.some((p) => p.amount > 0) ? 'awaiting_cash' : 'issued';
}

export type Decision = { id: string; decision: 'accept' | 'decline'; note: string };

/** The insurer answers a wish: it is priced again as things stand now, and takes effect or waits for its money. */
export const decideEndorsement = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { id, decision, note }: Decision,
): Promise<Result<Endorsed, EndorseRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<Endorsed, EndorseRefusal>> => {
    const found = await findBoth(tx, id);
    if (!found.ok) return found;
    const { policy, stored } = found.value;
    const ref = { id, no: stored.no };
    const declining = decision === 'decline';
    // What waits for money may still be given up; what has taken effect is undone only by another endorsement.
    if (stored.state !== 'asked' && !(declining && stored.state === 'awaiting_cash')) {
      return refuse({ code: 'insurance.endorsement_state', state: stored.state });
    }
    const [by, at] = [viewer.accountId, deps.now()];
    if (declining) {
      const state = stored.state === 'asked' ? ('declined' as const) : ('void' as const);
      await moveEndorsement(tx, stored.id, { state, by, at, note });
      return accept({ ...ref, state, delta: sum([]), owed: [], replayed: [], premium: 0, leftOut: [] });
    }
    const priced = priceAgain(policy, stored);
    if (!priced.ok) return priced;
    const effect = priced.value;
    const state = effect.owed.some((p) => p.amount > 0) ? ('awaiting_cash' as const) : ('issued' as const);
    await moveEndorsement(tx, stored.id, { state, by, at, note, effect });
    if (state === 'issued') await applyEndorsement(deps, tx, { policy, ...stored, effect, by, at });
    return accept({ ...ref, state, ...brief(effect), premium: effect.after.premium, leftOut: [] });
  });

/** Issue an endorsement whose money has arrived. An elevator joins on a later day than the money came. */
export const issueEndorsement = (
  deps: InsuranceDeps,
  viewer: Viewer,
  id: string,
): Promise<Result<Endorsed, EndorseRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<Endorsed, EndorseRefusal>> => {
    const found = await findAwaiting(tx, id);
    if (!found.ok) return found;
    const { policy, stored, effect } = found.value;
    const ref = { id, no: stored.no };
    const [known] = await policiesFor(tx, [policy.id]);
    const arrived = (await arrivedFor(tx, [policy.id])).get(policy.id) ?? [];
    invariant(known, 'the policy was just held');
    const from = cashBefore(found.value);
    const subsidisedPayers = deps.subsidisedPayers(known.schemeCode);
    const owed = await owedBy(tx, { policyId: policy.id, owed: effect.after.owed, arrived, day: dayOf(deps.now()) });
    const may = mayIssue({ from, owed, subsidisedPayers }, arrived);
    if (!may.ok) return may;
    const at = deps.now();
    await moveEndorsement(tx, stored.id, { state: 'issued', by: viewer.accountId, at, note: '', effect });
    await applyEndorsement(deps, tx, { policy, ...stored, effect, by: viewer.accountId, at });
    return accept({ ...ref, state: 'issued', ...brief(effect), premium: effect.after.premium, leftOut: [] });
  });

/** An endorsement that waits for its money, with what it does as things stand now. */
export async function findAwaiting(
  tx: Tx<InsuranceTables>,
  id: string,
): Promise<Result<Both & { effect: Effect }, EndorseRefusal>> {
  const found = await findBoth(tx, id);
  if (!found.ok) return found;
  const { policy, stored } = found.value;
  if (stored.state !== 'awaiting_cash') return refuse({ code: 'insurance.endorsement_state', state: stored.state });
  const priced = priceAgain(policy, stored);
  return priced.ok ? accept({ policy, stored, effect: priced.value }) : priced;
}

/** The day before which its money is there: an elevator joins on a later day than the money came; else the last of the term. */
export const cashBefore = ({ policy, stored }: Both): Day =>
  stored.act.kind === 'add' ? stored.act.on : policy.base.term.to;

type Both = { policy: HeldPolicy; stored: StoredEndorsement };

async function findBoth(tx: Tx<InsuranceTables>, id: string): Promise<Result<Both, EndorseRefusal>> {
  const stored = await findEndorsement(tx, id);
  const policy = stored && (await findHeld(tx, stored.policyId));
  return policy ? accept({ policy, stored }) : refuse({ code: 'insurance.endorsement_not_found' });
}

/**
 * The same wish on the policy as it stands now. The day it was asked for decides whether it came in time: an insurer that
 * answers later costs nobody a day.
 */
function priceAgain(
  policy: HeldPolicy,
  { act, detail, recordedAt }: StoredEndorsement,
): Result<Effect, EndorseRefusal> {
  const again = actOf(policy, changeOf(act, detail), dayOf(recordedAt));
  return again.ok ? accept(effectOf(policy, { ...again.value, no: act.no })) : again;
}

function changeOf(act: Act, { reason, toOrgId }: Readonly<Record<string, unknown>>): Change {
  switch (act.kind) {
    case 'cancel':
      return { kind: 'cancel', lastOn: addDays(act.on, -1), reason: reason as EndReason };
    case 'takeover':
      return { kind: 'takeover', on: act.on, toOrgId: String(toOrgId) };
    case 'add':
    case 'change':
    case 'remove':
    case 'reinstate':
      return act;
  }
}
