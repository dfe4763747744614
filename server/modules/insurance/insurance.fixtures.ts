import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import { type ElevatorId, newId, type OrgId } from '../../kernel/ids.ts';
import { fen } from '../../kernel/money.ts';
import { plainOf } from '../../kernel/packs.ts';
import { NOTHING, scopedOn, type Viewer } from '../../kernel/scope.ts';
import type { Day } from '../../kernel/time.ts';
import { testDb } from '../../test/db.ts';
import type { InsuranceDeps } from './deps.ts';
import { type InsuranceSettings, insurancePack } from './pack.ts';
import { bind } from './policy/bind.service.ts';
import { issue } from './policy/issue.service.ts';
import { receive } from './policy/policy.service.ts';
import { quote } from './policy/quote.service.ts';
import { fileSchemes } from './product/scheme.store.ts';
import type { InsuranceTables } from './tables.ts';

/** A city with one use unit, its maintenance unit, two insurers and a filed scheme; policies are made as people make them. */
export type InsuranceHouse = Awaited<ReturnType<typeof openInsuranceHouse>>;

const read = (name: string): unknown => JSON.parse(readFileSync(`packs/${name}/insurance.json`, 'utf8'));

/** The default city's scheme as if it were on file: the pack itself names no filing number. */
export function filedSettings(): InsuranceSettings {
  const text = JSON.stringify(Object.assign({}, read('000000-national'), read('320200-wuxi')));
  return plainOf(insurancePack.parse(JSON.parse(text.replaceAll('"filingNo":""', '"filingNo":"测试备案1号"'))));
}

type Where = { district?: string; placeClass?: string; useUnit?: OrgId; inUseOn?: string };

