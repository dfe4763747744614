import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDb } from '../../test/db.ts';
import { hasNats, type Nats, startNats } from '../../test/nats.ts';
import type { IngestProcess } from './process.ts';
import { slotOf } from './slot.rules.ts';
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
const box = await sender(pool, orgId);
let nats: Nats;

beforeAll(async () => {
  if (hasNats) nats = await startNats();
});
afterAll(async () => {
  await nats?.stop();
  nats?.clear();
});

/** One of two ingest processes; each has both doors, and half of the slots. */
const processOf = (number: number): Promise<IngestProcess> => {
  const kernel = kernelFor(pool);
  // A common port for all is the business of `ingest-many.ts`: here each has its own.
  const config = { ...kernel.config, natsUrl: nats.url, ingestShare: { number: number + 1, of: 2 } };
  return openIngestForTest({ ...kernel, config });
};

const seqsOf = async (no: number): Promise<(number | null)[]> =>
  (await pool.query('select seq from telemetry.reading where elevator_no = $1 order by pos', [no])).rows.map(
    (r) => r.seq,
  );
const stands = async (no: number, seqs: readonly (number | null)[]) => {
  await expect.poll(() => seqsOf(no)).toEqual(seqs);
};

describe.skipIf(!hasNats)('with NATS JetStream', () => {
  test('two processes share the elevators: whichever door a message comes to, its store keeps it, in order', async () => {
    const [even, odd] = [await elevator(pool, orgId), await elevator(pool, orgId)];
    const processes = [await processOf(0), await processOf(1)];
    const clients = await Promise.all(processes.map((one) => connect(one, box)));
    const seqs = Array.from({ length: 40 }, (_, i) => i + 1);
    // Every message to another door than the one before; the next one only after its acknowledgement.
    for (const seq of seqs) {
      const client = clients[seq % 2];
      if (!client) throw new Error('there are two doors');
      await Promise.all([even, odd].map((car) => say(client, held(car.rescueCode, seq, new Date()))));
    }
    for (const car of [even, odd]) await stands(car.no, seqs);
    expect(new Set([even, odd].map(({ no }) => slotOf(no) % 2)).size).toBe(2);
    const cars = processes.map((one) => [...one.doors.cars.keys()]);
    expect(cars.map((nos) => nos.filter((no) => [even.no, odd.no].includes(no)).length)).toEqual([1, 1]);
    await Promise.all(clients.map((client) => client.endAsync()));
    for (const one of processes) await one.stop();
  });

  test('while no store runs, doors acknowledge what the stream has; the store takes it later, once', async () => {
    const cars = [await elevator(pool, orgId), await elevator(pool, orgId)];
    const [first, second] = [await processOf(0), await processOf(1)];
    const mine = cars.find(({ no }) => slotOf(no) % 2 === 1) ?? cars[0];
    if (!mine) throw new Error('there are two');
    await second.stop();
    const batch = [1, 2, 3].map((seq) => held(mine.rescueCode, seq, new Date()));
    expect((await post(first, box, { body: batch })).json()).toMatchObject({ stored: 3 });
    expect((await post(first, box, { body: batch })).json()).toMatchObject({ stored: 3 }); // sent again: nobody can know yet
    expect(await seqsOf(mine.no)).toEqual([]);
    const again = await processOf(1);
    await stands(mine.no, [1, 2, 3]);
    await first.stop();
    await again.stop();
    expect(await seqsOf(mine.no)).toEqual([1, 2, 3]);
  });

  test('verdicts of the door are told at once, and what was set aside is kept with its reason', async () => {
    const [own, foreign] = [await elevator(pool, orgId), await elevator(pool, otherOrgId)];
    const processes = [await processOf(0), await processOf(1)];
    const body = [held(own.rescueCode, 1, new Date()), held(foreign.rescueCode, 1, new Date()), { type: 'status' }];
    const answer = await post(processes[0] as IngestProcess, box, { body });
    expect(answer.json()).toMatchObject({ received: 3, stored: 1, setAside: 2 });
    await stands(own.no, [1]);
    const reasons = async () =>
      (await pool.query('select reason from telemetry.quarantine order by reason')).rows.map((r) => r.reason);
    await expect.poll(reasons).toEqual(['bad_field', 'foreign_elevator']);
    for (const one of processes) await one.stop();
  });

  test('a batch without numbers is stored once, though its door died before it could remember the key', async () => {
    const car = await elevator(pool, orgId);
    const processes = [await processOf(0), await processOf(1)];
    const [door] = processes as [IngestProcess];
    const { seq: _seq, ...unnumbered } = held(car.rescueCode, 0, new Date());
    const sent = { body: [unnumbered, unnumbered], headers: { 'idempotency-key': 'nightly' } };
    expect((await post(door, box, sent)).json()).toMatchObject({ stored: 2 });
    await stands(car.no, [null, null]);
    await pool.query("delete from telemetry.batch where key = 'nightly'"); // as if killed between stream and answer
    expect((await post(door, box, sent)).json()).toMatchObject({ stored: 2 });
    const other = { ...sent, body: [unnumbered] };
    expect((await post(door, box, other)).statusCode).toBe(409);
    await say(await connect(door, box), held(car.rescueCode, 9, new Date()));
    await stands(car.no, [null, null, 9]);
    for (const one of processes) await one.stop();
  });

  test('with the stream away nothing is acknowledged, and it goes on by itself when it is back', async () => {
    const car = await elevator(pool, orgId);
    const processes = [await processOf(0), await processOf(1)];
    const [door] = processes as [IngestProcess];
    await nats.stop();
    expect((await post(door, box, { body: [held(car.rescueCode, 1, new Date())] })).statusCode).toBe(503);
    expect((await door.http.inject('/readyz')).json()).toMatchObject({ ready: false, carrier: false, database: true });
    await nats.again();
    const again = async () => (await post(door, box, { body: [held(car.rescueCode, 1, new Date())] })).statusCode;
    await expect.poll(again, { interval: 200 }).toBe(200);
    await stands(car.no, [1]);
    expect((await door.http.inject('/readyz')).json()).toMatchObject({ ready: true });
    for (const one of processes) await one.stop();
  });
});
