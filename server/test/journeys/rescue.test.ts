import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Db, openDb } from '../../kernel/db.ts';
import { type AccountId, type ElevatorId, newId, type OrgId, type PersonId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import type { Module } from '../../kernel/module.ts';
import { publish } from '../../kernel/outbox.ts';
import { plainOf } from '../../kernel/packs.ts';
import { programDir } from '../../kernel/program.ts';
import { pass as relay } from '../../kernel/relay.ts';
import { invariant } from '../../kernel/result.ts';
import { EVERYTHING, NOTHING, scopedOn, type Viewer } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { qrToken, scanPath } from '../../modules/registry/index.ts';
import { peopleOn, type RescueTables, rescueModuleOn } from '../../modules/rescue/index.ts';
import { addElevator, addOrg, addRescuer, commandDeps, suspicion } from '../../modules/rescue/rescue.fixtures.ts';
import { sweep } from '../../modules/rescue/timer.service.ts';
import { loadCityPack } from '../../packs.ts';
import { testDb } from '../db.ts';
import { namedIn, testSite } from '../site.ts';

let site: FastifyInstance;
let module: Module;
let db: Db<RescueTables>;
let house: Db<unknown>;
let deps: ReturnType<typeof commandDeps>;
let maintainer: OrgId;
let rescuer: PersonId;
const viewers = new Map<string, Viewer>();
const log = pino({ level: 'silent' });
let pool: Awaited<ReturnType<typeof testDb>>['pool'];

const viewer = (name: string, over: Partial<Viewer>) =>
  viewers.set(name, {
    accountId: newId() as AccountId,
    personId: null,
    orgId: null,
    role: 'agent',
    displayName: name,
    scope: EVERYTHING,
    grants: [],
    ...over,
  });

beforeAll(async () => {
  const opened = await testDb<RescueTables>();
  ({ db, pool } = opened);
  house = openDb(pool);
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack of the default city is valid');
  deps = commandDeps(db, plainOf(pack.value.files.rescue));
  const voice = { name: 'test', start: async () => ({ ok: true, reason: '' }), end: async () => undefined };
  const keys = keysForTest();
  const secret = secretData(keys, 'aes');
  const areaNames = new Map([['320205', '示例区']]);
  const ways = (from: readonly unknown[]) => from.map(() => null);
  module = rescueModuleOn({
    ...deps.deps,
    scoped: scopedOn(db),
    keys,
    secret,
    log,
    voice,
    areaNames,
    ways,
    people: peopleOn(house, secret, deps.deps),
  });
  invariant(module.routes, 'rescue has routes');
  site = await testSite({
    log,
    authenticate: namedIn(viewers),
    routes: [module.routes],
    pages: module.pages ? [module.pages] : [],
  });
  maintainer = await addOrg(db, '示例维保一号公司', 'maintenance_unit');
  rescuer = await addRescuer(db, { org: maintainer, label: '王组', now: deps.deps.now() });
  viewer('agent', {});
  const own = { all: false, areas: [], orgs: [maintainer] };
  viewer('rescuer', { role: 'technician', personId: rescuer, orgId: maintainer, scope: own });
  viewer('stranger', {
    role: 'technician',
    personId: newId() as PersonId,
    scope: { ...NOTHING, orgs: [newId() as OrgId] },
  });
});

type Answer = { status: number; body: Record<string, unknown> };
async function ask(
  method: 'GET' | 'POST',
  url: string,
  { as, payload }: { as?: string; payload?: object } = {},
): Promise<Answer> {
  const answer = await site.inject({
    method,
    url: `/api/v1/rescue${url}`,
    ...(payload ? { payload } : {}),
    headers: { 'x-as': as ?? '' },
  });
  return { status: answer.statusCode, body: answer.body ? answer.json() : {} };
}
const passRelay = async () => {
  for (let n = 0; n < 5; n += 1) await relay({ db: house, pool, log, modules: [module], heard: () => undefined });
};
const at = () => deps.deps.now().toISOString();
/** A field of an answer that must be a text. */
const text = (value: unknown): string => z.string().parse(value);
const report = (id: string | undefined, payload: object) =>
  ask('POST', `/jobs/${id}/reports`, { as: 'rescuer', payload: { key: newId(), happenedAt: at(), ...payload } });

test('from what a sensor saw to one line in the statistics', async () => {
  const elevator = await addElevator(db, { maintenance: maintainer, rescueCode: '320001' });
  await house.transaction().execute((tx) => publish(tx, [suspicion(elevator, deps.deps.now())]));
  await passRelay();
  const queue = await ask('GET', '/incidents', { as: 'agent' });
  const [item] = queue.body['items'] as { id: string; crew: string; phase: string }[];
  expect(item).toMatchObject({ phase: 'offered', crew: '王组' });
  expect((await ask('GET', `/incidents/${item?.id}`, { as: 'stranger' })).status).toBe(404);
  const jobs = await ask('GET', '/jobs', { as: 'rescuer' });
  expect(jobs.body).toMatchObject({ onDuty: true, items: [{ incidentId: item?.id, state: 'offered' }] });
  deps.pass(40);
  expect(await report(item?.id, { do: 'accept' })).toMatchObject({ status: 200, body: { phase: 'under_way' } });
  deps.pass(600);
  const arrived = await report(item?.id, { do: 'arrive', at: { lng: 120.3001, lat: 31.5 }, scanned: '320001' });
  expect(arrived.body['phase']).toBe('on_site');
  const foreign = qrToken(keysForTest(), newId() as ElevatorId);
  await report(item?.id, { do: 'arrive', scanned: `https://example.cn${scanPath(foreign)}` });
  await report(item?.id, { do: 'arrive', scanned: `https://example.cn${scanPath(qrToken(keysForTest(), elevator))}` });
  const scans = await ask('GET', `/incidents/${item?.id}`, { as: 'agent' });
  const fits = (scans.body['timeline'] as { data: { scanFits?: boolean } }[]).flatMap(
    ({ data }) => data.scanFits ?? [],
  );
  expect(fits).toEqual([true, false, true]);
  expect(JSON.stringify(scans.body)).not.toContain(foreign);
  deps.pass(240);
  await report(item?.id, { do: 'release', people: 2, injuries: true, causeClass: '3', causeDetail: '301' });
  const confirmed = { do: 'confirm', key: newId(), outcome: 'all_out', satisfaction: 5 };
  await ask('POST', `/incidents/${item?.id}/reports`, { as: 'agent', payload: confirmed });
  const closed = await ask('POST', `/incidents/${item?.id}/orders`, { as: 'agent', payload: { do: 'close' } });
  expect(closed.body).toMatchObject({
    phase: 'closed',
    people: 2,
    needs: { injuries: true },
    can: { close: { code: 'rescue.ended' } },
  });
  expect((closed.body['clocks'] as Record<string, unknown>)['stop']).toBeDefined();
  const figures = await ask('GET', '/statistics?from=2026-11-01&to=2026-11-30&by=cause', { as: 'agent' });
  expect(figures.body['total']).toMatchObject({
    incidents: 1,
    people: 2,
    responseRate: 1,
    arrivalRate: 1,
    arrival: { mean: 640 },
  });
  expect(figures.body['rows']).toMatchObject([{ key: '3', incidents: 1 }]);
  expect(figures.body['alarms']).toEqual({ raised: 1, confirmed: 1, refuted: 0, open: 0, hitRate: 1, first: 1 });
  const csv = await site.inject({
    url: '/api/v1/rescue/statistics/export?from=2026-11-01&to=2026-11-30&format=csv',
    headers: { 'x-as': 'agent' },
  });
  expect(csv.body.split('\r\n')[1]).toMatch(/^示例区,1,2,640,/);
  const xlsx = await site.inject({
    url: '/api/v1/rescue/statistics/export?from=2026-11-01&to=2026-11-30&format=xlsx',
    headers: { 'x-as': 'agent' },
  });
  expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
});

test('SOS from the street needs no account, and the same one twice opens one incident', async () => {
  await addElevator(db, { maintenance: maintainer, rescueCode: '320002' });
  const payload = { key: newId(), code: '320002', needs: { people: 1, infants: true }, caller: '10012345678' };
  const first = await ask('POST', '/sos', { payload });
  const again = await ask('POST', '/sos', { payload });
  expect([first.status, again.body['number']]).toEqual([200, first.body['number']]);
  const call = await db.selectFrom('rescue.call').selectAll().where('channel', '=', 'qr').executeTakeFirstOrThrow();
  expect(call.caller).not.toContain('10012345678');
});

test('SOS with a code that nobody knows is kept all the same', async () => {
  const answer = await ask('POST', '/sos', { payload: { key: newId(), code: '999999' } });
  expect(answer).toMatchObject({ status: 200, body: { number: null, hotline: '96333' } });
});

test('a form without script is taken from any page and shows how far the rescue is, with nobody named', async () => {
  await addElevator(db, { maintenance: maintainer, rescueCode: '320044' });
  const send = (url: string, payload: Readonly<Record<string, string>>) =>
    site.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
      payload: new URLSearchParams(payload).toString(),
    });
  const form = { key: newId(), code: '320044', caller: '13900000044', said: '一家三口' };
  const answer = await send('/api/v1/rescue/sos', form);
  const path = String(answer.headers.location);
  expect([answer.statusCode, path]).toEqual([303, expect.stringMatching(/^\/~\/sos\/[\w.-]+$/)]);
  const queue = await ask('GET', '/incidents', { as: 'agent' });
  expect(JSON.stringify(queue.body)).toContain('320044');

  const page = await site.inject({ url: path });
  expect(page.body).toContain('href="tel:96333"');
  expect(page.body).toContain('320 044');
  const now = await site.inject({ url: `${path}/now` });
  expect(now.body).toContain('http-equiv="refresh"');
  const crews = await db.selectFrom('rescue.rescuer').select('label').execute();
  expect(crews.length).toBeGreaterThan(0);
  for (const secret of ['13900000044', '一家三口', ...crews.map((c) => c.label)])
    expect(page.body + now.body).not.toContain(secret);
  expect((await site.inject({ url: `${path}x/now` })).statusCode).toBe(404);
});

