import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import { invariant } from '../../../kernel/result.ts';
import type { Day } from '../../../kernel/time.ts';
import { note } from '../../../kernel/trace.ts';
import type { InsuranceDeps } from '../deps.ts';
import { premiumMoved } from '../money/arrival.service.ts';
import { premiumChanged } from '../money/ledger.rules.ts';
import { book } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { keepDocument } from './document.store.ts';
import { type Effect, fallsOn } from './endorsement.rules.ts';
import type { HeldPolicy } from './endorsement.store.ts';
import { keepSettlement } from './settlement.service.ts';
import type { Act } from './standing.rules.ts';
import { changeHolder, positionsOf, writeStanding } from './standing.store.ts';

type Applying = {
  policy: HeldPolicy;
  act: Act;
  effect: Effect;
  detail: Readonly<Record<string, unknown>>;
  by: string;
  at: Date;
};

/** Make an endorsement true: lines, state, books and traces in one transaction. */
export async function applyEndorsement(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { policy, act, effect, detail, by, at }: Applying,
): Promise<void> {
  const text = (key: string) => (typeof detail[key] === 'string' ? detail[key] : null);
  const written = await writeStanding(tx, policy, { standing: effect.after, endReason: text('reason') });
  invariant(written, 'the policy is held until the endorsement is written');
  const toOrgId = text('toOrgId');
  if (act.kind === 'takeover' && toOrgId) {
    await changeHolder(tx, policy.id, { org: toOrgId as OrgId, reasonCode: text('reasonCode') ?? '' });
  }
  await bookEffect(deps, tx, { policy, effect, at, no: act.no });
  await premiumMoved(deps, tx, [policy.id]);
  await tell(tx, { policy, act, effect, at });
  const { delta, owed } = effect;
  const change = { kind: act.kind, on: act.on, delta, owed: [...owed], elevators: [...namedBy(act, effect)] };
  const paper = { policyId: policy.id, no: act.no, change, by, at };
  await keepDocument(deps, tx, { ...paper, kind: 'endorsement' });
  await keepSettlement(deps, tx, { policy, act, effect, detail, by, at });
  if (owed.some((p) => p.amount > 0)) await keepDocument(deps, tx, { ...paper, kind: 'receipt' });
}

/** The elevators an act names, by the codes on their signs. */
function namedBy(act: Act, { before }: Effect): readonly string[] {
  if (act.kind === 'add' || act.kind === 'change') return act.elevators.map((e) => e.code);
  if (act.kind !== 'remove') return [];
  const codes = new Map(before.stretches.map((s) => [s.elevatorId, s.rated.code]));
  return act.elevatorIds.map((id) => codes.get(id) ?? '');
}

type Booking = { policy: HeldPolicy; effect: Effect; at: Date; no: number };

async function bookEffect(deps: InsuranceDeps, tx: Tx<InsuranceTables>, { policy, effect, at, no }: Booking) {
  const positions = await positionsOf(tx, policy.id);
  const nothing = { receivable: fen(0), refundable: fen(0) };
  const parts = effect.owed.map(({ payer, amount }) => ({
    payer,
    ...fallsOn(amount, positions.get(payer) ?? nothing),
  }));
  const postings = premiumChanged(policy.id, parts);
  if (postings.length === 0) return;
  await book(tx, {
    id: deps.newId(),
    kind: 'premium_changed',
    at,
    leadOrgId: policy.leadOrgId,
    note: `${policy.number}-${no}`,
    postings,
  });
}

/** Every elevator whose cover begins, ends or is priced anew by this says so on its trace page. */
async function tell(
  tx: Tx<InsuranceTables>,
  { policy, act, effect, at }: Omit<Applying, 'detail' | 'by'>,
): Promise<void> {
  const was = coverOn(effect.before, act.on);
  const is = coverOn(effect.after, act.on);
  const begun = [...is.values()].filter((s) => !was.has(s.elevatorId));
  const over = [...was.values()].filter((s) => !is.has(s.elevatorId));
  const audience = { areaCodes: policy.areaCodes, orgIds: policy.orgIds };
  const line = (code: string) => (s: { elevatorId: string }) => ({
    subject: s.elevatorId,
    at,
    code,
    params: { number: policy.number, on: act.on },
    ref: policy.id,
    audience,
  });
  await note(tx, [
    ...begun.map(line('insurance.trace.joined')),
    ...over.map(line('insurance.trace.left')),
    ...(act.kind === 'takeover' ? [...is.values()].map(line('insurance.trace.taken_over')) : []),
  ]);
}

const coverOn = ({ stretches }: Effect['after'], on: Day) =>
  new Map(stretches.filter((s) => s.from <= on && on <= s.to).map((s) => [s.elevatorId, s]));
