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
  part?: number | null; // what is asked for is this part of a schedule
  subsidisedPayers: readonly string[]; // settled by the public purse: nobody is asked
  lines: readonly NoticeLine[];
};
export type Notice = { payer: string; orgId: string; amount: Fen; dueOn: Day; part: number | null }; // part: of a schedule
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
    .flatMap((owed) =>
      askedOf(policy, owed).map((asked): Notice => ({ ...asked, payer: owed.payer, dueOn, part: policy.part ?? null })),
    );
  return notices.length === 0 ? refuse({ code: 'insurance.notice_nothing_due' }) : accept(notices);
}

export type PartRefusal =
  | { code: 'insurance.notice_state'; state: string }
  | { code: 'insurance.notice_nothing_due' }
  | { code: 'insurance.notice_given' };

type PartsAsked = {
  dues: readonly (Pick<Notice, 'payer' | 'dueOn'> & { no: number; unpaid: Fen })[];
  given: readonly Notice[]; // notices of parts, the latest last
};

/**
 * The notices of the later parts of a schedule: one for every organisation behind a payer whose part is not paid, however late.
 * Who was asked for the same amount by the same day is not asked again; a part that an endorsement changed is.
 */
export function partNoticesFor(
  policy: Omit<Behind, 'arrived'> & { state: string; isOver: boolean },
  { dues, given }: PartsAsked,
): Result<readonly Notice[], PartRefusal> {
  const { state } = policy;
  const unpaid = dues.filter((due) => due.unpaid > 0);
  if (policy.isOver || dues.length === 0) return refuse({ code: 'insurance.notice_state', state });
  if (unpaid.length === 0) return refuse({ code: 'insurance.notice_nothing_due' });
  const asked = unpaid.flatMap(({ no, payer, dueOn, unpaid: amount }) =>
    askedOf({ ...policy, arrived: [] }, { payer, amount }).map((one): Notice => ({ ...one, payer, dueOn, part: no })),
  );
  const fresh = asked.filter((one) => {
    const last = given.findLast((g) => g.part === one.part && g.payer === one.payer && g.orgId === one.orgId);
    return last?.amount !== one.amount || last.dueOn !== one.dueOn;
  });
  return fresh.length === 0 ? refuse({ code: 'insurance.notice_given' }) : accept(fresh);
}

type Behind = Pick<NoticePolicy, 'arrived' | 'lines' | 'holderOrgId' | 'agentOrgId'>;

function askedOf(policy: Behind, { payer, amount }: PayerPart): readonly { orgId: string; amount: Fen }[] {
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

function orgBehind(policy: Behind, line: NoticeLine, payer: string): string {
  if (payer === 'maintenance') return line.maintenanceOrgId ?? policy.agentOrgId ?? policy.holderOrgId;
  return payer === 'maker' ? (line.makerOrgId ?? policy.holderOrgId) : policy.holderOrgId;
}
