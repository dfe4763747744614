import type { Tx } from '../../../kernel/db.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { benefitFor } from './benefit.rules.ts';
import { claimEvent, claimNote } from './claim.announce.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { type Claim, type ClaimActor, decideClaim } from './claim.rules.ts';
import { findClaim, holdLimits, limitUsed, ruleViewOf, type StoredClaim, saveClaim } from './claim.store.ts';
import { ACT_ROLES, type ActRefusal, type ClaimAct, commandOf, lossTwice, momentsAfter } from './claim-act.rules.ts';
import { nextClock } from './claim-clock.rules.ts';
import { clocksFor } from './claim-clocks.ts';
import { letterOfAct } from './claim-letter.service.ts';
import { paidOn } from './claim-payment.store.ts';
import { limitsOf, type Working, workingOf } from './claim-working.rules.ts';
import { withUnclaimed } from './unclaimed.store.ts';

export type Acting = { id: string; version: number | null; act: ClaimAct };

/**
 * Do something to a claim: the lead insurer's own people only, in their roles. A refusal changes nothing; what is done
 * is kept with what was before.
 */
export const actOn = (
  deps: ClaimDeps,
  viewer: Viewer,
  { id, version, act }: Acting,
): Promise<Result<StoredClaim, ActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<StoredClaim, ActRefusal>> => {
    const found = await claimToActOn(tx, viewer, { id, role: act.do });
    if (!found.ok) return found;
    const was = found.value;
    if (version !== null && version !== was.version)
      return refuse({ code: 'insurance.claim_changed', version: was.version });
    const done = await change(tx, deps, { was, act, actor: await actorOf(tx, viewer, was) });
    if (!done.ok) return done;
    const is = done.value;
    await record(tx, deps, { was, is, act, actor: viewer.accountId });
    return accept({ ...is, version: was.version + 1 });
  });

/** The claim for one who may act on it, its row held. Followers, brokers and officials read. */
export async function claimToActOn(
  tx: Tx<InsuranceTables>,
  viewer: Viewer,
  { id, role }: { id: string; role: keyof typeof ACT_ROLES },
): Promise<Result<StoredClaim, ActRefusal>> {
  const claim = await findClaim(tx, id, { hold: true });
  if (!claim) return refuse({ code: 'insurance.claim_not_found' });
  if (viewer.orgId !== claim.leadOrgId) return refuse({ code: 'insurance.not_the_lead' });
  const roles = ACT_ROLES[role];
  return roles.includes(viewer.role)
    ? accept(claim)
    : refuse({ code: 'insurance.act_of_another_role', roles: roles.join('、') });
}

