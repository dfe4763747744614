import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { policyQuery } from '../../../../contract/insurance.ts';
import type { Db } from '../../../kernel/db.ts';
import { fen } from '../../../kernel/money.ts';
import { containing, isDayKey, pageOf, readPlace } from '../../../kernel/page.ts';
import type { Day } from '../../../kernel/time.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { inForceOn, lastCovered, notOver } from './in-force.store.ts';
import { type Arrived, leavesOn } from './policy.rules.ts';
import { policiesFor, type StoredPolicy } from './policy.store.ts';

type PolicyAsk = z.infer<typeof policyQuery> & { today: Day };

/**
 * Policies the viewer sees, with what each payer owes and what has arrived: those in hand by their last day, the next to
 * end on top; past ones and all of them from the other end. `sums` are of all that match.
 */
export async function listPolicies(db: Db<InsuranceTables>, ask: PolicyAsk) {
  const where = policiesAsked(ask);
  const after = readPlace(ask.after, isDayKey);
  const than = sql.raw(ask.show === 'current' ? '>' : '<');
  const rows = await db
    .selectFrom('insurance.policy as p')
    .leftJoin('insurance.product as d', 'd.id', 'p.product_id')
    .innerJoin('identity.org_card as h', 'h.id', 'p.holder_org_id')
    .innerJoin('identity.org_card as i', 'i.id', 'p.lead_org_id')
    .select(['p.id', 'd.name as product', 'h.name as holder', 'i.name as lead'])
    .select(sql<Day>`${lastCovered}`.as('last_on'))
    .select(sql<number>`(${elevatorsOf})`.as('elevators'))
    .where(where)
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(${lastCovered}, p.id) ${than} (${after?.key}::date, ${after?.id}::uuid)`),
    )
    .orderBy(lastCovered, ask.show === 'current' ? 'asc' : 'desc')
    .orderBy('p.id', ask.show === 'current' ? 'asc' : 'desc')
    .limit(ask.limit + 1)
    .execute();
  const ids = rows.map((r) => r.id);
  const policies = new Map((await policiesFor(db, ids)).map((p) => [p.id, p]));
  const arrived = await arrivedFor(db, ids);
  const known = rows.flatMap((row) => {
    const policy = policies.get(row.id);
    return policy ? [{ row, policy }] : [];
  });
  const page = pageOf(known, ask.limit, {
    place: ({ row }) => ({ key: row.last_on, id: row.id }),
    item: ({ row, policy }) => policyItemOf({ row, policy, today: ask.today }, arrived.get(row.id) ?? []),
  });
  return { ...page, sums: await sumsOf(db, where, ask.today) };
}

const elevatorsOf = sql`select count(distinct l.elevator_id)::int from insurance.policy_line l where l.policy_id = p.id`;

function policiesAsked({ show, state, kind, q, today }: PolicyAsk): RawBuilder<boolean> {
  const live = sql`(p.state = 'awaiting_cash' and p.to_on >= ${today}::date or ${notOver(today)})`;
  const like = containing(q ?? '');
  const all = [
    show === 'current' ? live : undefined,
    show === 'ended' ? sql`not ${live}` : undefined,
    state ? sql`p.state = ${state}` : undefined,
    kind ? sql`p.kind = ${kind}` : undefined,
    q ? sql`(p.number ilike ${like} or h.name ilike ${like} or i.name ilike ${like})` : undefined,
  ].filter((one) => one !== undefined);
  return all.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(all, sql` and `)})`;
}

/** How many match; and of those in force today how many elevators, and their premium. */
async function sumsOf(db: Db<InsuranceTables>, where: RawBuilder<boolean>, today: Day) {
  const { rows } = await sql<Sums>`
    with p as materialized (
      select p.id, p.state, p.premium, ${inForceOn(today)} as live
      from insurance.policy p join identity.org_card h on h.id = p.holder_org_id
        join identity.org_card i on i.id = p.lead_org_id
      where ${where})
    select count(*)::int as policies, (count(*) filter (where live))::int as "inForce",
      (count(*) filter (where state = 'awaiting_cash'))::int as "awaitingCash",
      coalesce(sum(premium) filter (where live), 0)::bigint as premium,
      (select count(distinct l.elevator_id)::int from insurance.policy_line l join p on p.id = l.policy_id
        where p.live and ${today}::date between l.from_on and l.to_on) as elevators
    from p`.execute(db);
  return rows[0] ?? { policies: 0, inForce: 0, awaitingCash: 0, elevators: 0, premium: 0 };
}

type Sums = { policies: number; inForce: number; awaitingCash: number; elevators: number; premium: number };
type Named = { id: string; product: string | null; holder: string; lead: string; elevators: number };
type Listed = { row: Named; policy: StoredPolicy; today: Day };

const policyItemOf = ({ row, policy, today }: Listed, paid: readonly Arrived[]) => ({
  id: row.id,
  number: policy.number,
  product: row.product,
  kind: policy.kind,
  holder: row.holder,
  lead: row.lead,
  state: policy.state,
  from: policy.from,
  to: policy.to,
  endedOn: policy.endedOn,
  leavesOn: leavesOn(policy, today),
  elevators: row.elevators,
  premium: policy.premium,
  owed: policy.owed.map(({ payer, amount }) => ({
    payer,
    amount,
    arrived: fen(paid.filter((a) => a.payer === payer).reduce((total, a) => total + a.amount, 0)),
  })),
});