test('a call that is no entrapment is taken and counted, and opens nothing', async () => {
  const payload = { key: newId(), kind: 'complaint', code: '320001', said: '异响', caller: '10000000001' };
  const taken = await ask('POST', '/calls', { as: 'agent', payload });
  expect(taken.body).toMatchObject({ incidentId: null, joined: false });
  const calls = await ask('GET', '/calls', { as: 'agent' });
  const items = calls.body['items'] as { kind: string }[];
  expect(items.find((c) => c.kind === 'complaint')).toMatchObject({ caller: '100****0001' });
  const beside = async (days: string) =>
    (await ask('GET', `/statistics?${days}`, { as: 'agent' })).body['beside'] as { calls: number };
  expect((await beside('from=2026-11-20&to=2026-11-20')).calls).toBe(1);
  expect((await beside('from=2026-11-21&to=2026-11-30')).calls).toBe(0);
});

test('a call about an elevator that nobody can name yet is seen by the desk that took it', async () => {
  const desk = newId() as OrgId;
  viewer('district desk', { orgId: desk, scope: { all: false, areas: ['320205'], orgs: [desk] } });
  viewer('other district', { scope: { all: false, areas: ['320206'], orgs: [] } });
  const said = `不知道哪台 ${newId()}`;
  await ask('POST', '/calls', { as: 'district desk', payload: { key: newId(), kind: 'fault', said } });
  const seen = async (as: string) => JSON.stringify((await ask('GET', '/calls', { as })).body).includes(said);
  expect([await seen('district desk'), await seen('other district'), await seen('agent')]).toEqual([true, false, true]);
});

