import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxKeys } from '../../../contract/sandbox.ts';
import { SANDBOX_KINDS, SANDBOX_PATH } from '../../../contract/sandbox.ts';
import { buildApp } from '../../app.ts';
import { readConfig } from '../../kernel/config.ts';
import { newId } from '../../kernel/ids.ts';
import { checkKeys, keysForTest } from '../../kernel/keys.ts';
import type { Kernel } from '../../kernel/module.ts';
import { storePack } from '../../kernel/pack-store.ts';
import { programDir } from '../../kernel/program.ts';
import { invariant } from '../../kernel/result.ts';
import { verifyMqtt } from '../../modules/identity/authenticate.ts';
import { identityDeps } from '../../modules/identity/index.ts';
import { loadCityPack } from '../../packs.ts';
import { testDb } from '../../test/db.ts';
import { seedInsurance } from '../insurance.ts';
import { seedDemo } from '../seed.ts';

let kernel: Kernel;
let site: FastifyInstance;
let tooEarly: LightMyRequestResponse;
let at = new Date('2026-11-21T01:00:00Z');
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  const { db, pool } = await testDb();
  const read = readConfig({ TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-sandbox-')), TIAN_DEMO: 'sandbox' });
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(read.ok && pack.ok, 'configuration and pack are whole');
  kernel = {
    db,
    pool,
    config: read.value,
    log: pino({ level: 'silent' }),
    keys: keysForTest(),
    now: () => at,
    newId,
  };
  await db.transaction().execute((tx) => storePack(tx, pack.value));
  await checkKeys(db, kernel.keys);
  site = (await buildApp(kernel, pack.value, { webDir: '/nowhere' })).site;
  tooEarly = await ask('maker');
  await seedDemo({ kernel, pack: pack.value, parts: [seedInsurance], progress: () => undefined, elevators: 120 });
});
afterAll(() => site.close());

// Each from an address of its own: the door counts what one address takes.
let address = 0;
const ask = (kind: string, name = '试用系统') =>
  site.inject({
    method: 'POST',
    url: '/api/v1/sandbox/clients',
    payload: { name, kind },
    remoteAddress: `127.0.1.${(address += 1)}`,
  });

async function take(kind: string): Promise<SandboxKeys> {
  const answer = await ask(kind);
  expect(answer.statusCode).toBe(201);
  return answer.json<SandboxKeys>();
}

const secretOf = ({ secrets }: SandboxKeys, door: 'api' | 'mqtt') => secrets.find((s) => s.door === door)?.secret ?? '';

const tokenFor = (keys: SandboxKeys) =>
  site.inject({
    method: 'POST',
    url: '/api/v1/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: keys.clientId,
      client_secret: secretOf(keys, 'api'),
    }).toString(),
  });

const read = async (keys: SandboxKeys, url: string) =>
  site.inject({ url, headers: { authorization: `Bearer ${(await tokenFor(keys)).json().access_token}` } });

test('no keys are handed out before the invented city stands', () => {
  expect([tooEarly.statusCode, tooEarly.json().code]).toEqual([503, 'sandbox.not_ready']);
});

test('a system of every kind gets keys that open what they say', async () => {
  for (const kind of SANDBOX_KINDS) {
    const keys = await take(kind);
    expect([kind, (await tokenFor(keys)).json().scope]).toEqual([kind, keys.grants.join(' ')]);
  }
});

test('a maker reads elevators it may speak for, and both doors know its keys', async () => {
  const keys = await take('maker');
  expect(keys.elevators.length).toBeGreaterThan(0);
  const list = await read(keys, '/api/v1/elevators?limit=2');
  expect(list.json().items.length).toBeGreaterThan(0);
  const { db, now } = identityDeps(kernel);
  const caller = await verifyMqtt({ db, now }, { username: keys.clientId, password: secretOf(keys, 'mqtt') });
  expect(caller).not.toBeNull();
  const codes = keys.elevators.map((e) => e.rescueCode);
  const { rows } = await kernel.pool.query(
    'select distinct maker_org_id from registry.elevator where rescue_code = any ($1)',
    [codes],
  );
  expect(rows).toEqual([{ maker_org_id: keys.org?.id }]);
});

test('keys end by themselves, and an organisation whose system ended is free for the next', async () => {
  const maker = await take('maker');
  const taken: SandboxKeys[] = [];
  let answer = await ask('insurer');
  while (answer.statusCode === 201) {
    taken.push(answer.json());
    answer = await ask('insurer');
  }
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'sandbox.all_taken']);
  expect(new Set(taken.map((k) => k.org?.id)).size).toBe(taken.length);

  at = new Date(at.getTime() + 25 * HOUR_MS);
  const next = await take('insurer');
  expect((await tokenFor(next)).statusCode).toBe(200);
  for (const old of taken) expect((await tokenFor(old)).statusCode).toBe(401);
  expect((await tokenFor(maker)).statusCode).toBe(200); // a week
  at = new Date(at.getTime() + 6 * 24 * HOUR_MS);
  expect((await tokenFor(maker)).statusCode).toBe(401);
});

test('the page hands out keys once, with commands that hold them, and asks again for a name that is missing', async () => {
  const open = await site.inject(SANDBOX_PATH);
  expect([open.statusCode, open.body.includes('<select name="kind">')]).toEqual([200, true]);
  const post = (payload: Record<string, string>) =>
    site.inject({
      method: 'POST',
      url: SANDBOX_PATH,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(payload).toString(),
    });
  const nameless = await post({ name: ' ', kind: 'maker' });
  expect([nameless.statusCode, nameless.body.includes('aria-invalid')]).toEqual([400, true]);
  const given = await post({ name: '<b>试用</b>', kind: 'maker' });
  expect([given.statusCode, given.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(given.body).toContain('mosquitto_pub');
  expect([open.body.includes('?lang='), given.body.includes('?lang=')]).toEqual([true, false]); // that link would lose the keys
  expect(given.body).not.toContain('<b>试用');
});

test('the accounts of the demo are not shown beside a sandbox', async () => {
  expect((await site.inject('/api/v1/demo-accounts')).statusCode).toBe(404);
});
