import { sql } from 'kysely';
import { type Db, openDb, openPool } from '../server/kernel/db.ts';
import type { OrgId } from '../server/kernel/ids.ts';
import { newId } from '../server/kernel/ids.ts';
import { plainOf } from '../server/kernel/packs.ts';
import { programDir } from '../server/kernel/program.ts';
import { invariant } from '../server/kernel/result.ts';
import { cityOf } from '../server/modules/registry/city.ts';
import { seedDemoElevators } from '../server/modules/registry/demo.service.ts';
import type { DemoPlace } from '../server/modules/registry/demo-city.rules.ts';
import { type DemoOrg, demoOrgs } from '../server/modules/registry/demo-orgs.rules.ts';
import type { RegistryTables } from '../server/modules/registry/index.ts';
import { type CityPack, loadCityPack } from '../server/packs.ts';

/** How a city is asked for: `size` elevators in the database at `url`, whose schema is there and whose registry is empty. */
export type CityAsk = { url: string; size: number; say: (line: string) => void };

/** Fill an empty registry with a city of any size, for benches. Coordinates are spread over the city, not by district. */
export async function seedBenchCity({ url, size, say }: CityAsk): Promise<{ seconds: number; orgs: DemoOrg[] }> {
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack of Wuxi is whole');
  const { areas } = cityOf(pack.value.files, pack.value.manifest);
  const places = placesOf(pack.value);
  const pool = openPool(url, 4);
  const db = openDb<RegistryTables>(pool);
  const started = performance.now();
  const orgs = demoOrgs(size, [...new Set(places.map((p) => p.districtCode))], () => '0');
  const ids = await insertOrgs(db, orgs);
  const done = await seedDemoElevators(
    {
      db,
      now: () => new Date(),
      newId,
      areaName: areas.name,
      orgOf: (key) => ids.get(key) ?? { id: newId() as OrgId, uscc: '' },
      progress: (n, of) => n % 20_000 < 1_200 && say(`${n} / ${of}`),
    },
    { seed: 320_200, elevators: size, places, orgs, today: '2026-12-31', provinceChar: '苏', cityLetter: 'B' },
  );
  await sql`analyze`.execute(db);
  const seconds = (performance.now() - started) / 1000;
  say(`${done} elevators in ${seconds.toFixed(1)} s`);
  await pool.end();
  return { seconds, orgs };
}

function placesOf({ files }: CityPack): DemoPlace[] {
  const { streets, communities } = plainOf(files.divisions);
  const codes = streets.flatMap(([street]) => (communities[street] ?? []).map(([last]) => ({ street, last })));
  return codes.map(({ street, last }, i) => ({
    districtCode: street.slice(0, 6),
    streetCode: street,
    communityCode: `${street}${last}`,
    lng: 119.6 + ((i * 7_919) % 1_000) / 1_000,
    lat: 31.2 + ((i * 104_729) % 700) / 1_000,
    spreadMetres: 400,
  }));
}

async function insertOrgs(db: Db<RegistryTables>, orgs: readonly DemoOrg[]) {
  const made = orgs.map((o) => ({ ...o, id: newId() as OrgId }));
  await sql`insert into identity.org (id, name, name_key, kinds, uscc, area_codes, org_ids)
    select id, name, name, array[kind], uscc, array["districtCode"], array[id]
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as o (id uuid, name text, kind text, uscc text, "districtCode" text)`.execute(
    db,
  );
  return new Map(made.map((o) => [o.key, { id: o.id, uscc: o.uscc }]));
}
