import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { containing, type Place } from '../../../kernel/page.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Mandate } from './mandate.rules.ts';

export type NewMandate = Omit<Mandate, 'endedOn'> & { contractRef: string; proof: string | null; by: string; at: Date };

export async function insertMandate(tx: Tx<InsuranceTables>, m: NewMandate): Promise<void> {
  await tx
    .insertInto('insurance.mandate')
    .values({
      id: m.id,
      giver_org_id: m.giverOrgId as OrgId,
      agent_org_id: m.agentOrgId as OrgId,
      contract_ref: m.contractRef,
      from_on: m.from,
      to_on: m.to,
      ended_on: null,
      recorded_at: m.at,
      recorded_by: m.by,
      proof: m.proof,
      area_codes: [],
      org_ids: [m.giverOrgId, m.agentOrgId],
    })
    .execute();
}

/** Mandates between these parties, the newest first, as far as `db` sees them. */
export async function mandatesOf(
  db: Db<InsuranceTables>,
  parties: { giverOrgId?: string | undefined; agentOrgId?: string | undefined },
): Promise<readonly Mandate[]> {
  const rows = await db
    .selectFrom('insurance.mandate')
    .selectAll()
    .$if(parties.giverOrgId !== undefined, (q) => q.where('giver_org_id', '=', parties.giverOrgId as OrgId))
    .$if(parties.agentOrgId !== undefined, (q) => q.where('agent_org_id', '=', parties.agentOrgId as OrgId))
    .orderBy('from_on', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    giverOrgId: row.giver_org_id,
    agentOrgId: row.agent_org_id,
    from: row.from_on as Day,
    to: row.to_on as Day,
    endedOn: row.ended_on as Day | null,
  }));
}

/** Mandates with the parties' names, the last to end first; one row more than asked, where there is one. */
export async function listMandates(db: Db<InsuranceTables>, { limit, after }: { limit: number; after: Place | null }) {
  return db
    .selectFrom('insurance.mandate as m')
    .innerJoin('identity.org_card as g', 'g.id', 'm.giver_org_id')
    .innerJoin('identity.org_card as a', 'a.id', 'm.agent_org_id')
    .select(['m.id', 'm.giver_org_id', 'm.agent_org_id', 'm.contract_ref', 'm.from_on', 'm.to_on', 'm.ended_on'])
    .select(['g.name as giver', 'a.name as agent'])
    .$if(after !== null, (q) => q.where(sql<boolean>`(m.to_on, m.id) < (${after?.key}::date, ${after?.id}::uuid)`))
    .orderBy('m.to_on', 'desc')
    .orderBy('m.id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** The giver ends a mandate; undefined when there is none of his. */
export async function endMandate(
  tx: Tx<InsuranceTables>,
  { id, giverOrgId, on }: { id: string; giverOrgId: OrgId; on: Day },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('insurance.mandate')
    .set({ ended_on: on })
    .where('id', '=', id)
    .where('giver_org_id', '=', giverOrgId)
    .where('ended_on', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Maintenance units of the elevators one uses, most elevators first; or use units of those one maintains. */
export async function partnersOf(db: Db<InsuranceTables>, orgId: OrgId, role: 'use' | 'maintenance') {
  const [own, other] =
    role === 'use' ? (['use_org_id', 'maintenance_org_id'] as const) : (['maintenance_org_id', 'use_org_id'] as const);
  return db
    .selectFrom('registry.elevator_card as e')
    .innerJoin('identity.org_card as o', (join) => join.onRef('o.id', '=', `e.${other}`))
    .select(['o.id as orgId', 'o.name'])
    .select((eb) => eb.fn.countAll<number>().as('elevators'))
    .where(`e.${own}`, '=', orgId)
    .where('e.state', '=', 'in_use')
    .groupBy(['o.id', 'o.name'])
    .orderBy('elevators', 'desc')
    .orderBy('o.name')
    .limit(500)
    .execute();
}

/** Brokers by name: a use unit may appoint any of them. */
export const listBrokers = (db: Db<InsuranceTables>) =>
  db
    .selectFrom('identity.org_card')
    .select(['id as orgId', 'name'])
    .where(sql<boolean>`'broker' = any(kinds)`)
    .orderBy('name')
    .limit(500)
    .execute();

/** Use units that appointed this broker, with how many elevators they use. */
export async function clientsOf(db: Db<InsuranceTables>, brokerOrgId: OrgId, on: Day) {
  const { rows } = await sql<{ orgId: OrgId; name: string; elevators: number }>`
    select o.id as "orgId", o.name, (select count(*)::int from registry.elevator_card e
      where e.use_org_id = o.id and e.state = 'in_use') as elevators
    from insurance.mandate m join identity.org_card o on o.id = m.giver_org_id
    where m.agent_org_id = ${brokerOrgId}::uuid and m.from_on <= ${on}::date and coalesce(m.ended_on, m.to_on) >= ${on}::date
    group by o.id, o.name order by o.name limit 500`.execute(db);
  return rows;
}

/** Organisations whose name holds these characters: whom a record is about, or who takes a policy over. */
export const unitsNamed = (db: Db<InsuranceTables>, q: string) =>
  db
    .selectFrom('identity.org_card')
    .select(['id as orgId', 'name'])
    .where('name', 'ilike', containing(q))
    .orderBy(sql`length(name)`)
    .orderBy('name')
    .limit(20)
    .execute();
