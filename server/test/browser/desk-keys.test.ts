import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { invariant } from '../../kernel/result.ts';
import { openBrowser, picture } from '../browser.ts';
import { buildConsole, type Console, openConsole, signedIn } from '../console.ts';
import { openWholeHouse, type WholeHouse } from '../scope/house.ts';
import { removeFolder } from '../tmp.ts';

let house: WholeHouse;
let webDir: string;
let browser: Browser;
let served: Console;
const MANY = 8;
const WAITS = { timeout: 20_000 };

beforeAll(async () => {
  house = await openWholeHouse();
  webDir = await buildConsole();
  served = await openConsole(house, { webDir });
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await served?.close();
  await house?.site.close();
  removeFolder(webDir);
});

type Lift = { id: string; code: string };

/** Lifts of one community where nobody is trapped. */
async function liftsOfOnePlace(): Promise<readonly Lift[]> {
  const { rows } = await house.kernel.pool.query<Lift>(
    `select id, rescue_code as code from registry.elevator e where community_code = (
       select community_code from registry.elevator where kind = 'lift' and state = 'in_use' and rescue_code is not null
       group by 1 having count(*) >= $1 order by 1 limit 1)
       and kind = 'lift' and state = 'in_use' and rescue_code is not null
       and not exists (select from rescue.incident i where i.elevator_id = e.id and i.end_name is null)
     order by id limit $1`,
    [MANY],
  );
  invariant(rows.length === MANY, 'a community of the demo city has enough lifts');
  return rows;
}

async function openDesk(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await context.addCookies(signedIn(house, 'agent', served.address));
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

test('a folded event is opened, walked and folded by keys alone, and six digits lead to their car', async () => {
  const desk = await openDesk();
  const lifts = await liftsOfOnePlace();
  for (const { id } of lifts) {
    const taken = await desk.request.post(`${served.address}/api/v1/rescue/calls`, {
      data: { key: randomUUID(), elevatorId: id, kind: 'entrapment', caller: '10000000001' },
      headers: { origin: served.address },
    });
    expect(taken.status()).toBeLessThan(300);
  }
  await desk.goto(`${served.address}/desk`);
  await desk.locator('.desk-row[data-event]').first().waitFor();
  const { rows: groups } = await house.kernel.pool.query<{ id: string }>(
    'select group_id as id from rescue.incident where elevator_id = $1 and end_name is null',
    [lifts[0]?.id],
  );
  const event = desk.locator(`.desk-row[data-event="${groups[0]?.id}"]`);
  await event.waitFor();
  const fold = desk.locator('.desk-event-head', { has: event }).locator('.desk-fold');
  expect(await fold.getAttribute('aria-expanded')).toBe('false');

  // Up to the event from wherever the desk began, and into it.
  await event.click();
  await expect.poll(() => event.getAttribute('aria-current'), WAITS).toBe('true');
  await desk.keyboard.press('ArrowRight');
  await expect.poll(() => fold.getAttribute('aria-expanded'), WAITS).toBe('true');
  const inside = desk.locator('.desk-row[data-in]');
  await expect.poll(() => inside.count(), WAITS).toBeGreaterThanOrEqual(MANY); // one may have stood there before
  await picture(desk, 'desk-unfolded');

  const shown = () => new URL(desk.url()).searchParams.get('incident');
  const isChosen = (nth: number) => inside.nth(nth).getAttribute('aria-current');
  await desk.keyboard.press('ArrowDown');
  await expect.poll(() => isChosen(0), WAITS).toBe('true');
  const first = shown();
  expect(first).not.toBeNull();
  await desk.keyboard.press('ArrowDown');
  await expect.poll(() => isChosen(1), WAITS).toBe('true');
  expect(shown()).not.toBe(first);
  await desk.keyboard.press('ArrowUp');
  await expect.poll(shown, WAITS).toBe(first);
  await expect.poll(() => isChosen(0), WAITS).toBe('true');

  // Folding from inside goes back to the event itself.
  await desk.keyboard.press('ArrowLeft');
  await expect.poll(() => fold.getAttribute('aria-expanded'), WAITS).toBe('false');
  await expect.poll(() => event.getAttribute('aria-current'), WAITS).toBe('true');

  // One key to the box, six digits, and the car is there; while one writes, no letter is a command.
  const wanted = lifts[3];
  invariant(wanted, 'there are as many');
  await desk.keyboard.press('/');
  expect(await desk.evaluate('document.activeElement?.id')).toBe('desk-find');
  await desk.keyboard.type(`n${wanted.code}`);
  const { rows } = await house.kernel.pool.query<{ id: string }>(
    'select id from rescue.incident where elevator_id = $1 and end_name is null',
    [wanted.id],
  );
  await expect.poll(shown, WAITS).toBe(rows[0]?.id);
  await desk.locator('.desk-identity', { hasText: wanted.code }).waitFor();
});

test('a caller who does not know which elevator he is in is written down, found and helped by keys alone', async () => {
  const desk = await openDesk();
  await desk.goto(`${served.address}/desk`);
  await desk.locator('#desk-find').waitFor();
  const { rows } = await house.kernel.pool.query<Lift>(
    `select id, rescue_code as code from registry.elevator e where kind = 'lift' and state = 'in_use' and rescue_code is not null
       and not exists (select from rescue.incident i where i.elevator_id = e.id and i.end_name is null) order by id limit 1`,
  );
  const [lift] = rows;
  invariant(lift, 'nobody is trapped in one of them');
  const focused = (of: string) => desk.evaluate<boolean>(`document.activeElement?.matches('${of}') ?? false`);
  const tabTo = async (of: string) => {
    for (let n = 0; n < 20 && !(await focused(of)); n += 1) await desk.keyboard.press('Tab');
    expect(await focused(of)).toBe(true);
  };
  await desk.keyboard.press('n');
  await expect.poll(() => focused('.desk-middle input'), WAITS).toBe(true);
  await desk.keyboard.type('999999');
  await tabTo('textarea');
  await desk.keyboard.type('东门那栋');
  await tabTo('.desk-middle button[type=submit]');
  await desk.keyboard.press('Enter');
  // He is still on the line: the next thing typed is where he is.
  await desk.getByText('有人求救，请查明是哪台电梯').waitFor();
  await expect.poll(() => focused('.desk-middle input'), WAITS).toBe(true);
  await desk.keyboard.type(lift.code);
  const incidents = async () => {
    await desk.keyboard.press('Enter'); // once the code is known it is the answer
    const { rowCount } = await house.kernel.pool.query(
      'select from rescue.incident where elevator_id = $1 and end_name is null',
      [lift.id],
    );
    return rowCount;
  };
  await expect.poll(incidents, { timeout: 20_000, interval: 700 }).toBe(1);
  await desk.locator('.desk-identity', { hasText: lift.code }).waitFor();
  // One key leads from the queue into what is open, past all that waits.
  await desk.evaluate('document.activeElement?.blur()');
  await desk.keyboard.press('e');
  expect(await focused('.desk-middle .ant-btn')).toBe(true);
  await picture(desk, 'desk-placed-by-keys');
});
