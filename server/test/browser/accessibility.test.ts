import axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ElevatorId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { qrToken, scanPath } from '../../modules/registry/qr.ts';
import { openBrowser, picture } from '../browser.ts';
import { buildConsole, type Console, openConsole, signedIn } from '../console.ts';
import { openWholeHouse, type WholeHouse } from '../scope/house.ts';
import { removeFolder } from '../tmp.ts';

let house: WholeHouse;
let webDir: string;
let browser: Browser;
let served: Console;
let elevatorId: string;
let quoteId: string;

/** The rules of axe-core, run inside the page: the policy of our pages lets no script of others in. */
const axe = axeCore.source;
const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

beforeAll(async () => {
  house = await openWholeHouse();
  webDir = await buildConsole();
  served = await openConsole(house, { webDir });
  browser = await openBrowser();
  const one = async (sql: string) => (await house.kernel.pool.query<{ id: string }>(sql)).rows[0]?.id ?? '';
  elevatorId = await one(`select id from registry.elevator where rescue_code is not null order by id limit 1`);
  quoteId = await one(`select q.id from insurance.quote q join identity.account a on a.org_id = q.holder_org_id
    where a.role = 'use_unit_head' limit 1`);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await served?.close();
  await house?.site.close();
  removeFolder(webDir);
});

type Violation = { id: string; impact: string; help: string; nodes: { target: string[]; failureSummary: string }[] };

/** What keeps people out of a page: violations of WCAG 2 AA that are serious or critical, each with where it stands. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const run = `axe.run(document, { runOnly: ${JSON.stringify(AA)}, resultTypes: ['violations'] })`;
  const { violations } = await page.evaluate<{ violations: Violation[] }>(run);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    );
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

type Look = { role: string; path: () => string; size?: typeof DESK };
const LOOKS: Readonly<Record<string, Look>> = {
  'sign-in': { role: 'nobody', path: () => '/sign-in' },
  overview: { role: 'city_regulator', path: () => '/' },
  map: { role: 'city_regulator', path: () => '/map' },
  list: { role: 'city_regulator', path: () => '/elevators' },
  file: { role: 'city_regulator', path: () => `/elevators/${elevatorId}` },
  health: { role: 'city_regulator', path: () => '/telemetry?view=street' },
  industries: { role: 'department', path: () => '/industries' },
  desk: { role: 'agent', path: () => '/desk' },
  jobs: { role: 'technician', path: () => '/jobs', size: PHONE },
  work: { role: 'technician', path: () => '/jobs/work', size: PHONE },
  policies: { role: 'underwriter', path: () => '/insurance/policies' },
  quote: { role: 'use_unit_head', path: () => `/insurance/quotes/${quoteId}` },
  scan: { role: 'nobody', path: () => scanPath(qrToken(house.kernel.keys, elevatorId as ElevatorId)), size: PHONE },
  claim: { role: 'nobody', path: () => '/~/claim', size: PHONE },
};

test.each(Object.keys(LOOKS))('%s can be used by who cannot see, or not well (WCAG 2 AA)', async (name) => {
  const look = LOOKS[name];
  invariant(look, 'the page is in the list');
  const { role, path, size = DESK } = look;
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN' });
  await context.addCookies(signedIn(house, role, served.address));
  const page = await context.newPage();
  await page.goto(served.address + path());
  await page.locator('h1').first().waitFor();
  await expect.poll(() => page.locator('.loading').count(), { timeout: 30_000 }).toBe(0);
  await picture(page, `page-${name}`);
  expect(await page.evaluate('document.documentElement.lang')).toMatch(/^zh/);
  expect(await barriers(page)).toEqual([]);
  await context.close();
});
