import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { pino } from 'pino';
import { configOrExit } from '../server/kernel/config.ts';
import { copyRows, openRowWriter } from '../server/kernel/copy-binary.ts';
import { openDb, openPool } from '../server/kernel/db.ts';
import { newId } from '../server/kernel/ids.ts';
import { openKeys } from '../server/kernel/keys.ts';
import { INGEST_FLAGS, programDir } from '../server/kernel/program.ts';
import { signToken } from '../server/modules/identity/token.ts';
import { bookOf, KNOWN_CODE_SETS } from '../server/modules/telemetry/codes.ts';
import { COLUMNS, writeReading } from '../server/modules/telemetry/commit.store.ts';
import { readValue } from '../server/modules/telemetry/ingest.ts';
import { bodyOfWire } from '../server/modules/telemetry/normal.rules.ts';
import { openIngest } from '../server/modules/telemetry/process.ts';
import { posAt, readingOf } from '../server/modules/telemetry/reading.rules.ts';
import { loadCityPack } from '../server/packs.ts';
import { type HttpLoad, type HttpResult, pushBatches } from './ingest/http.ts';
import { type MqttLoad, type MqttResult, publishPaced } from './ingest/mqtt.ts';
import { openStage, type Stage, statusOf } from './ingest/stage.ts';

/** Settings: `--rows 300000` for batches, `--rate 15000`, `--seconds 20`, `--connections 5000`, `--steps 20000,25000`. */
export const about = 'both telemetry doors: stored and acknowledged, beside bare COPY and a bare broker';

type Asked = { rows: number; rate: number; seconds: number; connections: number; steps: readonly number[] };

