import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type House, openTestHouse, tokenIn } from '../../modules/identity/house.fixtures.ts';
import { totpCode } from '../../modules/identity/totp.ts';

let house: House;
beforeAll(async () => {
  house = await openTestHouse();
});

const post = (url: string, payload: object, as?: string) =>
  house.ask({ method: 'POST', url: `/api/v1${url}`, payload, ...(as !== undefined && { as }) });
const get = (url: string, as?: string) =>
  house.ask({ method: 'GET', url: `/api/v1${url}`, ...(as !== undefined && { as }) });

test('an empty system asks for its first administrator, takes one with the code of the data folder, and no second', async () => {
  expect((await get('/setup')).json()).toEqual({ needed: true });
  const first = { username: '管理员一', password: '月下独酌-花间一壶-1', setupCode: 'guessed' };
  expect((await post('/setup', first)).statusCode).toBe(403);
  const setupCode = readFileSync(join(house.kernel.config.dataDir, 'setup-code.txt'), 'utf8').trim();
  expect((await post('/setup', { ...first, password: 'password12', setupCode })).json()).toMatchObject({
    code: 'identity.password_common',
  });
  expect((await post('/setup', { ...first, setupCode })).statusCode).toBe(201);
  expect((await get('/setup')).json()).toEqual({ needed: false });
  expect((await post('/setup', { ...first, username: '管理员二', setupCode })).statusCode).toBe(409);
});

test('an administrator signs in only with a second factor, set up at the first sign-in', async () => {
  const first = await post('/session', { username: '管理员一', password: '月下独酌-花间一壶-1' });
  expect(first.json()).toMatchObject({ stage: 'enrolment', me: null });
  const half = tokenIn(first);
  expect((await get('/accounts', half)).statusCode).toBe(401);

  const sheet = await house.ask({ method: 'POST', url: '/api/v1/session/enrolment', as: half });
  const { secret, qrSvg, uri } = sheet.json<{ secret: string; qrSvg: string; uri: string }>();
  expect(uri).toMatch(/^otpauth:\/\/totp\//);
  expect(qrSvg).toMatch(/^<svg/);
  expect((await post('/session/enrolment/code', { code: '000000' }, half)).statusCode).toBe(401);
  const done = await post('/session/enrolment/code', { code: totpCode(secret, house.deps.now()) }, half);
  const { recoveryCodes } = done.json<{ recoveryCodes: string[] }>();
  expect(recoveryCodes).toHaveLength(10);
  const open = tokenIn(done);
  expect((await get('/accounts', open)).statusCode).toBe(200);
  expect((await get('/accounts', half)).statusCode).toBe(401); // the token from before the second factor

  house.pass(60);
  const again = await post('/session', { username: '管理员一', password: '月下独酌-花间一壶-1' });
  expect(again.json()).toMatchObject({ stage: 'second_factor' });
  const code = totpCode(secret, house.deps.now());
  const right = await post('/session/code', { code }, tokenIn(again));
  expect(right.json()).toMatchObject({ stage: 'open', me: { role: 'administrator', reach: 'nothing' } });

  const thief = await post('/session', { username: '管理员一', password: '月下独酌-花间一壶-1' });
  expect((await post('/session/code', { code }, tokenIn(thief))).statusCode).toBe(401); // a code works once
  const recovery = { code: recoveryCodes[0]?.toLowerCase() };
  expect((await post('/session/code', recovery, tokenIn(thief))).json()).toMatchObject({ stage: 'open' });
  const later = await post('/session', { username: '管理员一', password: '月下独酌-花间一壶-1' });
  expect((await post('/session/code', recovery, tokenIn(later))).statusCode).toBe(401); // so does a recovery code
});
