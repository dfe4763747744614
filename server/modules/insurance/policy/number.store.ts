import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import type { InsuranceTables } from '../tables.ts';

/** Take the insurers' next allotted numbers for policies, in the order given; a policy for which none is left is not in the answer. */
export async function takeNumbers(
  tx: Tx<InsuranceTables>,
  policies: readonly { insurer: OrgId; policyId: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (policies.length === 0) return new Map();
  const { rows } = await sql<{ policy_id: string; number: string | null }>`
    select w.policy_id, insurance.take_number(w.insurer, w.policy_id) as number
    from unnest(${policies.map((p) => p.insurer)}::uuid[], ${policies.map((p) => p.policyId)}::uuid[]) as w (insurer, policy_id)`.execute(
    tx,
  );
  return new Map(rows.flatMap((r) => (r.number === null ? [] : [[r.policy_id, r.number] as const])));
}

/** Keep numbers the insurer allotted, in the order given. Returns those it had allotted or used before. */
export async function giveNumbers(
  tx: Tx<InsuranceTables>,
  { insurer, numbers, by, at }: { insurer: OrgId; numbers: readonly string[]; by: string; at: Date },
): Promise<readonly string[]> {
  const { rows } = await sql<{ number: string }>`
    with given as (select n.number, n.place from unnest(${[...numbers]}::text[]) with ordinality as n (number, place)),
    known as (
      select g.number from given g where exists (select from insurance.policy_number k
          where k.insurer_org_id = ${insurer}::uuid and k.number = g.number)
        or exists (select from insurance.policy p where p.lead_org_id = ${insurer}::uuid and p.number = g.number)),
    kept as (
      insert into insurance.policy_number (insurer_org_id, number, given_at, given_by, org_ids)
      select ${insurer}::uuid, g.number, ${at}, ${by}, array[${insurer}::uuid] from given g
      where g.number not in (select number from known) order by g.place
      on conflict do nothing)
    select number from known`.execute(tx);
  return rows.map((r) => r.number);
}

export type NumberBlock = { givenAt: string; count: number; used: number; first: string; last: string };

/** Allotted numbers as far as the viewer sees them: how many are left, which come next, and how they were allotted. */
export async function numbersOf(
  db: Db<InsuranceTables>,
): Promise<{ free: number; used: number; next: string[]; blocks: NumberBlock[] }> {
  const { rows } = await sql<{ free: number; used: number; next: string[] }>`
    select count(*) filter (where policy_id is null)::int as free, count(policy_id)::int as used,
      coalesce((array_agg(number order by place) filter (where policy_id is null))[1:3], '{}') as next
    from insurance.policy_number`.execute(db);
  const { rows: blocks } = await sql<Omit<NumberBlock, 'givenAt'> & { given_at: Date }>`
    select given_at, count(*)::int as count, count(policy_id)::int as used, (array_agg(number order by place))[1] as first,
      (array_agg(number order by place desc))[1] as last
    from insurance.policy_number group by given_at, given_by order by given_at desc limit 50`.execute(db);
  const sums = rows[0] ?? { free: 0, used: 0, next: [] };
  return { ...sums, blocks: blocks.map(({ given_at, ...b }) => ({ ...b, givenAt: given_at.toISOString() })) };
}

/** Insurers by name. */
export async function listInsurers(db: Db<InsuranceTables>): Promise<{ orgId: OrgId; name: string }[]> {
  return db
    .selectFrom('identity.org_card')
    .select(['id as orgId', 'name'])
    .where(sql<boolean>`'insurer' = any(kinds)`)
    .orderBy('name')
    .execute();
}
