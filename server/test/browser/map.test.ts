import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { TileType } from 'pmtiles';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { invariant } from '../../kernel/result.ts';
import { openBrowser, picture } from '../browser.ts';
import { buildConsole, type Console, openConsole, signedIn } from '../console.ts';
import { coveredTile, plainPng, writePmtiles } from '../pmtiles.ts';
import { openWholeHouse, type WholeHouse } from '../scope/house.ts';
import { removeFolder } from '../tmp.ts';

let house: WholeHouse;
let webDir: string;
let browser: Browser;
const consoles: Console[] = [];
const folder = mkdtempSync(join(tmpdir(), 'tian-map-'));

beforeAll(async () => {
  house = await openWholeHouse();
  webDir = await buildConsole();
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  for (const served of consoles) await served.close();
  await house?.site.close();
  removeFolder(webDir);
});

/** The same house with another base map. Returns its address. */
async function opened(map: Record<string, string>, started = ''): Promise<string> {
  const served = await openConsole(house, { webDir, map, started });
  consoles.push(served);
  return served.address;
}

type Seen = { page: Page; refused: string[] };

/** The map around a place, else around the city, and what the browser refused to load. */
async function lookAt(address: string, at = '120.29999,31.57,9.50'): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 }, locale: 'zh-CN' });
  await context.addCookies(signedIn(house, 'city_regulator', address));
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Failed to (load|fetch)/.test(message.text())) refused.push(message.text());
  });
  await page.goto(`${address}/map?at=${at}`);
  await page.locator('.maplibregl-canvas').waitFor();
  return { page, refused };
}

/** The colour in the lower right corner of the map, where no elevator stands. */
async function colourOf(page: Page): Promise<readonly [number, number, number]> {
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  invariant(box, 'the map is drawn');
  const clip = { x: box.x + box.width - 30, y: box.y + 20, width: 2, height: 2 };
  const png = (await page.screenshot({ clip })).toString('base64');
  const reader = await browser.newPage();
  const found = await reader.evaluate<[number, number, number]>(`new Promise((done) => {
    const shot = new Image();
    shot.onload = () => {
      const to = Object.assign(document.createElement('canvas'), { width: 2, height: 2 }).getContext('2d');
      to.drawImage(shot, 0, 0);
      done([...to.getImageData(0, 0, 1, 1).data].slice(0, 3));
    };
    shot.src = 'data:image/png;base64,${png}';
  })`);
  await reader.close();
  return found;
}

test('a PMTiles file on this machine lies below the elevators', async () => {
  const path = join(folder, 'city.pmtiles');
  const water = coveredTile('water');
  const tiles = [{ z: 0, x: 0, y: 0, bytes: water }];
  writePmtiles(path, {
    type: TileType.Mvt,
    metadata: { vector_layers: [{ id: 'water' }], attribution: '© 示例底图' },
    tiles,
  });
  const { page, refused } = await lookAt(await opened({ TIAN_MAP_PMTILES: path }));
  await page.getByText('© 示例底图').waitFor();
  await expect.poll(() => colourOf(page), { timeout: 30_000 }).toEqual([0xcf, 0xdb, 0xe6]); // the water of the light map
  await picture(page, 'map-pmtiles');
  expect(refused).toEqual([]);
});

test('天地图 is asked with the key, told the site but not the page, and drawn; no other host may be', async () => {
  const asked: { url: string; referer: string | undefined }[] = [];
  const tile = plainPng([40, 60, 220]);
  const answer = (url: string | undefined, referer: string | undefined) => asked.push({ url: url ?? '', referer });
  const server: Server = createServer(({ url, headers }, reply) => {
    answer(url, headers.referer);
    reply.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(tile);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `http://127.0.0.1:${port}`;
  const address = await opened({ TIAN_MAP_TIANDITU_KEY: 'sample-key-1', TIAN_MAP_TIANDITU_URL: host });
  const { page, refused } = await lookAt(address);
  await page.getByText('© 天地图').waitFor();
  await expect.poll(async () => (await colourOf(page))[2], { timeout: 30_000 }).toBeGreaterThan(180);
  await picture(page, 'map-tianditu');
  expect(refused).toEqual([]);
  expect(new Set(asked.map(({ url }) => /LAYER=(\w+)/.exec(url)?.[1]))).toEqual(new Set(['vec', 'cva']));
  expect(asked.every(({ url }) => url.endsWith('tk=sample-key-1'))).toBe(true);
  expect(new Set(asked.map(({ referer }) => referer))).toEqual(new Set([`${address}/`]));
  const policy = (await page.request.get(address)).headers()['content-security-policy'];
  expect(policy).toMatch(new RegExp(`connect-src 'self' ${host}(;|$)`));
  expect(policy).not.toContain('tianditu');
  server.close();
});

test('without a base map the page asks nobody but its own server', async () => {
  const address = await opened({});
  const { page } = await lookAt(address);
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && /^https?:/.test(request.url())) outside.push(request.url());
  });
  await page.reload();
  await expect.poll(() => colourOf(page), { timeout: 30_000 }).toEqual([0xe9, 0xed, 0xf1]); // the bare page
  expect(outside).toEqual([]);
  expect((await page.request.get(address)).headers()['content-security-policy']).toMatch(/connect-src 'self'(;|$)/);
});

