import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '../../../kernel/db.ts';
import { type ElevatorId, newId, type OrgId } from '../../../kernel/ids.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { plainOf } from '../../../kernel/packs.ts';
import { invariant } from '../../../kernel/result.ts';
import { NOTHING, scopedOn, type Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import { testDb } from '../../../test/db.ts';
import type { InsuranceDeps } from '../deps.ts';
import { insurancePack } from '../pack.ts';
import { fileSchemes } from '../product/scheme.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { bind } from './bind.service.ts';
import { issue } from './issue.service.ts';
import { receive } from './policy.service.ts';
import { policiesFor } from './policy.store.ts';
import { quote } from './quote.service.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(`packs/${name}/insurance.json`, 'utf8'));

/** The default city's scheme as if it were on file: the pack itself names no filing number. */
export const filedScheme = () => {
  const text = JSON.stringify(Object.assign({}, read('000000-national'), read('320200-wuxi')));
  return plainOf(insurancePack.parse(JSON.parse(text.replaceAll('"filingNo":""', '"filingNo":"测试备案1号"'))));
};

/** A city with one use unit, its maintenance unit of two stars, an insurer, and a clock that a test moves. */
export type InsuredCity = {
  db: Db<InsuranceTables>;
  deps: InsuranceDeps;
  clock: { at: Date };
  productId: string;
  useUnit: OrgId;
  maintenance: OrgId;
  insurer: OrgId;
};

export async function insuredCity(): Promise<InsuredCity> {
  const { db } = await testDb<InsuranceTables>();
  const clock = { at: new Date('2026-06-01T02:00:00Z') };
  const deps = {
    db,
    scoped: scopedOn(db),
    now: () => clock.at,
    newId,
    sharesCommission: true,
    subsidisedPayers: () => ['inspection'],
  };
  await db.transaction().execute((tx) => fileSchemes(tx, filedScheme(), newId));
  const { id } = await db.selectFrom('insurance.product').select('id').executeTakeFirstOrThrow();
  const [useUnit, maintenance, insurer] = [newId(), newId(), newId()] as [OrgId, OrgId, OrgId];
  await stars(db, maintenance, { key: '2', on: '2026-01-01' });
  return { db, deps, clock, productId: id, useUnit, maintenance, insurer };
}

/** The maintenance unit's stars from a day on. */
export async function stars(
  db: Db<InsuranceTables>,
  org: OrgId,
  { key, on }: { key: string; on: string },
): Promise<void> {
  await sql`insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, recorded_by, area_codes, org_ids)
    values (${newId()}, 'org', ${org}, 'stars', ${key}, ${`星级通报 ${on}`}, ${on}, 'test', '{}', '{}')`.execute(db);
}

export const viewerOf = (org: OrgId, role: string, accountId = newId()): Viewer => ({
  accountId: accountId as Viewer['accountId'],
  personId: null,
  orgId: org,
  role,
  displayName: '',
  scope: { ...NOTHING, orgs: [org] },
  grants: [],
});

/** A residential elevator in use, inspected far ahead. */
export async function anElevator(city: InsuredCity): Promise<ElevatorId> {
  const id = newId() as ElevatorId;
  await sql`insert into registry.elevator (id, kind, variety, state, state_at, source, use_org_id, maintenance_org_id, place_class,
      in_use_on, next_inspection_on, district_code, area_codes, org_ids)
    values (${id}, 'lift', 'traction_passenger', 'in_use', ${city.clock.at}, 'test', ${city.useUnit}, ${city.maintenance}, 'residence',
      '2018-05-20', '2028-05-31', '320205', '{320205}', ${[city.useUnit, city.maintenance]}::uuid[])`.execute(city.db);
  return id;
}

/** Money of these payers for a policy arrives at the insurer at this moment. */
export async function pay(city: InsuredCity, policyId: string, parts: Readonly<Record<string, number>>): Promise<void> {
  const allocations = Object.entries(parts).map(([payer, amount]) => ({ policyId, payer, amount: fen(amount) }));
  const done = await receive(city.deps, viewerOf(city.insurer, 'cashier'), {
    leadOrgId: city.insurer,
    account: '****1234',
    bankRef: newId(),
    at: city.clock.at,
    amount: sum(allocations.map((a) => a.amount)),
    counterparty: '',
    proof: null,
    byHand: false,
    allocations,
  });
  invariant(done.ok, 'the money is booked');
}

/** A policy that waits for its money. */
export async function boundPolicy(city: InsuredCity, elevatorIds: readonly ElevatorId[], from: Day): Promise<string> {
  const who = viewerOf(city.useUnit, 'use_unit_head');
  const request = { productId: city.productId, holderOrgId: city.useUnit, leadOrgId: city.insurer, elevatorIds, from };
  const quoted = await quote(city.deps, who, request);
  invariant(quoted.ok, 'the elevators are rated');
  const binding = { number: `P-${newId()}`, leadOrgId: city.insurer, doubleCoverDisclosed: false };
  const bound = await bind(city.deps, who, { quoteId: quoted.value.quoteId, ...binding });
  invariant(bound.ok, 'the quote is bound');
  return bound.value.policyId;
}

/** A policy in force, paid by everybody but the public purse. */
export async function issuedPolicy(city: InsuredCity, elevatorIds: readonly ElevatorId[], from: Day): Promise<string> {
  const policyId = await boundPolicy(city, elevatorIds, from);
  const [policy] = await policiesFor(city.db, [policyId]);
  const cash = policy?.owed.filter((p) => p.payer !== 'inspection').map((p) => [p.payer, p.amount] as const) ?? [];
  await pay(city, policyId, Object.fromEntries(cash));
  const done = await issue(city.deps, viewerOf(city.insurer, 'underwriter'), policyId);
  invariant(done.ok, 'the policy is issued');
  return policyId;
}
