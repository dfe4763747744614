import { expect, test } from 'vitest';
import { z } from 'zod';
import { testSite } from '../test/site.ts';
import { originOf, type Routes } from './http.ts';
import { EVERYTHING, type Viewer } from './scope.ts';

const agent: Viewer = {
  accountId: '00000000-0000-7000-8000-000000000001' as Viewer['accountId'],
  personId: null,
  orgId: null,
  role: 'agent',
  displayName: '坐席一',
  scope: EVERYTHING,
  grants: [],
};

const site = (routes: Routes, viewer: Viewer | null = agent, publicUrl: string | null = null) =>
  testSite({
    publicUrl,
    authenticate: async () => viewer,
    routes: [routes],
  });

const calls: Routes = async (app) => {
  app.post(
    '/calls',
    {
      schema: { body: z.object({ code: z.string().regex(/^\d{6}$/), people: z.int().min(0) }) },
      config: { access: ['agent'] },
    },
    async ({ body }) => body,
  );
  app.get('/broken', { config: { access: 'signed_in' } }, async () => {
    throw new Error('the secret reason');
  });
};

test('a route that does not say who may call it stops the start', async () => {
  await expect(site(async (app) => void app.get('/open', async () => 'x'))).rejects.toThrow(
    /does not say who may call it/,
  );
});

test('bad input is a 400 that names the field and its value, and reaches no handler', async () => {
  const app = await site(calls);
  const answer = await app.inject({ method: 'POST', url: '/api/v1/calls', payload: { code: '12x', people: 1 } });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toMatch('application/problem+json');
  expect(answer.json()).toMatchObject({ code: 'kernel.invalid', faults: [{ field: 'code', value: '"12x"' }] });
});

test('a body of another encoding is refused, not stored as question marks; a mark of the byte order is no fault', async () => {
  const app = await site(async (api) => {
    const body = z.object({ said: z.string() });
    api.post('/said', { schema: { body }, config: { access: ['agent'] } }, async (request) => request.body);
  });
  const say = (payload: Buffer) =>
    app.inject({ method: 'POST', url: '/api/v1/said', payload, headers: { 'content-type': 'application/json' } });
  const inGbk = Buffer.concat([Buffer.from('{"said":"'), Buffer.from([0xb6, 0xab, 0xb1, 0xdf]), Buffer.from('"}')]);
  const refused = await say(inGbk);
  expect([refused.statusCode, refused.json()]).toMatchObject([400, { code: 'kernel.unreadable' }]);
  expect((await say(Buffer.from('{"said":"东边"}'))).json()).toEqual({ said: '东边' });
  expect((await say(Buffer.from('\ufeff{"said":"东边"}'))).json()).toEqual({ said: '东边' });
  const empty = await say(Buffer.from(''));
  expect([empty.statusCode, empty.json()]).toMatchObject([400, { code: 'kernel.unreadable' }]);
});

test('an address with an id that is none is not found, as one with an id that nothing has; other faults are named', async () => {
  const thing: Routes = async (app) => {
    const params = z.object({ id: z.uuid(), month: z.string().regex(/^\d{4}-\d{2}$/) });
    app.get('/things/:id/:month', { schema: { params }, config: { access: 'signed_in' } }, async () => ({}));
    app.post(
      '/things',
      { schema: { body: z.object({ id: z.uuid() }) }, config: { access: 'signed_in' } },
      async () => ({}),
    );
  };
  const app = await site(thing);
  const ask = async (url: string) => (await app.inject({ url: `/api/v1/things/${url}` })).json<{ code: string }>();
  expect(await ask('abc/2026-11')).toMatchObject({ status: 404, code: 'kernel.not_found' });
  const id = '00000000-0000-7000-8000-000000000001';
  expect(await ask(`${id}/soon`)).toMatchObject({ status: 400, faults: [{ field: 'month' }] });
  expect(await ask(`abc/soon`)).toMatchObject({ status: 400, faults: [{ field: 'id' }, { field: 'month' }] });
  const sent = await app.inject({ method: 'POST', url: '/api/v1/things', payload: { id: 'abc' } });
  expect(sent.json()).toMatchObject({ status: 400, faults: [{ field: 'id' }] }); // a form: who filled it in is told
});