test('elevators that could not be read are said to be lacking, and read when asked for again', async () => {
  const { page } = await lookAt(await opened({}));
  const lacking = page.getByText('电梯没有全部读出');
  expect(await lacking.count()).toBe(0);
  const tiles = /\/map\/tiles\//;
  await page.route(tiles, (route) => route.abort());
  await page.reload();
  await lacking.waitFor();
  await picture(page, 'map-lacking');
  await page.unroute(tiles);
  const read = page.waitForResponse((answer) => tiles.test(answer.url()));
  await page.getByRole('button', { name: '重试' }).click();
  expect((await read).ok()).toBe(true);
  await lacking.waitFor({ state: 'detached' });
});

type Place = { at: string; ids: string[]; code: string };

/** A place where so many elevators stand that one of them is opened by a press. */
async function placeOf(many: boolean): Promise<Place> {
  const { rows } = await sql<Place>`select lng || ',' || lat || ',17.00' as at, array_agg(id::text order by id) as ids,
      min(rescue_code) as code
    from registry.elevator where lng is not null and state <> 'scrapped' and merged_into is null
    group by lng, lat having count(*) ${many ? sql`between 2 and 6` : sql`= 1`} order by 1 limit 1`.execute(
    house.kernel.db,
  );
  invariant(rows[0], 'the demo city has such a place');
  return rows[0];
}

/** Press the middle of the map until what stands there was drawn and has opened. */
async function pressMiddle(page: Page): Promise<void> {
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  invariant(box, 'the map is drawn');
  const press = async () => {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    return page
      .locator('.drawer')
      .waitFor({ timeout: 1_000 })
      .then(() => 'open')
      .catch(() => 'shut');
  };
  await expect.poll(press, { timeout: 60_000 }).toBe('open');
}

test('a press on an elevator opens its file beside the map, and the file its page', async () => {
  const place = await placeOf(false);
  const { page } = await lookAt(await opened({}, 'registry'), place.at);
  await pressMiddle(page);
  await page.locator('.drawer').getByText(place.code).first().waitFor();
  expect(new URL(page.url()).searchParams.get('open')).toBe(place.ids[0]);
  await picture(page, 'map-file');
  await page.goBack(); // what was opened is no step of the way back: it leads out of the map
  await page.goForward();
  await page.locator('.drawer').getByText(place.code).first().waitFor();
  await page.getByRole('link', { name: '打开完整页面' }).click();
  await page.waitForURL(`**/elevators/${place.ids[0]}`);
  await page.getByText(place.code).first().waitFor();
});

test('a press where several elevators stand names all of them, and each can be shown', async () => {
  const place = await placeOf(true);
  const { page } = await lookAt(await opened({}, 'registry'), place.at);
  await pressMiddle(page);
  const here = page.locator('.map-here button');
  await expect.poll(() => here.count(), { timeout: 30_000 }).toBe(place.ids.length);
  const shown = () => new URL(page.url()).searchParams.get('open') ?? '';
  const seen = new Set<string>();
  for (let nth = 0; nth < place.ids.length; nth += 1) {
    await here.nth(nth).click();
    await expect.poll(() => here.nth(nth).getAttribute('aria-current')).toBe('true');
    seen.add(shown());
  }
  expect([...seen].toSorted()).toEqual(place.ids);
  await page.keyboard.press('Escape');
  await page.locator('.drawer').waitFor({ state: 'detached' });
});
