import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { brokersOf } from '../money/pool.store.ts';
import type { PayerPart } from '../product/rating.ts';
import type { InsuranceTables, PolicyRow } from '../tables.ts';
import type { Bindable } from './policy.rules.ts';

const parts = z.array(z.object({ payer: z.string(), amount: z.int().transform((n): Fen => fen(n)) }));
const members = z.array(z.object({ insurer: z.string(), shareBp: z.int() }));

export type Member = { insurer: string; shareBp: number };

export type StoredQuote = Bindable & {
  id: string;
  productId: string;
  tariffId: string;
  holderOrgId: OrgId;
  leadOrgId: OrgId | null;
  kind: PolicyRow['kind'];
  schemeCode: string;
  pool: readonly Member[]; // the scheme's co-insurers, lead first; empty in an open market
  soldBy: OrgId | null; // open market: the insurer whose product it is
  agentOrgId: OrgId | null;
  mandateId: string | null;
  renewedFrom: string | null;
  comparisonId: string | null;
  from: Day;
  to: Day;
  total: Fen;
  version: number;
};

/** The quote, its row held until the transaction ends. */
export async function findQuote(tx: Tx<InsuranceTables>, id: string): Promise<StoredQuote | undefined> {
  const row = await tx
    .selectFrom('insurance.quote as q')
    .innerJoin('insurance.product as p', 'p.id', 'q.product_id')
    .innerJoin('insurance.scheme as s', 's.id', 'p.scheme_id')
    .selectAll('q')
    .select(['s.kind', 's.code as scheme_code', 's.members', 'p.insurer_org_id'])
    .where('q.id', '=', id)
    .forUpdate('q')
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      productId: row.product_id,
      tariffId: row.tariff_id,
      holderOrgId: row.holder_org_id,
      leadOrgId: row.lead_org_id,
      kind: row.kind,
      schemeCode: row.scheme_code,
      pool: members.parse(row.members),
      soldBy: row.insurer_org_id,
      agentOrgId: row.agent_org_id,
      mandateId: row.mandate_id,
      renewedFrom: row.renewed_from,
      comparisonId: row.comparison_id,
      state: row.state,
      validUntil: row.valid_until,
      elevators: row.elevators,
      from: row.from_on as Day,
      to: row.to_on as Day,
      total: fen(row.total),
      version: row.version,
    }
  );
}

/** The quote is bound. Its row is held by `findQuote` of the same transaction. */
export async function markBound(tx: Tx<InsuranceTables>, quote: StoredQuote): Promise<void> {
  await tx
    .updateTable('insurance.quote')
    .set({ state: 'bound', version: quote.version + 1 })
    .where('id', '=', quote.id)
    .execute();
}

/**
 * Cover of the same kind that these elevators already have in the quote's term: to be disclosed (保险法 56). A cancelled
 * policy covers to the last day of its lines.
 */
export async function coverAlready(
  db: Db<InsuranceTables>,
  quote: StoredQuote,
): Promise<{ elevators: number; number: string } | undefined> {
  const { rows } = await sql<{ elevators: number; number: string }>`
    select count(*)::int as elevators, min(known.number) as number
    from insurance.quote_line q, lateral (
      select min(p.number) as number
      from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
      where l.elevator_id = q.elevator_id and l.from_on <= ${quote.to} and l.to_on >= ${quote.from}
        and p.kind = ${quote.kind} and p.state in ('awaiting_cash', 'issued', 'cancelled')
    ) known
    where q.quote_id = ${quote.id} and q.refusal is null and known.number is not null`.execute(db);
  const found = rows[0];
  return found && found.elevators > 0 ? found : undefined;
}

export type NewPolicy = {
  id: string;
  number: string;
  leadOrgId: OrgId;
  members: readonly Member[];
};

