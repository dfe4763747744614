import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../app.ts';
import { readConfig } from '../kernel/config.ts';
import { type AccountId, type ElevatorId, newId } from '../kernel/ids.ts';
import { keysForTest } from '../kernel/keys.ts';
import type { Kernel } from '../kernel/module.ts';
import { plainOf } from '../kernel/packs.ts';
import { programDir } from '../kernel/program.ts';
import { invariant } from '../kernel/result.ts';
import { secretData } from '../kernel/secret-data.ts';
import { addSeconds, dayOf, startOf } from '../kernel/time.ts';
import { SESSION_COOKIE } from '../modules/identity/authenticate.ts';
import { takeCall } from '../modules/rescue/call.service.ts';
import type { RescueTables } from '../modules/rescue/index.ts';
import { sweep } from '../modules/rescue/timer.service.ts';
import { roadways } from '../modules/rescue/travel.ts';
import { type CityPack, loadCityPack } from '../packs.ts';
import { testDb } from '../test/db.ts';
import { actOnce } from './crew.ts';
import { openCrewSession, readCrew, seedCrewAccounts } from './crew-accounts.ts';
import { seedPast } from './past.ts';
import { seedDemo } from './seed.ts';
import { seedStations } from './stations.ts';

let kernel: Kernel;
let pack: CityPack;
let site: FastifyInstance;
// In the forenoon: what a crew does in the hours after must not reach into another day, whenever the test runs.
let now = addSeconds(startOf(dayOf(new Date())), 10 * 3_600);

beforeAll(async () => {
  const { db, pool } = await testDb();
  const read = readConfig({ TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-crew-')) });
  const loaded = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(read.ok && loaded.ok, 'configuration and pack are whole');
  pack = loaded.value;
  const log = pino({ level: 'silent' });
  kernel = { db, pool, config: read.value, log, keys: keysForTest(), now: () => now, newId };
  const parts = [seedStations, seedCrewAccounts];
  await seedDemo({ kernel, pack, parts, progress: () => undefined, elevators: 300 });
  ({ site } = await buildApp(kernel, pack));
}, 120_000);
afterAll(() => site?.close());

const one = async (text: string, values: unknown[] = []) =>
  (await kernel.pool.query<Record<string, unknown>>(text, values)).rows[0];

/** The means of the rescue module, for what stands outside of its routes. */
function means() {
  const settings = plainOf(pack.files.rescue);
  const { keys, config, log } = kernel;
  const { travel } = roadways(config.dataDir, settings.travel, log);
  const db = kernel.db.withTables<RescueTables>();
  return { db, now: () => now, newId, settings, travel, secret: secretData(keys, 'aes'), areaNames: new Map() };
}

async function trapped(nth: number): Promise<string> {
  const row = await one(
    `select id from registry.elevator_card where state = 'in_use' and lng is not null order by no offset $1 limit 1`,
    [nth],
  );
  const taken = await takeCall(means(), {
    channel: 'qr',
    kind: 'entrapment',
    key: `qr:${nth}-crew`,
    elevatorId: String(row?.['id']) as ElevatorId,
    connectedAt: null,
    caller: '',
    callBackWanted: false,
    recordingRef: null,
    routedTo: '',
    partnerRef: null,
    said: '',
    needs: { people: 2 },
    actor: 'qr',
  });
  invariant(taken.incidentId, 'the call opened an incident');
  return taken.incidentId;
}

async function crewOf() {
  const crew = await readCrew(kernel);
  invariant(crew, 'the demo has a crew');
  return { kernel, ask: site.inject.bind(site) as never, crew, sessions: new Map<AccountId, string>() };
}

const phaseOf = async (id: string) => (await one('select phase from rescue.incident where id = $1', [id]))?.['phase'];

/** Let time pass in steps of ten seconds, with the city's own timers, until `isOver`. */
async function pass(isOver: () => Promise<boolean>): Promise<void> {
  const acting = await crewOf();
  for (let step = 0; step < 900 && !(await isOver()); step += 1) {
    now = addSeconds(now, 10);
    await sweep(means());
    await actOnce(acting, step % 2 === 0);
  }
}

test('the crew of the demo goes through the real routes from the offer to the closed file', async () => {
  const ids = [await trapped(0), await trapped(1), await trapped(2)];
  await pass(async () => (await Promise.all(ids.map(phaseOf))).every((phase) => phase === 'closed'));
  for (const id of ids) expect(await phaseOf(id)).toBe('closed');
  const lines = await one(
    `select count(*) filter (where what = 'report_release')::int as released,
      count(*) filter (where what = 'close')::int as closed,
      count(*) filter (where actor = 'demo')::int as nameless from rescue.incident_log`,
  );
  expect(lines).toMatchObject({ released: 3, closed: 3, nameless: 0 });
});

test('where a person reports from the elevator, and where one is signed in as the rescuer, the crew steps back', async () => {
  const id = await trapped(3);
  const offer = await one(`select person_id from rescue.offer where incident_id = $1 and state = 'offered'`, [id]);
  const account = await one(
    `insert into identity.account (id, username, username_key, person_id, org_id, role, state, demo)
     select $1, 'visitor', 'visitor', p.id, p.org_id, 'technician', 'active', true from identity.person p where p.id = $2
     returning id`,
    [newId(), offer?.['person_id']],
  );
  const token = await openCrewSession(kernel, String(account?.['id']) as AccountId);
  await one(`update identity.session set agent = 'a browser' where account_id = $1`, [account?.['id']]);
  const acting = await crewOf();
  const start = now;
  now = addSeconds(start, 110); // his answer would have come by now
  await actOnce(acting, false);
  expect(await phaseOf(id)).toBe('offered');
  const answer = await site.inject({
    method: 'POST',
    url: `/api/v1/rescue/jobs/${id}/reports`,
    headers: { cookie: `${SESSION_COOKIE}=${token}` },
    payload: { do: 'accept', key: newId(), happenedAt: now.toISOString() },
  });
  expect(answer.statusCode).toBe(200);
  await one(`update identity.session set ended_at = now() where account_id = $1`, [account?.['id']]);
  now = addSeconds(now, 900);
  await actOnce(acting, true);
  expect(await phaseOf(id)).toBe('under_way');
});

test('the last weeks are lives of the same rules: all ended, in order, and counted', async () => {
  const before = await one('select count(*)::int as n from rescue.incident');
  let left = 12;
  const written = await seedPast(kernel, pack, { goOn: () => left-- > 0 });
  expect(written).toBeGreaterThan(9); // one of the lifts may have people in it now: it is left alone
  const past = await one(`select count(*)::int as n, count(*) filter (where end_name is null)::int as open,
      count(*) filter (where end_at < aware_at)::int as backwards, count(*) filter (where next_due_at is not null)::int as timers
    from rescue.incident where aware_at < now() - interval '1 day'`);
  expect(past).toEqual({ n: written, open: 0, backwards: 0, timers: 0 });
  expect(await one('select count(*)::int as n from rescue.incident')).toEqual({ n: Number(before?.['n']) + written });
  // A later start goes on behind the last day that was begun, and doubles none.
  left = 3;
  const more = await seedPast(kernel, pack, { goOn: () => left-- > 0 });
  const days = await one(`select count(*)::int as n, count(distinct id)::int as ids from rescue.incident
    where aware_at < now() - interval '1 day'`);
  expect(days).toEqual({ n: written + more, ids: written + more });
});
