import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDb } from '../../kernel/db.ts';
import { testDb } from '../../test/db.ts';
import { openCold } from './cold.service.ts';
import { dropOldSums, freezeSums, readHourSums } from './cold-sum.service.ts';
import { freezeClosedHours } from './freeze.service.ts';
import { readHistory } from './history.service.ts';
import { daySums, hourSums, rowOf } from './history.views.ts';
import { sumDay } from './sum.store.ts';
import type { TelemetryTables } from './tables.ts';
import { city, elevator, held, kernelFor, openIngestForTest, post, sender } from './telemetry.fixtures.ts';

const { pool } = await testDb();
const { orgId } = await city(pool);
const car = await elevator(pool, orgId);
const box = await sender(pool, orgId);
const HOUR_MS = 3_600_000;
const start = Date.UTC(2026, 9, 5, 3);
let nowMs = start;
const kernel = kernelFor(pool, { now: () => new Date(nowMs) });
const db = openDb<TelemetryTables>(pool);
const cold = openCold(kernel.config.dataDir);
const deps = { db, pool, cold, log: kernel.log, now: () => new Date(nowMs) };

const ingest = await openIngestForTest(kernel);
const at = (seconds: number) => new Date(start + seconds * 1000);
const move = (seq: number, seconds: number, moving: boolean) => ({
  ...held(car.rescueCode, seq, at(seconds)),
  carStatus: moving ? 1 : 0,
  doorStatus: moving || seconds % 60 !== 30,
  machineRoomCelsius: 20 + seq / 10,
});
await post(ingest, box, {
  body: [
    move(1, 0, false),
    move(2, 10, true),
    move(3, 25, false),
    move(4, 30, false),
    move(5, 40, true),
    move(6, 52, false),
  ],
});
await post(ingest, box, {
  body: [
    {
      elevator: { type: 'rescue_code', value: car.rescueCode },
      type: 'fault',
      seq: 7,
      at: at(55).toISOString(),
      messageCode: '02',
    },
  ],
});
nowMs = start + 30 * HOUR_MS;
await post(ingest, box, { body: [move(8, 100, false)] }); // held back in a basement for more than a day
await ingest.stop();
const window = { from: at(-1), to: at(200), limit: 100 };
/** What screens are shown of the window, and in which order it arrived. */
const history = async () => {
  const { rows, more } = await readHistory({ db, cold }, car.no, window);
  return { rows: rows.map((row) => ({ ...rowOf(row), pos: row.pos })), more };
};
const hot = await history();

test('an hour that is over becomes a file, and its history reads the same as before', async () => {
  expect(hot.rows).toHaveLength(8);
  expect(await freezeClosedHours(deps, 6)).toBe(2); // the hour itself, and the one made ahead of it
  const { rows } = await pool.query('select path, rows, bytes from telemetry.cold_file');
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ path: '2026/10/05/03-0.parquet', rows: 7 });
  expect(existsSync(join(cold.dir, rows[0].path))).toBe(true);
  expect(await history()).toEqual(hot);
});

test('a late row is found from the day it speaks of, wherever it arrived', async () => {
  nowMs += 40 * HOUR_MS;
  await freezeClosedHours(deps, 6);
  expect(Number((await pool.query('select count(*) from telemetry.reading')).rows[0].count)).toBe(0);
  expect(await history()).toEqual(hot);
});

test('hours and days are summed from what was frozen, a late row in the hour it speaks of', async () => {
  const [hour] = await hourSums(db, car.no, { from: at(0), to: at(3_600) });
  expect(hour).toMatchObject({
    messages: 8,
    trips: 2,
    doorOpenings: 1,
    movingSeconds: 27,
    notices: 1,
    machineRoomMin: 20.1,
    machineRoomMax: 20.8,
  });
  await sumDay(db, {
    day: '2026-10-05',
    from: new Date(Date.UTC(2026, 9, 4, 16)),
    to: new Date(Date.UTC(2026, 9, 5, 16)),
  });
  const [day] = await daySums(db, car.no, { from: '2026-10-05', to: '2026-10-05' });
  expect(day).toMatchObject({ messages: 8, trips: 2 });
});

test('sums of hours leave the database for a file and read the same; late ones are added to them', async () => {
  const hours = { from: at(-3_600), to: at(3_600) };
  const before = await readHourSums({ db, cold }, car.no, hours);
  expect(before).toHaveLength(1);
  expect(await freezeSums(deps, new Date(start + 40 * HOUR_MS))).toBe(1);
  expect(await hourSums(db, car.no, hours)).toEqual([]);
  expect(await readHourSums({ db, cold }, car.no, hours)).toEqual(before);
  // Two rows of that hour come in a month later: the hour has a second part.
  await pool.query(`insert into telemetry.hour_sum values ($1, $2, 2, 1, 0, 5, 0, 150, null, 400)`, [car.no, at(0)]);
  const [hour] = before;
  const added = [
    {
      ...hour,
      messages: 10,
      trips: 3,
      movingSeconds: 32,
      machineRoomMin: 15,
      loadPercentMax: 40,
    },
  ];
  expect(await readHourSums({ db, cold }, car.no, hours)).toEqual(added);
  expect(await freezeSums(deps, new Date(start + 40 * HOUR_MS))).toBe(1);
  expect(await readHourSums({ db, cold }, car.no, hours)).toEqual(added);
  expect((await pool.query('select path from telemetry.cold_sum order by part')).rows).toEqual([
    { path: 'sums/2026/10/05-0.parquet' },
    { path: 'sums/2026/10/05-1.parquet' },
  ]);
});

test('a day that is not over keeps its sums in the database; files beyond the years that are kept go', async () => {
  await pool.query(`insert into telemetry.hour_sum values ($1, $2, 2, 1, 0, 5, 0, null, null, null)`, [car.no, at(0)]);
  expect(await freezeSums(deps, at(3_600))).toBe(0);
  expect(await dropOldSums(deps, new Date(start + 30 * HOUR_MS))).toBe(2);
  expect(existsSync(join(cold.dir, 'sums/2026/10/05-0.parquet'))).toBe(false);
});
