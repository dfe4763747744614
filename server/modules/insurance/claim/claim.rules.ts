import type { CLAIM_PHASES, REFUSALS } from '../../../../contract/insurance-vocabulary.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, never, type Result, refuse } from '../../../kernel/result.ts';

/** One accident, one claim. What stands in its row; every change is kept beside it, nothing is overwritten. */
export type Claim = {
  phase: (typeof CLAIM_PHASES)[number];
  liability: boolean; // a victim is paid before the insured (保险法 65)
  papersAskedOn: string | null; // the one notice that lists all that is missing (保险法 22)
  papersMissing: readonly string[];
  reserve: Fen | null; // null: never set; it must stand before anything is paid
  assessment: { items: readonly ClaimItem[]; by: string } | null;
  decision: { amount: Fen; by: string; round: number } | null; // earlier rounds stay as they were
  refusal: { reason: RefusalReason; by: string } | null;
  payments: readonly Payment[];
};

export type ClaimItem = { id: string; payee: string; payeeKind: 'victim' | 'insured' | 'service'; amount: Fen };
export type Payment = ClaimItem & {
  kind: 'final' | 'advance' | 'interim';
  by: string;
  insuredPaidVictimProof: string | null;
};

/** The letter says the reason in words and names the clause. */
export type RefusalReason = (typeof REFUSALS)[number];

export type ClaimCommand =
  | { do: 'ask_papers'; papers: readonly string[]; on: string }
  | { do: 'receive_papers'; papers: readonly string[] }
  | { do: 'set_reserve'; amount: Fen }
  | { do: 'assess'; items: readonly ClaimItem[] }
  | { do: 'decide' }
  | { do: 'refuse'; reason: RefusalReason }
  | { do: 'pay'; item: string; amount: Fen; kind: Payment['kind']; insuredPaidVictimProof: string | null }
  | { do: 'close' }
  | { do: 'reopen' };

/** Who acts: the person, and up to which amount he may decide (权限). */
export type ClaimActor = { id: string; authority: Fen };

export type ClaimRefusal =
  | { code: 'insurance.claim_phase'; phase: Claim['phase']; command: ClaimCommand['do'] | 'review' }
  | { code: 'insurance.papers_asked_once'; on: string }
  | { code: 'insurance.papers_missing'; papers: string }
  | { code: 'insurance.reserve_first' }
  | { code: 'insurance.reserve_below_paid'; paid: Fen }
  | { code: 'insurance.four_eyes' }
  | { code: 'insurance.above_authority'; authority: Fen; amount: Fen }
  | { code: 'insurance.unknown_item'; item: string }
  | { code: 'insurance.more_than_accepted'; accepted: Fen; paid: Fen }
  | { code: 'insurance.victim_first' }
  | { code: 'insurance.unpaid_items'; amount: Fen }
  | { code: 'insurance.assessed_below_paid'; item: string; paid: Fen }
  | { code: 'insurance.nothing_to_assess' };

type Decided = Result<Claim, ClaimRefusal>;

/** Decide what a command does to a claim. Pure. Who assessed may not decide, who decided may not pay. */
export function decideClaim(claim: Claim, command: ClaimCommand, actor: ClaimActor): Decided {
  if (!ALLOWED[command.do].includes(claim.phase)) {
    return refuse({ code: 'insurance.claim_phase', phase: claim.phase, command: command.do });
  }
  switch (command.do) {
    case 'ask_papers':
      if (claim.papersAskedOn) return refuse({ code: 'insurance.papers_asked_once', on: claim.papersAskedOn });
      return accept({ ...claim, phase: 'assessing', papersAskedOn: command.on, papersMissing: command.papers });
    case 'receive_papers':
      return accept({ ...claim, papersMissing: claim.papersMissing.filter((p) => !command.papers.includes(p)) });
    case 'set_reserve':
      return setReserve(claim, command.amount);
    case 'assess':
      return assess(claim, command.items, actor);
    case 'decide':
      return acceptClaim(claim, actor);
    case 'refuse':
      return refuseClaim(claim, command.reason, actor);
    case 'pay':
      return pay(claim, command, actor);
    case 'close':
      return close(claim);
    case 'reopen':
      return accept({ ...claim, phase: 'assessing', refusal: null, assessment: null });
    default:
      return never(command);
  }
}

const open = ['reported', 'assessing'] as const;
const ALLOWED: Readonly<Record<ClaimCommand['do'], readonly Claim['phase'][]>> = {
  ask_papers: open,
  receive_papers: open,
  set_reserve: ['reported', 'assessing', 'accepted'],
  assess: open,
  decide: ['assessing'],
  refuse: open,
  pay: ['accepted', 'assessing'], // before the decision only an advance or the certain part
  close: ['accepted', 'refused'],
  reopen: ['closed', 'refused'],
};

