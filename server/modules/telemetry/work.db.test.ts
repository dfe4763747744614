import { expect, test } from 'vitest';
import { openDb } from '../../kernel/db.ts';
import { type AccountId, type ElevatorId, newId, type OrgId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { EVERYTHING, scopedOn, type Viewer } from '../../kernel/scope.ts';
import { testDb } from '../../test/db.ts';
import { qrToken } from '../registry/index.ts';
import { bindElevators, listBindingsOf, unbindElevator } from './binding.service.ts';
import type { TelemetryTables } from './tables.ts';
import { city, elevator, held, kernelFor, openIngestForTest, post, sender } from './telemetry.fixtures.ts';
import { beginWork, endWork } from './work.service.ts';
import { worksOf, workUntil } from './work.views.ts';
import { reportWork } from './work-report.service.ts';

const { pool } = await testDb();
const { orgId, otherOrgId } = await city(pool);
const db = openDb<TelemetryTables>(pool);
const scoped = scopedOn(db);
const viewer = (given: Partial<Viewer>): Viewer => ({
  accountId: newId() as AccountId,
  personId: null,
  orgId: null,
  role: 'technician',
  displayName: '',
  scope: EVERYTHING,
  grants: [],
  ...given,
});
const crew = viewer({ orgId: orgId as OrgId });
const clock = { at: new Date() };
const deps = { scoped, now: () => clock.at, newId };

/** Ask until the doors have heard; they hear by a channel, so this takes a moment and not minutes. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}

test('work is declared by the unit that maintains the elevator, once, and detection knows until it ends', async () => {
  const car = await elevator(pool, orgId);
  const id = car.id as ElevatorId;
  const ingest = await openIngestForTest(kernelFor(pool));
  const working = () => (ingest.doors.directory.byNo(car.no)?.workUntilMs ?? 0) > Date.now();
  const begin = (as: Viewer) => beginWork(deps, as, { elevatorId: id, minutes: 60, reason: '半月保养' });
  expect(await begin(viewer({ orgId: otherOrgId as OrgId }))).toMatchObject({
    refusal: { code: 'telemetry.work_foreign' },
  });
  expect(working()).toBe(false);
  expect((await begin(crew)).ok).toBe(true);
  await until(working);
  expect(await begin(crew)).toMatchObject({ refusal: { code: 'telemetry.work_open' } });
  expect((await endWork(deps, crew, id)).ok).toBe(true);
  await until(() => !working());
  expect(await endWork(deps, crew, id)).toMatchObject({ refusal: { code: 'telemetry.work_over' } });
  await ingest.stop();
});

test('nobody declares work on an elevator that may hold people', async () => {
  const car = await elevator(pool, orgId);
  const box = await sender(pool, orgId);
  const ingest = await openIngestForTest(kernelFor(pool));
  const alarm = { ...held(car.rescueCode, 1, new Date()), type: 'alarm', messageCode: '90' };
  await post(ingest, box, { body: [alarm] });
  const open = await db.selectFrom('telemetry.finding').select('kind').where('elevator_no', '=', car.no).execute();
  expect(open.length).toBeGreaterThan(0);
  const asked = await beginWork(deps, crew, { elevatorId: car.id as ElevatorId, minutes: 60, reason: '检查' });
  expect(asked).toMatchObject({ refusal: { code: 'telemetry.work_people_inside' } });
  await ingest.stop();
});

test('while work is declared an alarm opens nothing; when its time is over the next one does', async () => {
  const car = await elevator(pool, orgId);
  const box = await sender(pool, orgId);
  const times = { at: new Date() };
  const ingest = await openIngestForTest(kernelFor(pool, { now: () => times.at }));
  await beginWork({ ...deps, now: () => times.at }, crew, {
    elevatorId: car.id as ElevatorId,
    minutes: 30,
    reason: '保养',
  });
  await until(() => (ingest.doors.directory.byNo(car.no)?.workUntilMs ?? 0) > times.at.getTime());
  const count = async () =>
    (await db.selectFrom('telemetry.finding').select('id').where('elevator_no', '=', car.no).execute()).length;
  const alarm = (seq: number) => ({ ...held(car.rescueCode, seq, times.at), type: 'alarm', messageCode: '90' });
  await post(ingest, box, { body: [alarm(1)] });
  expect(await count()).toBe(0);
  times.at = new Date(times.at.getTime() + 31 * 60_000);
  await post(ingest, box, { body: [alarm(2)] });
  expect(await count()).toBe(1);
  await ingest.stop();
});

test('a sender speaks for a bound elevator at once, and no longer when it is unbound', async () => {
  const car = await elevator(pool, orgId);
  const foreign = await sender(pool, otherOrgId);
  await pool.query(
    `insert into registry.identifier (id, elevator_id, type, value, value_key) values ($1, $2, 'rescue_code', $3, $3)`,
    [newId(), car.id, car.rescueCode],
  );
  const ingest = await openIngestForTest(kernelFor(pool));
  const send = async (seq: number) =>
    (await post(ingest, foreign, { body: [held(car.rescueCode, seq, new Date())] })).json<{ stored: number }>().stored;
  expect(await send(1)).toBe(0);
  const source = await db
    .selectFrom('telemetry.source')
    .select(['id', 'no', 'client_id'])
    .where('client_id', '=', foreign.id)
    .executeTakeFirstOrThrow();
  const ask = { sourceId: source.id, codes: [car.rescueCode, '没有这台'] };
  expect(await bindElevators(deps, viewer({ role: 'city_regulator' }), ask)).toEqual({
    ok: true,
    value: { bound: 1, known: 0, unknown: ['没有这台'] },
  });
  expect(await bindElevators(deps, viewer({ role: 'city_regulator' }), ask)).toMatchObject({
    value: { bound: 0, known: 1 },
  });
  expect(await listBindingsOf(db, source.id)).toMatchObject([{ elevatorId: car.id, rescueCode: car.rescueCode }]);
  const caller = ingest.doors.callers.source({ clientId: foreign.id });
  const may = () => {
    const known = ingest.doors.directory.byNo(car.no);
    return caller !== undefined && known !== undefined && ingest.doors.directory.maySpeak(caller, known);
  };
  await until(may);
  expect(await send(2)).toBe(1);
  const of = { sourceId: source.id, elevatorId: car.id as ElevatorId };
  expect((await unbindElevator(deps, viewer({ role: 'city_regulator' }), of)).ok).toBe(true);
  await until(() => !may());
  expect(await send(3)).toBe(0);
  await ingest.stop();
});

test('after a start a finding that no detector remembers is closed; an entrapment is left to people', async () => {
  const car = await elevator(pool, orgId);
  const put = async (kind: string) => {
    const id = newId();
    await pool.query(
      `insert into telemetry.finding (id, elevator_no, elevator_id, kind, confidence, reasons, evidence, started_at,
         evidence_at, opened_at, area_codes, org_ids)
       values ($1, $2, $3, $4, 0.9, '{}', '[]', now(), now(), now(), '{}', '{}')`,
      [id, car.no, car.id, kind],
    );
    return id;
  };
  const [lost, people] = [await put('overspeed'), await put('entrapment_levelled')];
  const ingest = await openIngestForTest(kernelFor(pool));
  const { rows } = await pool.query(
    'select id, close_reason from telemetry.finding where id = any($1) order by close_reason',
    [[lost, people]],
  );
  expect(rows).toEqual([
    { id: lost, close_reason: 'reconciled' },
    { id: people, close_reason: null },
  ]);
  await ingest.stop();
});

test('a phone reports work by plate or digits; the same report counts once, and its end as well', async () => {
  const car = await elevator(pool, orgId);
  const keys = keysForTest();
  const phone = { ...deps, keys };
  const key = newId();
  const begin = { do: 'begin' as const, key, minutes: 60, reason: '半月保养', happenedAt: clock.at.toISOString() };
  const scanned = `https://tian.invalid/~/q/${qrToken(keys, car.id as ElevatorId)}`;
  const first = await reportWork(phone, crew, { ...begin, scanned });
  expect(first).toMatchObject({ ok: true, value: { elevatorId: car.id, rescueCode: car.rescueCode } });
  expect(await reportWork(phone, crew, { ...begin, scanned })).toEqual(first); // an answer was lost on the way
  const open = async () =>
    (await worksOf(db, { orgId: orgId as OrgId, now: clock.at })).filter(({ elevatorId }) => elevatorId === car.id);
  expect(await open()).toMatchObject([{ id: key, reason: '半月保养' }]);
  const second = { ...begin, key: newId() };
  expect(await reportWork(phone, crew, { ...second, scanned: 'x' })).toMatchObject({
    refusal: { code: 'telemetry.work_unknown_plate' },
  });
  expect(await reportWork(phone, crew, { ...second, scanned })).toMatchObject({
    refusal: { code: 'telemetry.work_open' },
  });
  const end = { do: 'end' as const, key: newId(), work: key, happenedAt: clock.at.toISOString() };
  const foreign = viewer({ orgId: otherOrgId as OrgId });
  expect(await reportWork(phone, foreign, end)).toMatchObject({ refusal: { code: 'telemetry.work_foreign' } });
  for (const again of [end, end])
    expect(await reportWork(phone, crew, again)).toMatchObject({ value: { silentUntil: null } });
  expect(await open()).toEqual([]);
});

test('work that was over before the phone found a network is kept as it was, and silences nothing', async () => {
  const car = await elevator(pool, orgId);
  const keys = keysForTest();
  const happenedAt = new Date(clock.at.getTime() - 3 * 3_600_000).toISOString();
  const scanned = qrToken(keys, car.id as ElevatorId);
  const said = { do: 'begin' as const, key: newId(), minutes: 60, reason: '更换门机', happenedAt, scanned };
  expect(await reportWork({ ...deps, keys }, crew, said)).toMatchObject({ ok: true, value: { silentUntil: null } });
  expect((await workUntil(db, clock.at, [car.id as ElevatorId])).size).toBe(0);
  const trace = await pool.query('select code, at from kernel.trace where subject = $1', [car.id]);
  expect(trace.rows).toEqual([{ code: 'telemetry.trace.work_told_late', at: new Date(happenedAt) }]);
  const foreign = viewer({ orgId: otherOrgId as OrgId });
  expect(await reportWork({ ...deps, keys }, foreign, { ...said, key: newId() })).toMatchObject({
    refusal: { code: 'telemetry.work_foreign' },
  });
});
