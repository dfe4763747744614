import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { testDb } from '../test/db.ts';
import type { Db } from './db.ts';
import { newId } from './ids.ts';
import type { Module } from './module.ts';
import { type Event, publish } from './outbox.ts';
import { pass, startRelay } from './relay.ts';

let db: Db<unknown>;
let pool: Awaited<ReturnType<typeof testDb>>['pool'];

beforeAll(async () => {
  ({ db, pool } = await testDb());
});

const event = (over: Partial<Event> = {}): Event => ({
  id: newId(),
  type: 'test.happened',
  v: 1,
  occurredAt: new Date('2026-11-01T00:00:00Z'),
  subject: newId(),
  version: 1,
  audience: { areaCodes: ['320205'], orgIds: [] },
  data: {},
  ...over,
});

const say = (...events: Event[]) => db.transaction().execute((tx) => publish(tx, events));

const relay = (modules: readonly Module[], heard: (events: readonly Event[]) => void = () => {}) =>
  pass({ db, pool, log: pino({ level: 'silent' }), modules, heard });

const listener = (name: string, react: (event: Event) => Promise<void> | void): Module => ({
  name,
  reactions: { 'test.happened': async (_tx, e) => react(e) },
});

test('an event published in a transaction that fails never leaves', async () => {
  const lost = event();
  await expect(
    db.transaction().execute(async (tx) => {
      await publish(tx, [lost]);
      throw new Error('the command failed');
    }),
  ).rejects.toThrow('the command failed');
  const heard: string[] = [];
  await relay([listener('a', (e) => void heard.push(e.id))]);
  expect(heard).not.toContain(lost.id);
});

test('every module hears an event once, also when it is handed on twice', async () => {
  const once = event();
  await say(once);
  const heard: string[] = [];
  const modules = [
    listener('b', (e) => void heard.push(`b ${e.id}`)),
    listener('c', (e) => void heard.push(`c ${e.id}`)),
  ];
  await relay(modules);
  await sql`update kernel.outbox set sent_at = null where id = ${once.id}`.execute(db);
  await relay(modules);
  expect(heard.filter((h) => h.endsWith(once.id))).toEqual([`b ${once.id}`, `c ${once.id}`]);
});

test('a reaction that fails is tried again later, holds only its own subject, and its own writes are undone', async () => {
  const [bad, behindBad, other] = [event(), event(), event()];
  behindBad.subject = bad.subject;
  await say(bad, behindBad, other);
  const heard: string[] = [];
  let failing = true;
  const module = listener('d', (e) => {
    if (e.id === bad.id && failing) throw new Error('not now');
    heard.push(e.id);
  });
  await relay([module]);
  expect(heard).toEqual([other.id]);
  failing = false;
  await relay([module]);
  expect(heard).toEqual([other.id]); // not due yet
  await sql`update kernel.outbox set retry_at = clock_timestamp() where sent_at is null`.execute(db);
  await relay([module]);
  expect(heard).toEqual([other.id, bad.id, behindBad.id]);
});

test('streams hear of what was handed on, in order within a subject', async () => {
  const first = event({ version: 1 });
  const second = event({ version: 2, subject: first.subject });
  await say(first);
  await say(second);
  const heard: number[] = [];
  await relay([], (events) => heard.push(...events.filter((e) => e.subject === first.subject).map((e) => e.version)));
  expect(heard).toEqual([1, 2]);
});

test('what is urgent is taken past all that waits, and nothing is taken by two hallways', async () => {
  const [before, trapped] = [event(), event({ type: 'test.trapped' })];
  await say(before);
  await say(trapped);
  const heard: string[] = [];
  const note = async (e: Event) => void heard.push(e.id);
  const module: Module = {
    name: 'urgent',
    urgent: ['test.trapped'],
    reactions: { 'test.happened': (_tx, e) => note(e), 'test.trapped': (_tx, e) => note(e) },
  };
  const deps = { db, pool, log: pino({ level: 'silent' }), modules: [module], heard: () => undefined };
  await pass(deps, 'urgent');
  expect([heard.includes(trapped.id), heard.includes(before.id)]).toEqual([true, false]);
  await pass(deps, 'others');
  expect(heard.filter((id) => id === before.id || id === trapped.id)).toEqual([trapped.id, before.id]);
});

test('tidings are told to screens before anybody reacts to them, in their own hallway, once', async () => {
  const [tiding, other] = [event({ type: 'test.tiding' }), event()];
  await say(tiding);
  await say(other);
  const order: string[] = [];
  const module: Module = {
    name: 'tidings',
    tidings: ['test.tiding'],
    reactions: { 'test.tiding': async (_tx, e) => void order.push(`reacted ${e.id}`) },
  };
  const heard = (events: readonly Event[]) => void order.push(...events.map((e) => `told ${e.id}`));
  const deps = { db, pool, log: pino({ level: 'silent' }), modules: [module], heard };
  await pass(deps, 'urgent');
  expect(order).toEqual([]);
  await pass(deps, 'tidings');
  expect(order).toEqual([`told ${tiding.id}`, `reacted ${tiding.id}`]);
  await pass(deps, 'others');
  expect(order.filter((line) => line.endsWith(other.id))).toEqual([`told ${other.id}`]);
  expect(order.filter((line) => line.endsWith(tiding.id))).toHaveLength(2);
});

