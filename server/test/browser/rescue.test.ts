import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, buildApp } from '../../app.ts';
import { programDir } from '../../kernel/program.ts';
import { invariant } from '../../kernel/result.ts';
import { type IngestProcess, openIngest } from '../../modules/telemetry/process.ts';
import { connect, held, say, sender } from '../../modules/telemetry/telemetry.fixtures.ts';
import { loadCityPack } from '../../packs.ts';
import { openBrowser, picture } from '../browser.ts';
import { buildConsole } from '../console.ts';
import { type Asker, openWholeHouse, type WholeHouse } from '../scope/house.ts';
import { removeFolder } from '../tmp.ts';

type Lift = { id: string; code: string; lng: number; lat: number };
let house: WholeHouse;
let app: App;
let ingest: IngestProcess;
let stopRunning: () => Promise<void>;
let browser: Browser;
let webDir: string;
let address: string;
let rescuer: Asker;
let lift: Lift;
let agoMs = 0; // how far the doors' clock is behind: what takes minutes in a shaft need not take them here

/** Everything runs as in a city: doors, detection, relay, dispatch, stream and console, on a small demo city. */
beforeAll(async () => {
  house = await openWholeHouse();
  const { kernel } = house;
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack is whole');
  rescuer = asker('technician');
  lift = await aLiftOf(rescuer);
  await standingBy(rescuer, lift);
  const config = { ...kernel.config, mqttPort: 0, ingestPort: 0 };
  const now = () => new Date(Date.now() - agoMs);
  ingest = await openIngest({ ...kernel, config, now }, pack.value.files.telemetry);
  webDir = await buildConsole();
  app = await buildApp(kernel, pack.value, { webDir });
  address = await app.site.listen({ host: '127.0.0.1', port: 0 });
  stopRunning = await app.run();
  browser = await openBrowser();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await app?.site.close();
  await stopRunning?.();
  await ingest?.stop();
  removeFolder(webDir);
});

function asker(name: string): Asker {
  const found = house.askers.find((one) => one.name === name);
  invariant(found, `the demo has a ${name}`);
  return found;
}

/** A lift that the technician's unit maintains, where nobody is trapped. */
async function aLiftOf({ viewer }: Asker): Promise<Lift> {
  const { rows } = await house.kernel.pool.query<Lift>(
    `select e.id, e.rescue_code as code, e.lng, e.lat from registry.elevator e
      where e.maintenance_org_id = $1 and e.kind = 'lift' and e.state = 'in_use' and e.rescue_code is not null
        and e.lng is not null and not exists (select from rescue.incident i where i.elevator_id = e.id)
      order by e.id limit 1`,
    [viewer?.orgId],
  );
  invariant(rows[0], 'the unit maintains a lift');
  return rows[0];
}

/** The technician is on duty next door: nobody could be there sooner. */
async function standingBy({ viewer }: Asker, { lng, lat }: Lift): Promise<void> {
  const { rowCount } = await house.kernel.pool.query(
    'update rescue.rescuer set lng = $2, lat = $3, position_at = now() where person_id = $1',
    [viewer?.personId, lng, lat],
  );
  invariant(rowCount === 1, 'the technician is a rescuer');
}

async function signedIn({ headers }: Asker, viewport: { width: number; height: number }): Promise<BrowserContext> {
  const [name = '', value = ''] = (headers['cookie'] ?? '').split('=');
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    geolocation: { longitude: lift.lng, latitude: lift.lat },
    permissions: ['geolocation'],
  });
  await context.addCookies([{ name, value, url: address }]);
  return context;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** How many entrapments the published figures count. */
async function counted(page: Page): Promise<number> {
  await page.goto(`${address}/statistics`);
  const figure = page.locator('.figure', { hasText: '困人' }).first().locator('.statistic');
  await figure.waitFor();
  return Number(await figure.textContent());
}

test('from what a box reports to a line of the statistics, everybody at his own screen', async () => {
  const desk = await (await signedIn(asker('agent'), { width: 1440, height: 900 })).newPage();
  const phone = await (await signedIn(rescuer, { width: 390, height: 844 })).newPage();
  const before = await counted(desk);
  await desk.goto(`${address}/desk`);
  await desk.locator('.desk-row').first().waitFor();
  await phone.goto(`${address}/jobs`);

  const box = await connect(ingest, await sender(house.kernel.pool, rescuer.viewer?.orgId ?? null));
  for (const [seq, secondsAgo] of [200, 100, 0].entries()) {
    agoMs = secondsAgo * 1_000;
    await say(box, held(lift.code, seq, new Date(Date.now() - agoMs)));
  }

  // The desk learns of it without being asked, and who stands next door is asked by the system.
  const { id, address: place } = await incident();
  await desk.locator('.desk-row', { hasText: place }).first().click({ timeout: 60_000 });
  await picture(desk, 'rescue-desk');
  await phone.locator(`a[href*="${id}"]`).first().waitFor({ timeout: 60_000 });

  await phone.goto(`${address}/jobs/${id}`);
  await press(phone, '接单');
  await desk.locator('.desk-row.open', { hasText: '途中' }).waitFor({ timeout: 60_000 });
  await press(phone, '出发');
  await press(phone, '确认到达');
  await press(phone, '确认到达'); // once to say how he is sure, once to send it
  await desk.locator('.desk-row.open', { hasText: '现场' }).waitFor({ timeout: 60_000 });
  await press(phone, '解救完成');
  await press(phone, '加一人');
  await press(phone, '解救完成');
  await desk.locator('.desk-row.open', { hasText: '已解救' }).waitFor({ timeout: 60_000 });
  await picture(desk, 'rescue-desk-released');

  expect(await counted(desk)).toBe(before + 1);
  await picture(desk, 'rescue-statistics');
  await box.endAsync();
});

/** The incident that came of the evidence. */
async function incident(): Promise<{ id: string; address: string }> {
  const found = async () =>
    await house.kernel.pool.query<{ id: string; address: string }>(
      'select i.id, c.address from rescue.incident i join registry.elevator_card c on c.id = i.elevator_id where c.id = $1',
      [lift.id],
    );
  await expect.poll(async () => (await found()).rows.length, { timeout: 60_000 }).toBe(1);
  const [row] = (await found()).rows;
  invariant(row, 'it was just there');
  return row;
}
