import { createHmac } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { pass as relay } from '../../kernel/relay.ts';
import { invariant } from '../../kernel/result.ts';
import { identityDeps } from '../../modules/identity/index.ts';
import { type CarryDeps, carryCalls, faultOf, postByHttp } from '../../modules/identity/webhook.carrier.ts';
import { MOST_TRIES } from '../../modules/identity/webhook.rules.ts';
import { type Asker, openWholeHouse, type WholeHouse } from '../scope/house.ts';

let house: WholeHouse;
let manager: Asker;
let agent: Asker;
let made: { id: string; secret: string };

type Call = { url: string; body: string; headers: Readonly<Record<string, string>> };
const heard: Call[] = [];
let isAway = false;
let now = new Date(Date.now() + 600_000); // ahead of the house's clock: what it queues is due
let carrying: CarryDeps;

beforeAll(async () => {
  house = await openWholeHouse();
  [manager, agent] = [asker('maintenance_manager'), asker('agent')];
  const deps = identityDeps(house.kernel);
  carrying = {
    ...deps,
    log: house.kernel.log,
    now: () => now,
    post: (url, body, headers) => {
      if (isAway) return Promise.reject(new Error('HTTP 503'));
      heard.push({ url, body, headers });
      return Promise.resolve();
    },
  };
}, 120_000);

function asker(name: string): Asker {
  const found = house.askers.find((one) => one.name === name);
  invariant(found, `the demo has a ${name}`);
  return found;
}

const ask = async (as: Asker, [method, path]: readonly ['GET' | 'POST' | 'PUT', string], payload?: object) => {
  const url = `/api/v1${path}`;
  const answer = await house.site.inject({ method, url, headers: as.headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.body ? answer.json() : {} };
};

async function passRelay(): Promise<void> {
  const { db, pool, log } = house.kernel;
  const { modules } = house.app;
  while ((await relay({ db, pool, log, modules, heard: () => undefined })) > 0);
}

/** People are trapped in an elevator of this unit, or of another. */
async function trapped(own: boolean): Promise<string> {
  const { rows } = await house.kernel.pool.query<{ id: string }>(
    `select e.id from registry.elevator e where ($1 = any (e.org_ids)) = $2 and not exists (select from rescue.incident i where i.elevator_id = e.id) order by id limit 1`,
    [manager.viewer?.orgId, own],
  );
  const taken = await ask(agent, ['POST', '/rescue/calls'], { key: newId(), elevatorId: rows[0]?.id });
  return String(taken.body.incidentId);
}

const events = ['rescue.incident_opened'];

test('a unit asks to be told, and hears of its own incidents only, signed, with ids and versions', async () => {
  await passRelay();
  const asked = await ask(manager, ['POST', '/webhooks'], { name: '示例平台', url: 'https://example.cn/hook', events });
  expect(asked.status).toBe(200);
  made = asked.body;
  const [ours] = [await trapped(true), await trapped(false)];
  await passRelay();
  await carryCalls(carrying);
  const mine = heard.filter((call) => call.url === 'https://example.cn/hook');
  expect(mine.map((call) => JSON.parse(call.body).subject)).toEqual([ours]);
  const [call] = mine;
  expect(Object.keys(JSON.parse(call?.body ?? '{}'))).toEqual(['id', 'type', 'v', 'occurredAt', 'subject', 'version']);
  const signature = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(call?.headers['tian-signature'] ?? '');
  const right = createHmac('sha256', made.secret).update(`${signature?.[1]}.${call?.body}`).digest('hex');
  expect(signature?.[2]).toBe(right);
});

test('who is away is tried again with growing pauses, then given up, shown, and tried anew by a person', async () => {
  isAway = true;
  const subject = await trapped(true);
  await passRelay();
  for (let n = 0; n < MOST_TRIES; n += 1) {
    await carryCalls(carrying);
    now = new Date(now.getTime() + 3_700_000);
  }
  const calls = await ask(manager, ['GET', `/webhooks/${made.id}/calls?state=dead`]);
  expect(calls.body.items).toMatchObject([{ subject, attempts: MOST_TRIES, lastError: 'HTTP 503' }]);
  isAway = false;
  expect((await ask(manager, ['POST', `/webhooks/${made.id}/retry`])).body).toEqual({ calls: 1 });
  heard.length = 0;
  await carryCalls(carrying);
  expect(heard.map((call) => JSON.parse(call.body).subject)).toEqual([subject]);
});

test('a webhook at rest hears nothing; a plain address and another’s webhook are refused; no answer holds the secret', async () => {
  const change = { name: '示例平台', url: 'https://example.cn/hook', events, active: false, version: 0 };
  expect((await ask(manager, ['PUT', `/webhooks/${made.id}`], change)).status).toBe(204);
  expect((await ask(manager, ['PUT', `/webhooks/${made.id}`], change)).body.code).toBe('identity.webhook_changed');
  await trapped(true);
  await passRelay();
  heard.length = 0;
  await carryCalls(carrying);
  expect(heard.filter((call) => call.url === 'https://example.cn/hook')).toEqual([]);
  const plain = await ask(manager, ['POST', '/webhooks'], { name: 'x', url: 'http://example.cn/', events });
  expect(plain).toMatchObject({ status: 400, body: { code: 'identity.webhook_url' } });
  const maker = asker('maker');
  expect((await ask(maker, ['PUT', `/webhooks/${made.id}`], { ...change, version: 1 })).status).toBe(404);
  const listed = await ask(manager, ['GET', '/webhooks']);
  expect(JSON.stringify(listed.body)).not.toContain(made.secret);
  expect(JSON.stringify(listed.body)).not.toContain('aes.');
});

test('what the network says is kept as it names it, not as "fetch failed"', async () => {
  const refused = await fetch('http://127.0.0.1:1/').catch((error: unknown) => faultOf(error));
  expect(refused).not.toContain('fetch failed');
  expect(faultOf(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) }))).toBe(
    'ENOTFOUND',
  );
  expect(faultOf(new Error('HTTP 500'))).toBe('HTTP 500');
  expect(faultOf(new DOMException('aborted', 'TimeoutError'))).toBe('TimeoutError');
});

test('a name that leads to this machine is not called, unless the system stands on it alone', async () => {
  const call = (loopback: boolean) => postByHttp(loopback)('http://localhost:1/', '{}', {});
  await expect(call(false)).rejects.toThrow('localhost leads to this machine');
  await expect(call(true)).rejects.toThrow('fetch failed'); // called, and nobody is there
});
