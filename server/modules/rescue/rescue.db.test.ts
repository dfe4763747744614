import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type Db, openDb } from '../../kernel/db.ts';
import { type ElevatorId, type IncidentId, newId, type OrgId, type PersonId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { testDb } from '../../test/db.ts';
import { candidatesFor } from './candidate.views.ts';
import type { Command } from './command.rules.ts';
import { type Acting, command } from './command.service.ts';
import type { CommandDeps } from './deps.ts';
import { takeSign } from './intake.service.ts';
import { lineHash } from './log.store.ts';
import { rescueReactions } from './reactions.ts';
import {
  addElevator,
  addOrg,
  addRescuer,
  call,
  commandDeps,
  only,
  settingsFrom,
  suspicion,
} from './rescue.fixtures.ts';
import type { RescueTables } from './tables.ts';
import { type Aside, sweep } from './timer.service.ts';

const settings = settingsFrom(JSON.parse(readFileSync('packs/000000-national/rescue.json', 'utf8')));

const secret = secretData(keysForTest(), 'aes');

let db: Db<RescueTables>;
let house: Db<unknown>;
let deps: CommandDeps;
let pass: (seconds: number) => void;
let maintainer: OrgId;
let stationOrg: OrgId;
let near: PersonId;
let elevator: ElevatorId;

beforeAll(async () => {
  const { pool, db: own } = await testDb<RescueTables>();
  db = own;
  house = openDb(pool);
});

beforeEach(async () => {
  ({ deps, pass } = commandDeps(db, settings));
  await sql`truncate rescue.incident, rescue.rescuer, rescue.event_group cascade`.execute(db);
  maintainer = await addOrg(db, '示例维保', 'maintenance');
  stationOrg = await addOrg(db, '示例救援站', 'rescue_station');
  near = await addRescuer(db, { org: maintainer, label: '王组', now: deps.now() });
  elevator = await addElevator(db, { maintenance: maintainer });
});

const take = (sign: Parameters<typeof takeSign>[2]) => db.transaction().execute((tx) => takeSign(tx, deps, sign));
const taken = async (sign: Parameters<typeof takeSign>[2]) => {
  const done = await take(sign);
  if (!done) throw new Error('no file');
  return done;
};
const react = (event: ReturnType<typeof suspicion>) =>
  house.transaction().execute(async (tx) => rescueReactions({ ...deps, secret })[event.type]?.(tx, event));
const say = (id: IncidentId, given: Command, over: Partial<Acting> = {}) =>
  command(deps, id, { command: given, actor: 'test', ...over });
const offersOf = (id: IncidentId) =>
  db.selectFrom('rescue.offer').selectAll().where('incident_id', '=', id).orderBy('offered_at').execute();
const rowOf = (id: IncidentId) =>
  db.selectFrom('rescue.incident').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const openOf = (e: ElevatorId) =>
  db.selectFrom('rescue.incident').selectAll().where('elevator_id', '=', e).where('end_name', 'is', null).execute();

test('sensors suspect, the contracted rescuer is offered, comes, frees the people, and the file is closed', async () => {
  await react(suspicion(elevator, deps.now()));
  const incident = only(await openOf(elevator));
  expect(incident).toMatchObject({ phase: 'offered', level: 1, people: null });
  const offer = only(await offersOf(incident.id));
  expect(offer).toMatchObject({ person_id: near, state: 'offered', place: 1, chosen_by: 'system' });
  const by = { crewId: near, offerId: offer.id, happenedAt: null };
  pass(40);
  await say(incident.id, { do: 'report_accept', ...by });
  pass(600);
  await say(incident.id, { do: 'report_arrival', ...by });
  pass(240);
  await say(incident.id, { do: 'report_release', crewId: near, people: 2, happenedAt: null });
  expect((await say(incident.id, { do: 'close' })).ok).toBe(true);
  const end = await rowOf(incident.id);
  expect(end).toMatchObject({ phase: 'closed', people: 2, next_due_at: null });
  const seconds = (a: Date | null, b: Date) => a && (a.getTime() - b.getTime()) / 1000;
  expect(seconds(end.released_at, end.aware_at)).toBe(880);
  expect((await offersOf(incident.id)).every((o) => !o.live)).toBe(true);
});

test('a release told again is told on as a correction, once for each thing that changed, and never as a second release', async () => {
  const { id } = await taken(call(elevator, deps.now()));
  const tell = (over: { people: number; injuries?: boolean }) =>
    say(id, { do: 'report_release', crewId: near, happenedAt: null, ...over });
  await tell({ people: 1 });
  await tell({ people: 1 }); // the other rescuer presses too: same instant, same people
  await tell({ people: 3 });
  await tell({ people: 3, injuries: true });
  await tell({ people: 2 }); // fewer than somebody counted: the higher count stands
  pass(300);
  await tell({ people: 3 }); // pressed again later: the first instant stands, and nobody is paid for five minutes more
  const { rows } = await sql<{ type: string; people: number; injuries: boolean | null }>`
    select type, (data ->> 'people')::int as people, (data ->> 'injuries')::boolean as injuries from kernel.outbox
    where subject = ${id} and type in ('rescue.people_released', 'rescue.release_corrected') order by version`.execute(
    db,
  );
  expect(rows).toEqual([
    { type: 'rescue.people_released', people: 1, injuries: null },
    { type: 'rescue.release_corrected', people: 3, injuries: null },
    { type: 'rescue.release_corrected', people: 3, injuries: true },
  ]);
});

test('every line of the log holds the hash of the one before, and none can be changed', async () => {
  const { id } = await taken(call(elevator, deps.now()));
  const lines = await db
    .selectFrom('rescue.incident_log')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('seq')
    .execute();
  expect(lines.map((l) => l.what)).toEqual(['raise', 'offer']);
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1]?.hash ?? '';
    const data = line.data as Record<string, unknown>;
    const written = { ...line, happenedAt: line.happened_at, reportKey: null, data };
    expect(line.before_hash).toBe(before);
    expect(written.seq).toBe(i + 1);
    expect(lineHash(before, written)).toHaveLength(64);
  }
  await expect(db.deleteFrom('rescue.incident_log').where('incident_id', '=', id).execute()).rejects.toThrow(
    'only grows',
  );
});

