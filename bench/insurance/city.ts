import { sql } from 'kysely';
import type pg from 'pg';
import { type Db, openDb } from '../../server/kernel/db.ts';
import { newId, type OrgId } from '../../server/kernel/ids.ts';
import { plainOf } from '../../server/kernel/packs.ts';
import { programDir } from '../../server/kernel/program.ts';
import { invariant } from '../../server/kernel/result.ts';
import { NOTHING, scopedOn, type Viewer } from '../../server/kernel/scope.ts';
import type { Day } from '../../server/kernel/time.ts';
import type { InsuranceDeps } from '../../server/modules/insurance/deps.ts';
import { type InsuranceSettings, insurancePack } from '../../server/modules/insurance/pack.ts';
import { fileSchemes } from '../../server/modules/insurance/product/scheme.store.ts';
import type { InsuranceTables } from '../../server/modules/insurance/tables.ts';
import { loadCityPack } from '../../server/packs.ts';
import { seedBenchCity } from '../city.ts';

/** A city whose elevators may all be insured from `from` on, and whose maintenance units hold everybody's mandate. */
export type InsuredCity = {
  db: Db<InsuranceTables>;
  deps: InsuranceDeps;
  clock: { now: Date };
  productId: string;
  insurer: OrgId;
  units: readonly { id: OrgId; codes: readonly string[] }[]; // maintenance units with the codes on their roster
  elevators: number;
  from: Day;
};

const TODAY = '2026-11-20';

/** Fill the database behind `pool`; the scheme counts as filed, as it is where people use it. */
export async function openInsuredCity(
  pool: pg.Pool,
  { url, size, say }: { url: string; size: number; say: (line: string) => void },
): Promise<InsuredCity> {
  await pool.query('delete from registry.elevator');
  await seedBenchCity({ url, size, say });
  const db = openDb<InsuranceTables>(pool);
  await makeInsurable(db);
  const clock = { now: new Date(`${TODAY}T02:00:00Z`) };
  const subsidisedPayers = () => ['inspection'];
  const deps: InsuranceDeps = {
    db,
    scoped: scopedOn(db),
    now: () => clock.now,
    newId,
    sharesCommission: true,
    subsidisedPayers,
  };
  const settings = await filedSettings();
  await db.transaction().execute((tx) => fileSchemes(tx, settings, newId));
  const { id: productId } = await db.selectFrom('insurance.product').select('id').executeTakeFirstOrThrow();
  const insurer = newId() as OrgId;
  await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
    values (${insurer}, '示例财险', '示例财险', '{insurer}', '{}', ${[insurer]}::uuid[])`.execute(db);
  await recordEvidence(db);
  await giveMandates(db);
  await sql`analyze`.execute(db);
  const units = await rosters(db);
  const elevators = units.reduce((n, u) => n + u.codes.length, 0);
  return { db, deps, clock, productId, insurer, units, elevators, from: '2026-12-01' as Day };
}

/** Somebody who asks for an organisation. */
export const viewerOf = (org: OrgId, role: string): Viewer => ({
  accountId: newId() as Viewer['accountId'],
  personId: null,
  orgId: org,
  role,
  displayName: '',
  scope: { ...NOTHING, orgs: [org] },
  grants: [],
});

/** The default city's scheme as if it were on file, open to all its districts, and without a limit for underwriters. */
async function filedSettings(): Promise<InsuranceSettings> {
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack of Wuxi is whole');
  const text = JSON.stringify(pack.value.files.insurance)
    .replaceAll('"filingNo":""', '"filingNo":"基准备案1号"')
    .replaceAll(/"elevatorsOver":\d+/g, '"elevatorsOver":null');
  const settings = plainOf(insurancePack.parse(JSON.parse(text)));
  return { ...settings, schemes: settings.schemes.map((s) => ({ ...s, excludedAreas: [] })) };
}

/** Every elevator in use has a valid inspection, a day of first use and both its organisations. */
async function makeInsurable(db: Db<InsuranceTables>): Promise<void> {
  await sql`update registry.elevator set state = 'in_use', next_inspection_on = '2028-12-31',
    in_use_on = coalesce(in_use_on, '2020-05-01') where use_org_id is not null and maintenance_org_id is not null`.execute(
    db,
  );
}

/** Stars of every maintenance unit, losses of every use unit, three times each: only the newest counts. */
async function recordEvidence(db: Db<InsuranceTables>): Promise<void> {
  await sql`insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, recorded_by, area_codes, org_ids)
    select gen_random_uuid(), 'org', o.id, f.kind, f.keys[1 + (abs(hashtext(o.id::text)) + y) % cardinality(f.keys)],
      f.source || (2023 + y), make_date(2023 + y, 7, 1), 'bench', '{}', '{}'
    from identity.org o, generate_series(0, 2) y,
      (values ('stars', array['1', '2', '3', '4', '5'], '星级通报 '), ('unit_losses', array['none', 'free_1y', 'free_2y'], '理赔记录 ')) f (kind, keys, source)
    where o.kinds && '{maintenance_unit,use_unit,property_company}'`.execute(db);
}

async function giveMandates(db: Db<InsuranceTables>): Promise<void> {
  await sql`insert into insurance.mandate (id, giver_org_id, agent_org_id, contract_ref, from_on, to_on, recorded_at, recorded_by, area_codes, org_ids)
    select gen_random_uuid(), use_org_id, maintenance_org_id, '维保合同', '2026-01-01', '2027-12-31', now(), 'bench', '{}',
      array[use_org_id, maintenance_org_id]
    from (select distinct use_org_id, maintenance_org_id from registry.elevator
      where use_org_id is not null and maintenance_org_id is not null and use_org_id <> maintenance_org_id) p`.execute(
    db,
  );
}

async function rosters(db: Db<InsuranceTables>): Promise<readonly { id: OrgId; codes: string[] }[]> {
  const { rows } = await sql<{ id: OrgId; codes: string[] }>`
    select maintenance_org_id as id, array_agg(rescue_code) as codes from registry.elevator
    where state = 'in_use' and use_org_id is not null and maintenance_org_id is not null group by 1 order by 1`.execute(
    db,
  );
  return rows;
}
