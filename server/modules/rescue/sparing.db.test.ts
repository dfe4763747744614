import { readFileSync } from 'node:fs';
import { type KyselyPlugin, sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type Db, openDb } from '../../kernel/db.ts';
import { type ElevatorId, type IncidentId, newId, type OrgId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import type { Event } from '../../kernel/outbox.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { testDb } from '../../test/db.ts';
import { takeCall } from './call.service.ts';
import { hasCallers } from './callers.views.ts';
import type { CommandDeps } from './deps.ts';
import { takeSign } from './intake.service.ts';
import { lineHash } from './log.store.ts';
import { rescueReactions } from './reactions.ts';
import { addElevator, addOrg, addRescuer, call, commandDeps, settingsFrom, suspicion } from './rescue.fixtures.ts';
import type { RescueTables } from './tables.ts';

const settings = settingsFrom(JSON.parse(readFileSync('packs/000000-national/rescue.json', 'utf8')));
const secret = secretData(keysForTest(), 'aes');

let db: Db<RescueTables>;
let house: Db<unknown>;
let deps: CommandDeps;
let maintainer: OrgId;
let elevator: ElevatorId;
const feeder = '示例线';
let asked = 0;

const counting: KyselyPlugin = {
  transformQuery: ({ node }) => {
    asked += 1;
    return node;
  },
  transformResult: async ({ result }) => result,
};

beforeAll(async () => {
  const { pool, db: own } = await testDb<RescueTables>();
  db = own;
  house = openDb(pool).withPlugin(counting);
});

beforeEach(async () => {
  ({ deps } = commandDeps(db, settings));
  await sql`truncate rescue.incident, rescue.rescuer, rescue.event_group cascade`.execute(db);
  await sql`truncate kernel.outbox`.execute(db);
  maintainer = await addOrg(db, '示例维保', 'maintenance');
  const use = await addOrg(db, '示例使用', 'use_unit');
  await addRescuer(db, { org: maintainer, label: '王组', now: deps.now() });
  elevator = await addElevator(db, { maintenance: maintainer, use, feeder });
});

/** How many statements a reaction sends, beside those of its transaction. */
async function statementsOf(event: Event): Promise<number> {
  const react = rescueReactions({ ...deps, secret })[event.type];
  if (!react) throw new Error(`nobody reacts to ${event.type}`);
  asked = 0;
  await house.transaction().execute((tx) => react(tx, event));
  return asked;
}

const outbox = async (): Promise<Event[]> => {
  const { rows } = await sql<Event>`select id, type, v, occurred_at as "occurredAt", subject, version, data,
    json_build_object('areaCodes', area_codes, 'orgIds', org_ids) as audience from kernel.outbox order by written_at`.execute(
    db,
  );
  return rows;
};

const take = async (at: ElevatorId): Promise<{ id: IncidentId; number: string }> => {
  const taken = await db.transaction().execute((tx) => takeSign(tx, deps, call(at, deps.now())));
  if (!taken) throw new Error('no file');
  return taken;
};

test('a feeder goes dark: what one car costs the database stays as little as it is', async () => {
  const first = await addElevator(db, { maintenance: maintainer, feeder });
  await statementsOf(suspicion(first, deps.now())); // begins the event
  await sql`truncate kernel.outbox`.execute(db);
  expect(await statementsOf(suspicion(elevator, deps.now()))).toBeLessThanOrEqual(14);
  const told = await outbox();
  expect(told.map((e) => [e.type, e.version])).toEqual([
    ['rescue.incident_opened', 0],
    ['rescue.incident_changed', 1],
  ]);
  const [opened, changed] = told;
  if (!opened || !changed) throw new Error('both were told');
  expect(await statementsOf(opened)).toBe(1); // nobody called
  expect(await statementsOf(changed)).toBeLessThanOrEqual(7); // with the rescuer's text and notice
});

test('what is written together stands in its order, and each line holds the hash of the one before', async () => {
  const { id } = await take(elevator);
  const lines = await db
    .selectFrom('rescue.incident_log')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('seq')
    .execute();
  expect(lines.map((l) => [l.seq, l.what])).toEqual([
    [1, 'raise'],
    [2, 'offer'],
  ]);
  const [first, second] = lines;
  expect(first?.before_hash).toBe('');
  expect(second?.before_hash).toBe(first?.hash);
  expect(first?.hash).not.toBe(second?.hash);
  const trace = await sql<{ code: string }>`select code from kernel.trace where ref = ${id} order by id`.execute(db);
  expect(trace.rows.map((r) => r.code)).toEqual(['rescue.trace.raised', 'rescue.trace.offered']);
});

test('the hash of a line covers what is said in it', async () => {
  const sign = call(elevator, deps.now());
  await db.transaction().execute((tx) => takeSign(tx, deps, sign));
  const first = await db.selectFrom('rescue.incident_log').selectAll().where('seq', '=', 1).executeTakeFirstOrThrow();
  const data = { kind: sign.kind, sourceRef: sign.sourceRef, confidence: sign.confidence, phase: 'raised', level: 1 };
  const line = { ...first, happenedAt: sign.at, reportKey: null, data };
  expect(first.hash).toBe(lineHash('', line));
});

test('the running number of an incident has six digits, and more when they run out', async () => {
  await sql`select setval('rescue.incident_number', 41, false)`.execute(db);
  expect((await take(elevator)).number).toBe('320205-20261120-000041');
  await sql`select setval('rescue.incident_number', 1234567, false)`.execute(db);
  expect((await take(await addElevator(db))).number).toBe('320205-20261120-1234567');
});

test('whoever left a number is found from every incident that became one', async () => {
  const sensed = async (): Promise<IncidentId> => (await take(await addElevator(db))).id;
  const told = {
    channel: 'phone' as const,
    kind: 'entrapment' as const,
    connectedAt: deps.now(),
    callBackWanted: false,
    recordingRef: null,
    routedTo: '',
    partnerRef: null,
    said: '',
    needs: {},
    actor: 'test',
  };
  const calls = { ...deps, secret, areaNames: new Map<string, string>() };
  const ring = async (caller: string) => {
    const taken = await takeCall(calls, { ...told, key: newId(), elevatorId: await addElevator(db), caller });
    if (!taken.incidentId) throw new Error('it opens an incident');
    return taken.incidentId;
  };
  const [whole, quiet, called, silent] = [await sensed(), await sensed(), await ring('13900000044'), await ring('')];
  expect(await Promise.all([whole, quiet, called, silent].map((id) => hasCallers(db, id)))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  await db.updateTable('rescue.incident').set({ joined_into: whole }).where('id', 'in', [quiet, called]).execute();
  expect(await Promise.all([whole, quiet, called, silent].map((id) => hasCallers(db, id)))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