test('the agent overrides with a reason, sees who else could go, and another agent is told to look again', async () => {
  await addElevator(db, { maintenance: null, rescueCode: '320003' });
  const other = await addRescuer(db, { org: maintainer, label: '李组', now: deps.deps.now() });
  const taken = await ask('POST', '/calls', {
    as: 'agent',
    payload: { key: newId(), code: '320003', needs: { fire: true } },
  });
  const id = text(taken.body['incidentId']);
  const shown = await ask('GET', `/incidents/${id}`, { as: 'agent' });
  expect(shown.body['script']).toContain('rescue.script.fire');
  const listed = await ask('GET', `/incidents/${id}/candidates`, { as: 'agent' });
  for (const c of listed.body['items'] as { reasons: unknown[] }[]) expect(c.reasons.length).toBeGreaterThan(0);
  const stale = { do: 'escalate', version: 0 };
  expect((await ask('POST', `/incidents/${id}/orders`, { as: 'agent', payload: stale })).body).toMatchObject({
    code: 'rescue.changed_meanwhile',
  });
  const free = (listed.body['items'] as { personId: string }[]).some((c) => c.personId === other);
  const order = { do: 'offer', personIds: [other], reason: '熟悉该小区' };
  const offered = await ask('POST', `/incidents/${id}/orders`, { as: 'agent', payload: order });
  expect(offered.status).toBe(free ? 200 : 409);
  expect((await ask('POST', `/incidents/${id}/orders`, { as: 'rescuer', payload: { do: 'escalate' } })).status).toBe(
    403,
  );
});

