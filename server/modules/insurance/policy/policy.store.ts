import { sql } from 'kysely';
import { z } from 'zod';
import { type Db, insertMany, type Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { brokersOf } from '../money/pool.store.ts';
import type { PayerPart } from '../product/rating.ts';
import type { InsuranceTables, PolicyRow } from '../tables.ts';
import type { Bindable } from './policy.rules.ts';

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
export const findQuote = async (tx: Tx<InsuranceTables>, id: string): Promise<StoredQuote | undefined> =>
  (await findQuotes(tx, [id])).get(id);

/** Quotes, their rows held until the transaction ends; always in the same order, so that no two who hold some wait for each other. */
export async function findQuotes(
  tx: Tx<InsuranceTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredQuote>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('insurance.quote as q')
    .innerJoin('insurance.product as p', 'p.id', 'q.product_id')
    .innerJoin('insurance.scheme as s', 's.id', 'p.scheme_id')
    .selectAll('q')
    .select(['s.kind', 's.code as scheme_code', 's.members', 'p.insurer_org_id'])
    .where('q.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .orderBy('q.id')
    .forUpdate('q')
    .execute();
  return new Map(
    rows.map((row): [string, StoredQuote] => [
      row.id,
      {
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
      },
    ]),
  );
}

/** Quotes that name an elevator which another of these quotes names too. */
export async function quotesSharing(db: Db<InsuranceTables>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ quote_id: string }>`
    select distinct unnest(array_agg(quote_id)) as quote_id from insurance.quote_line
    where quote_id = any(${[...ids]}::uuid[]) and refusal is null group by elevator_id having count(*) > 1`.execute(db);
  return new Set(rows.map((r) => r.quote_id));
}

/** The quotes are bound. Their rows are held by `findQuotes` of the same transaction. */
export async function markBound(tx: Tx<InsuranceTables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update insurance.quote set state = 'bound', version = version + 1 where id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
}

export type CoverAlready = { elevators: number; number: string };

/**
 * Cover of the same kind that the elevators of quotes already have in their terms: to be disclosed (保险法 56). A cancelled
 * policy covers to the last day of its lines.
 */
export async function coverAlready(
  db: Db<InsuranceTables>,
  quotes: readonly StoredQuote[],
): Promise<ReadonlyMap<string, CoverAlready>> {
  if (quotes.length === 0) return new Map();
  const { rows } = await sql<CoverAlready & { quote_id: string }>`
    select q.quote_id, count(*)::int as elevators, min(known.number) as number
    from unnest(${quotes.map((q) => q.id)}::uuid[], ${quotes.map((q) => q.from)}::date[], ${quotes.map((q) => q.to)}::date[],
        ${quotes.map((q) => q.kind)}::text[]) as asked (id, from_on, to_on, kind)
      join insurance.quote_line q on q.quote_id = asked.id, lateral (
      select min(p.number) as number
      from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
      where l.elevator_id = q.elevator_id and l.from_on <= asked.to_on and l.to_on >= asked.from_on
        and p.kind = asked.kind and p.state in ('awaiting_cash', 'issued', 'cancelled')
    ) known
    where q.refusal is null and known.number is not null group by q.quote_id`.execute(db);
  return new Map(rows.map(({ quote_id, elevators, number }) => [quote_id, { elevators, number }]));
}

export type NewPolicy = {
  id: string;
  number: string;
  leadOrgId: OrgId;
  members: readonly Member[];
  quote: StoredQuote;
};

/** Policies taken from their quotes as they stand; answers the ids of those whose number the insurer had not used before. */
export async function insertPolicies(
  tx: Tx<InsuranceTables>,
  policies: readonly NewPolicy[],
): Promise<ReadonlySet<string>> {
  const areas = await areasOfQuotes(
    tx,
    policies.map((p) => p.quote.id),
  );
  const brokers = new Map<string, readonly OrgId[]>();
  for (const productId of new Set(policies.map((p) => p.quote.productId)))
    brokers.set(productId, await brokersOf(tx, productId));
  const rows = policies.map(({ id, number, leadOrgId, members: insurers, quote }) => {
    const agents = [...(quote.agentOrgId ? [quote.agentOrgId] : []), ...(brokers.get(quote.productId) ?? [])];
    return {
      id,
      number,
      lead_org_id: leadOrgId,
      members: insurers,
      product_id: quote.productId,
      tariff_id: quote.tariffId,
      quote_id: quote.id,
      holder_org_id: quote.holderOrgId,
      insured_org_id: quote.holderOrgId,
      kind: quote.kind,
      from_on: quote.from,
      to_on: quote.to,
      state: 'awaiting_cash',
      premium: quote.total,
      agent_org_id: quote.agentOrgId,
      mandate_id: quote.mandateId,
      renewed_from: quote.renewedFrom,
      area_codes: areas.get(quote.id) ?? [],
      org_ids: [...new Set([quote.holderOrgId, leadOrgId, ...insurers.map((m) => m.insurer), ...agents])],
    };
  });
  const rest = sql<{ id: string }>`on conflict (lead_org_id, number) do nothing returning id`;
  return insertMany(tx, { table: 'insurance.policy', rest }, rows);
}

async function areasOfQuotes(
  db: Db<InsuranceTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ quote_id: string; areas: string[] }>`
    select q.quote_id, array_agg(distinct a) as areas from insurance.quote_line q, unnest(q.area_codes) a
    where q.quote_id = any(${[...ids]}::uuid[]) and q.refusal is null group by q.quote_id`.execute(db);
  return new Map(rows.map((r) => [r.quote_id, r.areas]));
}

/** A line per rated elevator of the quotes of these policies. What it rests on stays in the quote, which does not change. */
export async function insertPolicyLines(tx: Tx<InsuranceTables>, policyIds: readonly string[]): Promise<void> {
  if (policyIds.length === 0) return;
  await sql`
    insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts,
      area_codes, org_ids, code, address, funding)
    select gen_random_uuid(), p.id, q.elevator_id, p.from_on, p.to_on, q.total, q.total,
      q.premium -> 'parts', q.area_codes, p.org_ids || q.org_ids, q.code, q.address, q.funding
    from insurance.policy p join insurance.quoted_line q on q.quote_id = p.quote_id
    where p.id = any(${[...policyIds]}::uuid[]) and q.refusal is null`.execute(tx);
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
  endedOn: Day | null; // the last day a cancellation set
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
    .where('p.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
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
  const owedOn = new Map<string, PayerPart[]>();
  for (const { policy_id, payer, amount } of owed)
    owedOn.set(policy_id, [...(owedOn.get(policy_id) ?? []), { payer, amount: fen(amount) }]);
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
    endedOn: row.ended_on as Day | null,
    premium: fen(row.premium),
    version: row.version,
    areaCodes: row.area_codes,
    orgIds: row.org_ids,
    owed: owedOn.get(row.id) ?? [],
  }));
}
