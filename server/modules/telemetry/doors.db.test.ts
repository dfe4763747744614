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
const own = await elevator(pool, orgId);
const foreign = await elevator(pool, otherOrgId);
const box = await sender(pool, orgId);
const ingest = await openIngestForTest(kernelFor(pool));
afterAll(() => ingest.stop());

const count = async (text: string, values: unknown[] = []): Promise<number> =>
  Number((await pool.query(`select count(*)::int as n from ${text}`, values)).rows[0].n);

test('a message that is acknowledged at the MQTT door stands in history', async () => {
  const client = await connect(ingest, box);
  await say(client, held(own.rescueCode, 1, new Date()));
  expect(await count('telemetry.reading where elevator_no = $1', [own.no])).toBe(1);
  await client.endAsync();
});

test('a repeat is acknowledged and does nothing', async () => {
  const client = await connect(ingest, box);
  const message = held(own.rescueCode, 2, new Date());
  await say(client, message);
  await say(client, message);
  expect(await count('telemetry.reading where elevator_no = $1 and seq = 2', [own.no])).toBe(1);
  await client.endAsync();
});

test('a sender may not speak for an elevator of others: set aside with the reason', async () => {
  const client = await connect(ingest, box);
  await say(client, held(foreign.rescueCode, 1, new Date()));
  await client.endAsync();
  expect(await count('telemetry.reading where elevator_no = $1', [foreign.no])).toBe(0);
  const { rows } = await pool.query('select reason, elevator from telemetry.quarantine order by id desc limit 1');
  expect(rows[0]).toEqual({ reason: 'foreign_elevator', elevator: `rescue_code ${foreign.rescueCode}` });
});

test('a batch is answered with counts and a verdict for what was not taken', async () => {
  const at = new Date();
  const answer = await post(ingest, box, {
    body: [held(own.rescueCode, 10, at), held(foreign.rescueCode, 1, at), { type: 'status' }],
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    received: 3,
    stored: 1,
    repeated: 0,
    setAside: 2,
    verdicts: [
      { index: 1, code: 'telemetry.set_aside.foreign_elevator' },
      { index: 2, code: 'telemetry.set_aside.bad_field' },
    ],
  });
});

test('a vendor alarm of people trapped becomes a finding and an event', async () => {
  const client = await connect(ingest, box);
  const { serviceMode: _mode, ...head } = held(own.rescueCode, 20, new Date());
  await say(client, { ...head, type: 'alarm', messageCode: '90' });
  await client.endAsync();
  expect(await count("telemetry.finding where elevator_no = $1 and kind = 'button_alarm'", [own.no])).toBe(1);
  expect(await count("kernel.outbox where subject = $1 and type = 'telemetry.button_alarm'", [own.id])).toBe(1);
});
