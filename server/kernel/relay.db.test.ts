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
