import type { Tx } from '../../../kernel/db.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { notify } from '../../../kernel/notify.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import { actAs } from '../../../kernel/scope.ts';
import type { InsuranceTables } from '../tables.ts';
import { claimEvent, claimNote } from './claim.announce.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { decideClaim } from './claim.rules.ts';
import { findClaim, holdLimits, limitUsed, ruleViewOf, type StoredClaim, saveClaim } from './claim.store.ts';
import { nextClock } from './claim-clock.rules.ts';
import { clocksFor } from './claim-clocks.ts';
import { type Account, insertParty, partyKeys } from './claim-party.store.ts';
import { bookOrder } from './claim-payment.service.ts';
import { insertPayment, releasedToday } from './claim-payment.store.ts';
import { BY_RELEASE, notClean, withinRelease } from './entrapment.rules.ts';
import {
  activeRule,
  type Draft,
  draftsOf,
  findDraft,
  markFilled,
  ruleView,
  type StoredCleanRule,
} from './entrapment.store.ts';
import { isAccountNumber, isOtherId, isResidentId } from './person-id.rules.ts';
import { withUnclaimed } from './unclaimed.store.ts';

/** What a person who was trapped says of himself, once. */
export type Claimant = {
  name: string;
  idKind: 'resident' | 'other';
  idNumber: string;
  phone: string;
  account: Account;
};

export type ClaimantRefusal =
  | { code: 'insurance.claim_code_unknown' }
  | { code: 'insurance.draft_filled' }
  | { code: 'insurance.draft_used_before'; field: 'phone' | 'idNumber' | 'account' }
  | { code: 'insurance.id_number_wrong' }
  | { code: 'insurance.account_number_wrong' }
  | { code: 'insurance.account_not_own' };

/** May this person be taken as he stands? The first thing wrong. */
export function checkClaimant({ name, idKind, idNumber, account }: Claimant): ClaimantRefusal | undefined {
  if (idKind === 'resident' ? !isResidentId(idNumber) : !isOtherId(idNumber))
    return { code: 'insurance.id_number_wrong' };
  if (!isAccountNumber(account.number)) return { code: 'insurance.account_number_wrong' };
  return account.holder.trim() === name.trim() ? undefined : { code: 'insurance.account_not_own' };
}

/**
 * A person fills in his head's draft: name, identity, phone and an account of his own, each once per accident. A clean
 * one is decided by the insurer's rule at once and its payment proposed; any other goes to a handler with the reasons.
 */
export const fillDraft = (
  deps: ClaimDeps,
  { draftId, claimant }: { draftId: string; claimant: Claimant },
): Promise<Result<{ state: Draft['state'] }, ClaimantRefusal>> =>
  deps.db.transaction().execute(async (tx): Promise<Result<{ state: Draft['state'] }, ClaimantRefusal>> => {
    await actAs(tx, 'claimant');
    const seen = await findDraft(tx, draftId);
    if (!seen) return refuse({ code: 'insurance.claim_code_unknown' });
    const claim = await findClaim(tx, seen.claim_id, { hold: true });
    const draft = await findDraft(tx, draftId); // as it is now that nobody else writes
    invariant(claim && draft, 'a draft belongs to a claim');
    const checked = await checkFill(tx, deps, { draft, claimant });
    if (checked) return refuse(checked);
    await takePerson(tx, deps, { claim, draft, claimant });
    const state = await judge(tx, deps, { claim, draft, claimant });
    return accept({ state });
  });

type Filling = { draft: Draft; claimant: Claimant };

async function checkFill(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { draft, claimant }: Filling,
): Promise<ClaimantRefusal | undefined> {
  if (draft.state !== 'waiting') return { code: 'insurance.draft_filled' };
  const wrong = checkClaimant(claimant);
  if (wrong) return wrong;
  const keys = partyKeys(deps.secret, claimant);
  const others = (await draftsOf(tx, [draft.claim_id])).filter((d) => d.id !== draft.id && d.state !== 'waiting');
  if (others.some((d) => d.person_key === keys.person_key))
    return { code: 'insurance.draft_used_before', field: 'idNumber' };
  if (others.some((d) => d.phone_key === keys.phone_key))
    return { code: 'insurance.draft_used_before', field: 'phone' };
  return others.some((d) => d.account_key === keys.account_key)
    ? { code: 'insurance.draft_used_before', field: 'account' }
    : undefined;
}

type Judging = Filling & { claim: StoredClaim };

const takePerson = (tx: Tx<InsuranceTables>, deps: ClaimDeps, { claim, draft, claimant }: Judging): Promise<void> =>
  insertParty(tx, deps.secret, {
    id: draft.id, // the head was assessed under this id before anybody knew who it is
    claimId: claim.id,
    at: deps.now(),
    by: 'claimant',
    party: { ...claimant, kind: 'victim' },
  });