test('talking with the car and corrections stand on the timeline; nothing is changed', async () => {
  const elevator = await addElevator(db, { maintenance: maintainer, rescueCode: '320004' });
  const taken = await ask('POST', '/calls', { as: 'agent', payload: { key: newId(), elevatorId: elevator } });
  const id = text(taken.body['incidentId']);
  const talk = await ask('POST', `/incidents/${id}/talks`, { as: 'agent' });
  expect((await ask('POST', `/talks/${text(talk.body['talkId'])}/end`, { as: 'agent' })).status).toBe(204);
  await ask('POST', `/incidents/${id}/reports`, {
    as: 'agent',
    payload: { do: 'correct', key: newId(), seq: 1, text: '来电人为物业' },
  });
  const shown = await ask('GET', `/incidents/${id}`, { as: 'agent' });
  const lines = shown.body['timeline'] as { what: string; corrects: number | null }[];
  expect(lines.map((l) => l.what)).toEqual(expect.arrayContaining(['talk_started', 'talk_ended', 'correct']));
  expect(lines.find((l) => l.what === 'correct')?.corrects).toBe(1);
});

test('a drill runs like a rescue, and counts nowhere', async () => {
  const elevator = await addElevator(db, { maintenance: maintainer });
  const begun = await ask('POST', '/drills', { as: 'agent', payload: { elevatorId: elevator, orgId: maintainer } });
  const queue = await ask('GET', `/incidents?elevator=${elevator}`, { as: 'agent' });
  expect(queue.body['items']).toMatchObject([{ drill: true }]);
  await sweep(deps.deps);
  expect(
    (await ask('POST', `/drills/${text(begun.body['id'])}/end`, { as: 'agent', payload: { summary: '到场 9 分钟' } }))
      .status,
  ).toBe(204);
  const figures = await ask('GET', '/statistics?from=2026-11-01&to=2026-11-30', { as: 'agent' });
  expect(figures.body['beside']).toMatchObject({ drills: 1 });
  const board = await ask('GET', '/drills', { as: 'agent' });
  expect(board.body['items']).toMatchObject([{ outcome: 'done', summary: '到场 9 分钟' }]);
});

