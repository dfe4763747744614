import { sql } from 'kysely';
import type { Tx } from '../kernel/db.ts';
import type { Kernel } from '../kernel/module.ts';
import { fen } from '../kernel/money.ts';
import type { Event } from '../kernel/outbox.ts';
import { addDays, addSeconds, dayOf, startOf } from '../kernel/time.ts';
import type { ClaimDeps } from '../modules/insurance/claim/claim.deps.ts';
import { claimModuleOn } from '../modules/insurance/claim/claim.module.ts';
import { confirmPayment } from '../modules/insurance/claim/claim-bank.service.ts';
import { releasePayments } from '../modules/insurance/claim/claim-payment.service.ts';
import { fillDraft } from '../modules/insurance/claim/claimant.service.ts';
import { approveRule, setAuthority } from '../modules/insurance/claim/clean-rule.service.ts';
import type { CityPack } from '../packs.ts';
import { chanceOf } from '../simulate/chance.ts';
import { tellStories } from './claim-stories.ts';
import { type Course, courseOf } from './claims.rules.ts';
import { type ClaimPeople, claimDepsOn, claimPeople } from './claims.says.ts';
import { residentId } from './resident-id.ts';

/** How much the invented insurer lets its people decide, and its rule for entrapments. */
const AUTHORITY = { handler: 500_000, approver: 50_000_000 } as const;
const CLEAN = { mostPerHead: fen(50_000), mostHeads: 20 };
const SEED = 20_261;
/** A claim drafts itself within a minute after the release. */
const DRAFTED_AFTER_SECONDS = 20;

/** What the invented insurer makes of the weeks behind: it hears of each release at its time, and works on what came of it. */
export type DemoClaims = {
  heard: (tx: Tx<unknown>, incidentId: string) => Promise<void>;
  work: (goOn: () => boolean) => Promise<number>;
};

/**
 * The claims of the demo's weeks behind, by the services of the product with the clock set back: authority set and the clean
 * rule approved before the first of them, accidents reported by people, entrapments drafted as they were released, filled in
 * by most, paid on working days and in the bank's hours. What is left waits for the visitor. Undefined where nobody works.
 */
export async function demoClaims(kernel: Kernel, pack: CityPack, pastDays: number): Promise<DemoClaims | undefined> {
  const people = await claimPeople(kernel);
  if (!people) return undefined;
  const depsAt = (at: Date) => claimDepsOn(kernel, pack, () => at);
  const { db } = depsAt(kernel.now());
  const ruled = await db.selectFrom('insurance.clean_rule').select('id').executeTakeFirst();
  if (!ruled) await beginAll(kernel, depsAt, { people, pastDays });
  return {
    heard: (tx, incidentId) => hear(tx, depsAt, incidentId),
    work: async (goOn) => {
      const worked = await db
        .selectFrom('insurance.claim_payment')
        .select('id')
        .where('key', 'like', 'draft:%')
        .limit(1)
        .executeTakeFirst();
      return worked ? 0 : workOff(kernel, depsAt, { people, goOn });
    },
  };
}

type DepsAt = (at: Date) => ClaimDeps;

async function beginAll(
  kernel: Kernel,
  depsAt: DepsAt,
  { people, pastDays }: { people: ClaimPeople; pastDays: number },
): Promise<void> {
  const first = addSeconds(startOf(addDays(dayOf(kernel.now()), -2 * pastDays - 1)), 36_000);
  for (const role of ['handler', 'approver'] as const)
    await setAuthority(depsAt(first), people.underwriter, { role, amount: AUTHORITY[role] });
  await approveRule(depsAt(first), people.approver, CLEAN);
  await tellStories({ kernel, depsAt, people });
}

type Told = Omit<Event, 'occurredAt' | 'audience'> & { occurred_at: Date; area_codes: string[]; org_ids: string[] };

