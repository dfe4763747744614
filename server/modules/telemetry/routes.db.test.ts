import { afterAll, expect, test } from 'vitest';
import type { AccountId, OrgId } from '../../kernel/ids.ts';
import { EVERYTHING, NOTHING, type Viewer } from '../../kernel/scope.ts';
import { testDb } from '../../test/db.ts';
import { testSite } from '../../test/site.ts';
import { telemetryModule } from './index.ts';
import {
  city,
  elevator,
  held,
  kernelFor,
  openIngestForTest,
  post,
  sender,
  telemetryPackForTest,
} from './telemetry.fixtures.ts';

const { pool } = await testDb();
const { orgId, otherOrgId } = await city(pool);
const car = await elevator(pool, orgId);
const box = await sender(pool, orgId);
const kernel = kernelFor(pool);
const ingest = await openIngestForTest(kernel);
const telemetry = telemetryModule(kernel, await telemetryPackForTest(), {
  name: (code) => (code === '320205' ? '锡山区' : ''),
});
const stop = await telemetry.start?.();

const person = (role: string, scope: Viewer['scope']): Viewer => ({
  accountId: '00000000-0000-7000-8000-000000000001' as AccountId,
  personId: null,
  orgId: null,
  role,
  displayName: '',
  scope,
  grants: [],
});
const official = person('city_regulator', EVERYTHING);
const stranger = person('maintenance_manager', { ...NOTHING, orgs: [otherOrgId as OrgId] });
let viewer = official;
const site = await testSite({
  authenticate: async () => viewer,
  routes: telemetry.routes ? [telemetry.routes] : [],
});
afterAll(async () => {
  await site.close();
  await ingest.stop();
  await stop?.();
});

const get = async (url: string, as: Viewer = official) => {
  viewer = as;
  return site.inject({ url: `/api/v1${url}` });
};

const t0 = Date.now() - 20_000;
const at = (seconds: number) => new Date(t0 + seconds * 1000);

await post(ingest, box, {
  body: [
    { ...held(car.rescueCode, 1, at(0)), carStatus: 1, carPosition: 3, doorZone: false },
    { ...held(car.rescueCode, 2, at(10)), carPosition: 5, carSpeedMPerS: 1.234 },
    {
      elevator: { type: 'rescue_code', value: car.rescueCode },
      type: 'alarm',
      seq: 3,
      at: at(20).toISOString(),
      messageCode: '90',
      messageId: 'a1',
    },
    { elevator: { type: 'id', value: 'nobody' }, type: 'heartbeat', seq: 1, at: at(0).toISOString() },
  ],
});
await ingest.stop();

test('history tells what each message said, by the clock of the sender', async () => {
  const answer = await get(`/elevators/${car.id}/history?from=${at(-1).toISOString()}&to=${at(60).toISOString()}`);
  expect(answer.json().rows.map((r: { kind: string; values: { floor?: number } }) => [r.kind, r.values.floor])).toEqual(
    [
      ['status', 3],
      ['status', 5],
      ['notice', undefined],
    ],
  );
  expect(answer.json().rows[1].values.speedMmPerS).toBe(1_234);
  expect(answer.json().rows[2].notice).toMatchObject({ rawCode: '90', code: 'user_alarm', noticeId: 'a1' });
});

test('a replay begins with the picture before its window', async () => {
  const answer = await get(`/elevators/${car.id}/replay?at=${at(15).toISOString()}&beforeSeconds=7&afterSeconds=60`);
  expect(answer.json().before.floor).toBe(3);
  expect(answer.json().rows).toHaveLength(2);
  expect(answer.json().findings[0].kind).toBe('button_alarm');
});

test('the present is what the newest message said', async () => {
  expect((await get(`/elevators/${car.id}/present`)).json()).toMatchObject({
    online: true,
    present: { floor: 5 },
    shaft: { topFloor: 18 },
  });
});

