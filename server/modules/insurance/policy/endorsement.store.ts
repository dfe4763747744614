import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { EndorsementState, InsuranceTables, PolicyRow } from '../tables.ts';
import type { Effect, PolicyAsHeld } from './endorsement.rules.ts';
import type { Act, Rated } from './standing.rules.ts';

const money = z.int().transform((n): Fen => fen(n));
const payerParts = z.array(z.object({ payer: z.string(), amount: money }));
const rated = z.object({
  elevatorId: z.string(),
  code: z.string(),
  address: z.string(),
  areaCodes: z.array(z.string()),
  orgIds: z.array(z.string()),
  annual: money,
  parts: payerParts,
  working: z.unknown(),
});
const keeps = z.discriminatedUnion('method', [
  z.object({ method: z.literal('by_day') }),
  z.object({ method: z.literal('fee'), percent: z.int() }),
  z.object({ method: z.literal('short_rate'), table: z.array(z.int()) }),
  z.object({ method: z.literal('none') }),
  z.object({ method: z.literal('all') }),
]);
const common = { no: z.int(), on: z.string().transform((d) => d as Day) };
/** An act as it lies in a row: read back strictly, because older code wrote some of them. */
const storedAct = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('add'), elevators: z.array(rated) }),
  z.object({ ...common, kind: z.literal('remove'), elevatorIds: z.array(z.string()) }),
  z.object({ ...common, kind: z.literal('change'), elevators: z.array(rated) }),
  z.object({ ...common, kind: z.literal('takeover') }),
  z.object({ ...common, kind: z.literal('cancel'), keeps }),
  z.object({ ...common, kind: z.literal('reinstate'), cancels: z.int() }),
]);

/** A policy as held, with what else an endorsement needs of it. */
export type HeldPolicy = PolicyAsHeld & {
  id: string;
  number: string;
  leadOrgId: OrgId;
  holderOrgId: OrgId;
  productId: string | null;
  tariffId: string | null;
  elsewhere: boolean;
  version: number;
  areaCodes: string[];
  orgIds: string[];
};

/** The policy with everything it was, its row held until the transaction ends. */
export async function findHeld(tx: Tx<InsuranceTables>, id: string): Promise<HeldPolicy | undefined> {
  const row = await tx
    .selectFrom('insurance.policy as p')
    .leftJoin('insurance.product as d', 'd.id', 'p.product_id')
    .selectAll('p')
    .select('d.body')
    .where('p.id', '=', id)
    .forUpdate('p')
    .executeTakeFirst();
  if (!row) return undefined;
  const product = row.body === null ? null : productBody.parse(row.body);
  return {
    id,
    number: row.number,
    state: row.state,
    leadOrgId: row.lead_org_id,
    holderOrgId: row.holder_org_id,
    productId: row.product_id,
    tariffId: row.tariff_id,
    elsewhere: row.elsewhere,
    version: row.version,
    areaCodes: row.area_codes,
    orgIds: row.org_ids,
    ending: { feePercent: product?.cancelFeePercent ?? 0, shortRate: product?.shortRate ?? null },
    base: { term: { from: row.from_on as Day, to: row.to_on as Day }, lines: await baseLines(tx, row) },
    acts: await actsOf(tx, id),
  };
}

/** The lines as issued: from the quote, which does not change. */
async function baseLines(
  db: Db<InsuranceTables>,
  { quote_id }: Pick<PolicyRow, 'quote_id'>,
): Promise<readonly Rated[]> {
  if (quote_id === null) return [];
  const rows = await db
    .selectFrom('insurance.quoted_line')
    .selectAll()
    .where('quote_id', '=', quote_id)
    .where('refusal', 'is', null)
    .orderBy('elevator_id')
    .execute();
  return rows.map((row) => ({
    elevatorId: row.elevator_id,
    code: row.code,
    address: row.address,
    areaCodes: row.area_codes,
    orgIds: row.org_ids,
    annual: fen(row.total),
    parts: z.object({ parts: payerParts }).parse(row.premium).parts,
    working: null, // stands in the quote
  }));
}

async function actsOf(db: Db<InsuranceTables>, policyId: string): Promise<readonly Act[]> {
  const rows = await db
    .selectFrom('insurance.endorsement')
    .select('change')
    .where('policy_id', '=', policyId)
    .where('state', '=', 'issued')
    .orderBy('no')
    .execute();
  return rows.map((row) => z.object({ act: storedAct }).parse(row.change).act);
}

/** The next number of the policy's endorsements, whatever became of the earlier ones. */
export async function nextNo(db: Db<InsuranceTables>, policyId: string): Promise<number> {
  const row = await db
    .selectFrom('insurance.endorsement')
    .select((eb) => eb.fn.max('no').as('no'))
    .where('policy_id', '=', policyId)
    .executeTakeFirst();
  return 1 + (row?.no ?? 0);
}

export type NewEndorsement = {
  id: string;
  policy: HeldPolicy;
  act: Act;
  detail: Readonly<Record<string, unknown>>; // what the act itself does not say: reason, parties
  effect: Effect;
  state: EndorsementState;
  reason: string;
  by: string;
  at: Date;
};

export async function insertEndorsement(tx: Tx<InsuranceTables>, e: NewEndorsement): Promise<void> {
  await tx
    .insertInto('insurance.endorsement')
    .values({
      id: e.id,
      policy_id: e.policy.id,
      no: e.act.no,
      kind: e.act.kind,
      effective_on: e.act.on,
      recorded_at: e.at,
      recorded_by: e.by,
      change: JSON.stringify({ act: e.act, ...e.detail }),
      delta: e.effect.delta,
      owed: JSON.stringify(e.effect.owed),
      replayed: JSON.stringify(e.effect.replayed),
      state: e.state,
      reason: e.reason,
      issued_at: e.state === 'issued' ? e.at : null,
      area_codes: e.policy.areaCodes,
      org_ids: e.policy.orgIds,
    })
    .execute();
}

export type StoredEndorsement = {
  id: string;
  policyId: string;
  no: number;
  state: EndorsementState;
  act: Act;
  detail: Readonly<Record<string, unknown>>;
  recordedAt: Date;
};

/** One endorsement, its row held until the transaction ends. */
export async function findEndorsement(tx: Tx<InsuranceTables>, id: string): Promise<StoredEndorsement | undefined> {
  const row = await tx
    .selectFrom('insurance.endorsement')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  const { act, ...detail } = z.looseObject({ act: storedAct }).parse(row.change);
  return { id, policyId: row.policy_id, no: row.no, state: row.state, act, detail, recordedAt: row.recorded_at };
}

/** What became of an endorsement, with what it does now that it takes effect. */
export async function moveEndorsement(
  tx: Tx<InsuranceTables>,
  id: string,
  move: { state: EndorsementState; by: string; at: Date; note: string; effect?: Effect },
): Promise<void> {
  const { effect } = move;
  await tx
    .updateTable('insurance.endorsement')
    .set({
      state: move.state,
      decided_by: move.by,
      note: move.note,
      issued_at: move.state === 'issued' ? move.at : null,
    })
    .$if(effect !== undefined, (q) =>
      q.set({
        delta: effect?.delta ?? fen(0),
        owed: JSON.stringify(effect?.owed ?? []),
        replayed: JSON.stringify(effect?.replayed ?? []),
      }),
    )
    .where('id', '=', id)
    .execute();
}