test('a burst of events never holds more than a few connections: the desk keeps its own', async () => {
  const burst = Array.from({ length: 40 }, () => event({ type: 'test.burst' }));
  await say(...burst);
  let [now, most] = [0, 0];
  const module: Module = {
    name: 'burst',
    reactions: {
      'test.burst': async (tx) => {
        now += 1;
        most = Math.max(most, now);
        await sql`select 1`.execute(tx);
        now -= 1;
      },
    },
  };
  const deps = { db, pool, log: pino({ level: 'silent' }), modules: [module], heard: () => undefined };
  while ((await pass(deps)) > 0);
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from kernel.inbox where consumer = 'burst'`.execute(db);
  expect(rows[0]?.n).toBe(40);
  expect(most).toBeLessThanOrEqual(4);
});

test('screens hear of every tiding as soon as it is committed, once, while the reaction to the first still runs', async () => {
  const tidings = Array.from({ length: 25 }, () => event({ type: 'test.slow_tiding' })); // more than a pass takes
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const module: Module = {
    name: 'slow',
    tidings: ['test.slow_tiding'],
    reactions: { 'test.slow_tiding': () => held },
  };
  const told: string[] = [];
  let allTold = (): void => undefined;
  const all = new Promise<void>((resolve) => (allTold = resolve));
  const stop = await startRelay({
    db,
    pool,
    log: pino({ level: 'silent' }),
    modules: [module],
    heard: (events) => {
      told.push(...events.filter((e) => e.type === 'test.slow_tiding').map((e) => e.id));
      if (told.length >= tidings.length) allTold();
    },
  });
  await say(...tidings);
  await all;
  expect(told.toSorted()).toEqual(tidings.map((e) => e.id).toSorted());
  goOn();
  await stop();
  expect(told).toHaveLength(tidings.length);
});

/** What waits to be tried again is due now. */
const allDue = () => sql`update kernel.outbox set retry_at = clock_timestamp() where sent_at is null`.execute(db);

test('what failed once is not overtaken by what is committed later: the correction waits for what it corrects', async () => {
  const release = event();
  const heard: string[] = [];
  let isAway = true;
  const modules = [
    listener('order', (e) => {
      if (e.id === release.id && isAway) throw new Error('the tariff is not loaded yet');
      heard.push(e.id);
    }),
  ];
  await say(release);
  await relay(modules);
  const correction = event({ subject: release.subject });
  await say(correction);
  await relay(modules); // the release is not due yet, the correction is
  expect(heard).toEqual([]);
  isAway = false;
  await allDue();
  await relay(modules);
  expect(heard).toEqual([release.id, correction.id]);
});

test('a module that fails keeps neither others from hearing, nor what it never hears from coming', async () => {
  const bad = event();
  const heard: string[] = [];
  const breaking = listener('breaking', (e) => {
    if (e.id === bad.id) throw new Error('a defect');
    heard.push(`breaking ${e.id}`);
  });
  const sound = listener('sound', (e) => void heard.push(`sound ${e.id}`));
  await say(bad);
  await relay([breaking, sound]);
  const later = event({ subject: bad.subject });
  await say(later);
  await relay([breaking, sound]);
  await allDue();
  await relay([breaking, sound]);
  expect(heard).toEqual([`sound ${bad.id}`, `sound ${later.id}`]);
});

test('an alarm waits a few tries for what came before, then goes past it', async () => {
  const bad = event({ type: 'test.alarm' });
  const heard: string[] = [];
  const module: Module = {
    name: 'alarms',
    urgent: ['test.alarm'],
    reactions: {
      'test.alarm': async (_tx, e) => {
        if (e.id === bad.id) throw new Error('a defect');
        heard.push(e.id);
      },
    },
  };
  await say(bad);
  const pressed = event({ type: 'test.alarm', subject: bad.subject });
  await say(pressed);
  const tries: boolean[] = [];
  for (let n = 0; n < 4; n += 1) {
    await relay([module]);
    tries.push(heard.includes(pressed.id));
    await allDue();
  }
  expect(tries).toEqual([false, false, false, true]);
});

/** A promise, and how to keep it. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

test('what is committed while a pass is under way is taken by the next at once, not by the poll', async () => {
  const [first, second] = [event({ type: 'test.first' }), event({ type: 'test.first' })];
  const hasBegun = gate();
  const mayEnd = gate();
  const isTaken = gate();
  const heard: string[] = [];
  const module: Module = {
    name: 'waking',
    urgent: ['test.first'],
    reactions: {
      'test.first': async (_tx, e) => {
        heard.push(e.id);
        if (e.id === second.id) return isTaken.resolve();
        hasBegun.resolve();
        await mayEnd.promise;
      },
    },
  };
  const deps = { db, pool, log: pino({ level: 'silent' }), modules: [module], heard: () => undefined };
  const stop = await startRelay(deps, 3_600_000); // a poll an hour: without the wake the second is not taken
  const client = await pool.connect();
  await client.query('listen tian_outbox');
  await say(first);
  await hasBegun.promise;
  const wake = new Promise<void>((resolve) => client.once('notification', () => resolve()));
  await say(second);
  await wake;
  mayEnd.resolve();
  await isTaken.promise;
  await stop();
  client.release(true);
  expect(heard).toEqual([first.id, second.id]);
});
