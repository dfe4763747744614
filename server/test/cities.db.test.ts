import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { seedInsurance } from '../demo/insurance.ts';
import { seedPensions } from '../demo/pension.ts';
import { seedDemo } from '../demo/seed.ts';
import { readConfig } from '../kernel/config.ts';
import { newId } from '../kernel/ids.ts';
import { keysForTest } from '../kernel/keys.ts';
import { storePack } from '../kernel/pack-store.ts';
import { plainOf } from '../kernel/packs.ts';
import { programDir } from '../kernel/program.ts';
import { invariant } from '../kernel/result.ts';
import { districtAt } from '../modules/identity/index.ts';
import { loadCityPack } from '../packs.ts';
import { testDb } from './db.ts';

const TODAY = '2026-11-21';
const now = () => new Date(`${TODAY}T04:00:00Z`);

type Row = { district: string; lng: number; lat: number; code: string; use: string };
type Policies = { state: string; n: number; premium: number };

/** Start a city on an empty database and invent its demo; what stands in the registry afterwards. */
async function started(city: string) {
  const { db, pool } = await testDb();
  const read = readConfig({ TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-city-')), TIAN_CITY: city });
  const loaded = await loadCityPack({ city, programDir, extraDir: null });
  invariant(read.ok && loaded.ok, 'configuration and pack are whole');
  const pack = loaded.value;
  const log = pino({ level: 'silent' });
  const stored = await db.transaction().execute((tx) => storePack(tx, pack));
  invariant(stored.ok, 'an empty database takes any city');
  const kernel = { db, pool, config: read.value, log, keys: keysForTest(), now, newId };
  await seedDemo({ kernel, pack, parts: [seedInsurance, seedPensions], progress: () => undefined, elevators: 150 });
  const { rows } = await pool.query<Row>(`select e.district_code as district, e.lng, e.lat, e.registration_code as code,
    u.value as use from registry.elevator e join registry.identifier u on u.elevator_id = e.id and u.type = 'use_registration'`);
  const policies = await pool.query<Policies>(
    `select state, count(*)::int as n, sum(premium)::float8 as premium from insurance.policy group by 1`,
  );
  return { db, pack, rows, policies: policies.rows };
}

test.each([
  ['500000', '渝'],
  ['320100', '苏'],
  ['330100', '浙'],
  ['430900', '湘'],
])('an empty folder started as %s becomes that city, inside its own districts', async (city, province) => {
  const { pack, rows, policies } = await started(city);
  const districts = new Set(pack.files.divisions.districts.value.map((d) => d.code));
  const { outlines } = plainOf(pack.files.outlines);
  const drawn = new Set(outlines.filter((o) => o.to === undefined).map((o) => o.code));
  expect(rows.length).toBe(150);
  expect(rows.filter((row) => !districts.has(row.district))).toEqual([]);
  expect(rows.filter((row) => !row.use.slice(3).startsWith(province))).toEqual([]);
  expect(rows.filter((row) => !row.code.slice(4, 10).startsWith(row.district.slice(0, 2)))).toEqual([]);
  const mapped = rows.filter((row) => drawn.has(row.district));
  const issued = policies.find((p) => p.state === 'issued'); // the city's own scheme is sold, under an invented filing
  expect(issued?.n).toBeGreaterThan(0);
  expect(issued?.premium).toBeGreaterThan(0);
  const astray = mapped.filter((row) => districtAt(row, outlines, TODAY) !== row.district);
  expect(astray.length).toBeLessThanOrEqual(mapped.length * 0.02); // an estate's last houses may cross a border
});

test('a database that became one city refuses another, with both names', async () => {
  const { db } = await started('430900');
  const other = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(other.ok, 'the pack of Wuxi is whole');
  const stored = await db.transaction().execute((tx) => storePack(tx, other.value));
  expect(stored.ok ? null : stored.refusal).toMatchObject({
    code: 'packs.other_city',
    installed: '益阳市 430900',
    asked: '无锡市 320200',
  });
});
