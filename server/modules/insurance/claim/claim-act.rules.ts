import { type Fen, fen } from '../../../kernel/money.ts';
import type { Claim, ClaimCommand, ClaimRefusal, RefusalReason } from './claim.rules.ts';
import type { ClaimMoment } from './clock.rules.ts';

/** A loss as a handler assesses it: to whom, for what. */
export type AssessedLoss =
  | { id: string; partyId: string; kind: 'person'; medical: Fen; other: Fen }
  | { id: string; partyId: string; kind: 'property'; amount: Fen };

/** What people do to a claim through a screen or an interface. Payments and papers have their own acts. */
export type ClaimAct =
  | { do: 'ask_papers'; papers: readonly string[] }
  | { do: 'receive_papers'; papers: readonly string[] }
  | { do: 'papers_complete' }
  | { do: 'set_reserve'; amount: Fen; reason: string }
  | { do: 'assess'; losses: readonly AssessedLoss[]; note: string }
  | { do: 'accept_liability' }
  | { do: 'decide' }
  | { do: 'refuse'; reason: RefusalReason; text: string }
  | { do: 'send_refusal'; at: Date }
  | { do: 'close' }
  | { do: 'reopen'; reason: string };

/** Acts that have their own ways in. */
export type OtherAct = 'pay' | 'survey' | 'party' | 'paper' | 'repair' | 'recover' | 'pay_recovery' | 'review';

/** Who of the lead insurer may do what. Who decides is bounded by his authority and by not having assessed. */
export const ACT_ROLES: Readonly<Record<ClaimAct['do'] | OtherAct, readonly string[]>> = {
  ask_papers: ['handler'],
  receive_papers: ['handler', 'surveyor'],
  papers_complete: ['handler'],
  set_reserve: ['handler', 'approver'],
  assess: ['handler'],
  accept_liability: ['handler', 'approver'],
  decide: ['handler', 'approver'],
  refuse: ['approver'],
  send_refusal: ['handler', 'approver'],
  close: ['handler', 'approver'],
  reopen: ['approver'],
  pay: ['cashier'],
  survey: ['surveyor', 'handler'],
  party: ['handler', 'surveyor'],
  paper: ['handler', 'surveyor'],
  repair: ['handler', 'surveyor'],
  recover: ['handler', 'approver'],
  pay_recovery: ['cashier'],
  review: ['approver'],
};

export type ActRefusal =
  | ClaimRefusal
  | { code: 'insurance.claim_not_found' }
  | { code: 'insurance.not_the_lead' }
  | { code: 'insurance.act_of_another_role'; roles: string }
  | { code: 'insurance.claim_changed'; version: number }
  | { code: 'insurance.party_unknown'; party: string }
  | { code: 'insurance.limit_changed'; left: Fen; assessed: Fen }
  | { code: 'insurance.above_benefit'; most: Fen; amount: Fen }
  | { code: 'insurance.sent_before_refused' }
  | { code: 'insurance.sent_in_future' }
  | { code: 'insurance.payment_under_way' }
  | { code: 'insurance.account_stands'; field: 'account' | 'idNumber' }
  | { code: 'insurance.loss_twice'; loss: string };

/** The same loss named twice would be paid twice. */
export function lossTwice(losses: readonly AssessedLoss[]): ActRefusal | undefined {
  const seen = new Set<string>();
  for (const { id } of losses) {
    if (seen.has(id)) return { code: 'insurance.loss_twice', loss: id };
    seen.add(id);
  }
  return undefined;
}

type MomentView = Pick<Claim, 'papersMissing' | 'papersAskedOn' | 'decision'>;
/** What has arrived of a claim, and when the last of it did. */
type Arrived = { paid: Fen; lastAt: Date | null };

/** What an act makes true of the claim's clocks. Moments that stand are not moved. */
export function momentsAfter(
  act: ClaimAct,
  now: Date,
  { was, is, arrived }: { was: Readonly<Partial<Record<ClaimMoment, Date>>>; is: MomentView; arrived: Arrived | null },
): Readonly<Partial<Record<ClaimMoment, Date>>> {
  const complete = was.papers_complete ?? now;
  switch (act.do) {
    case 'papers_complete':
      return { ...was, papers_complete: complete };
    case 'receive_papers':
      return is.papersMissing.length === 0 && is.papersAskedOn !== null ? { ...was, papers_complete: complete } : was;
    case 'assess':
      return is.papersMissing.length === 0 ? { ...was, papers_complete: complete } : was;
    case 'accept_liability':
      return { ...was, accepted: was.accepted ?? now };
    case 'decide': {
      const { paid: _before, ...others } = was; // it was paid when all of what is decided now had arrived
      const isPaid = (arrived?.paid ?? 0) >= (is.decision?.amount ?? 0);
      return {
        ...others,
        decided: now,
        accepted: was.accepted ?? now,
        ...(isPaid && { paid: arrived?.lastAt ?? now }),
      };
    }
    case 'refuse':
      return { ...was, refused: now };
    case 'send_refusal':
      return { ...was, refusal_sent: was.refusal_sent ?? act.at };
    case 'reopen':
      return { ...(was.reported && { reported: was.reported }), papers_complete: now };
    case 'ask_papers':
    case 'set_reserve':
    case 'close':
      return was;
  }
}

/** The act as the claim's own command; null where it only moves a clock. */
export function commandOf(act: ClaimAct, given: { on: string; payable: ReadonlyMap<string, Fen>; kinds: PayeeKinds }) {
  switch (act.do) {
    case 'ask_papers':
      return { do: 'ask_papers', papers: act.papers, on: given.on } satisfies ClaimCommand;
    case 'assess':
      return {
        do: 'assess',
        items: act.losses.map(({ id, partyId }) => ({
          id,
          payee: partyId,
          payeeKind: given.kinds.get(partyId) ?? 'victim',
          amount: given.payable.get(id) ?? fen(0),
        })),
      } satisfies ClaimCommand;
    case 'refuse':
      return { do: 'refuse', reason: act.reason } satisfies ClaimCommand;
    case 'set_reserve':
      return { do: 'set_reserve', amount: act.amount } satisfies ClaimCommand;
    case 'receive_papers':
      return { do: 'receive_papers', papers: act.papers } satisfies ClaimCommand;
    case 'decide':
    case 'close':
    case 'reopen':
      return { do: act.do } satisfies ClaimCommand;
    case 'papers_complete':
    case 'accept_liability':
    case 'send_refusal':
      return null;
  }
}

export type PayeeKinds = ReadonlyMap<string, 'victim' | 'insured' | 'service'>;
