import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { fen } from '../../../kernel/money.ts';
import { addDays } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Position } from './endorsement.rules.ts';
import type { HeldPolicy } from './endorsement.store.ts';
import type { Standing } from './standing.rules.ts';

/** Write the policy's lines and state as its acts leave it. False when it changed meanwhile. */
export async function writeStanding(
  tx: Tx<InsuranceTables>,
  policy: HeldPolicy,
  { standing, endReason }: { standing: Standing; endReason: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('insurance.policy')
    .set({
      premium: standing.premium,
      kept: JSON.stringify(standing.kept),
      state: standing.ended ? 'cancelled' : 'issued',
      ended_on: standing.ended ? addDays(standing.ended.on, -1) : null,
      end_reason: standing.ended ? endReason : null,
      version: policy.version + 1,
    })
    .where('id', '=', policy.id)
    .where('version', '=', policy.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) return false;
  const rows = standing.stretches.map((s) => ({
    elevator_id: s.elevatorId,
    from_on: s.from,
    to_on: s.to,
    premium: s.premium,
    annual: s.annual,
    parts: s.parts,
    working: s.rated.working,
    endorsement: s.endorsement,
    code: s.rated.code,
    address: s.rated.address,
    areas: s.rated.areaCodes,
    orgs: [...new Set([...policy.orgIds, ...s.rated.orgIds])],
  }));
  await rewriteLines(tx, policy.id, JSON.stringify(rows));
  return true;
}

/** Only what differs is touched: stretches that are no more go, those that changed are written, new ones are added. */
async function rewriteLines(tx: Tx<InsuranceTables>, policyId: string, rows: string): Promise<void> {
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as g (elevator_id uuid, from_on date, to_on date, premium bigint,
    annual bigint, parts jsonb, working jsonb, endorsement int, code text, address text, areas jsonb, orgs jsonb)`;
  await sql`delete from insurance.policy_line l where l.policy_id = ${policyId}::uuid
    and not exists (select from ${given} where g.elevator_id = l.elevator_id and g.from_on = l.from_on)`.execute(tx);
  await sql`update insurance.policy_line l set to_on = g.to_on, premium = g.premium, annual = g.annual, parts = g.parts,
      working = g.working, endorsement = g.endorsement
    from ${given} where l.policy_id = ${policyId}::uuid and l.elevator_id = g.elevator_id and l.from_on = g.from_on
      and (l.to_on, l.premium, l.annual, l.parts, l.endorsement)
        is distinct from (g.to_on, g.premium, g.annual, g.parts, g.endorsement)`.execute(tx);
  await sql`insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts, working,
      endorsement, code, address, area_codes, org_ids, funding)
    select gen_random_uuid(), ${policyId}::uuid, g.elevator_id, g.from_on, g.to_on, g.premium, g.annual, g.parts, g.working,
      g.endorsement, g.code, g.address, array(select jsonb_array_elements_text(g.areas)),
      array(select jsonb_array_elements_text(g.orgs)::uuid),
      -- the same money goes on paying for an elevator; one that joins is paid for like the first of the policy
      coalesce((select x.funding from insurance.policy_line x where x.policy_id = ${policyId}::uuid
        order by (x.elevator_id = g.elevator_id) desc, x.from_on, x.id limit 1), '[]')
    from ${given} where not exists (select from insurance.policy_line l
      where l.policy_id = ${policyId}::uuid and l.elevator_id = g.elevator_id and l.from_on = g.from_on)`.execute(tx);
}

/** Another party holds the policy from now on; who held it goes on seeing it. */
export async function changeHolder(
  tx: Tx<InsuranceTables>,
  policyId: string,
  to: { org: OrgId; reasonCode: string },
): Promise<void> {
  await sql`update insurance.policy set holder_org_id = ${to.org}::uuid, insured_org_id = ${to.org}::uuid,
    reason_code = ${to.reasonCode}, org_ids = array(select distinct unnest(org_ids || ${to.org}::uuid))
    where id = ${policyId}::uuid`.execute(tx);
  await sql`update insurance.policy_line set org_ids = array(select distinct unnest(org_ids || ${to.org}::uuid))
    where policy_id = ${policyId}::uuid`.execute(tx);
}

/** What the books hold of each payer on a policy. */
export async function positionsOf(db: Db<InsuranceTables>, policyId: string): Promise<ReadonlyMap<string, Position>> {
  const { rows } = await sql<{ party: string; receivable: number; refundable: number }>`
    select party, coalesce(sum(amount) filter (where account = 'premium_receivable'), 0)::bigint as receivable,
      coalesce(-sum(amount) filter (where account = 'premium_refundable'), 0)::bigint as refundable
    from insurance.posting where policy_id = ${policyId}::uuid and party is not null group by party`.execute(db);
  return new Map(
    rows.map((r) => [
      r.party,
      { receivable: fen(Math.max(r.receivable, 0)), refundable: fen(Math.max(r.refundable, 0)) },
    ]),
  );
}
