import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { programDir } from '../../kernel/program.ts';
import { city, elevator, held, say, sender } from '../../modules/telemetry/telemetry.fixtures.ts';
import { testDb } from '../db.ts';
import { hasNats, type Nats, startNats } from '../nats.ts';
import { removeFolder } from '../tmp.ts';
import { freePorts } from '../tree.ts';

const { pool, url } = await testDb();
const { orgId } = await city(pool);
const box = await sender(pool, orgId);
const cars = await Promise.all(Array.from({ length: 8 }, () => elevator(pool, orgId)));
const dataDir = mkdtempSync(join(tmpdir(), 'tian-many-'));
let nats: Nats;
let many: Many;

beforeAll(async () => {
  if (!hasNats) return;
  nats = await startNats();
  many = await startMany();
}, 60_000);
afterAll(async () => {
  await many?.stop();
  await nats?.stop();
  nats?.clear();
  removeFolder(dataDir);
});

type Many = { mqttPort: number; ownPorts: readonly number[]; pids: () => number[]; stop: () => Promise<void> };

/** `tian ingest` with two processes, as an operator starts it. */
async function startMany(): Promise<Many> {
  const [port = 0, mqttPort = 0, ingestPort = 0] = await freePorts(3);
  const env = {
    ...process.env,
    PORT: String(port),
    TIAN_MQTT_PORT: String(mqttPort),
    TIAN_INGEST_PORT: String(ingestPort),
    TIAN_DATA_DIR: dataDir,
    TIAN_DATABASE_URL: url,
    TIAN_NATS_URL: nats.url,
    TIAN_INGEST_PROCESSES: '2',
  };
  const child: ChildProcess = spawn(process.execPath, ['dist/server/cli.js', 'ingest'], { cwd: programDir, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const count = (text: string): number => output.split(text).length - 1;
  await vi
    .waitUntil(() => count('"msg":"ready"') === 2, { timeout: 50_000, interval: 100 })
    .catch((error: unknown) => {
      throw new Error(`the ingest processes were not ready:\n${output}`, { cause: error });
    });
  return {
    mqttPort,
    ownPorts: [ingestPort + 1, ingestPort + 2],
    pids: () => [...output.matchAll(/"pid":(\d+),"msg":"an ingest process was started"/g)].map((m) => Number(m[1])),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

test.skipIf(!hasNats)(
  'processes killed in the middle lose and double nothing, and every elevator keeps its order',
  async () => {
    const clients = await Promise.all(
      [1, 2, 3, 4].map(() =>
        mqtt.connectAsync({
          port: many.mqttPort,
          host: '127.0.0.1',
          username: box.id,
          password: box.secret,
          protocolVersion: 4,
          reconnectPeriod: 100,
        }),
      ),
    );
    let acknowledged = 0;
    let killed = false;
    /** One message after the other, each after the acknowledgement of the one before; unacknowledged ones come again. */
    const speak = async (client: MqttClient, rescueCode: string): Promise<number> => {
      let seq = 0;
      for (let after = 0; after < 40; after += killed ? 1 : 0) {
        seq += 1;
        await say(client, held(rescueCode, seq, new Date()));
        acknowledged += 1;
      }
      return seq;
    };
    const speaking = Promise.all(cars.map((car, i) => speak(clients[i % 4] as MqttClient, car.rescueCode)));
    // Each of the two in turn, while messages are under way; the second once the first one's successor was started.
    for (const nth of [0, 1]) {
      const before = acknowledged;
      await vi.waitUntil(() => acknowledged > before + 200, { timeout: 60_000, interval: 10 });
      const started = many.pids().length;
      process.kill(many.pids()[nth] ?? 0, 'SIGKILL');
      await vi.waitUntil(() => many.pids().length > started, { timeout: 20_000, interval: 50 });
    }
    killed = true;
    const last = await speaking;
    const seqsOf = async (no: number) =>
      (await pool.query('select seq from telemetry.reading where elevator_no = $1 order by pos', [no])).rows.map(
        (row) => Number(row.seq),
      );
    for (const [i, car] of cars.entries()) {
      const all = Array.from({ length: last[i] ?? 0 }, (_, n) => n + 1);
      await vi.waitFor(async () => expect((await seqsOf(car.no)).length).toBeGreaterThanOrEqual(all.length), {
        timeout: 30_000,
        interval: 100,
      });
      expect(await seqsOf(car.no)).toEqual(all);
    }
    const doors = await Promise.all(
      many.ownPorts.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
    );
    expect(doors.map((text) => /^tian_telemetry_elevators (\d+)/m.exec(text)?.[1])).toEqual(['4', '4']);
    await Promise.all(clients.map((client) => client.endAsync(true)));
  },
  180_000,
);