test('a second report of the same elevator joins the open incident and adds what it knows', async () => {
  const first = await taken(call(elevator, deps.now(), { needs: { people: 1 } }));
  const again = await taken(call(elevator, deps.now(), { needs: { people: 3, injuries: true } }));
  expect(again).toEqual({ ...first, joined: true });
  const row = await rowOf(first.id);
  expect(row.needs).toMatchObject({ people: 3, injuries: true });
  expect(row.danger).toBeGreaterThan(50);
});

test('two reports at the same moment open one incident', async () => {
  const both = await Promise.all([taken(call(elevator, deps.now())), taken(call(elevator, deps.now()))]);
  expect(new Set(both.map((t) => t.id)).size).toBe(1);
  expect(both.filter((t) => t.joined)).toHaveLength(1);
});

test('two calls are one kind of evidence: together they make us no surer, and a sensor does', async () => {
  const { id } = await taken(call(elevator, deps.now(), { confidence: 0.8 }));
  await taken(call(elevator, deps.now(), { confidence: 0.8 }));
  expect((await rowOf(id)).confidence).toBeCloseTo(0.8);
  await react(suspicion(elevator, deps.now(), 0.5));
  expect((await rowOf(id)).confidence).toBeCloseTo(0.9);
});

test('nobody answers: the climb reaches level 3 by the timers alone, each at its second', async () => {
  await addRescuer(db, { org: stationOrg, label: '站组', kind: 'public', now: deps.now() });
  const { id } = await taken(call(elevator, deps.now()));
  pass(119);
  await sweep(deps);
  expect((await rowOf(id)).level).toBe(1);
  pass(1);
  await sweep(deps);
  expect((await rowOf(id)).level).toBe(2);
  expect((await offersOf(id)).map((o) => [o.level, o.state])).toEqual([
    [1, 'expired'],
    [2, 'offered'],
  ]);
  pass(120);
  await sweep(deps);
  expect((await rowOf(id)).level).toBe(3);
});

