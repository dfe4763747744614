import { expect, test } from 'vitest';
import { openDb } from '../../kernel/db.ts';
import type { Event } from '../../kernel/outbox.ts';
import { plainOf } from '../../kernel/packs.ts';
import { testDb } from '../../test/db.ts';
import { openCold } from './cold.service.ts';
import { telemetryReactions } from './reactions.ts';
import type { TelemetryTables } from './tables.ts';
import {
  city,
  elevator,
  kernelFor,
  openIngestForTest,
  post,
  sender,
  telemetryPackForTest,
} from './telemetry.fixtures.ts';
import { telemetryTasks } from './upkeep.service.ts';

const { pool } = await testDb();
const { orgId } = await city(pool);
const thresholds = plainOf(await telemetryPackForTest());
const reactions = telemetryReactions(thresholds);
const db = openDb<unknown>(pool);
const box = await sender(pool, orgId);
let nowMs = Date.now();
const kernel = kernelFor(pool, { now: () => new Date(nowMs) });
const cars = await Promise.all(Array.from({ length: thresholds.power.groupCount }, () => elevator(pool, orgId)));
const ingest = await openIngestForTest(kernel);

/** What the relay does: every event not yet handed on, to the module's reactions. */
async function react(): Promise<void> {
  const { rows } = await pool.query('update kernel.outbox set sent_at = now() where sent_at is null returning *');
  const byTime = rows.sort((a, b) => a.written_at - b.written_at);
  for (const row of byTime) {
    const audience = { areaCodes: row.area_codes, orgIds: row.org_ids };
    const event: Event = { ...row, occurredAt: row.occurred_at, audience };
    await db.transaction().execute(async (tx) => reactions[row.type]?.(tx, event));
  }
}
const notice = (code: string, phase: string) => (car: (typeof cars)[number], i: number) => ({
  elevator: { type: 'rescue_code', value: car.rescueCode },
  type: 'event',
  seq: code === '41' && phase === 'add' ? 1 : 2,
  at: new Date(nowMs + i).toISOString(),
  messageCode: code,
  messageId: 'cut-1',
  phase,
});

test('many elevators of one community without mains at once are one power cut, which ends with the last', async () => {
  await post(ingest, box, { body: cars.map(notice('41', 'add')) });
  await react();
  const { rows: cuts } = await pool.query('select community_code, elevator_ids, ended_at from telemetry.power_cut');
  expect(cuts).toHaveLength(1);
  expect(cuts[0].community_code).toBe('320205001001');
  expect(cuts[0].elevator_ids.sort()).toEqual(cars.map((car) => car.id).sort());
  expect(cuts[0].ended_at).toBe(null);
  const { rows: told } = await pool.query(
    "select data from kernel.outbox where type = 'telemetry.power_cut' order by version desc",
  );
  expect(told[0].data.elevatorIds).toHaveLength(cars.length);
  expect(told).toHaveLength(1); // who looked first counted them all
  nowMs += 30_000;
  await post(ingest, box, { body: cars.map(notice('41', 'clear')) });
  await react();
  expect((await pool.query('select from telemetry.power_cut where ended_at is null')).rowCount).toBe(0);
});

test('the next cut of the same elevators is another; it stays one when more are told of later, and is told as it grows', async () => {
  const counted = async () =>
    Number((await pool.query("select count(*) as n from kernel.outbox where type = 'telemetry.power_cut'")).rows[0].n);
  const before = await counted();
  const late = await elevator(pool, orgId);
  await ingest.doors.directory.refresh();
  nowMs += 1_200_000; // another cut than the one before
  const dark = (car: (typeof cars)[number], atMs: number) => ({
    ...notice('41', 'add')(car, 0),
    seq: 10,
    messageId: 'cut-2',
    at: new Date(atMs).toISOString(),
  });
  await post(ingest, box, { body: cars.map((car, i) => dark(car, nowMs + 100 * i)) });
  await react();
  await post(ingest, box, { body: [dark(late, nowMs)] });
  // Told late: it went dark before all others.
  await pool.query(
    "update telemetry.finding set started_at = started_at - interval '1 second' where elevator_id = $1",
    [late.id],
  );
  await react();
  const { rows } = await pool.query('select elevator_ids, version from telemetry.power_cut where ended_at is null');
  expect(rows).toMatchObject([{ version: cars.length + 1 }]);
  expect(rows[0].elevator_ids.toSorted()).toEqual([...cars, late].map((car) => car.id).toSorted());
  expect((await counted()) - before).toBe(2);
});

test('a sender of which nothing is heard any more is told of once', async () => {
  await ingest.stop();
  nowMs += thresholds.offlineSeconds * 1000 + 60_000;
  const tasks = telemetryTasks({
    db: openDb<TelemetryTables>(pool),
    pool,
    cold: openCold(kernel.config.dataDir),
    keep: kernel.config.history,
    thresholds,
    now: kernel.now,
    log: kernel.log,
  });
  const [silent] = Object.entries(tasks).filter(([name]) => name.includes('silent'));
  await silent?.[1].run(null);
  await silent?.[1].run(null);
  const { rows } = await pool.query("select data from kernel.outbox where type = 'telemetry.source_silent'");
  expect(rows).toHaveLength(1);
  expect(rows[0].data).toMatchObject({ orgId, elevators: cars.length + 1 });
});