const paidOut = (claim: Claim): Fen => sum(claim.payments.map((p) => p.amount));
const paidOn = (claim: Claim, item: string): Fen =>
  sum(claim.payments.filter((p) => p.id === item).map((p) => p.amount));

function setReserve(claim: Claim, amount: Fen): Decided {
  const paid = paidOut(claim);
  return amount < paid ? refuse({ code: 'insurance.reserve_below_paid', paid }) : accept({ ...claim, reserve: amount });
}

/** What has left the house for an item stays accepted: a later assessment may add, and takes nothing back silently. */
function assess(claim: Claim, items: readonly ClaimItem[], actor: ClaimActor): Decided {
  if (items.length === 0) return refuse({ code: 'insurance.nothing_to_assess' });
  for (const item of new Set(claim.payments.map((p) => p.id))) {
    const paid = paidOn(claim, item);
    if (paid > (items.find((i) => i.id === item)?.amount ?? 0))
      return refuse({ code: 'insurance.assessed_below_paid', item, paid });
  }
  return accept({ ...claim, phase: 'assessing', assessment: { items, by: actor.id } });
}

function acceptClaim(claim: Claim, actor: ClaimActor): Decided {
  if (claim.papersMissing.length > 0)
    return refuse({ code: 'insurance.papers_missing', papers: claim.papersMissing.join('、') });
  if (!claim.assessment) return refuse({ code: 'insurance.nothing_to_assess' });
  const second = secondPerson(claim.assessment.by, actor);
  if (second) return refuse(second);
  const amount = sum(claim.assessment.items.map((i) => i.amount));
  if (amount > actor.authority)
    return refuse({ code: 'insurance.above_authority', authority: actor.authority, amount });
  return accept({
    ...claim,
    phase: 'accepted',
    decision: { amount, by: actor.id, round: (claim.decision?.round ?? 0) + 1 },
  });
}

function refuseClaim(claim: Claim, reason: RefusalReason, actor: ClaimActor): Decided {
  const second = claim.assessment ? secondPerson(claim.assessment.by, actor) : undefined;
  return second ? refuse(second) : accept({ ...claim, phase: 'refused', refusal: { reason, by: actor.id } });
}

function pay(claim: Claim, command: Extract<ClaimCommand, { do: 'pay' }>, actor: ClaimActor): Decided {
  if (claim.reserve === null) return refuse({ code: 'insurance.reserve_first' });
  if (claim.phase === 'assessing' && command.kind === 'final') {
    return refuse({ code: 'insurance.claim_phase', phase: claim.phase, command: 'pay' });
  }
  const item = claim.assessment?.items.find((i) => i.id === command.item);
  if (!item) return refuse({ code: 'insurance.unknown_item', item: command.item });
  const second = secondPerson((claim.decision ?? claim.assessment)?.by, actor);
  if (second) return refuse(second);
  if (claim.liability && item.payeeKind === 'insured' && !command.insuredPaidVictimProof) {
    return refuse({ code: 'insurance.victim_first' });
  }
  const paid = fen(paidOn(claim, item.id) + command.amount);
  if (paid > item.amount) return refuse({ code: 'insurance.more_than_accepted', accepted: item.amount, paid });
  const payment: Payment = {
    ...item,
    amount: command.amount,
    kind: command.kind,
    by: actor.id,
    insuredPaidVictimProof: command.insuredPaidVictimProof,
  };
  return accept({ ...claim, payments: [...claim.payments, payment] });
}

function close(claim: Claim): Decided {
  if (claim.phase === 'refused') return accept({ ...claim, phase: 'closed' });
  const owed = fen((claim.decision?.amount ?? 0) - paidOut(claim));
  return owed > 0 ? refuse({ code: 'insurance.unpaid_items', amount: owed }) : accept({ ...claim, phase: 'closed' });
}

/** Money that came back is owed again: a claim that was closed when all of it had arrived is open until it is paid once more. */
export const phaseAfterReturn = ({ phase, refusal, decision }: Claim, paid: Fen): Claim['phase'] =>
  phase === 'closed' && refusal === null && paid < (decision?.amount ?? 0) ? 'accepted' : phase;

const secondPerson = (first: string | undefined, actor: ClaimActor): ClaimRefusal | undefined =>
  first === actor.id ? { code: 'insurance.four_eyes' } : undefined;
