import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ElevatorId } from '../../kernel/ids.ts';
import { qrToken, scanPath } from '../../modules/registry/qr.ts';
import { openBrowser, picture } from '../browser.ts';
import { openWholeHouse, type WholeHouse } from '../scope/house.ts';

let house: WholeHouse;
let browser: Browser;
let address: string;

beforeAll(async () => {
  house = await openWholeHouse();
  address = await house.site.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await house?.site.close();
});

test('who is trapped scans the plate, presses once, without script, and the desk has the call', async () => {
  const { rows } = await house.kernel.pool.query<{ id: ElevatorId; rescue_code: string }>(
    `select e.id, e.rescue_code from registry.elevator e
     where e.rescue_code is not null and not exists (select from rescue.incident i where i.elevator_id = e.id) limit 1`,
  );
  const id = rows[0]?.id as ElevatorId;
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address + scanPath(qrToken(house.kernel.keys, id)));
  await page.fill('input[name=said]', '电梯停在三楼不开门');
  await page.click('form button');
  await page.waitForURL(/\/~\/sos\//);
  const now = page.frameLocator('iframe[name=now]');
  expect(await now.locator('[role=status]').textContent()).toMatch(/\S/);
  await picture(page, 'sos-sent').catch(() => undefined); // a picture for people; without script the fonts cannot be awaited
  const calls = await house.kernel.pool.query(`select channel from rescue.call where elevator_id = $1`, [id]);
  const open = await house.kernel.pool.query(`select phase from rescue.incident where elevator_id = $1`, [id]);
  expect([calls.rows, open.rows.length]).toEqual([[{ channel: 'qr' }], 1]);

  // The rescue moves; the page shows it at the next look, and the number stays where it is without a network.
  const said = async () => (await now.locator('body').textContent()) ?? '';
  const incident = await house.kernel.pool.query<{ id: string }>(
    'select id from rescue.incident where elevator_id = $1',
    [id],
  );
  const agent = house.askers.find((a) => a.name === 'agent');
  const report = async (as: string, happenedAt = house.kernel.now()) => {
    const answer = await house.site.inject({
      method: 'POST',
      url: `/api/v1/rescue/incidents/${incident.rows[0]?.id}/reports`,
      headers: agent?.headers ?? {},
      payload: { do: as, key: `sos-${as}`, crewId: null, people: 1, happenedAt: happenedAt.toISOString() },
    });
    expect([as, answer.statusCode]).toEqual([as, 200]);
  };
  await report('release');
  await page.click('a[target=now]');
  await now.locator('li.done >> nth=4').waitFor();
  expect(await said()).not.toMatch(/\d{11}/);
  await context.setOffline(true);
  await page.click('a[target=now]').catch(() => undefined);
  expect(await page.getAttribute('a.call', 'href')).toBe('tel:96333');
  await context.close();
});
