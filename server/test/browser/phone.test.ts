import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { kernelModule } from '../../kernel/pieces.ts';
import { programDir } from '../../kernel/program.ts';
import { invariant } from '../../kernel/result.ts';
import { openStream } from '../../kernel/stream.ts';
import { dayOf } from '../../kernel/time.ts';
import { identityModule } from '../../modules/identity/index.ts';
import { rescueModule, seedField } from '../../modules/rescue/index.ts';
import { loadCityPack } from '../../packs.ts';
import { openBrowser, picture } from '../browser.ts';
import { buildConsole } from '../console.ts';
import { type Asker, openWholeHouse, type WholeHouse } from '../scope/house.ts';
import { testSite } from '../site.ts';
import { removeFolder } from '../tmp.ts';

let house: WholeHouse;
let site: FastifyInstance;
let browser: Browser;
let rescuer: Asker;
let agent: Asker;
let address: string;
let webDir: string;

beforeAll(async () => {
  house = await openWholeHouse();
  const { kernel } = house;
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack is whole');
  const { authenticate, ...identity } = identityModule(kernel, pack.value);
  const modules = [kernelModule(kernel), identity, rescueModule(kernel, pack.value)];
  webDir = await buildConsole();
  site = await testSite({
    log: kernel.log,
    webDir,
    authenticate,
    routes: [openStream().routes, ...modules.flatMap((module) => module.routes ?? [])],
  });
  address = await site.listen({ host: '127.0.0.1', port: 0 });
  rescuer = asker('technician');
  agent = asker('agent');
  await onDuty(rescuer);
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  removeFolder(webDir);
});

function asker(name: string): Asker {
  const found = house.askers.find((one) => one.name === name);
  invariant(found, `the demo has a ${name}`);
  return found;
}

async function onDuty({ viewer }: Asker): Promise<void> {
  invariant(viewer?.personId && viewer.orgId, 'the technician is a person of a unit');
  const station = { orgId: viewer.orgId, name: '示例值班点', lng: 120.3, lat: 31.5, areaCodes: ['320205'] };
  const people = [{ id: viewer.personId, certifiedUntil: '2030-01-01' }];
  const stations = [{ ...station, kind: 'maintenance' as const, people }];
  await seedField(house.kernel, { today: dayOf(house.kernel.now()), stations });
}

type Offers = { offers: { crewId: string; state: string }[]; timeline: { what: string }[] } & Record<string, unknown>;

const ask = async (method: 'GET' | 'POST', path: string, payload?: object): Promise<Offers> => {
  const url = `/api/v1/rescue${path}`;
  const answer = await site.inject({ method, url, headers: agent.headers, ...(payload ? { payload } : {}) });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};

/** People are trapped in an elevator of the technician's unit, and the desk asks him. Returns the incident. */
async function offered(nth: number): Promise<string> {
  const own = await house.kernel.pool.query<{ id: string }>(
    `select e.id from registry.elevator e where e.maintenance_org_id = $1 and not exists (
      select from rescue.incident i where i.elevator_id = e.id) order by e.id offset $2 limit 1`,
    [rescuer.viewer?.orgId, nth],
  );
  const taken = await ask('POST', '/calls', { key: `phone-${nth}-call`, elevatorId: own.rows[0]?.id });
  const id = String(taken['incidentId']);
  open.push(id);
  const shown = await ask('GET', `/incidents/${id}`);
  const me = rescuer.viewer?.personId;
  if (!shown.offers.some(({ crewId, state }) => crewId === me && state === 'offered')) {
    await ask('POST', `/incidents/${id}/orders`, { do: 'offer', personIds: [me], reason: '熟悉' });
  }
  return id;
}

async function openPhone(): Promise<BrowserContext> {
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    geolocation: { longitude: 120.3, latitude: 31.5 },
    permissions: ['geolocation'],
  });
  await signIn(phone);
  return phone;
}