test('elevators that nobody on duty reaches in time are named', async () => {
  await addElevator(db, { at: { lng: 121.5, lat: 32.4 } });
  const gaps = await ask('GET', '/coverage', { as: 'agent' });
  expect(gaps.body).toMatchObject({ gaps: 1, by: 'line' });
});

test('a shift is left with what is open, and taken once', async () => {
  const left = await ask('POST', '/handovers', { as: 'agent', payload: { note: '一起待回访' } });
  const taken = await ask('POST', `/handovers/${text(left.body['id'])}/accept`, { as: 'agent' });
  expect(taken.body['acceptedAt']).not.toBeNull();
  expect((left.body['openIds'] as string[]).length).toBeGreaterThan(0);
});

test('the headline counts who is inside, the queue shows the desk alone everything that is open', async () => {
  const trapped = async () =>
    z.object({ count: z.number() }).parse((await ask('GET', '/trapped', { as: 'agent' })).body).count;
  const before = await trapped();
  await addElevator(db, { maintenance: maintainer, rescueCode: '320988' });
  const payload = { key: newId(), code: '320988', needs: { people: 1, injuries: true } };
  const taken = await ask('POST', '/calls', { as: 'agent', payload });
  const id = text(taken.body['incidentId']);
  expect(await trapped()).toBe(before + 1);
  expect((await ask('GET', '/trapped', { as: 'stranger' })).body).toEqual({ count: 0, unplaced: 0, items: [] });
  const queue = await ask('GET', '/queue', { as: 'agent' });
  expect(JSON.stringify(queue.body)).toContain(id);
  expect((await ask('GET', '/queue', { as: 'rescuer' })).status).toBe(403);
  await ask('POST', `/incidents/${id}/reports`, { as: 'agent', payload: { do: 'release', key: newId(), people: 1 } });
  expect(await trapped()).toBe(before);
  expect(JSON.stringify((await ask('GET', '/queue', { as: 'agent' })).body)).toContain(id);
  const found = await ask('GET', '/incidents?state=open&code=320988', { as: 'agent' });
  expect(found.body['items']).toMatchObject([{ id }]);
});

test('the call back with its satisfaction, the cause and its correction stand in the file', async () => {
  await addElevator(db, { maintenance: maintainer, rescueCode: '320989' });
  const taken = await ask('POST', '/calls', {
    as: 'agent',
    payload: { key: newId(), code: '320989', needs: { people: 1 } },
  });
  const id = text(taken.body['incidentId']);
  const tell = (payload: object, as = 'agent') =>
    ask('POST', `/incidents/${id}/reports`, { as, payload: { key: newId(), ...payload } });
  const out = await tell({ do: 'release', people: 1, injuries: true });
  expect(out.body['needs']).toMatchObject({ injuries: true }); // told by telephone: claims hear of it from here
  await tell({ do: 'confirm', outcome: 'unreachable' });
  deps.pass(60);
  await tell({ do: 'confirm', outcome: 'all_out', satisfaction: 4, said: '很快' });
  expect((await tell({ do: 'confirm', outcome: 'all_out', satisfaction: 6 })).status).toBe(400);
  const told = await tell({ do: 'cause', classCode: '3', detailCode: '301' }, 'rescuer');
  deps.pass(60);
  const [first] = told.body['causes'] as { id: string }[];
  const shown = await tell({ do: 'cause', classCode: '3', detailCode: '303', corrects: first?.id }, 'rescuer');
  expect(shown.body['causes']).toMatchObject([
    { detailCode: '301', stage: 'final' },
    { detailCode: '303', corrects: first?.id },
  ]);
  expect(shown.body['confirmations']).toMatchObject([
    { outcome: 'unreachable', satisfaction: null },
    { outcome: 'all_out', satisfaction: 4, said: '很快' },
  ]);
});
