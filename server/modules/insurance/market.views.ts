import { sql } from 'kysely';
import type { AnyDb } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { inForceOn } from './policy/in-force.store.ts';

/** How many of a policy's elevators each maintenance unit looks after today. Ask as the owner: it crosses scopes. */
export async function unitsOfPolicy(
  db: AnyDb,
  policyId: string,
): Promise<readonly { unitId: OrgId; elevators: number }[]> {
  const { rows } = await sql<{ unitId: OrgId; elevators: number }>`
    select c.maintenance_org_id as "unitId", count(distinct l.elevator_id)::int as elevators
    from insurance.policy_line l join registry.elevator_card c on c.id = l.elevator_id
    where l.policy_id = ${policyId} and c.maintenance_org_id is not null group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}

/** Claims of these policies by the unit that maintains the elevator. As the owner. */
export async function claimsByUnit(
  db: AnyDb,
  policyIds: readonly string[],
): Promise<readonly { policyId: string; unitId: OrgId; claims: number }[]> {
  if (policyIds.length === 0) return [];
  const { rows } = await sql<{ policyId: string; unitId: OrgId; claims: number }>`
    select m.policy_id as "policyId", c.maintenance_org_id as "unitId", count(*)::int as claims
    from insurance.claim m join registry.elevator_card c on c.id = m.elevator_id
    where m.policy_id = any(${[...policyIds]}::uuid[]) and m.phase <> 'refused' and c.maintenance_org_id is not null
    group by 1, 2`.execute(db);
  return rows;
}

/** What each lead insurer covers on a day, city-wide: distinct elevators and premium of policies in force. As the owner. */
export async function marketShares(
  db: AnyDb,
  on: string,
): Promise<readonly { name: string; elevators: number; premium: number }[]> {
  const { rows } = await sql<{ name: string; elevators: number; premium: number }>`
    select o.name, n.elevators, p.premium from (
      select lead_org_id, sum(premium)::bigint as premium from insurance.policy p
      where ${inForceOn(on)} group by 1) p
    join (select p.lead_org_id, count(distinct l.elevator_id)::int as elevators
      from insurance.policy p join insurance.policy_line l on l.policy_id = p.id
      where ${inForceOn(on)} and l.from_on <= ${on}::date and l.to_on >= ${on}::date group by 1) n using (lead_org_id)
    join identity.org_card o on o.id = p.lead_org_id order by n.elevators desc, o.name`.execute(db);
  return rows;
}