test('two sweepers and one that dies in the middle: a timer has its effect once', async () => {
  const { id } = await taken(call(elevator, deps.now()));
  pass(120);
  const died = db.transaction().execute(async (tx) => {
    await tx.selectFrom('rescue.incident').select('id').where('id', '=', id).forNoKeyUpdate().execute();
    await tx.updateTable('rescue.incident').set({ level: 3 }).where('id', '=', id).execute();
    throw new Error('killed');
  });
  await expect(died).rejects.toThrow('killed');
  await Promise.all([sweep(deps), sweep(deps)]);
  const effects = await db.selectFrom('rescue.timer_effect').selectAll().where('incident_id', '=', id).execute();
  expect(effects.filter((e) => e.kind === 'answer' && e.level === 1)).toHaveLength(1);
});

test('an incident whose row cannot be read holds up nobody else, and climbs itself once it can be read again', async () => {
  const broken = await taken(call(elevator, deps.now()));
  pass(1);
  const sound = await taken(call(await addElevator(db, { maintenance: maintainer }), deps.now()));
  const kept = await rowOf(broken.id);
  await db.updateTable('rescue.incident').set({ clocks: '{"stop": 1}' }).where('id', '=', broken.id).execute();
  pass(120);
  const faults: unknown[] = [];
  const aside: Aside = new Map();
  await sweep(deps, { aside, failed: (error) => faults.push(error) });
  expect((await rowOf(sound.id)).level).toBeGreaterThan(1);
  expect([(await rowOf(broken.id)).level, faults.length]).toEqual([1, 1]);
  await db
    .updateTable('rescue.incident')
    .set({ clocks: JSON.stringify(kept.clocks) })
    .where('id', '=', broken.id)
    .execute();
  pass(5);
  await sweep(deps, { aside, failed: (error) => faults.push(error) });
  expect([(await rowOf(broken.id)).level > 1, faults.length]).toEqual([true, 1]);
});

test('after a stop, overdue timers run at once and in due order', async () => {
  await addRescuer(db, { org: stationOrg, label: '站组', kind: 'public', now: deps.now() });
  const { id } = await taken(call(elevator, deps.now()));
  pass(3_600);
  await sweep(deps);
  const effects = await db
    .selectFrom('rescue.timer_effect')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('version')
    .execute();
  expect(effects.map((e) => e.kind).slice(0, 2)).toEqual(['answer', 'hand_off_limit']);
  expect((await rowOf(id)).level).toBe(3);
});

test("the phone's queue may send a report twice: it is taken once", async () => {
  const { id } = await taken(call(elevator, deps.now()));
  const reportKey = newId();
  const report: Command = { do: 'report_arrival', crewId: near, offerId: newId(), happenedAt: deps.now() };
  await say(id, report, { reportKey });
  await say(id, report, { reportKey });
  const lines = await db.selectFrom('rescue.incident_log').select('what').where('incident_id', '=', id).execute();
  expect(lines.filter((l) => l.what === 'report_arrival')).toHaveLength(1);
});

