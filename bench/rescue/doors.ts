import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openDb } from '../../server/kernel/db.ts';
import { newId } from '../../server/kernel/ids.ts';
import { openKeys } from '../../server/kernel/keys.ts';
import { INGEST_FLAGS, programDir } from '../../server/kernel/program.ts';
import { signToken } from '../../server/modules/identity/token.ts';
import type { RescueTables } from '../../server/modules/rescue/index.ts';
import { addOrg, addRescuer } from '../../server/modules/rescue/rescue.fixtures.ts';
import type { SimElevator } from '../../server/simulate/city.ts';
import { pause } from '../../server/simulate/doors.ts';
import type { MqttResult } from '../ingest/mqtt.ts';
import { openStage, type Stage } from '../ingest/stage.ts';
import { inLoad } from '../ingest.ts';
import { darkRide } from './dark.ts';
import { type Heard, listen } from './listen.ts';
import { type Dark, printDark, type Sent } from './print.ts';

const DARK = 500;
const SPAN_MS = 10_000;
const RESCUERS = 120;
const FIRST_CODE = 100_000;
const WARM_MS = 45_000;
const AFTER_MS = 95_000;

/**
 * A feeder goes dark under 500 cars with people inside: told at the doors of the running product, server and ingest each
 * in their own process, while others send `rate` messages a second. Heard at the desk's own event stream.
 */
export async function measureThroughDoors({ rate }: { rate: number }): Promise<void> {
  const background = Math.max(500, Math.min(5_000, rate));
  const stage = await openStage({ elevators: background + DARK, senders: 20 });
  const ports = { server: await freePort(), ingest: await freePort(), mqtt: await freePort() };
  const children: (() => Promise<void>)[] = [];
  try {
    const cars = await darkFeeder(stage, background);
    const token = await deskToken(stage);
    for (const part of ['main.js', 'ingest.js'] as const) children.push(start(part, stage, ports));
    await ready(ports.server);
    const heard = listen(ports.server, token);
    const darkAt = Date.now() + WARM_MS;
    const load =
      rate > 0
        ? inLoad<MqttResult>({
            mqtt: {
              port: ports.mqtt,
              senders: stage.senders,
              connections: background,
              firstSeq: 1,
              perSecond: rate,
              seconds: Math.ceil((WARM_MS + SPAN_MS + AFTER_MS) / 1_000),
            },
          })
        : Promise.resolve(null);
    const sent = await tellDark(cars, { port: ports.server, token, darkAt });
    await pause(Math.max(0, darkAt + SPAN_MS + AFTER_MS - Date.now()));
    const told = await load;
    await report(stage, { sent, heard, told, rate });
  } finally {
    for (const stop of children.toReversed()) await stop();
    await stage.close();
  }
}

type Car = { elevator: SimElevator; id: string };

/** The last cars of the stage hang on one feeder, are kept by one unit, and its crews are on duty. */
async function darkFeeder({ pool }: Stage, background: number): Promise<readonly Car[]> {
  const db = openDb<RescueTables>(pool);
  const org = await addOrg(db, '示例维保一号公司', 'maintenance_unit');
  for (let i = 0; i < RESCUERS; i += 1) await addRescuer(db, { org, label: `组${i}`, now: new Date() });
  const { rows } = await pool.query<{ id: string; no: number; rescue_code: string }>(
    `update registry.elevator set maintenance_org_id = $1, org_ids = array[$1::uuid], power_feeder = 'bench', district_code = '320205',
       lng = 120.3, lat = 31.5, address = '示例路 ' || rescue_code, place_class = 'residence', brand = ''
     where rescue_code::int >= $2 returning id, no, rescue_code`,
    [org, FIRST_CODE + background],
  );
  return rows.map(({ id, no, rescue_code: value }) => ({ id, elevator: simulated(no, value) }));
}

const simulated = (no: number, value: string): SimElevator => ({
  no,
  name: { type: 'rescue_code', value },
  kind: 'lift',
  placeClass: 'residence',
  bottomFloor: 1,
  topFloor: 33,
  ratedSpeedMmPerS: 2_500,
  feeder: 'bench',
  vendor: 0,
});

/** One token of a machine that may send for every elevator and hear the stream as the desk does. */
async function deskToken({ pool, senders, dataDir }: Stage): Promise<string> {
  const clientId = senders[0]?.id ?? '';
  const grants = ['telemetry:write', 'stream:read'];
  await pool.query('update identity.client set grants = $2 where id = $1', [clientId, grants]);
  const { keys } = openKeys(dataDir, new Date());
  return signToken(keys, { clientId, grants, tokenId: newId() }, new Date());
}

