import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import type pg from 'pg';
import { pino } from 'pino';
import { describeFaults, readConfig } from '../../kernel/config.ts';
import { openDb } from '../../kernel/db.ts';
import { newId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import type { Kernel } from '../../kernel/module.ts';
import { programDir } from '../../kernel/program.ts';
import { newSecret, sha256 } from '../../kernel/secret-data.ts';
import { loadCityPack } from '../../packs.ts';
import { signToken } from '../identity/token.ts';
import { type IngestProcess, openIngest } from './process.ts';
import { TELEMETRY_TOPIC } from './wire.ts';

/** A kernel on a test database, with doors on any free port. */
export function kernelFor(pool: pg.Pool, clock: { now: () => Date } = { now: () => new Date() }): Kernel {
  return {
    pool,
    db: openDb<unknown>(pool),
    config: { ...configForTest(), dataDir: mkdtempSync(join(tmpdir(), 'tian-telemetry-')), mqttPort: 0, ingestPort: 0 },
    log: pino({ level: 'silent' }),
    keys: keysForTest(),
    now: clock.now,
    newId,
  };
}

function configForTest() {
  const read = readConfig({});
  if (!read.ok) throw new Error(describeFaults(read.refusal));
  return read.value;
}

/** The thresholds of the default city. */
export async function telemetryPackForTest() {
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  if (!pack.ok) throw new Error(JSON.stringify(pack.refusal));
  return pack.value.files.telemetry;
}

export const openIngestForTest = async (kernel: Kernel): Promise<IngestProcess> =>
  openIngest(kernel, await telemetryPackForTest());

/** An organisation, an elevator it maintains, and one it does not. */
export async function city(pool: pg.Pool) {
  const orgId = randomUUID();
  const otherOrgId = randomUUID();
  for (const [id, name] of [
    [orgId, '青禾电梯维保'],
    [otherOrgId, '白鹭电梯维保'],
  ]) {
    await pool.query(
      `insert into identity.org (id, name, name_key, kinds, area_codes, org_ids) values ($1, $2, $2, '{maintenance}', '{}', array[$1::uuid])`,
      [id, name],
    );
  }
  return { orgId, otherOrgId };
}

let codes = 100_000;

/** A lift with a rescue code, maintained by this organisation. */
export async function elevator(pool: pg.Pool, maintenanceOrgId: string) {
  const id = randomUUID();
  codes += 1;
  const rescueCode = String(codes);
  const { rows } = await pool.query<{ no: number }>(
    `insert into registry.elevator (id, kind, variety, state, state_at, source, rescue_code, maintenance_org_id, area_codes,
       org_ids, bottom_floor, top_floor, rated_speed_mm_per_s, district_code, street_code, community_code)
     values ($1, 'lift', 'traction_passenger', 'in_use', now(), 'test', $2, $3, '{320205,320205001,320205001001}', array[$3::uuid], 1, 18, 1750, '320205', '320205001', '320205001001')
     returning no`,
    [id, rescueCode, maintenanceOrgId],
  );
  return { id, rescueCode, no: rows[0]?.no ?? 0 };
}

/** A machine client that may bring telemetry, with its MQTT secret and a token. */
export async function sender(pool: pg.Pool, orgId: string | null) {
  const id = randomUUID();
  const secret = newSecret();
  await pool.query(
    `insert into identity.client (id, name, org_id, whole_city, grants, state) values ($1, '云梯物联平台', $2, $3, '{telemetry:write}', 'active')`,
    [id, orgId, orgId === null],
  );
  await pool.query(
    `insert into identity.client_secret (id, client_id, door, secret_hash, hint, created_at) values ($1, $2, 'mqtt', $3, 'test', now())`,
    [randomUUID(), id, sha256(secret)],
  );
  const token = await signToken(
    keysForTest(),
    { clientId: id, grants: ['telemetry:write'], tokenId: randomUUID() },
    new Date(),
  );
  return { id, secret, token };
}

export type Sender = Awaited<ReturnType<typeof sender>>;

export const connect = (ingest: IngestProcess, { id, secret }: Sender): Promise<MqttClient> =>
  mqtt.connectAsync({
    port: ingest.mqtt.port,
    host: '127.0.0.1',
    username: id,
    password: secret,
    protocolVersion: 4,
    reconnectPeriod: 0,
  });

/** Publish with QoS 1 and wait for the acknowledgement. */
export const say = (client: MqttClient, message: unknown): Promise<unknown> =>
  client.publishAsync(TELEMETRY_TOPIC, typeof message === 'string' ? message : JSON.stringify(message), { qos: 1 });

export type Sent = { body: unknown; headers?: Record<string, string> };

export async function post(ingest: IngestProcess, from: Sender, { body, headers = {} }: Sent) {
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return ingest.http.inject({
    method: 'POST',
    url: '/api/v1/telemetry/batches',
    headers: { authorization: `Bearer ${from.token}`, 'content-type': 'application/json', ...headers },
    payload,
  });
}

/** A status message of a car that stands level, closed, with somebody inside. */
export const held = (rescueCode: string, seq: number, at: Date) => ({
  elevator: { type: 'rescue_code', value: rescueCode },
  type: 'status',
  seq,
  at: at.toISOString(),
  serviceMode: 1,
  carStatus: 0,
  carDirection: 0,
  doorZone: true,
  carPosition: 7,
  doorStatus: true,
  passengerStatus: true,
});
