import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import { newId } from '../kernel/ids.ts';
import { checkKeys, keysForTest } from '../kernel/keys.ts';
import type { Kernel } from '../kernel/module.ts';
import { storePack } from '../kernel/pack-store.ts';
import { programDir } from '../kernel/program.ts';
import { invariant } from '../kernel/result.ts';
import { readDemoAccounts } from '../modules/identity/demo-accounts.ts';
import { type CityPack, loadCityPack } from '../packs.ts';
import { testDb } from '../test/db.ts';
import { emptyCutShort, isBeingFilled } from './filling.ts';
import { seedInsurance } from './insurance.ts';
import { type DemoPart, isEmptyHouse, seedDemo } from './seed.ts';
import { seedSenders } from './senders.ts';
import { seedStations } from './stations.ts';

let kernel: Kernel;
let pack: CityPack;
beforeEach(async () => {
  const { db, pool } = await testDb();
  const read = readConfig({ TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-demo-')) });
  const loaded = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(read.ok && loaded.ok, 'configuration and pack are whole');
  pack = loaded.value;
  const log = pino({ level: 'silent' });
  kernel = { db, pool, config: read.value, log, keys: keysForTest(), now: () => new Date(), newId };
  await db.transaction().execute((tx) => storePack(tx, pack));
  await checkKeys(db, kernel.keys);
});

const cut: DemoPart = () => Promise.reject(new Error('cut short'));
const fill = (parts: readonly DemoPart[]) =>
  seedDemo({ kernel, pack, parts, progress: () => undefined, elevators: 120 });
const one = async (text: string) => (await kernel.pool.query<Record<string, number>>(text)).rows[0];
const COUNTS = `select (select count(*)::int from registry.elevator) as elevators, (select count(*)::int from identity.org) as orgs,
  (select count(*)::int from telemetry.source) as sources, (select count(*)::int from insurance.policy) as policies`;
const KEPT = `select (select count(*)::int from kernel.migration) as migrations, (select count(*)::int from kernel.pack_version) as packs,
  (select count(*)::int from kernel.key_ref) as keys, (select count(*)::int from kernel.installation) as installations,
  (select count(*)::int from identity.retention) as retentions`;

test('a filling that was cut short is removed at the next start and filled anew, as whole as one that was not', async () => {
  const kept = await one(KEPT);
  await expect(fill([seedStations, seedSenders, seedInsurance, cut])).rejects.toThrow('cut short');
  expect(await isBeingFilled(kernel)).toBe(true);
  expect(await isEmptyHouse(kernel)).toBe(false);

  expect(await emptyCutShort(kernel)).toBe(true);
  expect(await isEmptyHouse(kernel)).toBe(true);
  expect(await one(COUNTS)).toEqual({ elevators: 0, orgs: 0, sources: 0, policies: 0 });
  expect(await one(KEPT)).toEqual(kept);
  expect(Math.min(...Object.values(kept ?? {}))).toBeGreaterThan(0);

  await fill([seedStations, seedSenders, seedInsurance]);
  expect(await isBeingFilled(kernel)).toBe(false);
  expect(await one('select count(*)::int as n from registry.elevator')).toEqual({ n: 120 });
  expect(await one('select count(*)::int - sum((demo)::int)::int as n from identity.account')).toEqual({ n: 0 });
  expect(await one('select count(*)::int as n from identity.account')).toEqual({
    n: readDemoAccounts(kernel.config.dataDir).length,
  });
  const whole = await one(COUNTS);
  expect(await emptyCutShort(kernel)).toBe(false);
  expect(await one(COUNTS)).toEqual(whole);
});

test('nothing is removed where somebody else has begun to work, nor where no demo is wanted', async () => {
  await expect(fill([cut])).rejects.toThrow('cut short');
  const before = await one(COUNTS);
  const { config } = kernel;
  expect(await emptyCutShort({ ...kernel, config: { ...config, demo: false } })).toBe(false);
  await kernel.pool.query(
    `update registry.elevator set source = 'paper' where no = (select min(no) from registry.elevator)`,
  );
  expect(await emptyCutShort(kernel)).toBe(false);
  expect(await one(COUNTS)).toEqual(before);
  expect(await isBeingFilled(kernel)).toBe(true);
});