/** The doors, the load and the bare broker each run in a process of their own: the second word says which this is. */
export async function run(args: readonly string[]): Promise<void> {
  if (args[0] === 'doors') return serveDoors();
  if (args[0] === 'broker') return serveBroker();
  if (args[0] === 'load') return serveLoad();
  const number = (name: string, otherwise: number): number =>
    Number(args[args.indexOf(`--${name}`) + 1] ?? otherwise) || otherwise;
  const steps = args.includes('--steps')
    ? (args[args.indexOf('--steps') + 1] ?? '').split(',').map(Number)
    : [20_000, 25_000];
  const asked = {
    rows: number('rows', 300_000),
    rate: number('rate', 15_000),
    seconds: number('seconds', 20),
    connections: number('connections', 5_000),
    steps,
  };
  const stage = await openStage({ elevators: 20_000, senders: 20 });
  try {
    await measure(stage, asked);
  } finally {
    await stage.close();
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const thousands = (value: number): string => Math.round(value).toLocaleString('en-US');

async function measure(stage: Stage, asked: Asked): Promise<void> {
  const bare = await bareCopy(stage, asked.rows);
  say(`bare COPY BINARY, same table, same rows       ${thousands(bare)} rows/s`);
  const doors = await child('doors', { TIAN_DATABASE_URL: stage.url, TIAN_DATA_DIR: stage.dataDir });
  const { mqttPort, httpPort } = doors.ready;
  try {
    await measureHttp(stage, { rows: asked.rows, port: httpPort, bare, cpuOfDoors: doors.cpuMicros });
    await measureMqtt(stage, asked, mqttPort);
  } finally {
    await doors.stop();
  }
}

async function measureHttp(
  stage: Stage,
  { rows, port, bare, cpuOfDoors }: { rows: number; port: number; bare: number; cpuOfDoors: () => Promise<number> },
): Promise<void> {
  const { keys } = openKeys(stage.dataDir, new Date());
  const clientId = stage.senders[0]?.id ?? '';
  const token = await signToken(keys, { clientId, grants: ['telemetry:write'], tokenId: newId() }, new Date());
  const before = await countRows(stage);
  const load: HttpLoad = {
    port,
    token,
    elevators: 20_000,
    batches: Math.ceil(rows / 1_000),
    batchMessages: 1_000,
    clients: 8,
  };
  const cpuBefore = await cpuOfDoors();
  const { seconds, acknowledged, cpuShare } = await inLoad<HttpResult>({ http: load });
  const cpuMicros = (await cpuOfDoors()) - cpuBefore;
  const stored = (await countRows(stage)) - before;
  const rate = acknowledged / seconds;
  say(
    `HTTP batches of 1,000, 8 clients              ${thousands(rate)} messages/s, acknowledged ${thousands(acknowledged)}, stored ${thousands(stored)}`,
  );
  say(
    `  ratio to bare COPY                          ${(rate / bare).toFixed(2)} (budget ≥ 0.50); the load took ${cpuShare.toFixed(2)} of a core`,
  );
  say(`  CPU a message, door process                 ${(cpuMicros / acknowledged).toFixed(2)} µs`);
}

async function measureMqtt(stage: Stage, asked: Asked, port: number): Promise<void> {
  let firstSeq = 1_000;
  const paced = async (perSecond: number, seconds: number): Promise<MqttResult> => {
    const before = await countRows(stage);
    const load: MqttLoad = {
      port,
      senders: stage.senders,
      connections: asked.connections,
      firstSeq,
      perSecond,
      seconds,
    };
    const result = await inLoad<MqttResult>({ mqtt: load });
    firstSeq += Math.ceil((perSecond * seconds) / asked.connections) + 1;
    line(`MQTT QoS 1, ${thousands(asked.connections)} connections, ${thousands(perSecond)}/s`, result);
    say(`  stored                                      ${thousands((await countRows(stage)) - before)}`);
    return result;
  };
  await paced(asked.rate, asked.seconds);
  let best = 0;
  for (const step of asked.steps) {
    const result = await paced(step, 8);
    if (!sustained(result, step)) break;
    best = step;
  }
  const broker = await child('broker', {});
  let bareBest = 0;
  for (const step of asked.steps) {
    const load: MqttLoad = {
      port: broker.ready.mqttPort,
      senders: stage.senders,
      connections: asked.connections,
      firstSeq: 1,
      perSecond: step,
      seconds: 8,
    };
    const result = await inLoad<MqttResult>({ mqtt: load });
    line(`bare broker, stores nothing, ${thousands(step)}/s`, result);
    if (!sustained(result, step)) break;
    bareBest = step;
  }
  await broker.stop();
  say(`highest sustained step: ours ${thousands(best)}/s, bare broker ${thousands(bareBest)}/s`);
}

/** A pace is sustained when all is acknowledged, nothing was sent late, and the slowest percent waits under a second. */
const sustained = ({ sent, acknowledged, sentSeconds, p99Ms }: MqttResult, perSecond: number): boolean =>
  acknowledged === sent && sent / sentSeconds > 0.97 * perSecond && p99Ms < 1_000;

function line(what: string, r: MqttResult): void {
  say(
    `${what.padEnd(46)}acknowledged ${thousands(r.acknowledged)} of ${thousands(r.sent)} in ${r.sentSeconds.toFixed(1)} s, after p50 ${r.p50Ms.toFixed(0)} ms, p99 ${r.p99Ms.toFixed(0)} ms, max ${r.maxMs.toFixed(0)} ms; the load took ${r.cpuShare.toFixed(2)} of a core`,
  );
}

const countRows = async ({ pool }: Stage): Promise<number> =>
  Number((await pool.query('select count(*) as n from telemetry.reading')).rows[0].n);

/** The limit: the same rows, encoded before the clock starts, in chunks of 5,000, each its own transaction. */
async function bareCopy(stage: Stage, rows: number): Promise<number> {
  const hour = Date.UTC(2001, 0, 1) / 3_600_000;
  await stage.pool.query(`create table telemetry.reading_bare (like telemetry.reading including all)`);
  await stage.pool.query(
    `alter table telemetry.reading attach partition telemetry.reading_bare for values from (${posAt(hour * 3_600_000)}) to (${posAt((hour + 24) * 3_600_000)})`,
  );
  const book = bookOf(KNOWN_CODE_SETS);
  const writer = openRowWriter(1 << 19);
  const chunks: Buffer[] = [];
  for (let n = 0; n < rows; n += 1) {
    const read = readValue(JSON.parse(statusOf(n % 20_000, Math.floor(n / 20_000) + 1, new Date())), Date.now());
    if (!read.ok) throw new Error(read.refusal.detail);
    const body = bodyOfWire(read.value.wire, { kind: 'lift', codeSet: 'gbt24476', book });
    const head = { elevatorNo: (n % 20_000) + 1, sourceNo: 1, boot: 0, seq: read.value.wire.seq ?? null };
    writeReading(
      writer,
      readingOf({ ...head, deviceMs: read.value.atMs, receivedMs: Date.now(), body }, posAt(hour * 3_600_000) + n),
    );
    if ((n + 1) % 5_000 === 0) chunks.push(writer.finish());
  }
  const client = await stage.pool.connect();
  const begun = performance.now();
  for (const chunk of chunks) await copyRows(client, `telemetry.reading (${COLUMNS.join(', ')})`, chunk);
  const seconds = (performance.now() - begun) / 1000;
  client.release();
  await stage.pool.query('drop table telemetry.reading_bare');
  return rows / seconds;
}

type Ready = { mqttPort: number; httpPort: number };

/** Start a part of this bench in its own process and wait until it is ready. */
async function child(part: 'doors' | 'broker' | 'load', env: Record<string, string>) {
  const started: ChildProcess = fork(process.argv[1] ?? '', ['bench', 'ingest', part], {
    env: { ...process.env, ...env },
    execArgv: part === 'doors' ? [...process.execArgv, ...INGEST_FLAGS] : process.execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ready = await message<Ready>(started);
  const stop = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => started.once('exit', () => resolve()));
    started.disconnect();
    await ended;
  };
  /** The processor time that part has used since it began, also in its collector's threads. */
  const cpuMicros = (): Promise<number> => {
    started.send('cpu');
    return message<number>(started);
  };
  return { ready, started, cpuMicros, stop };
}

/** A load in a process of its own, so that it disturbs nobody's clock. */
export async function inLoad<T>(load: { http: HttpLoad } | { mqtt: MqttLoad }): Promise<T> {
  const { started, stop } = await child('load', {});
  started.send(load);
  const result = await message<T>(started);
  await stop();
  return result;
}

const message = <T>(from: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    from.once('message', (told) => resolve(told as T)); // from our own child, see `tell`
    from.once('exit', (code) => reject(new Error(`a part of the bench ended with ${code}`)));
  });

const tell = (what: unknown): void => void process.send?.(what);

async function serveDoors(): Promise<void> {
  const config = { ...configOrExit(), mqttPort: 0, ingestPort: 0, host: '127.0.0.1', mqttTls: null };
  const pool = openPool(config.databaseUrl ?? '', 8);
  const { keys } = openKeys(config.dataDir, new Date());
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  if (!pack.ok) throw new Error('the city pack of the bench is not readable');
  const kernel = {
    db: openDb<unknown>(pool),
    pool,
    config,
    log: pino({ level: 'warn' }),
    keys,
    now: () => new Date(),
    newId,
  };
  const ingest = await openIngest(kernel, pack.value.files.telemetry);
  const address = ingest.http.server.address();
  tell({ mqttPort: ingest.mqtt.port, httpPort: address !== null && typeof address === 'object' ? address.port : 0 });
  process.on('message', (asked) => {
    const { user, system } = process.cpuUsage();
    if (asked === 'cpu') tell(user + system);
  });
  process.once('disconnect', () => void ingest.stop().then(() => process.exit(0)));
  await new Promise(() => undefined);
}

async function serveBroker(): Promise<void> {
  const broker = await Aedes.createBroker({ concurrency: 1_000 });
  broker.authorizePublish = (_client, _packet, done) => done(null);
  const server = createServer({ noDelay: true }, (socket) => void broker.handle(socket));
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
    const address = server.address();
    tell({ mqttPort: address !== null && typeof address === 'object' ? address.port : 0, httpPort: 0 });
  });
  process.once('disconnect', () => process.exit(0));
  await new Promise(() => undefined);
}

async function serveLoad(): Promise<void> {
  process.once('message', (asked) => {
    const load = asked as { http: HttpLoad } | { mqtt: MqttLoad }; // from our own parent
    const work = 'http' in load ? pushBatches(load.http) : publishPaced(load.mqtt);
    work.then(tell, (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
  });
  process.once('disconnect', () => process.exit(0));
  tell({ mqttPort: 0, httpPort: 0 });
  await new Promise(() => undefined);
}