test('a rescuer with a job gets the next one as a place in his plan, and is offered it when he is free', async () => {
  const { id } = await taken(call(elevator, deps.now()));
  const second = await addElevator(db, { maintenance: maintainer });
  const { id: next } = await taken(call(second, deps.now()));
  expect(only(await offersOf(next))).toMatchObject({ person_id: near, state: 'planned', place: 2 });
  const offerId = only(await offersOf(id)).id;
  await say(id, { do: 'report_arrival', crewId: near, offerId, happenedAt: null });
  await say(id, { do: 'report_release', crewId: near, people: 1, happenedAt: null });
  const data = { incidentId: id, elevatorId: elevator, drill: false, stoppedAt: null, reportedAt: null };
  const rest = { awareAt: deps.now().toISOString(), arrivedAt: null, releasedAt: deps.now().toISOString() };
  const released = { ...suspicion(elevator, deps.now()), type: 'rescue.people_released' };
  const event = { ...released, data: { ...data, ...rest, releasedTrusted: true, people: 1, injuries: null } };
  await house.transaction().execute(async (tx) => rescueReactions({ ...deps, secret })[event.type]?.(tx, event));
  expect(only(await offersOf(next))).toMatchObject({ state: 'offered', place: 1 });
});

test('a drill asks the people of the unit that rehearses and nobody else, at every level', async () => {
  const other = await addOrg(db, '示例另一家维保', 'maintenance');
  await addRescuer(db, { org: other, label: '另一组', now: deps.now() });
  const id = newId();
  const facts = {
    org_id: maintainer,
    elevator_id: elevator,
    incident_id: null,
    started_at: deps.now(),
    ended_at: deps.now(),
  };
  await db
    .insertInto('rescue.drill')
    .values({ id, ...facts, outcome: 'done', summary: '', area_codes: [], org_ids: [] })
    .execute();
  const unitsAt = async (level: 1 | 2 | 'all', drillId: string | null) => {
    const circle = { maintenanceOrgId: maintainer, level, drillId, without: [] };
    const found = await candidatesFor(db, { ...deps, now: deps.now() }, { circle, to: null });
    return [...new Set(found.map((c) => c.orgId))];
  };
  for (const level of [1, 2, 'all'] as const) expect(await unitsAt(level, id)).toEqual([maintainer]);
  expect(await unitsAt(2, null)).toContain(other);
});

test('a real alarm ends the drill in the same elevator and touches nobody who only rehearses', async () => {
  const drillId = newId();
  await db
    .insertInto('rescue.drill')
    .values({
      id: drillId,
      org_id: maintainer,
      elevator_id: elevator,
      incident_id: null,
      started_at: deps.now(),
      ended_at: null,
      outcome: '',
      summary: '',
      area_codes: [],
      org_ids: [],
    })
    .execute();
  const drill = await taken(call(elevator, deps.now(), { drillId }));
  await db.updateTable('rescue.drill').set({ incident_id: drill.id }).where('id', '=', drillId).execute();
  const real = await taken(call(elevator, deps.now()));
  expect(real.joined).toBe(false);
  expect((await rowOf(drill.id)).phase).toBe('dismissed');
  expect((await rowOf(real.id)).drill).toBe(false);
  const ended = await db
    .selectFrom('rescue.drill')
    .select('outcome')
    .where('id', '=', drillId)
    .executeTakeFirstOrThrow();
  expect(ended.outcome).toBe('real_alarm');
});

test('many on one feeder within a minute are one event, and every one has a named rescuer', async () => {
  for (let i = 0; i < 4; i += 1)
    await addRescuer(db, { org: stationOrg, label: `站${i}`, kind: 'public', now: deps.now() });
  const feeder = newId();
  const elevators = await Promise.all(
    Array.from({ length: 12 }, () => addElevator(db, { maintenance: maintainer, feeder })),
  );
  const all = await Promise.all(elevators.map((e) => taken(call(e, deps.now()))));
  const rows = await Promise.all(all.map((t) => rowOf(t.id)));
  expect(new Set(rows.map((r) => r.group_id)).size).toBe(1);
  expect(new Set(rows.map((r) => r.number)).size).toBe(12);
  const offers = (await Promise.all(all.map((t) => offersOf(t.id)))).flat();
  expect(offers.filter((o) => o.person_id !== null)).toHaveLength(12);
  expect(offers.map((o) => o.place).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});
