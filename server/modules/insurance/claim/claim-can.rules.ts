import { sum } from '../../../kernel/money.ts';
import type { Claim } from './claim.rules.ts';
import { ACT_ROLES } from './claim-act.rules.ts';

/** Phases in which an act means something; the act itself is judged again when it is done. */
const PHASES: Readonly<Record<keyof typeof ACT_ROLES, readonly Claim['phase'][]>> = {
  ask_papers: ['reported', 'assessing'],
  receive_papers: ['reported', 'assessing'],
  papers_complete: ['reported', 'assessing'],
  set_reserve: ['reported', 'assessing', 'accepted'],
  assess: ['reported', 'assessing'],
  accept_liability: ['reported', 'assessing'],
  decide: ['assessing'],
  refuse: ['reported', 'assessing'],
  send_refusal: ['refused'],
  close: ['accepted', 'refused'],
  reopen: ['closed', 'refused'],
  pay: ['assessing', 'accepted'],
  survey: ['reported', 'assessing'],
  party: ['reported', 'assessing', 'accepted'],
  paper: ['reported', 'assessing', 'accepted'],
  repair: ['reported', 'assessing'],
  recover: ['accepted', 'closed'],
  pay_recovery: ['accepted', 'closed'],
  review: ['accepted', 'closed'],
};

export type CanClaim = Readonly<Record<string, true | ({ code: string } & Record<string, unknown>)>>;

type Who = { id: string; role: string; isLead: boolean; letterSent: boolean };

/**
 * What the reader may do to a claim now, and why not. Acts of other roles are left out: a reader who is not the lead
 * insurer's has none.
 */
export function claimCan(claim: Claim, { id, role, isLead, letterSent }: Who): CanClaim {
  if (!isLead) return {};
  const acts = (Object.keys(ACT_ROLES) as (keyof typeof ACT_ROLES)[]).filter(
    (act) => ACT_ROLES[act].includes(role) && !(act === 'send_refusal' && letterSent),
  );
  return Object.fromEntries(acts.map((act) => [act, mayDo(act, claim, id)]));
}

function mayDo(
  act: keyof typeof ACT_ROLES,
  claim: Claim,
  by: string,
): true | ({ code: string } & Record<string, unknown>) {
  if (!PHASES[act].includes(claim.phase)) return { code: 'insurance.claim_phase', phase: claim.phase, command: act };
  if (act === 'ask_papers' && claim.papersAskedOn)
    return { code: 'insurance.papers_asked_once', on: claim.papersAskedOn };
  if (act === 'receive_papers' && claim.papersMissing.length === 0) return { code: 'insurance.no_papers_missing' };
  if (act === 'decide') return mayDecide(claim, by);
  if (act === 'close' && claim.phase === 'accepted') return mayClose(claim);
  if (act === 'pay' && claim.reserve === null) return { code: 'insurance.reserve_first' };
  if (act === 'pay' && (claim.decision ?? claim.assessment)?.by === by) return { code: 'insurance.four_eyes' };
  return true;
}

function mayClose({ decision, payments }: Claim): true | ({ code: string } & Record<string, unknown>) {
  const owed = (decision?.amount ?? 0) - sum(payments.map((p) => p.amount));
  return owed > 0 ? { code: 'insurance.unpaid_items', amount: owed, amountYuan: (owed / 100).toFixed(2) } : true;
}

function mayDecide(claim: Claim, by: string): true | ({ code: string } & Record<string, unknown>) {
  if (!claim.assessment) return { code: 'insurance.nothing_to_assess' };
  if (claim.papersMissing.length > 0)
    return { code: 'insurance.papers_missing', papers: claim.papersMissing.join('、') };
  return claim.assessment.by === by ? { code: 'insurance.four_eyes' } : true;
}
