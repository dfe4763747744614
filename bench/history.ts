import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { copyRows, openRowWriter } from '../server/kernel/copy-binary.ts';
import { openDb } from '../server/kernel/db.ts';
import { bookOf, KNOWN_CODE_SETS } from '../server/modules/telemetry/codes.ts';
import { openCold } from '../server/modules/telemetry/cold.service.ts';
import { partitionOf } from '../server/modules/telemetry/commit.service.ts';
import { COLUMNS, ensurePartitions, writeReading } from '../server/modules/telemetry/commit.store.ts';
import { freezeClosedHours } from '../server/modules/telemetry/freeze.service.ts';
import { readHistory } from '../server/modules/telemetry/history.service.ts';
import { readValue } from '../server/modules/telemetry/ingest.ts';
import { bodyOfWire } from '../server/modules/telemetry/normal.rules.ts';
import { posAt, readingOf } from '../server/modules/telemetry/reading.rules.ts';
import type { TelemetryTables } from '../server/modules/telemetry/tables.ts';
import { mixed, openStage, type Stage, statusOf } from './ingest/stage.ts';

/** Settings: `--elevators 2000` (a message each 15 s each), `--hours 24`. */
export const about = "history: bytes a row in files, and the time to read one elevator's day from database and files";

const HOUR_MS = 3_600_000;
const EVERY_MS = 15_000;
const READS = 40;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function run(args: readonly string[]): Promise<void> {
  const number = (name: string, otherwise: number): number =>
    Number(args[args.indexOf(`--${name}`) + 1] ?? otherwise) || otherwise;
  const [elevators, hours] = [number('elevators', 2_000), number('hours', 24)];
  const stage = await openStage({ elevators, senders: 1 });
  const cold = openCold(stage.dataDir);
  try {
    const startMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - (hours + 8) * HOUR_MS;
    const db = openDb<TelemetryTables>(stage.pool);
    for (let hour = 0; hour < hours; hour += 1) await fillHour(stage, { startMs: startMs + hour * HOUR_MS, elevators });
    await stage.pool.query('analyze telemetry.reading');
    const window = { from: new Date(startMs), to: new Date(startMs + hours * HOUR_MS), limit: 20_000 };
    const read = async (no: number): Promise<number> => (await readHistory({ db, cold }, no, window)).rows.length;
    await report(`one elevator's ${hours} hours from the database`, elevators, read);
    const begun = performance.now();
    await freezeClosedHours({ db, pool: stage.pool, cold, now: () => new Date(), log: pino({ level: 'silent' }) }, 6);
    const seconds = (performance.now() - begun) / 1000;
    const files = await db.selectFrom('telemetry.cold_file').select(['path', 'rows', 'bytes']).execute();
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    const bytes = files.reduce((sum, file) => sum + statSync(join(cold.dir, file.path)).size, 0);
    say(
      `frozen and verified: ${rows.toLocaleString('en-US')} rows in ${files.length} files, ${(rows / seconds / 1000).toFixed(0)} k rows/s`,
    );
    say(`bytes a row in files: ${(bytes / rows).toFixed(2)} (budget ≤ 8)`);
    await report(`one elevator's ${hours} hours from files`, elevators, read);
  } finally {
    cold.stop();
    await stage.close();
  }
}

async function fillHour(stage: Stage, { startMs, elevators }: { startMs: number; elevators: number }): Promise<void> {
  const hour = startMs / HOUR_MS;
  const db = openDb<TelemetryTables>(stage.pool);
  await ensurePartitions(db, [{ name: partitionOf(hour), from: posAt(startMs), to: posAt(startMs + HOUR_MS) }]);
  const book = bookOf(KNOWN_CODE_SETS);
  const writer = openRowWriter(1 << 20);
  const client = await stage.pool.connect();
  for (let tick = 0; tick < HOUR_MS / EVERY_MS; tick += 1) {
    for (let i = 0; i < elevators; i += 1) {
      // Boxes speak at their own moments, and their messages take a while to arrive.
      const deviceMs = startMs + tick * EVERY_MS + (mixed(i, 0) % (EVERY_MS - 400)) + (mixed(i, tick) % 400);
      const receivedMs = Math.min(deviceMs + 20 + (mixed(tick, i) % 180), startMs + HOUR_MS - 1);
      const read = readValue(JSON.parse(statusOf(i, (hour % 1_000) * 240 + tick, new Date(deviceMs))), Date.now());
      if (!read.ok) throw new Error(read.refusal.detail);
      const body = bodyOfWire(read.value.wire, { kind: 'lift', codeSet: 'gbt24476', book });
      const head = { elevatorNo: i + 1, sourceNo: 1, boot: 0, seq: read.value.wire.seq ?? null };
      writeReading(writer, readingOf({ ...head, deviceMs, receivedMs, body }, posAt(receivedMs) + (i % 16)));
    }
    await copyRows(client, `telemetry.reading (${COLUMNS.join(', ')})`, writer.finish());
  }
  client.release();
}

async function report(what: string, elevators: number, read: (no: number) => Promise<number>): Promise<void> {
  await read(1);
  const times: number[] = [];
  let rows = 0;
  for (let i = 0; i < READS; i += 1) {
    const begun = performance.now();
    rows = await read(1 + ((i * 7_907) % elevators));
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  const quantile = (q: number): string => (times[Math.floor(q * (READS - 1))] ?? Number.NaN).toFixed(1);
  say(`${what.padEnd(46)}${rows} rows, p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms (budget ≤ 100 ms)`);
}