async function judge(tx: Tx<InsuranceTables>, deps: ClaimDeps, judged: Judging): Promise<Draft['state']> {
  const { claim: was, draft, claimant } = judged;
  const rule = await activeRule(tx, was.leadOrgId);
  const reasons = await reasonsAgainst(tx, { claim: was, rule, draft });
  const state = reasons.length === 0 ? 'clean' : 'to_handler';
  await markFilled(tx, draft.id, {
    ...partyKeys(deps.secret, claimant),
    party_id: draft.id,
    filled_at: deps.now(),
    state,
    reasons,
  });
  const claim = await noLongerUnclaimed(tx, deps, was);
  if (rule && state === 'clean') await payByRule(tx, deps, { claim, draft, rule });
  else await handOver(tx, deps, claim);
  return state;
}

/** Somebody is there who can be paid: clocks of payment run again. */
async function noLongerUnclaimed(tx: Tx<InsuranceTables>, deps: ClaimDeps, was: StoredClaim): Promise<StoredClaim> {
  const at = deps.now();
  const is = await withUnclaimed(tx, was, at);
  if (is === was) return was;
  const next = nextClock(clocksFor(deps, is, at));
  await saveClaim(tx, { was, is }, { at, actor: 'claimant', name: 'claimed', next });
  return { ...is, version: was.version + 1 };
}

async function reasonsAgainst(
  tx: Tx<InsuranceTables>,
  { claim, rule, draft }: { claim: StoredClaim; rule: StoredCleanRule | undefined; draft: Draft },
): Promise<readonly string[]> {
  const { body, coverage, verification } = claim;
  const heads = (await draftsOf(tx, [claim.id])).map((d) => fen(d.due));
  await holdLimits(tx, claim.policyId);
  const aggregate = coverage?.limits.aggregate ?? null;
  const left = aggregate === null ? null : aggregate - (await limitUsed(tx, claim));
  // A head that was told of after the claim was assessed stands in nobody's sums yet.
  const byTable =
    body.assessment?.by === BY_RELEASE && body.assessment.items.some((i) => i.payee === draft.id) && coverage?.benefit;
  const decidedByHand = body.decision !== null && body.decision.rule === null;
  if (!byTable || !body.release || decidedByHand || (claim.phase !== 'assessing' && claim.phase !== 'accepted'))
    return ['with_a_handler'];
  return [
    ...notClean(ruleView(rule), {
      release: body.release,
      heads,
      waiting: verification.waiting,
      otherCover: verification.others.length > 0,
      otherReports: body.otherReports,
    }),
    ...(left !== null && sum(heads) > left ? ['limit_used'] : []),
  ];
}

type ByRule = { claim: StoredClaim; draft: Draft; rule: StoredCleanRule };

/** The rule's approval is the first pair of eyes; a second person lets the money go, or set up to where it may go alone. */
async function payByRule(tx: Tx<InsuranceTables>, deps: ClaimDeps, { claim: was, draft, rule }: ByRule): Promise<void> {
  const at = deps.now();
  const claim = was.body.decision ? was : await decideByRule(tx, deps, { claim: was, rule });
  const today = rule.release_by
    ? await releasedToday(tx, { leadOrgId: claim.leadOrgId, by: rule.release_by, now: at })
    : [];
  const amount = fen(draft.due);
  const alone = rule.release_by !== null && withinRelease(fen(rule.release_limit), today, amount);
  const order = {
    item: `head-${draft.head}`,
    partyId: draft.id,
    amount,
    kind: 'final' as const,
    victimPaidProof: null,
  };
  await insertPayment(tx, {
    id: deps.newId(),
    claim,
    order,
    payeeKind: 'victim',
    key: `draft:${draft.id}`,
    at,
    proposedBy: `rule:${rule.id}`,
    orderedBy: alone ? rule.release_by : null,
    completeAt: at, // the last thing that was missing has just come
  });
  if (alone) await bookOrder(tx, deps, { claim, partyId: draft.id, amount });
  await claimEvent(tx, deps, { claim, by: 'draft_filled' });
}

async function decideByRule(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claim: was, rule }: { claim: StoredClaim; rule: StoredCleanRule },
): Promise<StoredClaim> {
  const at = deps.now();
  const authority = fen(rule.most_per_head * rule.most_heads);
  const done = decideClaim(ruleViewOf(was), { do: 'decide' }, { id: rule.approved_by, authority });
  invariant(done.ok && done.value.decision, 'a clean claim is within its rule');
  const is: StoredClaim = {
    ...was,
    phase: done.value.phase,
    body: { ...was.body, decision: { ...done.value.decision, rule: rule.id } },
    moments: { ...was.moments, papers_complete: at, decided: at, accepted: at },
  };
  const next = nextClock(clocksFor(deps, is, at));
  await saveClaim(tx, { was, is }, { at, actor: `rule:${rule.id}`, name: 'decide', next });
  await claimNote(tx, is, { at, code: 'insurance.trace.decide' });
  return { ...is, version: was.version + 1 };
}

async function handOver(tx: Tx<InsuranceTables>, deps: ClaimDeps, claim: StoredClaim): Promise<void> {
  await notify(tx, [
    {
      id: deps.newId(),
      at: deps.now(),
      to: { roles: ['handler'], audience: { areaCodes: [], orgIds: [claim.leadOrgId] } },
      code: 'insurance.notice.draft_to_handler',
      params: { number: claim.number, address: claim.place.address },
      link: `/claims/${claim.id}`,
    },
  ]);
  await claimEvent(tx, deps, { claim, by: 'draft_filled' });
}