test('a link that leaves the house carries the city’s address; without one, the address it was asked by', async () => {
  const link: Routes = async (app) => {
    app.get('/link', { config: { access: 'public' } }, async (request) => ({ link: `${originOf(request)}/x` }));
  };
  const ask = async (publicUrl: string | null) => {
    const app = await site(link, agent, publicUrl);
    const headers = { host: 'forged.example' };
    return (await app.inject({ url: '/api/v1/link', headers })).json<{ link: string }>().link;
  };
  expect(await ask('https://dianti.example.cn')).toBe('https://dianti.example.cn/x');
  expect(await ask(null)).toBe('http://forged.example/x');
});

test('a key nobody knows is named, wherever it stands, with how to mend it, in the reader’s language', async () => {
  const strict: Routes = async (app) => {
    const line = z.strictObject({ amount: z.int() });
    const body = z.strictObject({ note: z.string(), lines: z.array(line) });
    app.post('/strict', { schema: { body }, config: { access: ['agent'] } }, async (request) => request.body);
  };
  const app = await site(strict);
  const payload = { note: 'x', lines: [{ amount: 1, amuont: 2 }], extra: true, more: 'y' };
  const ask = (language: string) =>
    app.inject({ method: 'POST', url: '/api/v1/strict', payload, headers: { 'accept-language': language } });
  const answer = await ask('zh-CN');
  expect(answer.statusCode).toBe(400);
  expect(answer.json<{ faults: unknown }>().faults).toEqual([
    { field: 'lines.0.amuont', value: '2', message: '没有名为「amuont」的项：请核对名称，或将其删去' },
    { field: 'extra', value: 'true', message: '没有名为「extra」的项：请核对名称，或将其删去' },
    { field: 'more', value: '"y"', message: '没有名为「more」的项：请核对名称，或将其删去' },
  ]);
  expect((await ask('en')).body).toContain('There is nothing called \\"extra\\" here');
});

test.each([
  ['{"code": ', 'application/json', 400],
  ['<xml/>', 'text/xml', 415],
  [`{"code": "${'x'.repeat(1_100_000)}"}`, 'application/json', 413],
])('an unreadable body %# is a clear 4xx', async (payload, type, status) => {
  const app = await site(calls);
  const answer = await app.inject({ method: 'POST', url: '/api/v1/calls', payload, headers: { 'content-type': type } });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ status });
});

test('nobody gets 401, another role 403, in the language they ask for', async () => {
  const nobody = await (await site(calls, null)).inject({ method: 'POST', url: '/api/v1/calls' });
  expect([nobody.statusCode, nobody.json().title]).toEqual([401, '尚未登录，或登录已过期']);
  const other = await (await site(calls, { ...agent, role: 'broker' })).inject({
    method: 'POST',
    url: '/api/v1/calls',
    headers: { 'accept-language': 'en' },
  });
  expect([other.statusCode, other.json().title]).toEqual([403, 'Your role may not do this']);
});

test('a page of another site cannot post here', async () => {
  const app = await site(calls);
  const headers = { origin: 'https://elsewhere.example', host: 'tian.example' };
  expect((await app.inject({ method: 'POST', url: '/api/v1/calls', headers })).json().code).toBe(
    'kernel.foreign_origin',
  );
});

test('our own failure says nothing but the request id', async () => {
  const answer = await (await site(calls)).inject({ url: '/api/v1/broken' });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('secret');
  expect(answer.json().requestId).toBeTruthy();
});

test('a telemetry service that is away is a 503 with when to come back', async () => {
  const app = await site(calls);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const answer = await fetch(`${address}/api/v1/telemetry/batches`, { method: 'POST', body: '[]' });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  await app.close();
});

test('the API describes itself', async () => {
  const document = (await (await site(calls)).inject({ url: '/api/openapi.json' })).json();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/api/v1/calls');
});
