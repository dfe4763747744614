import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import { newId } from '../kernel/ids.ts';
import { keysForTest } from '../kernel/keys.ts';
import type { Kernel } from '../kernel/module.ts';
import { programDir } from '../kernel/program.ts';
import { pass } from '../kernel/relay.ts';
import { invariant } from '../kernel/result.ts';
import { addSeconds, dayOf, isWorkingDay, startOf } from '../kernel/time.ts';
import { claimModuleOn } from '../modules/insurance/claim/claim.module.ts';
import { reconcileAt } from '../modules/insurance/money/reconcile.views.ts';
import { type CityPack, loadCityPack } from '../packs.ts';
import { testDb } from '../test/db.ts';
import { claimDepsOn } from './claims.says.ts';
import { demoClaims } from './claims.ts';
import { seedCrewAccounts } from './crew-accounts.ts';
import { seedInsurance } from './insurance.ts';
import { PAST_DAYS, seedPast } from './past.ts';
import { seedDemo } from './seed.ts';
import { seedStations } from './stations.ts';

let kernel: Kernel;
let pack: CityPack;
const now = addSeconds(startOf(dayOf(new Date())), 11 * 3_600);

beforeAll(async () => {
  const { db, pool } = await testDb();
  const read = readConfig({ TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-demo-claims-')) });
  const loaded = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(read.ok && loaded.ok, 'configuration and pack are whole');
  pack = loaded.value;
  const log = pino({ level: 'silent' });
  kernel = { db, pool, config: read.value, log, keys: keysForTest(), now: () => now, newId };
  const parts = [seedStations, seedInsurance, seedCrewAccounts];
  await seedDemo({ kernel, pack, parts, progress: () => undefined, elevators: 500 });
  const claims = await demoClaims(kernel, pack, PAST_DAYS);
  invariant(claims, 'the insurer of the demo has people');
  await seedPast(kernel, pack, { goOn: () => true, heard: claims.heard });
  await claims.work(() => true);
}, 240_000);

const rowsOf = async <T>(text: string): Promise<T[]> => (await kernel.pool.query(text)).rows as T[];

test('the weeks behind look as an insurer’s weeks do: money leaves and arrives on working days, hours after the papers', async () => {
  const { calendar } = claimDepsOn(kernel, pack, kernel.now);
  const paid = await rowsOf<{ complete: Date; ordered: Date; paid: Date }>(`select complete_at as complete,
    ordered_at as ordered, paid_at as paid from insurance.claim_payment where state = 'paid'`);
  expect(paid.length).toBeGreaterThan(3);
  for (const one of paid) {
    expect(one.complete < one.ordered && one.ordered < one.paid && one.paid <= now).toBe(true);
    expect([one.ordered, one.paid].map((at) => isWorkingDay(dayOf(at), calendar))).toEqual([true, true]);
  }
  const late = await rowsOf(
    `select number from insurance.claim where due_at < '${now.toISOString()}' and kind = 'entrapment'`,
  );
  expect(late).toEqual([]);
});

test('accidents that people reported stand at every point of the way', async () => {
  const stories = await rowsOf<{ phase: string; n: number }>(
    `select phase, count(*)::int as n from insurance.claim where channel = 'phone' group by 1 order by 1`,
  );
  expect(stories).toEqual([
    { phase: 'assessing', n: 2 },
    { phase: 'closed', n: 2 },
    { phase: 'refused', n: 1 },
    { phase: 'reported', n: 1 },
  ]);
});

test('every fen of it ties: register, books and bank', async () => {
  const { db } = claimDepsOn(kernel, pack, kernel.now);
  const { claims, policies } = await reconcileAt(db, now);
  expect([claims.differing, claims.ledger === claims.register, policies.differing]).toEqual([0, true, 0]);
});

test('the relay hears of the same releases afterwards, and drafts nothing twice; a later start works on nothing again', async () => {
  const counts = () =>
    rowsOf(`select (select count(*)::int from insurance.claim) as claims,
    (select count(*)::int from insurance.entrapment_draft) as drafts, (select count(*)::int from insurance.claim_payment) as payments`);
  const before = await counts();
  const module = { name: 'insurance', ...claimModuleOn(claimDepsOn(kernel, pack, kernel.now)) };
  const relay = { db: kernel.db, pool: kernel.pool, log: kernel.log, modules: [module], heard: () => undefined };
  while ((await pass(relay)) > 0);
  const again = await demoClaims(kernel, pack, PAST_DAYS);
  expect(await again?.work(() => true)).toBe(0);
  expect(await counts()).toEqual(before);
});
