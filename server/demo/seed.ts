import { sql } from 'kysely';
import { say } from '../kernel/language.ts';
import type { Kernel } from '../kernel/module.ts';
import { plainOf } from '../kernel/packs.ts';
import { invariant } from '../kernel/result.ts';
import { secretData } from '../kernel/secret-data.ts';
import { dayOf } from '../kernel/time.ts';
import { writeDemoAccounts } from '../modules/identity/demo-accounts.ts';
import { type CommunityPoint, communityPoints, type Role } from '../modules/identity/index.ts';
import { seedAccounts, seedDirectory } from '../modules/identity/seed.service.ts';
import type { IdentityTables } from '../modules/identity/tables.ts';
import { usccCheckSign } from '../modules/identity/uscc.rules.ts';
import { openCases } from '../modules/registry/case.service.ts';
import { cityOf } from '../modules/registry/city.ts';
import { seedDemoElevators } from '../modules/registry/demo.service.ts';
import type { RegistryTables } from '../modules/registry/index.ts';
import type { CityPack } from '../packs.ts';
import { planAccounts } from './accounts.ts';
import { type Cast, makeCast } from './cast.ts';
import { beginFilling, endFilling } from './filling.ts';

/** What the demo city holds, for the modules that add their own part: stations and rosters, sources of telemetry. */
export type DemoWorld = { kernel: Kernel; pack: CityPack; cast: Cast; places: readonly CommunityPoint[] };
export type DemoPart = (world: DemoWorld) => Promise<void>;

export type Progress = (step: 'people' | 'elevators' | 'parts' | 'accounts', done: number, of: number) => void;

const ELEVATORS = 3_000;

/** Is there nothing in the database yet that a demo could spoil? */
export async function isEmptyHouse({ db }: Kernel): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select from registry.elevator)
    and not exists (select from identity.account) and not exists (select from identity.org) as empty`.execute(db);
  return rows[0]?.empty ?? false;
}

type Seeding = { kernel: Kernel; pack: CityPack; parts: readonly DemoPart[]; progress: Progress; elevators?: number };

/**
 * Fill an empty house with a city that does not exist. Accounts come last: who can sign in finds everything there. A mark
 * stands in the database until all is written: what was cut short is removed at the next start, see `emptyCutShort`.
 */
export async function seedDemo(seeding: Seeding): Promise<void> {
  await beginFilling(seeding.kernel);
  await fill(seeding);
  await endFilling(seeding.kernel);
}

async function fill({ kernel, pack, parts, progress, elevators = ELEVATORS }: Seeding): Promise<void> {
  const { now, newId } = kernel;
  const [divisions, identity] = [plainOf(pack.files.divisions), plainOf(pack.files.identity)];
  const { outlines } = plainOf(pack.files.outlines);
  const today = dayOf(now());
  const places = communityPoints(divisions, { outlines, seats: identity.seats }, today);
  invariant(places.length > 0, 'a city has places where something may stand');
  const housed = new Set(places.map((p) => p.districtCode));
  const districts = divisions.districts.filter((d) => housed.has(d.code));
  const cast = makeCast({ elevators, places, districts, today, newId, checkSign: usccCheckSign });
  progress('people', 0, cast.people.length);
  await seedPeople(kernel, cast);
  progress('people', cast.people.length, cast.people.length);
  await seedElevators({ kernel, pack, cast, places, progress, elevators });
  await openDemoCases(kernel, pack);
  for (const [i, part] of parts.entries()) {
    progress('parts', i, parts.length);
    await part({ kernel, pack, cast, places });
  }
  await seedAllAccounts({ kernel, cast, districts });
  progress('accounts', 1, 1);
}

async function seedPeople({ db, keys, config }: Kernel, cast: Cast): Promise<void> {
  const orgs = cast.orgs.map(({ kind, ...org }) => ({ ...org, kinds: [kind], address: '', dutyPhone: '' }));
  const tables = db.withTables<IdentityTables>();
  await tables
    .transaction()
    .execute((tx) => seedDirectory(tx, secretData(keys, config.cipher), { orgs, people: cast.people }));
}

type Elevators = Omit<DemoWorld, 'kernel'> & { kernel: Kernel; progress: Progress; elevators: number };

async function seedElevators({ kernel, pack, cast, places, progress, elevators }: Elevators): Promise<void> {
  const { db, now, newId } = kernel;
  const divisions = plainOf(pack.files.divisions);
  const names = new Map<string, string>(divisions.districts.map((d) => [d.code, d.name]));
  for (const [code, name] of divisions.streets) names.set(code, name);
  for (const [street, list] of Object.entries(divisions.communities)) {
    for (const [last, name] of list) names.set(`${street}${last}`, name);
  }
  const orgs = new Map(cast.orgs.map((o) => [o.key, { id: o.id, uscc: o.uscc ?? '' }]));
  const { province, letter } = plainOf(pack.files.registry).useRegistration;
  await seedDemoElevators(
    {
      db: db.withTables<RegistryTables>(),
      now,
      newId,
      areaName: (code) => names.get(code) ?? '',
      orgOf: (key) => {
        const org = orgs.get(key);
        invariant(org, `the cast has ${key}`);
        return org;
      },
      progress: (done, of) => progress('elevators', done, of),
    },
    {
      seed: Number(pack.manifest.code),
      elevators,
      places,
      orgs: cast.orgs,
      today: dayOf(now()),
      provinceChar: province,
      cityLetter: letter,
    },
  );
}

/** Some elevators of every city have nobody who answers for them: their cases stand open from the first day. */
async function openDemoCases({ db, now, newId }: Kernel, pack: CityPack): Promise<void> {
  const tables = db.withTables<RegistryTables>();
  const nobody = await tables.selectFrom('registry.elevator').select('id').where('use_org_id', 'is', null).execute();
  const deps = { now, newId, city: cityOf(pack.files, pack.manifest) };
  await tables.transaction().execute((tx) =>
    openCases(
      deps,
      tx,
      nobody.map((row) => row.id),
    ),
  );
}

type Accounts = { kernel: Kernel; cast: Cast; districts: readonly { code: string }[] };

async function seedAllAccounts({ kernel, cast, districts }: Accounts): Promise<void> {
  const { db, keys, now, newId, config } = kernel;
  const tables = db.withTables<IdentityTables>();
  const district = await busiestDistrict(kernel, districts);
  const { rows } = await sql<{ id: string; area_codes: string[]; street_code: string }>`
    select e.building_id as id, e.area_codes, e.street_code from registry.elevator e
    where e.place_class = 'residence' and e.district_code = ${district}
    group by 1, 2, 3 order by count(*) desc, 1 limit 1`.execute(db);
  const home = rows[0];
  const label = (role: Role) => say(`identity.role.${role}`, 'zh');
  const plans = planAccounts({
    cast,
    district,
    areas: { district_regulator: [district], street_office: home ? [home.street_code] : [district] },
    ownedBuilding: home ? { id: home.id, areaCodes: home.area_codes } : null,
    label,
  });
  const deps = { db: tables, secret: secretData(keys, config.cipher), now, newId };
  const made = await tables.transaction().execute((tx) => seedAccounts(deps, tx, plans));
  writeDemoAccounts(config.dataDir, made);
}

async function busiestDistrict({ db }: Kernel, districts: readonly { code: string }[]): Promise<string> {
  const { rows } = await sql<{ code: string }>`select district_code as code from registry.elevator
    where district_code is not null group by 1 order by count(*) desc limit 1`.execute(db);
  return rows[0]?.code ?? districts[0]?.code ?? '';
}
