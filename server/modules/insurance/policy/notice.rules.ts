import { type Fen, fen, split, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import type { PayerPart } from '../product/rating.ts';

/** A line of a policy as far as it says who pays: its parts, and the organisations that stand behind the payers. */
export type NoticeLine = {
  parts: readonly PayerPart[];
  maintenanceOrgId: string | null;
  makerOrgId: string | null;
};
export type NoticePolicy = {
  state: string;
  from: Day; // the money is there the day before: of the policy, or of what an endorsement takes in
  holderOrgId: string;
  agentOrgId: string | null;
  owed: readonly PayerPart[];
  arrived: readonly PayerPart[];
  subsidisedPayers: readonly string[]; // settled by the public purse: nobody is asked
  lines: readonly NoticeLine[];
};
export type Notice = { payer: string; orgId: string; amount: Fen; dueOn: Day };
export type NoticeRefusal =
  | { code: 'insurance.notice_state'; state: string }
  | { code: 'insurance.notice_nothing_due' }
  | { code: 'insurance.notice_too_late'; dueOn: Day };

/**
 * Who is to be asked for how much, and by when: the eve of the first day, because cover is issued only after the money
 * (见费出单, 金发〔2025〕36号). Where several maintenance units share a part, each is asked for what its elevators cost; what
 * arrived already is taken off in proportion. The notices of a payer sum to what is still due from him.
 */
export function noticesFor(policy: NoticePolicy, today: Day): Result<readonly Notice[], NoticeRefusal> {
  if (policy.state !== 'awaiting_cash') return refuse({ code: 'insurance.notice_state', state: policy.state });
  const dueOn = addDays(policy.from, -1);
  if (dueOn < today) return refuse({ code: 'insurance.notice_too_late', dueOn });
  const notices = policy.owed
    .filter((part) => !policy.subsidisedPayers.includes(part.payer))
    .flatMap((part) => askedOf(policy, part).map((asked): Notice => ({ ...asked, payer: part.payer, dueOn })));
  return notices.length === 0 ? refuse({ code: 'insurance.notice_nothing_due' }) : accept(notices);
}

function askedOf(policy: NoticePolicy, { payer, amount }: PayerPart): readonly { orgId: string; amount: Fen }[] {
  const paid = sum(policy.arrived.filter((a) => a.payer === payer).map((a) => a.amount));
  const due = amount - paid;
  if (due <= 0) return [];
  const shares = new Map<string, number>();
  for (const line of policy.lines) {
    const orgId = orgBehind(policy, line, payer);
    const part = sum(line.parts.filter((p) => p.payer === payer).map((p) => p.amount));
    if (part > 0) shares.set(orgId, (shares.get(orgId) ?? 0) + part);
  }
  if (shares.size === 0) return [{ orgId: policy.holderOrgId, amount: fen(due) }];
  const amounts = split(fen(due), [...shares.values()]);
  return [...shares.keys()].flatMap((orgId, i) => {
    const part = amounts[i] ?? fen(0);
    return part > 0 ? [{ orgId, amount: part }] : [];
  });
}

function orgBehind(policy: NoticePolicy, line: NoticeLine, payer: string): string {
  if (payer === 'maintenance') return line.maintenanceOrgId ?? policy.agentOrgId ?? policy.holderOrgId;
  return payer === 'maker' ? (line.makerOrgId ?? policy.holderOrgId) : policy.holderOrgId;
}
