import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import { newId } from '../kernel/ids.ts';
import { keysForTest } from '../kernel/keys.ts';
import type { Kernel } from '../kernel/module.ts';
import { programDir } from '../kernel/program.ts';
import { invariant } from '../kernel/result.ts';
import { type CityPack, loadCityPack } from '../packs.ts';
import { testDb } from '../test/db.ts';
import { seedInsurance } from './insurance.ts';
import { seedPensions } from './pension.ts';
import { isEmptyHouse, seedDemo } from './seed.ts';

let kernel: Kernel;
let pack: CityPack;
beforeAll(async () => {
  const { db, pool } = await testDb();
  const read = readConfig({ TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-demo-')) });
  const loaded = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(read.ok && loaded.ok, 'configuration and pack are whole');
  pack = loaded.value;
  const log = pino({ level: 'silent' });
  kernel = { db, pool, config: read.value, log, keys: keysForTest(), now: () => new Date(), newId };
});

const one = async (text: string) => (await kernel.pool.query<Record<string, number>>(text)).rows[0];

test('an empty house is filled with a whole city and is not empty afterwards', async () => {
  expect(await isEmptyHouse(kernel)).toBe(true);
  const steps = new Set<string>();
  await seedDemo({
    kernel,
    pack,
    parts: [seedInsurance, seedPensions],
    progress: (step) => steps.add(step),
    elevators: 400,
  });
  expect([...steps]).toEqual(['people', 'elevators', 'parts', 'accounts']);
  expect(await isEmptyHouse(kernel)).toBe(false);
  expect(await one('select count(*) as n, count(distinct rescue_code) as codes from registry.elevator')).toEqual({
    n: 400,
    codes: 400,
  });
});

test('nothing in it can be taken for real: names say that they are examples, phones begin with 100', async () => {
  expect(await one(`select count(*) as n from identity.org where name not like '示例%'`)).toEqual({ n: 0 });
  expect(await one(`select count(*) as n from registry.building where estate not like '示例%'`)).toEqual({ n: 0 });
  expect(await one('select count(*) as n from identity.person where not demo')).toEqual({ n: 0 });
});

test('two 养老险 programmes have their years and costs; the renewal of one is owed to the fen', async () => {
  const { rows } = await sql<
    Record<string, unknown>
  >`select p.ended_on is null as running, p.renewal_benefit as benefit,
      (select count(*)::int from insurance.pension_year y where y.pension_id = p.id) as years,
      (select count(*)::int from insurance.pension_cost c join insurance.pension_year y on y.id = c.year_id where y.pension_id = p.id) as costs,
      (select -sum(o.amount)::int from insurance.posting o where o.account = 'benefit_payable' and o.party = p.number) as owed
    from insurance.pension p order by p.ended_on nulls first`.execute(kernel.db);
  const benefit = 4_290_000; // 286,000.00 yuan × 15 % after three years
  expect(rows).toMatchObject([
    { running: true, years: 3, benefit: null, owed: null },
    { running: false, years: 3, benefit, owed: benefit },
  ]);
  expect(rows[1]?.['costs']).toBe(15);
});

test('every elevator stands in its own district, by the code and by the map', async () => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from registry.elevator
    where district_code is null or not area_codes @> array[district_code, street_code, community_code]
      or lng not between 119.4 and 120.8 or lat not between 31 and 32.1`.execute(kernel.db);
  expect(rows[0]?.n).toBe(0);
});

test('each role has an account with its own password, in a file that only its owner may read', async () => {
  const path = join(kernel.config.dataDir, 'demo-accounts.txt');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((l) => l.split('\t'));
  const { rows } = await sql<{ accounts: number; roles: number }>`
    select count(*)::int as accounts, count(distinct role)::int as roles from identity.account`.execute(kernel.db);
  expect(rows[0]?.roles).toBeGreaterThan(25);
  expect(lines).toHaveLength(rows[0]?.accounts ?? 0);
  expect(new Set(lines.map((l) => l[2])).size).toBe(lines.length);
});

test('most elevators are insured by policies that were paid for, each with its number, and the books balance', async () => {
  const { rows } = await sql<{ insured: number; policies: number; numbers: number; unpaid: number; books: number }>`
    select (select count(distinct l.elevator_id)::int from insurance.policy_line l
        join insurance.policy p on p.id = l.policy_id where p.state = 'issued' and current_date between l.from_on and l.to_on) as insured,
      (select count(*)::int from insurance.policy where state = 'issued') as policies,
      (select count(distinct number)::int from insurance.policy where state = 'issued') as numbers,
      (select count(*)::int from insurance.policy p where state = 'issued' and not exists (
        select from insurance.posting o where o.policy_id = p.id and o.account = 'premium_receivable' and o.amount < 0)) as unpaid,
      (select sum(amount)::int from insurance.posting) as books`.execute(kernel.db);
  expect(rows[0]).toMatchObject({ unpaid: 0, books: 0 });
  expect(rows[0]?.insured).toBeGreaterThan(150);
  expect(rows[0]?.numbers).toBe(rows[0]?.policies);
});