type Ports = { server: number; ingest: number; mqtt: number };

function start(part: 'main.js' | 'ingest.js', stage: Stage, ports: Ports): () => Promise<void> {
  const flags = part === 'ingest.js' ? INGEST_FLAGS : [];
  const child = spawn(process.execPath, [...flags, join(programDir, 'dist', 'server', part)], {
    env: {
      ...process.env,
      TIAN_DATABASE_URL: stage.url,
      TIAN_DATA_DIR: stage.dataDir,
      PORT: String(ports.server),
      TIAN_INGEST_PORT: String(ports.ingest),
      TIAN_MQTT_PORT: String(ports.mqtt),
      TIAN_DEMO: '0',
      TIAN_LOG_LEVEL: 'error',
      TIAN_REQUESTS_PER_MINUTE: '1000000',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

async function ready(port: number): Promise<void> {
  for (let n = 0; n < 240; n += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(250);
  }
  throw new Error('the server was not ready within a minute');
}

/** Every message at its time, several cars in one request as a platform sends them. Keeps when each was sent. */
async function tellDark(
  cars: readonly Car[],
  { port, token, darkAt }: { port: number; token: string; darkAt: number },
): Promise<Sent> {
  const settings = {
    seed: 1,
    startAt: 0,
    entrapmentsPerMonth: 0,
    faultsPerMonth: {},
    visitDays: 10_000,
    powerCuts: [],
    entrapments: [],
  };
  const deliveries = cars
    .flatMap(({ elevator, id }, i) =>
      darkRide(elevator, settings, darkAt + (i * SPAN_MS) / cars.length).map(({ at, message }) => ({
        at,
        message,
        id,
      })),
    )
    .toSorted((a, b) => a.at - b.at);
  const sent: Sent = { of: new Map(), messages: deliveries.length, again: 0 };
  for (let next = 0; next < deliveries.length; ) {
    const now = Date.now();
    const due = deliveries.slice(next, next + 500).filter((d) => d.at <= now);
    next += due.length;
    for (const { id } of due) sent.of.set(id, [...(sent.of.get(id) ?? []), now]);
    if (due.length > 0)
      await post(
        { port, token },
        due.map((d) => d.message),
        sent,
      );
    else await pause(10);
  }
  return sent;
}

/** One batch, sent again until it is taken: what the doors cannot take now they ask for later. */
async function post(
  { port, token }: { port: number; token: string },
  messages: readonly unknown[],
  sent: Sent,
): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/telemetry/batches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(messages),
    });
    if (answer.ok) return;
    if (answer.status !== 503) throw new Error(`a batch was refused: ${answer.status} ${await answer.text()}`);
    sent.again += 1;
    await pause(200);
  }
}

type Told = { sent: number; acknowledged: number; p99Ms: number } | null;

async function report(
  { pool }: Stage,
  { sent, heard, told, rate }: { sent: Sent; heard: Heard; told: Told; rate: number },
): Promise<void> {
  heard.stop();
  const { rows } = await pool.query<Dark['rows'][number]>(
    `select i.id, i.elevator_id, coalesce(o.named, false) as named, o.offered_at,
       (select max(e.at) from rescue.evidence e where e.incident_id = i.id and e.at <= o.offered_at) as evident_at,
       (select min(x.written_at) from kernel.outbox x where x.subject = i.elevator_id::text
         and x.type in ('telemetry.entrapment_suspected', 'telemetry.button_alarm')) as told_at,
       (select min(x.written_at) from kernel.outbox x where x.subject = i.id::text and x.type = 'rescue.incident_opened') as opened_at
     from rescue.incident i left join lateral (
       select min(o.offered_at) as offered_at, bool_or(o.place = 1 or o.reasons <> '[]') as named from rescue.offer o
       where o.incident_id = i.id and o.person_id is not null) o on true`,
  );
  const groups = await pool.query<{ n: number }>('select count(distinct group_id)::int as n from rescue.incident');
  const cuts = await pool.query<{ n: number }>('select count(*)::int as n from telemetry.power_cut');
  const late = await pool.query<{ n: number }>('select count(*)::int as n from kernel.outbox where sent_at is null');
  printDark({
    cars: DARK,
    sent,
    heard,
    rows,
    groups: groups.rows[0]?.n ?? 0,
    cuts: cuts.rows[0]?.n ?? 0,
    late: late.rows[0]?.n ?? 0,
    background: told
      ? `${rate}/s asked, ${told.acknowledged} of ${told.sent} acknowledged, p99 ${told.p99Ms.toFixed(0)} ms`
      : 'none',
  });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