/** Who acts and up to which amount he decides: what his insurer last set for his role, nothing without. */
async function actorOf(tx: Tx<InsuranceTables>, viewer: Viewer, claim: StoredClaim): Promise<ClaimActor> {
  const row = await tx
    .selectFrom('insurance.claim_authority')
    .select('amount')
    .where('lead_org_id', '=', claim.leadOrgId)
    .where('role', '=', viewer.role as 'handler')
    .orderBy('set_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return { id: viewer.accountId, authority: fen(row?.amount ?? 0) };
}

type Changing = { was: StoredClaim; act: ClaimAct; actor: ClaimActor };

async function change(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { was, act, actor }: Changing,
): Promise<Result<StoredClaim, ActRefusal>> {
  const now = deps.now();
  const prepared = await prepare(tx, { was, act, now });
  if (!prepared.ok) return prepared;
  const { working, kinds } = prepared.value;
  const payable = new Map(working?.rows.map((r) => [r.id, r.payable]) ?? []);
  const command = commandOf(act, { on: dayOf(now), payable, kinds });
  const decided = command ? decideClaim(ruleViewOf(was), command, actor) : clockOnly(was, act);
  if (!decided.ok) return decided;
  const arrived = act.do === 'decide' ? await paidOn(tx, was.id) : null;
  const moments = momentsAfter(act, now, { was: was.moments, is: decided.value, arrived });
  const { phase, payments, ...view } = decided.value;
  return accept(
    await withUnclaimed(
      tx,
      { ...was, phase, payments, moments, body: bodyAfter({ was, act, view, working, now }) },
      now,
    ),
  );
}

/** Acts that only move a clock: the claim's own state stays, and must be one in which they mean something. */
function clockOnly(was: StoredClaim, act: ClaimAct): Result<Claim, ActRefusal> {
  const phases = act.do === 'send_refusal' ? ['refused'] : ['reported', 'assessing'];
  if (!phases.includes(was.phase))
    return refuse({ code: 'insurance.claim_phase', phase: was.phase, command: 'decide' });
  if (act.do === 'papers_complete' && was.body.papersMissing.length > 0)
    return refuse({ code: 'insurance.papers_missing', papers: was.body.papersMissing.join('、') });
  return accept(ruleViewOf(was));
}

type After = {
  was: StoredClaim;
  act: ClaimAct;
  view: Omit<Claim, 'phase' | 'payments'>;
  working: Working | null;
  now: Date;
};

function bodyAfter({ was: { body }, act, view, working, now }: After): StoredClaim['body'] {
  const assessment =
    act.do === 'assess' && view.assessment
      ? {
          items: [...view.assessment.items],
          by: view.assessment.by,
          note: act.note,
          losses: [...act.losses],
          working: working && { ...working, rows: [...working.rows] },
        }
      : view.assessment
        ? body.assessment
        : null;
  const all = body.papersAskedAt !== null && view.papersMissing.length === 0;
  return {
    ...body,
    papersAskedOn: view.papersAskedOn,
    papersMissing: [...view.papersMissing],
    papersAskedAt: act.do === 'ask_papers' ? now.toISOString() : body.papersAskedAt,
    papersAllAt: all ? (body.papersAllAt ?? now.toISOString()) : body.papersAllAt,
    reserve: view.reserve,
    assessment,
    decision: view.decision && { ...view.decision, rule: act.do === 'decide' ? null : (body.decision?.rule ?? null) },
    refusal: act.do === 'refuse' && view.refusal ? { ...view.refusal, text: act.text } : view.refusal && body.refusal,
  };
}

type Prepared = { working: Working | null; kinds: ReadonlyMap<string, 'victim' | 'insured' | 'service'> };

/** What a decision needs from the books: who the payees are, and what the year's limit still holds. */
async function prepare(
  tx: Tx<InsuranceTables>,
  { was, act, now }: { was: StoredClaim; act: ClaimAct; now: Date },
): Promise<Result<Prepared, ActRefusal>> {
  const barred = await barredBy(tx, { was, act, now });
  if (barred) return refuse(barred);
  if (act.do === 'decide') return limitStillThere(tx, was);
  if (act.do !== 'assess') return accept({ working: null, kinds: new Map() });
  const twice = lossTwice(act.losses);
  if (twice) return refuse(twice);
  const rows = await tx
    .selectFrom('insurance.claim_party')
    .select(['id', 'kind'])
    .where('claim_id', '=', was.id)
    .execute();
  const kinds = new Map(rows.map((r) => [r.id, r.kind]));
  const stranger = act.losses.find((l) => !kinds.has(l.partyId));
  if (stranger) return refuse({ code: 'insurance.party_unknown', party: stranger.partyId });
  const above = aboveBenefit(was, act);
  if (above) return refuse(above);
  const { coverage } = was;
  const used = fen(await limitUsed(tx, was));
  return accept({ working: coverage ? workingOf(act.losses, limitsOf(coverage, used)) : null, kinds });
}

/** A letter leaves after its refusal and not tomorrow; while money is on its way a claim is neither refused nor closed. */
async function barredBy(
  tx: Tx<InsuranceTables>,
  { was, act, now }: { was: StoredClaim; act: ClaimAct; now: Date },
): Promise<ActRefusal | undefined> {
  if (act.do === 'send_refusal') {
    if (act.at > now) return { code: 'insurance.sent_in_future' };
    return !was.moments.refused || act.at < was.moments.refused ? { code: 'insurance.sent_before_refused' } : undefined;
  }
  if (act.do !== 'refuse' && act.do !== 'close') return undefined;
  const under = await tx
    .selectFrom('insurance.claim_payment')
    .select('id')
    .where('claim_id', '=', was.id)
    .where('state', 'in', ['proposed', 'ordered'])
    .executeTakeFirst();
  return under && { code: 'insurance.payment_under_way' };
}

/** An entrapment is paid by its table: nobody gets more than the time on file is due. */
function aboveBenefit(was: StoredClaim, act: Extract<ClaimAct, { do: 'assess' }>): ActRefusal | undefined {
  const table = was.coverage?.benefit;
  if (was.coverage?.kind !== 'entrapment' || !table || !was.body.release) return undefined;
  const most = benefitFor({ id: was.coverageId, ...table }, was.body.release.trapped.seconds);
  const amount = act.losses
    .map((l) => (l.kind === 'person' ? fen(l.medical + l.other) : l.amount))
    .find((a) => a > most);
  return amount === undefined ? undefined : { code: 'insurance.above_benefit', most, amount };
}

/** Another claim may have used the year's limit since the assessment: then it is assessed again. */
async function limitStillThere(tx: Tx<InsuranceTables>, was: StoredClaim): Promise<Result<Prepared, ActRefusal>> {
  await holdLimits(tx, was.policyId);
  const aggregate = was.coverage?.limits.aggregate ?? null;
  const assessed: Fen = sum(was.body.assessment?.items.map((i) => i.amount) ?? []);
  const left = aggregate === null ? null : fen(Math.max(aggregate - (await limitUsed(tx, was)), 0));
  return left !== null && assessed > left
    ? refuse({ code: 'insurance.limit_changed', left, assessed })
    : accept({ working: null, kinds: new Map() });
}

type Recording = { was: StoredClaim; is: StoredClaim; act: ClaimAct; actor: string };

async function record(tx: Tx<InsuranceTables>, deps: ClaimDeps, { was, is, act, actor }: Recording): Promise<void> {
  const at = deps.now();
  const next = nextClock(clocksFor(deps, is, at));
  await saveClaim(tx, { was, is }, { at, actor, name: act.do, next });
  if (act.do === 'decide') await acceptPrices(tx, is.id);
  await letterOfAct(tx, deps, { claim: is, act, by: actor });
  await claimEvent(tx, deps, { claim: is, by: act.do });
  if (act.do === 'decide' || act.do === 'refuse' || act.do === 'reopen')
    await claimNote(tx, is, { at, code: `insurance.trace.${act.do}` });
}

/** Prices of a repair that was accepted are what the next one is held against. */
async function acceptPrices(tx: Tx<InsuranceTables>, claimId: string): Promise<void> {
  await tx
    .updateTable('insurance.repair_line')
    .set((eb) => ({ accepted: eb('quantity', '*', eb.ref('unit_price')) }))
    .where('claim_id', '=', claimId)
    .execute();
}