async function signIn(phone: BrowserContext): Promise<void> {
  const [name = '', value = ''] = (rescuer.headers['cookie'] ?? '').split('=');
  await phone.addCookies([{ name, value, url: address }]);
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
/** Press, and wait until the server's answer has taken it off the phone: what was in step before the press says nothing. */
async function pressOnline(page: Page, name: string): Promise<void> {
  const answer = page.waitForResponse((r) => r.url().endsWith('/reports') && r.request().method() === 'POST');
  await press(page, name);
  await answer;
  await page.getByText('已同步').waitFor();
}
const told = async (id: string): Promise<string[]> =>
  (await ask('GET', `/incidents/${id}`)).timeline.map(({ what }) => what).filter((what) => what.startsWith('report_'));

/** Everybody is out after every test: the rescuer is free for the next job. */
const open: string[] = [];
afterEach(async () => {
  for (const id of open.splice(0))
    await ask('POST', `/incidents/${id}/reports`, { do: 'release', key: `${id}-end`, people: 1 });
});

/** Until the worker has everything that the page needs to open by itself. */
const isKept = `caches.open('tian-phone').then(async (store) => (await store.match('/jobs')) !== undefined)`;

/** Until every piece of code that this page has loaded is kept as well. */
const isCodeKept = `caches.open('tian-phone').then(async (store) => {
  const code = performance.getEntriesByType('resource').map((r) => new URL(r.name).pathname).filter((p) => p.startsWith('/assets/'));
  const kept = await Promise.all(code.map((path) => store.match(path)));
  return kept.every((found) => found !== undefined);
})`;

test('a rescue without network, with the page killed in the middle, arrives whole and once', async () => {
  const id = await offered(0);
  const phone = await openPhone();
  const first = await phone.newPage();
  await first.goto(`${address}/jobs`);
  await first.locator('.phone-card.answer').first().waitFor();
  await expect.poll(() => first.evaluate(isKept), { timeout: 20_000 }).toBe(true);
  await picture(first, 'phone-jobs');
  await first.goto(`${address}/jobs/${id}`);
  await press(first, '接单');
  await first.getByText('已同步').waitFor();
  await expect.poll(() => first.evaluate(isCodeKept), { timeout: 20_000 }).toBe(true);
  await phone.setOffline(true);
  await press(first, '出发');
  await first.getByText('1 项待上传').waitFor();
  await press(first, '确认到达');
  await press(first, '确认到达');
  await first.getByText('2 项待上传').waitFor();
  await picture(first, 'phone-offline');
  await first.close();

  const second = await phone.newPage();
  await second.goto(`${address}/jobs/${id}`);
  await second.getByText('2 项待上传').waitFor();
  await press(second, '解救完成');
  await press(second, '加一人');
  await press(second, '解救完成');
  await second.getByText('3 项待上传').waitFor();
  expect(await told(id)).toEqual(['report_accept']);
  await second.close();

  await phone.setOffline(false);
  const third = await phone.newPage();
  await third.goto(`${address}/jobs/${id}`);
  await third.getByText('已同步').waitFor();
  await third.reload();
  await third.getByText('已解救').waitFor();
  await picture(third, 'phone-done');
  expect(await told(id)).toEqual(['report_accept', 'report_departure', 'report_arrival', 'report_release']);
  await phone.close();
});

test('an answer that was lost on the way is asked for again, and the act counts once', async () => {
  const id = await offered(1);
  const phone = await openPhone();
  const page = await phone.newPage();
  let lost = 0;
  await page.route('**/reports', async (route) => {
    await route.fetch(); // the server has it
    lost += 1;
    if (lost <= 2) await route.abort('connectionreset');
    else await route.continue();
  });
  await page.goto(`${address}/jobs/${id}`);
  await press(page, '接单');
  await page.getByText('1 项待上传').waitFor();
  await page.getByText('已同步').waitFor();
  expect(lost).toBeGreaterThan(2);
  expect(await told(id)).toEqual(['report_accept']);
  await phone.close();
});

test('a report that the server says no to stays on the phone, is shown, and goes when asked again', async () => {
  const id = await offered(2);
  const phone = await openPhone();
  const page = await phone.newPage();
  await page.route('**/reports', (route) =>
    route.fulfill({ status: 404, json: { status: 404, code: 'rescue.not_found', title: '' } }),
  );
  await page.goto(`${address}/jobs/${id}`);
  await press(page, '接单');
  await page.getByText('1 项未被接收').click();
  await page.getByText('没有找到该事件').waitFor();
  await picture(page, 'phone-held');
  await page.unroute('**/reports');
  await press(page, '立即重新上传');
  await page.getByText('没有待上传的内容').waitFor();
  expect(await told(id)).toEqual(['report_accept']);
  await phone.close();
});

/** A phone whose clock is ten minutes slow. */
const SLOW_CLOCK = `{
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) {
      if (given.length === 0) super(Right.now() - 600_000);
      else super(...given);
    }
    static now() {
      return Right.now() - 600_000;
    }
  };
}`;

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('cut off in the shaft, a clock ten minutes slow, the desk writing too, signed out: every act arrives once, at its own time', async () => {
  const id = await offered(3);
  const phone = await openPhone();
  await phone.addInitScript(SLOW_CLOCK);
  const first = await phone.newPage();
  await first.goto(`${address}/jobs`);
  await first.locator('.phone-card.answer').first().waitFor();
  await expect.poll(() => first.evaluate(isKept), { timeout: 20_000 }).toBe(true);
  await first.goto(`${address}/jobs/${id}`);
  await pressOnline(first, '接单');
  await pressOnline(first, '出发');
  await expect.poll(() => first.evaluate(isCodeKept), { timeout: 20_000 }).toBe(true);
  await phone.setOffline(true);
  await first.close();

  // Opened again in the shaft: what the phone knew of the clock it still knows.
  const second = await phone.newPage();
  await second.goto(`${address}/jobs/${id}`);
  const before = Date.now();
  await press(second, '确认到达');
  await press(second, '确认到达');
  await second.getByText('1 项待上传').waitFor();
  const after = Date.now();
  await ask('POST', `/incidents/${id}/reports`, { do: 'release', key: `${id}-desk`, people: 1 });
  await press(second, '解救完成');
  await second.locator('.phone-photo-add input').setInputFiles({ name: '1.png', mimeType: 'image/png', buffer: PIXEL });
  await second.getByText('2 项待上传').waitFor();
  await press(second, '加一人');
  await press(second, '解救完成');
  await second.getByText('3 项待上传').waitFor();
  await second.close();

  // Signed out meanwhile: nothing is lost, and whoever signs in again sends it.
  await phone.clearCookies();
  await phone.setOffline(false);
  const third = await phone.newPage();
  await third.goto(`${address}/jobs/${id}`);
  await third.waitForURL(/sign-in/);
  expect(await told(id)).toEqual(['report_accept', 'report_departure', 'report_release']);
  await signIn(phone);
  await third.goto(`${address}/jobs/${id}`);
  await third.getByText('已同步').waitFor();

  const shown = await ask('GET', `/incidents/${id}`);
  expect(await told(id)).toEqual([
    'report_accept',
    'report_departure',
    'report_release',
    'report_arrival',
    'report_release',
  ]);
  const arrived = z
    .object({ arrived: z.object({ at: z.string(), trusted: z.boolean() }) })
    .parse(shown['clocks']).arrived;
  expect(arrived.trusted).toBe(true);
  expect(Date.parse(arrived.at)).toBeGreaterThan(before - 5_000);
  expect(Date.parse(arrived.at)).toBeLessThan(after + 5_000);
  const { rows } = await house.kernel.pool.query<{ photos: number }>(
    `select coalesce(jsonb_array_length(data -> 'photos'), 0)::int as photos from rescue.incident_log
     where incident_id = $1 and what = 'report_release' order by seq`,
    [id],
  );
  expect(rows.map(({ photos }) => photos)).toEqual([0, 1]);
  await phone.close();
});
