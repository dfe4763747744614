import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { RoomLine } from '../../../contract/telemetry-rooms.ts';
import type { AccountId, OrgId } from '../../kernel/ids.ts';
import { EVERYTHING, NOTHING, type Viewer } from '../../kernel/scope.ts';
import { testDb } from '../../test/db.ts';
import { testSite } from '../../test/site.ts';
import { telemetryModule } from './index.ts';
import { city, elevator, kernelFor, telemetryPackForTest } from './telemetry.fixtures.ts';

const { pool } = await testDb();
const { orgId, otherOrgId } = await city(pool);
const telemetry = telemetryModule(kernelFor(pool), await telemetryPackForTest(), {
  name: (code) => (code === '320205' ? '锡山区' : ''),
});

const person = (role: string, scope: Viewer['scope']): Viewer => ({
  accountId: randomUUID() as AccountId,
  personId: null,
  orgId: null,
  role,
  displayName: '',
  scope,
  grants: [],
});
const official = person('city_regulator', EVERYTHING);
const owner = person('maintenance_manager', { ...NOTHING, orgs: [orgId as OrgId] });
let viewer = official;
const site = await testSite({ authenticate: async () => viewer, routes: telemetry.routes ? [telemetry.routes] : [] });
afterAll(() => site.close());
const get = async (url: string, as: Viewer = official) => {
  viewer = as;
  return site.inject({ url: `/api/v1/telemetry/machine-rooms${url}` });
};
const codesOf = async (query: string, as?: Viewer) =>
  (await get(query, as)).json<{ items: RoomLine[] }>().items.map((room) => room.rescueCode);

const DAY_MS = 86_400_000;
const before = (days: number) => new Date(Date.now() - days * DAY_MS);

/** An elevator with what its file says of the machine room. */
async function fileWith(of: string, { place, cooled }: { place: string; cooled?: string }) {
  const made = await elevator(pool, of);
  await pool.query('update registry.elevator set address = $2 where id = $1', [
    made.id,
    `春晖路 ${made.rescueCode} 号`,
  ]);
  const facts = [['machine_room_place', place], ...(cooled === undefined ? [] : [['machine_room_cooled', cooled]])];
  for (const [field, value] of facts)
    await pool.query(`insert into registry.classification values ($1, $2, $3, 'test', '2026-01-01')`, [
      made.id,
      field,
      value,
    ]);
  return made;
}

async function breach({ id, no }: { id: string; no: number }, openedAt: Date, closedAt: Date | null) {
  await pool.query(
    `insert into telemetry.finding (id, elevator_no, elevator_id, kind, confidence, reasons, evidence, started_at,
       evidence_at, opened_at, closed_at, close_reason, area_codes, org_ids)
     values ($1, $2, $3, 'machine_room_temperature', 0.9, '{}', '[]', $4, $4, $4, $5, $6, '{320205}', $7)`,
    [randomUUID(), no, id, openedAt, closedAt, closedAt === null ? null : 'refuted', [orgId]],
  );
}

const hot = await fileWith(orgId, { place: 'roof', cooled: 'false' });
const cooled = await fileWith(orgId, { place: 'top_floor', cooled: 'true' });
const silent = await fileWith(otherOrgId, { place: 'roof' });
await fileWith(orgId, { place: 'basement', cooled: 'false' });
await pool.query(
  `insert into telemetry.live (elevator_no, elevator_id, source_no, heard_at, at, present, detector, windows, pos, area_codes, org_ids)
   values ($1, $2, 1, now(), now(), '{"machineRoomCelsius": 41.5}', '{}', '{}', 0, '{320205}', $3)`,
  [hot.no, hot.id, [orgId]],
);
await breach(hot, before(3), before(2));
await breach(hot, before(1), null);
await breach(cooled, before(40), before(39));
await breach(silent, before(45), null);

test('rooms on roofs and top floors are listed with their air conditioning, others are not', async () => {
  const list = (await get('')).json();
  expect(list.items.map(({ rescueCode, place, cooled: has }: RoomLine) => [rescueCode, place, has])).toEqual([
    [hot.rescueCode, 'roof', false],
    [cooled.rescueCode, 'top_floor', true],
    [silent.rescueCode, 'roof', null],
  ]);
  expect(list).toMatchObject({
    days: 30,
    limits: { minCelsius: 5, maxCelsius: 40 },
    counts: { rooms: 3, cooled: 1, uncooled: 1, unknown: 1, breached: 2 },
  });
});

test('a breach of the last thirty days shows, an older one only while it lasts', async () => {
  const { items } = (await get('')).json<{ items: RoomLine[] }>();
  expect(items.map(({ breaches, isOutside, celsius }) => [breaches, isOutside, celsius])).toEqual([
    [2, true, 41.5],
    [0, false, null],
    [1, true, null],
  ]);
  expect(await codesOf('?breached=1')).toEqual([hot.rescueCode, silent.rescueCode]);
});

test('the list is narrowed by place, air conditioning, district and words', async () => {
  expect(await codesOf('?place=top_floor')).toEqual([cooled.rescueCode]);
  expect(await codesOf('?cooled=no')).toEqual([hot.rescueCode]);
  expect(await codesOf('?cooled=unknown')).toEqual([silent.rescueCode]);
  expect(await codesOf('?area=320205&cooled=yes')).toEqual([cooled.rescueCode]);
  expect(await codesOf('?area=320282')).toEqual([]);
  expect(await codesOf(`?q=${silent.rescueCode}`)).toEqual([silent.rescueCode]);
  expect(await codesOf(`?q=${encodeURIComponent('春晖路')}&breached=1&cooled=no`)).toEqual([hot.rescueCode]);
  expect(await codesOf(`?q=${encodeURIComponent('%')}`)).toEqual([]);
});

test('page after page gives every room once', async () => {
  const seen: (string | null)[] = [];
  for (let after = ''; ; ) {
    const page = (await get(`?limit=1&after=${encodeURIComponent(after)}`)).json();
    seen.push(...page.items.map((room: RoomLine) => room.rescueCode));
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen).toEqual([hot.rescueCode, cooled.rescueCode, silent.rescueCode]);
});

test('a unit sees its own rooms, in the list, in the figures and in the file', async () => {
  expect(await codesOf('', owner)).toEqual([hot.rescueCode, cooled.rescueCode]);
  expect((await get('', owner)).json().counts).toEqual({ rooms: 2, cooled: 1, uncooled: 1, unknown: 0, breached: 1 });
  const file = await get('/export?cooled=no', owner);
  const [head, ...lines] = file.body.replace('\uFEFF', '').trim().split('\r\n');
  expect(head).toBe('识别码,地址,区,机房位置,空调,最近温度（℃）,超限次数,最近超限,使用单位,维保单位');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    new RegExp(
      `^${hot.rescueCode},春晖路 \\d+ 号,锡山区,屋顶机房,无,41\\.5,2,\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d,,青禾电梯维保$`,
    ),
  );
});
