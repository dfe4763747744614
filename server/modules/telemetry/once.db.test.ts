import { expect, test } from 'vitest';
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
const { orgId } = await city(pool);
const box = await sender(pool, orgId);

const rowsOf = async (no: number): Promise<number[]> =>
  (await pool.query('select seq from telemetry.reading where elevator_no = $1 order by pos', [no])).rows.map(
    (r) => r.seq,
  );
const findingsOf = async (no: number) =>
  (
    await pool.query(
      'select id, kind, closed_at from telemetry.finding where elevator_no = $1 order by opened_at, id',
      [no],
    )
  ).rows;
const eventsOf = async (id: string): Promise<number> =>
  Number((await pool.query('select count(*) from kernel.outbox where subject = $1', [id])).rows[0].count);

test('after a restart a repeat is still a repeat, and nothing acknowledged is lost', async () => {
  const car = await elevator(pool, orgId);
  const first = await openIngestForTest(kernelFor(pool));
  const client = await connect(first, box);
  for (const seq of [1, 2, 3]) await say(client, held(car.rescueCode, seq, new Date()));
  await client.endAsync();
  await first.stop();
  const second = await openIngestForTest(kernelFor(pool));
  const answer = await post(second, box, { body: [3, 4].map((seq) => held(car.rescueCode, seq, new Date())) });
  expect(answer.json()).toMatchObject({ stored: 1, repeated: 1 });
  expect(await rowsOf(car.no)).toEqual([1, 2, 3, 4]);
  await second.stop();
});

test('a process that dies before it writes the present down takes history again, and doubles no finding', async () => {
  const car = await elevator(pool, orgId);
  const first = await openIngestForTest(kernelFor(pool));
  await post(first, box, { body: [{ ...held(car.rescueCode, 1, new Date()), type: 'alarm', messageCode: '90' }] });
  const before = await findingsOf(car.no);
  const events = await eventsOf(car.id);
  await first.stop();
  // As if killed before the live row was written: what remains is what the commit itself wrote.
  await pool.query('delete from telemetry.live');
  await pool.query('delete from telemetry.checkpoint');
  const second = await openIngestForTest(kernelFor(pool));
  expect(await findingsOf(car.no)).toEqual(before);
  expect(await eventsOf(car.id)).toBe(events);
  const again = await post(second, box, {
    body: [{ ...held(car.rescueCode, 1, new Date()), type: 'alarm', messageCode: '90' }],
  });
  expect(again.json()).toMatchObject({ stored: 0, repeated: 1 });
  await second.stop();
});

/** A pool whose next transactions that write history break where we say: the database dies under a commit. */
function breaking(how: 'before_commit' | 'after_commit', times: number) {
  let left = times;
  const connectBreaking = async () => {
    const client = await pool.connect();
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    let copied = false;
    const broken = (...args: unknown[]): unknown => {
      const text = typeof args[0] === 'string' ? args[0] : '';
      copied ||= typeof args[0] === 'object';
      if (text !== 'commit' || !copied || left === 0) return query(...args);
      left -= 1;
      const end = how === 'before_commit' ? query('rollback') : query('commit');
      return Promise.resolve(end).then(() => {
        throw new Error('Connection terminated unexpectedly');
      });
    };
    return Object.assign(Object.create(client), { query: broken, release: (bad?: boolean) => client.release(bad) });
  };
  return Object.assign(Object.create(pool), { connect: connectBreaking, query: pool.query.bind(pool) });
}

test.each(['before_commit', 'after_commit'] as const)(
  'a connection lost %s neither loses nor doubles a message',
  async (how) => {
    const car = await elevator(pool, orgId);
    const ingest = await openIngestForTest(kernelFor(breaking(how, 2)));
    const client = await connect(ingest, box);
    await Promise.all([1, 2, 3].map((seq) => say(client, held(car.rescueCode, seq, new Date()))));
    await say(client, held(car.rescueCode, 3, new Date()));
    await say(client, held(car.rescueCode, 4, new Date()));
    expect(await rowsOf(car.no)).toEqual([1, 2, 3, 4]);
    await client.endAsync();
    await ingest.stop();
  },
);

test('a car whose time comes while a commit fails under it is woken again, though nobody says a word', async () => {
  const [silent, talking] = [await elevator(pool, orgId), await elevator(pool, orgId)];
  let aheadMs = 0;
  let isArmed = false;
  const broken = breaking('before_commit', 1);
  const pausing = () => {
    if (isArmed) aheadMs += 4_000; // the hour is over just after this commit was gathered
    isArmed = false;
    return broken.connect();
  };
  const now = () => new Date(Date.now() + aheadMs);
  const calm = await openIngestForTest(kernelFor(pool, { now }));
  await post(calm, box, { body: [held(silent.rescueCode, 1, now())] });
  await calm.stop();
  const ingest = await openIngestForTest(
    kernelFor(Object.assign(Object.create(broken), { connect: pausing }), { now }),
  );
  try {
    const client = await connect(ingest, box);
    aheadMs = 3_600_000 - 2_000;
    isArmed = true;
    await say(client, held(talking.rescueCode, 1, now()));
    const kinds = async () => (await findingsOf(silent.no)).map(({ kind }) => kind);
    await expect.poll(kinds).toContain('offline');
    await client.endAsync();
  } finally {
    await ingest.stop();
  }
});

test('a batch with a key is stored once, its repeat gets the same answer, another body is refused', async () => {
  const car = await elevator(pool, orgId);
  const ingest = await openIngestForTest(kernelFor(pool));
  const { seq: _seq, ...unnumbered } = held(car.rescueCode, 0, new Date());
  const headers = { 'idempotency-key': 'batch-1' };
  const twice = await Promise.all([
    post(ingest, box, { body: [unnumbered], headers }),
    post(ingest, box, { body: [unnumbered], headers }),
  ]);
  expect(twice.map((a) => a.json())).toEqual([twice[0]?.json(), twice[0]?.json()]);
  expect(twice[0]?.json()).toMatchObject({ stored: 1 });
  expect(await rowsOf(car.no)).toEqual([null]);
  expect((await post(ingest, box, { body: [unnumbered, unnumbered], headers })).statusCode).toBe(409);
  expect((await post(ingest, box, { body: [unnumbered] })).json().verdicts[0].code).toBe(
    'telemetry.set_aside.seq_missing',
  );
  await ingest.stop();
});