test('who does not see the elevator sees neither present nor history nor findings', async () => {
  for (const path of ['present', 'live', 'history', `replay?at=${at(0).toISOString()}`, 'sums']) {
    expect((await get(`/elevators/${car.id}/${path}`, stranger)).statusCode).toBe(404);
  }
  expect((await get('/findings', stranger)).json().items).toEqual([]);
  expect((await get('/telemetry/quarantine', stranger)).json().items).toEqual([]);
  expect((await get('/telemetry/health', stranger)).json()).toMatchObject({ heard: 0, elevators: 0 });
});

test('a finding is taken in hand once, by name', async () => {
  const [finding] = (await get('/findings?kind=button_alarm')).json().items;
  expect(finding.owner.id).toBe(orgId);
  const take = (version: number, as: Viewer) => {
    viewer = as;
    return site.inject({
      method: 'POST',
      url: `/api/v1/findings/${finding.id}/take`,
      payload: { version, remark: '已派人' },
    });
  };
  expect((await take(finding.version, official)).json().taken).toMatchObject({ mine: true, remark: '已派人' });
  const other = { ...official, accountId: '00000000-0000-7000-8000-000000000002' as AccountId };
  expect((await take(finding.version + 1, other)).statusCode).toBe(409);
});

test('the online rate and the counters add up', async () => {
  const online = (await get('/telemetry/online?by=maintenance')).json();
  expect(online.items[0]).toMatchObject({
    key: orgId,
    name: '青禾电梯维保',
    elevators: 1,
    heard: 1,
    online: 1,
    onlineShare: 1,
  });
  const health = (await get('/telemetry/health')).json();
  expect(health.lastHour).toEqual({ stored: 3, repeated: 0, setAside: 1 });
  const tallies = (await get('/telemetry/tallies')).json().items;
  expect(tallies.map((t: { outcome: string; messages: number }) => [t.outcome, t.messages])).toEqual([
    ['stored', 3],
    ['unknown_elevator', 1],
  ]);
});

test('the rate is counted below the district by the same function, on the screen and in the file', async () => {
  const [district] = (await get('/telemetry/online?by=district')).json().items;
  expect(district).toMatchObject({ key: '320205', name: '锡山区', elevators: 1, heard: 1, online: 1 });
  const { items } = (await get('/telemetry/online?by=street&area=320205')).json();
  expect(items).toMatchObject([{ elevators: 1, heard: 1, online: 1, onlineShare: 1 }]);
  expect((await get('/telemetry/online?by=community&area=320282')).json().items).toEqual([]); // another district
  const file = await get('/telemetry/online/export?by=maker&area=320205');
  expect(file.headers['content-disposition']).toMatch(/online-maker-\d{4}-\d\d-\d\d\.csv/);
  const [head, row] = file.body.replace('\uFEFF', '').split('\r\n');
  expect(head).toBe('制造单位,在用电梯,已接入,在线,在线率（%）,断点,断点时长（秒）,离线告警');
  expect(row).toMatch(/^[^,]+,1,1,1,100\.0,\d+,\d+,\d+$/);
  expect((await get('/telemetry/online/export?by=street', stranger)).body.trim().split('\r\n')).toHaveLength(1);
});

test('what was set aside is shown as it came', async () => {
  const [item] = (await get('/telemetry/quarantine')).json().items;
  expect(item).toMatchObject({ reason: 'unknown_elevator', elevator: 'id nobody', door: 'http' });
  const file = (await get(`/telemetry/quarantine/${item.id}`)).json();
  expect(JSON.parse(file.text)).toMatchObject({ type: 'heartbeat' });
});

test('the city chooses how a sender is read', async () => {
  const [source] = (await get('/telemetry/sources')).json().items;
  const patch = (codeSet: string) =>
    site.inject({
      method: 'PATCH',
      url: `/api/v1/telemetry/sources/${source.id}`,
      payload: { version: source.version, codeSet, name: '云梯' },
    });
  expect((await patch('nonsense')).statusCode).toBe(400);
  expect((await patch('chongqing')).json()).toEqual({ version: source.version + 1 });
  expect((await patch('gbt24476')).statusCode).toBe(409);
});