export async function openInsuranceHouse(now = new Date('2026-11-20T02:00:00Z')) {
  const { db, pool } = await testDb<InsuranceTables>();
  const [useUnit, maintenance, insurer, other, broker] = Array.from({ length: 5 }, newId) as [
    OrgId,
    OrgId,
    OrgId,
    OrgId,
    OrgId,
  ];
  const clock = { now };
  const deps: InsuranceDeps = {
    db,
    scoped: scopedOn(db),
    now: () => clock.now,
    newId,
    sharesCommission: true,
    subsidisedPayers: () => ['inspection'],
  };
  const settings = filedSettings();
  await db.transaction().execute((tx) => fileSchemes(tx, settings, newId));
  for (const [id, name, kind] of [
    [useUnit, '示例物业', 'property_company'],
    [maintenance, '示例维保', 'maintenance_unit'],
    [insurer, '示例财险甲', 'insurer'],
    [other, '示例财险乙', 'insurer'],
    [broker, '示例经纪', 'broker'],
  ] as const) {
    await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids) values (${id}, ${name}, ${name}, ${[kind]}::text[], '{}', ${[id]}::uuid[])`.execute(
      db,
    );
  }
  await sql`insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, recorded_by, area_codes, org_ids)
    values (${newId()}, 'org', ${maintenance}, 'stars', '2', '星级通报一', '2020-07-01', 'test', '{}', '{}')`.execute(
    db,
  );
  const { id: productId } = await db.selectFrom('insurance.product').select('id').executeTakeFirstOrThrow();
  const viewer = (org: OrgId, role = 'cashier'): Viewer => ({
    accountId: newId() as Viewer['accountId'],
    personId: null,
    orgId: org,
    role,
    displayName: '',
    scope: { ...NOTHING, orgs: [org] },
    grants: [],
  });
  return {
    db,
    pool,
    deps,
    settings,
    productId,
    now,
    viewer,
    useUnit,
    maintenance,
    insurer,
    other,
    broker,
    setNow: (at: Date) => (clock.now = at),
    elevator: (where: Where = {}) => insertElevator(db, { useUnit, maintenance, now, ...where }),
    official: (areas: string[]): Viewer => ({
      ...viewer(newId() as OrgId, 'city_regulator'),
      scope: { ...NOTHING, areas },
    }),
    bound: (over: Making = {}) =>
      boundPolicy(
        {
          deps,
          productId,
          viewer,
          holder: useUnit,
          insurer,
          elevator: insertElevator.bind(null, db, { useUnit, maintenance, now }),
        },
        over,
      ),
    issued: (over: Making = {}) =>
      issuedPolicy(
        {
          deps,
          productId,
          viewer,
          holder: useUnit,
          insurer,
          elevator: insertElevator.bind(null, db, { useUnit, maintenance, now }),
        },
        over,
      ),
  };
}

async function insertElevator(
  db: Db<InsuranceTables>,
  {
    useUnit,
    maintenance,
    now,
    district = '320205',
    placeClass = 'residence',
    inUseOn = '2018-05-20',
  }: Where & { useUnit: OrgId; maintenance: OrgId; now: Date },
): Promise<ElevatorId> {
  const id = newId() as ElevatorId;
  await sql`insert into registry.elevator (id, kind, variety, state, state_at, source, use_org_id, maintenance_org_id, place_class,
      in_use_on, next_inspection_on, district_code, area_codes, org_ids)
    values (${id}, 'lift', 'traction_passenger', 'in_use', ${now}, 'test', ${useUnit}, ${maintenance}, ${placeClass},
      ${inUseOn}, '2030-05-31', ${district}, ${[district]}::text[], ${[useUnit, maintenance]}::uuid[])`.execute(db);
  return id;
}

type Making = { elevators?: ElevatorId[]; from?: Day; lead?: OrgId; number?: string };
type Maker = {
  deps: InsuranceDeps;
  productId: string;
  viewer: (org: OrgId, role?: string) => Viewer;
  holder: OrgId;
  insurer: OrgId;
  elevator: () => Promise<ElevatorId>;
};

/** A policy that waits for its money, on one new elevator unless others are named. */
async function boundPolicy(
  maker: Maker,
  { elevators, from = '2026-12-01' as Day, lead = maker.insurer, number = `P-${newId()}` }: Making,
) {
  const { deps, productId, viewer, holder } = maker;
  const elevatorIds = elevators ?? [await maker.elevator()];
  const quoted = await quote(deps, viewer(holder, 'use_unit_head'), {
    productId,
    holderOrgId: holder,
    leadOrgId: lead,
    elevatorIds,
    from,
  });
  if (!quoted.ok) throw new Error(quoted.refusal.code);
  const binding = { quoteId: quoted.value.quoteId, number, leadOrgId: lead, doubleCoverDisclosed: true };
  const done = await bind(deps, viewer(holder, 'use_unit_head'), binding);
  if (!done.ok) throw new Error(done.refusal.code);
  return { id: done.value.policyId, number, total: quoted.value.total, elevators: elevatorIds };
}

/** A policy whose cash arrived yesterday and that is in force from its first day. */
async function issuedPolicy(maker: Maker, over: Making) {
  const policy = await boundPolicy(maker, over);
  const lead = over.lead ?? maker.insurer;
  const cashier = maker.viewer(lead);
  const { policiesFor } = await import('./policy/policy.store.ts');
  const [stored] = await policiesFor(maker.deps.db, [policy.id]);
  const cash = stored?.owed.filter((o) => o.payer !== 'inspection') ?? [];
  const line = {
    leadOrgId: lead,
    account: '****1234',
    bankRef: newId(),
    at: maker.deps.now(),
    amount: fen(cash.reduce((a, c) => a + c.amount, 0)),
    counterparty: '',
    proof: null,
    byHand: false,
    allocations: cash.map((c) => ({ policyId: policy.id, ...c })),
  };
  const money = await receive(maker.deps, cashier, line);
  if (!money.ok) throw new Error(money.refusal.code);
  const done = await issue(maker.deps, maker.viewer(lead, 'underwriter'), policy.id);
  if (!done.ok) throw new Error(done.refusal.code);
  return policy;
}