/** The releases of a rescue that was just written down: the relay finds them heard, and drafts nothing twice. */
async function hear(tx: Tx<unknown>, depsAt: DepsAt, incidentId: string): Promise<void> {
  const { rows } = await sql<Told>`select id, type, v, occurred_at, subject, version, area_codes, org_ids, data
    from kernel.outbox where subject = ${incidentId} and sent_at is null
      and type in ('rescue.people_released', 'rescue.release_corrected') order by version`.execute(tx);
  for (const { occurred_at: occurredAt, area_codes: areaCodes, org_ids: orgIds, ...told } of rows) {
    const deps = depsAt(addSeconds(occurredAt, DRAFTED_AFTER_SECONDS));
    const event = { ...told, occurredAt, audience: { areaCodes, orgIds } };
    await claimModuleOn(deps).reactions[told.type]?.(tx, event);
  }
}

type Act = { at: Date; run: () => Promise<void> };

/** Everything people and the bank did, in the order in which it happened. Returns how many filled in. */
async function workOff(
  kernel: Kernel,
  depsAt: DepsAt,
  { people, goOn }: { people: ClaimPeople; goOn: () => boolean },
): Promise<number> {
  const now = kernel.now();
  const { db, calendar } = depsAt(now);
  const drafts = await db
    .selectFrom('insurance.entrapment_draft')
    .select(['id', 'made_at'])
    .where('state', '=', 'waiting')
    .orderBy('made_at')
    .orderBy('claim_id')
    .orderBy('head')
    .execute();
  const acts: Act[] = [];
  let filled = 0;
  for (const [i, { id, made_at: madeAt }] of drafts.entries()) {
    const course = courseOf({ madeAt, now, calendar, chance: chanceOf(SEED, String(i)) });
    if (course) acts.push(...actsOf(depsAt, { id, i, course, cashier: people.cashier, filled: () => (filled += 1) }));
  }
  for (const { run } of acts.toSorted((a, b) => a.at.getTime() - b.at.getTime())) if (goOn()) await run();
  return filled;
}

type Head = { id: string; i: number; course: Course; cashier: ClaimPeople['cashier']; filled: () => void };

function actsOf(depsAt: DepsAt, head: Head): readonly Act[] {
  const { filledAt, releasedAt, arrivedAt } = head.course;
  const acts: Act[] = [{ at: filledAt, run: () => fillIn(depsAt(filledAt), head) }];
  if (releasedAt) acts.push({ at: releasedAt, run: () => letGo(depsAt(releasedAt), head) });
  if (arrivedAt) acts.push({ at: arrivedAt, run: () => arrive(depsAt(arrivedAt), arrivedAt, head) });
  return acts;
}

/** The person says who he is, with an invented name, number, phone and account. */
async function fillIn(deps: ClaimDeps, { id: draftId, i, filled }: Head): Promise<void> {
  const serial = String(i + 1).padStart(6, '0');
  const name = `示例乘客${i + 1}`;
  const done = await fillDraft(deps, {
    draftId,
    claimant: {
      name,
      idKind: 'resident',
      idNumber: residentId(i),
      phone: `10001${serial}`,
      account: { bank: '示例银行', number: `6200000000${serial}`, holder: name },
    },
  });
  if (done.ok) filled();
}

const paymentOf = ({ db }: ClaimDeps, { id }: Head) =>
  db
    .selectFrom('insurance.claim_payment')
    .select(['id', 'amount', 'state'])
    .where('key', '=', `draft:${id}`)
    .executeTakeFirst();

async function letGo(deps: ClaimDeps, head: Head): Promise<void> {
  const payment = await paymentOf(deps, head); // none where a handler must look first
  if (payment) await releasePayments(deps, head.cashier, [payment.id]);
}

async function arrive(deps: ClaimDeps, at: Date, head: Head): Promise<void> {
  const payment = await paymentOf(deps, head);
  if (payment?.state !== 'ordered') return;
  const bankRef = `示例赔付流水${String(head.i + 1).padStart(6, '0')}`;
  const word = { at, account: '****0001', bankRef, amount: fen(payment.amount), byHand: false, proof: null };
  await confirmPayment(deps, head.cashier, { id: payment.id, word });
}
