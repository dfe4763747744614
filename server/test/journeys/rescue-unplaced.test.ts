import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { queue, trapped } from '../../../contract/rescue-queue.ts';
import { type Db, openDb } from '../../kernel/db.ts';
import { type AccountId, newId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { plainOf } from '../../kernel/packs.ts';
import { programDir } from '../../kernel/program.ts';
import { invariant } from '../../kernel/result.ts';
import { EVERYTHING, scopedOn, type Viewer } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { peopleOn, type RescueTables, rescueModuleOn } from '../../modules/rescue/index.ts';
import { addElevator, addOrg, addRescuer, commandDeps } from '../../modules/rescue/rescue.fixtures.ts';
import { loadCityPack } from '../../packs.ts';
import { testDb } from '../db.ts';
import { namedIn, testSite } from '../site.ts';

let site: FastifyInstance;
let db: Db<RescueTables>;
let deps: ReturnType<typeof commandDeps>;
const viewers = new Map<string, Viewer>();
const log = pino({ level: 'silent' });

beforeAll(async () => {
  const opened = await testDb<RescueTables>();
  db = opened.db;
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack of the default city is valid');
  deps = commandDeps(db, plainOf(pack.value.files.rescue));
  const keys = keysForTest();
  const secret = secretData(keys, 'aes');
  const module = rescueModuleOn({
    ...deps.deps,
    scoped: scopedOn(db),
    keys,
    secret,
    log,
    voice: { name: 'test', start: async () => ({ ok: true, reason: '' }), end: async () => undefined },
    areaNames: new Map([['320205', '示例区']]),
    ways: (from) => from.map(() => null),
    people: peopleOn(openDb(opened.pool), secret, deps.deps),
  });
  invariant(module.routes, 'rescue has routes');
  const pages = module.pages ? [module.pages] : [];
  site = await testSite({ log, authenticate: namedIn(viewers), routes: [module.routes], pages });
  const maintainer = await addOrg(db, '示例维保一号公司', 'maintenance_unit');
  await addRescuer(db, { org: maintainer, label: '王组', now: deps.deps.now() });
  viewers.set('agent', {
    accountId: newId() as AccountId,
    personId: null,
    orgId: null,
    role: 'agent',
    displayName: 'agent',
    scope: EVERYTHING,
    grants: [],
  });
});

async function ask(method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await site.inject({
    method,
    url: `/api/v1/rescue${url}`,
    ...(payload ? { payload } : {}),
    headers: { 'x-as': 'agent' },
  });
  return { status: answer.statusCode, body: answer.body ? z.record(z.string(), z.unknown()).parse(answer.json()) : {} };
}

const headline = async (area = '') => trapped.parse((await ask('GET', `/trapped${area}`)).body).unplaced;
const unplaced = async () => queue.parse((await ask('GET', '/queue')).body).unplaced;

/** Somebody trapped types the six digits of the plate wrong. Returns the page he waits on. */
async function scanWrong(said: string): Promise<string> {
  const payload = { key: newId(), code: '000000', caller: '13900000017', said, needs: { people: 2, elders: true } };
  const answer = await site.inject({ method: 'POST', url: '/api/v1/rescue/sos', payload });
  expect(answer.statusCode).toBe(200);
  return z.object({ progress: z.string() }).parse(answer.json()).progress;
}

test('a call for help that names no elevator waits on top of the queue until the desk found it, and helps from its own time', async () => {
  const elevatorId = await addElevator(db);
  const calledAt = deps.deps.now();
  const page = await scanWrong('东边那栋');
  deps.pass(90);
  const [call, ...others] = await unplaced();
  expect(others).toEqual([]);
  expect(call).toMatchObject({
    channel: 'qr',
    said: '000000 东边那栋',
    caller: '139****0017',
    needs: { people: 2, elders: true },
  });
  invariant(call, 'it waits');
  const events = await sql<{ type: string }>`select type from kernel.outbox where subject = ${call.id}`.execute(db);
  expect(events.rows).toEqual([{ type: 'rescue.call_unplaced' }]); // the desk need not look for it
  expect((await ask('POST', `/calls/${call.id}/place`, { elevatorId: newId() })).body['code']).toBe(
    'rescue.no_elevator',
  );
  expect(await unplaced()).toHaveLength(1);
  expect([await headline(), await headline('?area=320205')]).toEqual([1, 0]); // on every page's top; it lies in no area

  const placed = await ask('POST', `/calls/${call.id}/place`, { elevatorId });
  expect(placed).toMatchObject({ status: 200, body: { callId: call.id, joined: false } });
  expect(await ask('POST', `/calls/${call.id}/place`, { elevatorId: await addElevator(db) })).toEqual(placed); // a second click
  expect([await unplaced(), await headline()]).toEqual([[], 0]);
  const { body } = await ask('GET', `/incidents/${z.string().parse(placed.body['incidentId'])}`);
  expect(body).toMatchObject({ elevatorId, needs: { people: 2, elders: true } });
  const clocks = z.record(z.string(), z.object({ at: z.string() })).parse(body['clocks']);
  expect(clocks['reported']?.at).toBe(calledAt.toISOString());
  expect(clocks['offered']?.at).toBe(deps.deps.now().toISOString());
  const told = await ask('GET', `/incidents/${z.string().parse(placed.body['incidentId'])}/progress`);
  const lines = z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })).parse(told.body['lines']);
  expect(told.body).toMatchObject({ phase: 'offered', etaSeconds: null });
  expect(lines.map(({ code }) => code)).toEqual([
    'rescue.script.calm',
    'rescue.script.stay_away_from_door',
    'rescue.script.elder',
    'rescue.script.asking',
  ]);
  const waiting = await site.inject({ method: 'GET', url: page });
  expect(waiting.body).toContain('示例路 1 号'); // who waits inside sees that it is known where he is
});

