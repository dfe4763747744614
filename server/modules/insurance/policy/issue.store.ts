import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { InsuranceTables } from '../tables.ts';
import type { StoredPolicy } from './policy.store.ts';

/**
 * From here to the end of the transaction nobody else issues or changes these policies; always held in the same order, so that two
 * underwriters who press at the same moment wait for each other in turn.
 */
export async function holdPolicies(tx: Tx<InsuranceTables>, ids: readonly string[]): Promise<void> {
  await sql`select from insurance.policy where id = any(${[...ids]}::uuid[]) order by id for update`.execute(tx);
}

/** The policies are in force from their first day. Answers those that did not change meanwhile. */
export async function markIssued(
  tx: Tx<InsuranceTables>,
  policies: readonly StoredPolicy[],
  at: Date,
): Promise<ReadonlySet<string>> {
  if (policies.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    update insurance.policy p set state = 'issued', issued_at = ${at}, version = p.version + 1
    from unnest(${policies.map((p) => p.id)}::uuid[], ${policies.map((p) => p.version)}::int[]) as held (id, version)
    where p.id = held.id and p.version = held.version and p.state = 'awaiting_cash' returning p.id`.execute(tx);
  return new Set(rows.map((r) => r.id));
}

/** The elevators each of these policies covers or covered, each once. */
export async function elevatorsOf(
  db: Db<InsuranceTables>,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ElevatorId[]>> {
  const { rows } = await sql<{ policy_id: string; elevators: ElevatorId[] }>`
    select policy_id, array_agg(distinct elevator_id) as elevators from insurance.policy_line
    where policy_id = any(${[...policyIds]}::uuid[]) group by policy_id`.execute(db);
  return new Map(rows.map((r) => [r.policy_id, r.elevators]));
}

/**
 * Policies an insurer leads that wait for their money and for which some came, the next to begin first. The books are asked once
 * for all that wait: asked policy by policy, a city's renewals took half a minute.
 */
export async function waitingWithMoney(db: Db<InsuranceTables>, leadOrgId: OrgId | null): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with waiting as materialized (
      select id, from_on from insurance.policy where lead_org_id = ${leadOrgId}::uuid and state = 'awaiting_cash')
    select id from waiting where id in (select policy_id from insurance.premium_arrived(array(select id from waiting)))
    order by from_on, id`.execute(db);
  return rows.map((r) => r.id);
}
