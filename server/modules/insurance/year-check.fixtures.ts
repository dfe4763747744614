import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { InsuranceTables } from './tables.ts';
import type { Diary } from './year.fixtures.ts';

/** One record on which two ways of counting differ. */
export type Difference = { what: string; record: string; left: number; right: number };

type Sums = ReadonlyMap<string, number>;

/** Every record on which the two sides do not say the same; a record that only one side has counts as zero on the other. */
export const differ = (what: string, left: Sums, right: Sums): readonly Difference[] =>
  [...new Set([...left.keys(), ...right.keys()])]
    .map((record) => ({ what, record, left: left.get(record) ?? 0, right: right.get(record) ?? 0 }))
    .filter((d) => d.left !== d.right);

type Asking = { db: Db<InsuranceTables>; diary: Diary };

async function sums(db: Db<InsuranceTables>, query: RawBuilder<{ key: string; amount: number }>): Promise<Sums> {
  const { rows } = await query.execute(db);
  return new Map(rows.map((r) => [r.key, r.amount]));
}

const one = (n: number): Sums => new Map([['all', n]]);
const ofAll = async (db: Db<InsuranceTables>, query: RawBuilder<{ key: string; amount: number }>): Promise<Sums> =>
  one((await sums(db, query)).get('all') ?? 0);

/**
 * The year counted again by plain sums over the tables, which know nothing of the services and views that are checked, and
 * against the diary of what people did. Empty, when all agree to the fen.
 */
export async function checkYear({ db, diary }: Asking): Promise<readonly Difference[]> {
  const ledger = (account: string, sign: 1 | -1, by: 'policy_id' | 'claim_id') =>
    sums(
      db,
      sql`select ${sql.ref(by)}::text as key, (${sql.lit(sign)} * sum(amount))::bigint as amount from insurance.posting
        where account = ${account} and ${sql.ref(by)} is not null group by 1 having sum(amount) <> 0`,
    );
  const written = await ledger('premium_written', -1, 'policy_id');
  const claimsPaid = await ledger('claims_paid', 1, 'claim_id');
  const policies = await sums(db, sql`select id::text as key, premium as amount from insurance.policy`);
  const stretches = await sums(
    db,
    sql`select policy_id::text as key, sum((x ->> 'amount')::bigint)::bigint as amount from (
      select policy_id, parts from insurance.policy_line union all select id, kept from insurance.policy) l,
      jsonb_array_elements(l.parts) x group by 1`,
  );
  const bankLines = await ofAll(db, sql`select 'all' as key, sum(amount)::bigint as amount from insurance.bank_line`);
  const bank = await ofAll(
    db,
    sql`select 'all' as key, sum(amount)::bigint as amount from insurance.posting where account = 'bank'`,
  );
  const arrived = await sums(
    db,
    sql`select claim_id::text as key, sum(amount)::bigint as amount from insurance.claim_payment where state = 'paid' group by 1`,
  );
  const open = await sums(
    db,
    sql`select case account when 'suspense' then account else account || ' ' || coalesce(policy_id::text, claim_id::text, '') end as key, sum(amount)::bigint as amount
      from insurance.posting where account in ('claims_payable', 'premium_refundable', 'suspense') group by 1 having sum(amount) <> 0`,
  );
  const unbalanced = await sums(
    db,
    sql`select entry_id::text as key, sum(amount)::bigint as amount from insurance.posting group by 1 having sum(amount) <> 0`,
  );
  return [
    ...differ('premium: diary and books', diary.written, written),
    ...differ('premium: register and books', policies, written),
    ...differ('premium: stretches of cover with what was kept, and register', stretches, policies),
    ...differ('bank: what was typed and statement', one(diary.bank), bankLines),
    ...differ('bank: statement and books', bankLines, bank),
    ...differ('claims: diary and books', diary.claims, claimsPaid),
    ...differ('claims: payments and books', arrived, claimsPaid),
    ...differ('nothing stays owed or unknown', open, new Map()),
    ...differ('every entry sums to zero', unbalanced, new Map()),
    ...(await checkPool(db)),
  ];
}

/** Months between co-insurers: what they shared is what the books wrote on shared policies, and each member has his share. */
async function checkPool(db: Db<InsuranceTables>): Promise<readonly Difference[]> {
  const shared = await sums(
    db,
    sql`select l ->> 'kind' as key, sum((l ->> 'amount')::bigint)::bigint as amount
      from insurance.pool_month m, jsonb_array_elements(m.content -> 'lines') l group by 1`,
  );
  const booked = await sums(
    db,
    sql`select case p.account when 'premium_written' then 'premium' else 'claim' end as key,
        sum(case p.account when 'premium_written' then -p.amount else p.amount end)::bigint as amount
      from insurance.posting p join insurance.entry e on e.id = p.entry_id
      where p.account in ('premium_written', 'claims_paid') and e.at < '2026-12-31T16:00:00Z' group by 1`,
  );
  const parts = await sums(
    db,
    sql`select l ->> 'record' || ' ' || row_number() over (order by m.month, n) as key,
        ((l ->> 'amount')::bigint - (select sum((x ->> 'amount')::bigint) from jsonb_array_elements(l -> 'parts') x))::bigint as amount
      from insurance.pool_month m, jsonb_array_elements(m.content -> 'lines') with ordinality as t (l, n)`,
  );
  const owed = await sums(
    db,
    sql`select p.party as key, -sum(p.amount)::bigint as amount from insurance.posting p where p.account = 'member_payable' group by 1`,
  );
  const told = await sums(
    db,
    sql`select t ->> 'insurer' as key, sum((t ->> 'net')::bigint)::bigint as amount
      from insurance.pool_month m, jsonb_array_elements(m.content -> 'totals') t where t ->> 'insurer' <> m.lead_org_id::text group by 1`,
  );
  const whole = new Map([...parts].filter(([, difference]) => difference !== 0));
  return [
    ...differ('bordereaux: lines and books', shared, booked),
    ...differ('bordereaux: the parts of a line sum to it', whole, new Map()),
    ...differ('bordereaux: what is owed to members, and books', told, owed),
  ];
}

export type AnnexByHand = { annual: Sums; paid: Sums };

/**
 * What a district's forms must say, elevator by elevator: what was written on it with endorsements, as of a whole year, and
 * the money that arrived.
 */
export async function annexByHand(db: Db<InsuranceTables>, district: string): Promise<AnnexByHand> {
  const annual = await sums(
    db,
    sql`select elevator_id::text as key, sum(a)::bigint as amount from (
      select l.elevator_id, round(sum(l.premium)::numeric * 365 / (max(least(l.to_on, coalesce(p.ended_on, l.to_on))) - min(l.from_on) + 1)) as a
      from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
      where l.area_codes @> array[${district}] group by l.elevator_id, p.id) y group by 1`,
  );
  const paid = await sums(
    db,
    sql`select c.elevator_id::text as key, sum(p.amount)::bigint as amount from insurance.claim_payment p
      join insurance.claim c on c.id = p.claim_id join registry.elevator e on e.id = c.elevator_id
      where p.state = 'paid' and e.district_code = ${district} group by 1`,
  );
  return { annual, paid };
}
