import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import { addDays, dayOf, startOf } from '../../../kernel/time.ts';
import { type FiledCoverage, productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';
import {
  type ClaimBody,
  claimBody,
  moments as momentsRow,
  type Place,
  place as placeRow,
  promiseClocks,
  type Verification,
  verification as verificationRow,
} from './claim.rows.ts';
import type { Claim, Payment } from './claim.rules.ts';
import type { Channel, ClaimRow } from './claim.tables.ts';
import type { ClaimClock, ClaimClockRule, Moments } from './claim-clock.rules.ts';
import type { LossKind } from './cover.rules.ts';

/** A claim as it stands, with what is needed to decide on it. */
export type StoredClaim = {
  id: string;
  number: string;
  policyId: string;
  elevatorId: ElevatorId;
  coverageId: string;
  kind: LossKind;
  incidentId: string | null;
  happenedAt: Date;
  reportedAt: Date;
  channel: Channel;
  phase: Claim['phase'];
  body: ClaimBody;
  payments: readonly Payment[];
  moments: Moments;
  verification: Verification;
  place: Place;
  leadOrgId: OrgId;
  version: number;
  areaCodes: string[];
  orgIds: string[];
  keepUntilOn: string | null;
  coverage: FiledCoverage | undefined;
  promises: readonly ClaimClockRule[];
};

/** The claim as the rules see it. */
export const ruleViewOf = ({ body, phase, payments }: Pick<StoredClaim, 'body' | 'phase' | 'payments'>): Claim => ({
  ...body,
  phase,
  payments,
});

/** Payments that stand: what the bank gave back does not. */
async function paymentsOf(db: Db<InsuranceTables>, claimId: string): Promise<readonly Payment[]> {
  const rows = await db
    .selectFrom('insurance.claim_payment')
    .selectAll()
    .where('claim_id', '=', claimId)
    .where('state', '<>', 'returned')
    .orderBy('proposed_at')
    .execute();
  return rows.map((p) => ({
    id: p.item_id,
    payee: p.party_id,
    payeeKind: p.payee_kind,
    amount: fen(p.amount),
    kind: p.kind,
    by: p.ordered_by ?? p.proposed_by,
    insuredPaidVictimProof: p.victim_paid_paper ?? p.victim_paid_proof,
  }));
}

/** The claim, its row held until the transaction ends when something will be written. */
export async function findClaim(
  db: Db<InsuranceTables>,
  id: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<StoredClaim | undefined> {
  let query = db.selectFrom('insurance.claim').selectAll().where('id', '=', id);
  if (hold) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return row && complete(db, row);
}

async function complete(db: Db<InsuranceTables>, row: Selectable<ClaimRow>): Promise<StoredClaim> {
  const product = await db
    .selectFrom('insurance.policy as p')
    .innerJoin('insurance.product as d', 'd.id', 'p.product_id')
    .select('d.body')
    .where('p.id', '=', row.policy_id)
    .executeTakeFirst();
  const text = product && productBody.parse(product.body);
  return {
    id: row.id,
    number: row.number,
    policyId: row.policy_id,
    elevatorId: row.elevator_id,
    coverageId: row.coverage_id,
    kind: row.kind,
    incidentId: row.incident_id,
    happenedAt: row.happened_at,
    reportedAt: row.reported_at,
    channel: row.channel,
    phase: row.phase,
    body: claimBody.parse(row.body),
    payments: await paymentsOf(db, row.id),
    moments: momentsRow.parse(row.moments),
    verification: verificationRow.parse(row.verification),
    place: placeRow.parse(row.place),
    leadOrgId: row.lead_org_id,
    version: row.version,
    areaCodes: row.area_codes,
    orgIds: row.org_ids,
    keepUntilOn: row.keep_until_on,
    coverage: text?.coverages.find((c) => c.id === row.coverage_id),
    promises: text ? promiseClocks(text) : [],
  };
}

/** Claims of an elevator around an instant: those a new word may belong to. */
export async function claimsNear(
  db: Db<InsuranceTables>,
  elevatorId: ElevatorId,
  at: Date,
): Promise<readonly { id: string; policyId: string; happenedAt: Date; incidentId: string | null }[]> {
  const day = dayOf(at);
  const rows = await db
    .selectFrom('insurance.claim')
    .select(['id', 'policy_id', 'happened_at', 'incident_id'])
    .where('elevator_id', '=', elevatorId)
    .where('happened_at', '>=', startOf(addDays(day, -1)))
    .where('happened_at', '<', startOf(addDays(day, 2)))
    .orderBy('happened_at')
    .execute();
  return rows.map((r) => ({
    id: r.id,
    policyId: r.policy_id,
    happenedAt: r.happened_at,
    incidentId: r.incident_id,
  }));
}

/** A number for people: LP (理赔), the city day, a running number. */
export async function nextClaimNumber(db: Db<InsuranceTables>, at: Date): Promise<string> {
  const { rows } = await sql<{ n: number }>`select nextval('insurance.claim_no') as n`.execute(db);
  return `LP${dayOf(at).replaceAll('-', '')}${String(rows[0]?.n ?? 0).padStart(6, '0')}`;
}

export type NewClaim = Omit<StoredClaim, 'payments' | 'version' | 'coverage' | 'promises'> & {
  accidentKey: string;
  next: ClaimClock | undefined;
};

export async function insertClaim(tx: Tx<InsuranceTables>, claim: NewClaim): Promise<void> {
  await tx
    .insertInto('insurance.claim')
    .values({
      id: claim.id,
      number: claim.number,
      policy_id: claim.policyId,
      elevator_id: claim.elevatorId,
      coverage_id: claim.coverageId,
      kind: claim.kind,
      accident_key: claim.accidentKey,
      incident_id: claim.incidentId,
      happened_at: claim.happenedAt,
      reported_at: claim.reportedAt,
      channel: claim.channel,
      phase: claim.phase,
      body: JSON.stringify(claim.body),
      moments: JSON.stringify(claim.moments),
      verification: JSON.stringify(claim.verification),
      place: JSON.stringify(claim.place),
      lead_org_id: claim.leadOrgId,
      due_at: claim.next?.dueAt ?? null,
      due_clock: claim.next?.id ?? null,
      keep_until_on: claim.keepUntilOn,
      area_codes: claim.areaCodes,
      org_ids: claim.orgIds,
    })
    .execute();
}

export type Step = { at: Date; actor: string; name: string; next: ClaimClock | undefined };

/** Save a claim that was held, and keep the step with what was and what is: nothing is overwritten without a trace. */
export async function saveClaim(
  tx: Tx<InsuranceTables>,
  { was, is }: { was: StoredClaim; is: StoredClaim },
  step: Step,
): Promise<void> {
  await tx
    .updateTable('insurance.claim')
    .set({
      kind: is.kind,
      phase: is.phase,
      body: JSON.stringify(is.body),
      moments: JSON.stringify(is.moments),
      due_at: step.next?.dueAt ?? null,
      due_clock: step.next?.id ?? null,
      version: was.version + 1,
    })
    .where('id', '=', was.id)
    .execute();
  await addStep(tx, { claimId: was.id, ...step, before: stepView(was), after: stepView(is) });
}

const stepView = ({ kind, phase, body, moments }: StoredClaim) => ({ kind, phase, body, moments });

export async function addStep(
  tx: Tx<InsuranceTables>,
  step: { claimId: string; at: Date; actor: string; name: string; before: unknown; after: unknown },
): Promise<void> {
  await tx
    .insertInto('insurance.claim_step')
    .values({
      claim_id: step.claimId,
      at: step.at,
      actor: step.actor,
      step: step.name,
      before: JSON.stringify(step.before),
      after: JSON.stringify(step.after),
    })
    .execute();
}

/** What other claims on this cover have used of the year's limit, whoever's eyes they are hidden from. */
export async function limitUsed(db: Db<InsuranceTables>, claim: StoredClaim): Promise<number> {
  const { rows } = await sql<{ used: number }>`
    select insurance.limit_used(${claim.policyId}::uuid, ${claim.elevatorId}::uuid, ${claim.coverageId}, ${claim.id}::uuid) as used`.execute(
    db,
  );
  return rows[0]?.used ?? 0;
}

/** Nobody else decides on this policy's limits meanwhile. */
export async function holdLimits(tx: Tx<InsuranceTables>, policyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`insurance.limits ${policyId}`}, 0))`.execute(tx);
}