/** The policy and a line per rated elevator, taken from the quote as it stands. False when the insurer used the number before. */
export async function insertPolicy(tx: Tx<InsuranceTables>, quote: StoredQuote, policy: NewPolicy): Promise<boolean> {
  const agents = [...(quote.agentOrgId ? [quote.agentOrgId] : []), ...(await brokersOf(tx, quote.productId))];
  const orgIds = [quote.holderOrgId, policy.leadOrgId, ...policy.members.map((m) => m.insurer), ...agents];
  const { numAffectedRows } = await sql`
    insert into insurance.policy (id, number, lead_org_id, members, product_id, tariff_id, quote_id, holder_org_id,
      insured_org_id, kind, from_on, to_on, state, premium, agent_org_id, mandate_id, renewed_from, area_codes, org_ids)
    select ${policy.id}::uuid, ${policy.number}, ${policy.leadOrgId}::uuid, ${JSON.stringify(policy.members)}::jsonb,
      ${quote.productId}::uuid, ${quote.tariffId}::uuid, ${quote.id}::uuid, ${quote.holderOrgId}::uuid,
      ${quote.holderOrgId}::uuid, ${quote.kind}, ${quote.from}::date, ${quote.to}::date, 'awaiting_cash', ${quote.total},
      ${quote.agentOrgId}::uuid, ${quote.mandateId}::uuid, ${quote.renewedFrom}::uuid,
      coalesce((select array_agg(distinct a) from insurance.quote_line q, unnest(q.area_codes) a
        where q.quote_id = ${quote.id} and q.refusal is null), '{}'),
      ${[...new Set(orgIds)]}::uuid[]
    on conflict (lead_org_id, number) do nothing`.execute(tx);
  if (numAffectedRows !== 1n) return false;
  await sql`
    insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts,
      area_codes, org_ids, code, address, funding)
    select gen_random_uuid(), ${policy.id}::uuid, q.elevator_id, ${quote.from}::date, ${quote.to}::date, q.total, q.total,
      q.premium -> 'parts', q.area_codes, ${[...new Set(orgIds)]}::uuid[] || q.org_ids, q.code, q.address, q.funding
    from insurance.quoted_line q
    where q.quote_id = ${quote.id} and q.refusal is null`.execute(tx);
  return true;
}

export type StoredPolicy = {
  id: string;
  number: string;
  state: PolicyRow['state'];
  kind: PolicyRow['kind'];
  leadOrgId: OrgId;
  holderOrgId: OrgId;
  members: readonly { insurer: string; shareBp: number }[];
  schemeCode: string | null;
  productId: string | null;
  from: Day;
  to: Day;
  premium: Fen;
  version: number;
  areaCodes: string[];
  orgIds: string[];
  owed: readonly PayerPart[];
};

/** Policies with what each payer owes on them, asked for in a set. */
export async function policiesFor(db: Db<InsuranceTables>, ids: readonly string[]): Promise<readonly StoredPolicy[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('insurance.policy as p')
    .leftJoin('insurance.product as d', 'd.id', 'p.product_id')
    .leftJoin('insurance.scheme as s', 's.id', 'd.scheme_id')
    .selectAll('p')
    .select('s.code as scheme_code')
    .where('p.id', 'in', [...ids])
    .execute();
  const { rows: owed } = await sql<{ policy_id: string; payer: string; amount: number }>`
    select o.policy_id, o.part ->> 'payer' as payer, sum((o.part ->> 'amount')::bigint)::bigint as amount
    from (
      select l.policy_id, x as part from insurance.policy_line l, jsonb_array_elements(l.parts) x
        where l.policy_id = any(${[...ids]}::uuid[])
      union all
      select p.id, x from insurance.policy p, jsonb_array_elements(p.kept) x where p.id = any(${[...ids]}::uuid[])
      union all -- an endorsement that waits for its money is owed before it takes effect
      select e.policy_id, x from insurance.endorsement e, jsonb_array_elements(e.owed) x
        where e.policy_id = any(${[...ids]}::uuid[]) and e.state = 'awaiting_cash' and (x ->> 'amount')::bigint > 0
    ) o group by 1, 2 order by 1, 2`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    state: row.state,
    kind: row.kind,
    leadOrgId: row.lead_org_id,
    holderOrgId: row.holder_org_id,
    members: members.parse(row.members),
    schemeCode: row.scheme_code,
    productId: row.product_id,
    from: row.from_on as Day,
    to: row.to_on as Day,
    premium: fen(row.premium),
    version: row.version,
    areaCodes: row.area_codes,
    orgIds: row.org_ids,
    owed: parts.parse(owed.filter((o) => o.policy_id === row.id).map(({ payer, amount }) => ({ payer, amount }))),
  }));
}

/** The policy is in force from its first day. False when it changed meanwhile. */
export async function markIssued(tx: Tx<InsuranceTables>, policy: StoredPolicy, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('insurance.policy')
    .set({ state: 'issued', issued_at: at, version: policy.version + 1 })
    .where('id', '=', policy.id)
    .where('version', '=', policy.version)
    .where('state', '=', 'awaiting_cash')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** The elevators a policy covers or covered, each once. */
export async function elevatorsOf(db: Db<InsuranceTables>, policyId: string): Promise<readonly ElevatorId[]> {
  const rows = await db
    .selectFrom('insurance.policy_line')
    .select('elevator_id')
    .distinct()
    .where('policy_id', '=', policyId)
    .execute();
  return rows.map((r) => r.elevator_id);
}