test('the shift that goes leaves word of calls whose elevator nobody knows yet', async () => {
  await scanWrong('北门');
  const left = await ask('POST', '/handovers', { note: '北门有人求救，正在查' });
  expect(left).toMatchObject({ status: 200, body: { unplaced: 1 } });
  const [call] = await unplaced();
  await ask('POST', `/calls/${call?.id}/settlement`, { reason: '已在北门救出' });
  expect((await ask('POST', '/handovers', { note: '无' })).body).toMatchObject({ unplaced: 0 });
});

test('a call that joins: the elevator is known from elsewhere already', async () => {
  const elevatorId = await addElevator(db);
  const first = await ask('POST', '/calls', { key: newId(), elevatorId, caller: '' });
  await scanWrong('');
  const [call] = await unplaced();
  const placed = await ask('POST', `/calls/${call?.id}/place`, { elevatorId });
  expect(placed.body).toMatchObject({ incidentId: first.body['incidentId'], joined: true });
});

test('a call that needs nobody is settled with a reason, once, and is no longer placed', async () => {
  await scanWrong('按错了');
  const [call] = await unplaced();
  expect((await ask('POST', `/calls/${call?.id}/settlement`, { reason: '误触' })).status).toBe(204);
  expect(await unplaced()).toEqual([]);
  const again = await ask('POST', `/calls/${call?.id}/settlement`, { reason: '误触' });
  expect([again.status, again.body['code']]).toEqual([409, 'rescue.call_settled']);
  const late = await ask('POST', `/calls/${call?.id}/place`, { elevatorId: await addElevator(db) });
  expect([late.status, late.body['code']]).toEqual([409, 'rescue.call_settled']);
  const kept = await db
    .selectFrom('rescue.call')
    .select('settled_why')
    .where('id', '=', call?.id ?? '')
    .executeTakeFirst();
  expect(kept?.settled_why).toBe('误触');
});

test('a question without an elevator is no call for help', async () => {
  await ask('POST', '/calls', { key: newId(), kind: 'question', said: '年检标志在哪里看' });
  expect(await unplaced()).toEqual([]);
});
