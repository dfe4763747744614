import { sql } from 'kysely';
import type { z } from 'zod';
import type { costList, serviceItem } from '../../../contract/prevention.ts';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { isDayKey, pageOf, readPlace } from '../../kernel/page.ts';
import { type OwedServices, servicesOwed } from '../insurance/index.ts';
import { costPercent, isAboveCap, serviceLines } from './service.rules.ts';
import type { PreventionTables } from './tables.ts';

type Item = z.output<typeof serviceItem>;
type Asked = { on: string; after: string | undefined; limit: number; capPercent: number };
type Done = { policyId: string; service: string; given: number; cost: number };

/** Every policy in force that promises services: owed, given, left, and what they cost, service by service. */
export async function listServices(db: Db<PreventionTables>, { on, after, limit, capPercent }: Asked) {
  const policies = await servicesOwed(db, { on, after: readPlace(after, isDayKey), limit: limit + 1 });
  const shown = policies.slice(0, limit);
  const done = await doneFor(
    db,
    shown.map((p) => p.policyId),
  );
  const names = await orgNames(
    db,
    shown.flatMap((p) => [p.leadOrgId, p.holderOrgId]),
  );
  const item = (policy: OwedServices): Item => {
    const own = done.filter((d) => d.policyId === policy.policyId);
    const name = (id: OwedServices['leadOrgId']) => names.get(id) ?? '';
    return itemOf(policy, { done: own, insurer: name(policy.leadOrgId), holder: name(policy.holderOrgId), capPercent });
  };
  const place = ({ to, policyId }: OwedServices) => ({ key: to, id: policyId });
  return { ...pageOf(policies, limit, { place, item }), capPercent };
}

type With = { done: readonly Done[]; insurer: string; holder: string; capPercent: number };

function itemOf(policy: OwedServices, { done, insurer, holder, capPercent }: With): Item {
  const services = serviceLines(policy.services, done);
  const cost = services.reduce((sum, s) => sum + s.cost, 0);
  const { policyId, number, from, to, elevators, premium } = policy;
  return {
    policyId,
    number,
    insurer,
    holder,
    from,
    to,
    elevators,
    premium,
    services: [...services],
    cost,
    costPercent: costPercent(cost, premium),
    aboveCap: isAboveCap(cost, premium, capPercent),
  };
}

/** Names of organisations by id: they are public. */
export async function orgNames(db: Db<PreventionTables>, ids: readonly OrgId[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity.org_card')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}

/** What was done and spent under these policies. */
async function doneFor(db: Db<PreventionTables>, ids: readonly string[]): Promise<readonly Done[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Done>`
    select "policyId", service, sum(given)::int as given, sum(cost)::bigint as cost from (
      select policy_id as "policyId", kind as service, 1 as given, 0::bigint as cost from prevention.visit
        where policy_id = any(${[...ids]}::uuid[])
      union all
      select policy_id, service, 0, amount from prevention.service_cost where policy_id = any(${[...ids]}::uuid[])) d
    group by 1, 2`.execute(db);
  return rows;
}

type CostLine = z.output<typeof costList>['items'][number];

/** The cost entries of a policy, the newest first. */
export async function listCosts(db: Db<PreventionTables>, policyId: string): Promise<z.output<typeof costList>> {
  const { rows } = await sql<CostLine>`select c.id, c.service, c.on_day::text as "on", c.amount, c.payee, c.voucher,
      v.number as "visitNumber", c.reverses, exists (select from prevention.service_cost r where r.reverses = c.id) as reversed
    from prevention.service_cost c left join prevention.visit v on v.id = c.visit_id
    where c.policy_id = ${policyId} order by c.on_day desc, c.written_at desc, c.id limit 500`.execute(db);
  return { items: rows, sum: rows.reduce((sum, r) => sum + r.amount, 0) };
}
