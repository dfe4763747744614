import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { buildApp } from '../../app.ts';
import { seedInsurance } from '../../demo/insurance.ts';
import { seedDemo } from '../../demo/seed.ts';
import { readConfig } from '../../kernel/config.ts';
import { openDb, openPool } from '../../kernel/db.ts';
import { type AccountId, newId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import type { Kernel } from '../../kernel/module.ts';
import { programDir } from '../../kernel/program.ts';
import { pass } from '../../kernel/relay.ts';
import { invariant } from '../../kernel/result.ts';
import { newSecret, sha256 } from '../../kernel/secret-data.ts';
import { identityDeps } from '../../modules/identity/index.ts';
import { insertSession } from '../../modules/identity/sign-in.store.ts';
import { loadCityPack } from '../../packs.ts';
import { openBrowser } from '../browser.ts';
import { buildConsole } from '../console.ts';
import { testDb } from '../db.ts';
import { removeFolder } from '../tmp.ts';
import { openDatabaseLine } from './database-line.ts';

/** The demo city with a year of insurance behind it, the console as it is built, and a browser for everybody in it. */
export type Walk = Awaited<ReturnType<typeof openWalk>>;

const ELEVATORS = 300;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Open it. `clock.backMs` sets the house's clock back, so that hours may pass at once. */
export async function openWalk() {
  const line = await openDatabaseLine((await testDb()).url);
  const pool = openPool(line.url);
  const db = openDb<unknown>(pool);
  const dataDir = mkdtempSync(join(tmpdir(), 'tian-walk-'));
  const read = readConfig({ TIAN_DATA_DIR: dataDir, TIAN_DEMO: '0', TIAN_REQUESTS_PER_MINUTE: '1000000' });
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(read.ok && pack.ok, 'configuration and pack are whole');
  const clock = { backMs: 0 };
  const log = pino({ level: 'silent' });
  const now = () => new Date(Date.now() - clock.backMs);
  const kernel: Kernel = { db, pool, config: read.value, log, keys: keysForTest(), now, newId };
  const seeding = { kernel, pack: pack.value, parts: [seedInsurance], progress: () => undefined };
  await seedDemo({ ...seeding, elevators: ELEVATORS });
  const webDir = await buildConsole();
  const { site, modules } = await buildApp(kernel, pack.value, { webDir });
  const address = await site.listen({ host: '127.0.0.1', port: 0 });
  const browser = await openBrowser();
  afterAll(async () => {
    await browser.close();
    await site.close();
    await pool.end();
    await line.cut();
    for (const folder of [webDir, dataDir]) removeFolder(folder);
  });
  const heard = () => undefined;
  return {
    kernel,
    clock,
    line,
    address,
    /** Let the modules hear what was told them. */
    relay: async () => {
      for (let n = 0; n < 3; n += 1) await pass({ db, pool, log, modules, heard });
    },
    /** Everything one role sees, at a desk or on a phone; without a role, nobody has signed in. */
    as: (username: string | null, { phone = false } = {}) => enter({ kernel, browser, address }, username, phone),
  };
}

type House = { kernel: Kernel; browser: Browser; address: string };
export type Person = { page: Page; context: BrowserContext; go: (path: string) => Promise<void> };

async function enter({ kernel, browser, address }: House, username: string | null, phone: boolean): Promise<Person> {
  const context = await browser.newContext({
    viewport: phone ? PHONE : DESK,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    geolocation: { longitude: 120.3, latitude: 31.5 },
    permissions: ['geolocation'],
  });
  if (username) {
    const value = await sessionOf(kernel, username);
    await context.addCookies([{ name: 'tian_session', value, url: address }]);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { page, context, go: async (path) => void (await page.goto(address + path)) };
}

/** A session as signing in would begin it. Returns its secret. */
async function sessionOf(kernel: Kernel, username: string): Promise<string> {
  const deps = identityDeps(kernel);
  const { rows } = await sql<{ id: AccountId }>`select id from identity.account where username = ${username}`.execute(
    kernel.db,
  );
  const [account] = rows;
  invariant(account, `the demo has an account ${username}`);
  const token = newSecret();
  const session = { id: newId(), tokenHash: sha256(token), accountId: account.id, stage: 'open' as const };
  const times = { startedAt: new Date(), endsAt: new Date(Date.now() + 3_600_000) };
  await deps.db
    .transaction()
    .execute((tx) => insertSession(tx, { ...session, ...times, address: '127.0.0.1', agent: 'test' }));
  return token;
}

/** Press the one button of this name. */
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).click();

/** Choose one of a list by its words. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-item-option:visible', { hasText: option }).first().click();
}
