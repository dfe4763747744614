import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { testDb } from '../test/db.ts';
import { forgetEvents } from './forget-events.ts';
import { newId } from './ids.ts';
import type { Module } from './module.ts';
import { publish } from './outbox.ts';
import { pass } from './relay.ts';

const { db, pool } = await testDb();
const now = () => new Date('2026-11-21T20:00:00Z');

const event = () => ({
  id: newId(),
  type: 'test.happened',
  v: 1,
  occurredAt: new Date('2026-05-01T00:00:00Z'),
  subject: newId(),
  version: 1,
  audience: { areaCodes: [], orgIds: [] },
  data: {},
});

const idsIn = async (column: string, table: string): Promise<readonly string[]> =>
  (await sql<{ id: string }>`select ${sql.ref(column)} as id from ${sql.table(table)}`.execute(db)).rows.map(
    (r) => r.id,
  );

test('what every module heard a season ago is forgotten; what is younger, or still waits for one of them, stays', async () => {
  const [old, young, stuck] = [event(), event(), event()];
  await db.transaction().execute((tx) => publish(tx, [old, young, stuck]));
  const hears: Module = { name: 'hears', reactions: { 'test.happened': async () => undefined } };
  const fails: Module = {
    name: 'fails',
    reactions: {
      'test.happened': async (_tx, { id }) => {
        if (id === stuck.id) throw new Error('not yet');
      },
    },
  };
  await pass({ db, pool, log: pino({ level: 'silent' }), modules: [hears, fails], heard: () => {} });
  await sql`update kernel.outbox set written_at = '2026-05-01Z', sent_at = case when id = ${old.id} then '2026-08-22T15:59:59Z'
    when id = ${young.id} then '2026-08-23T16:00:00Z'::timestamptz end`.execute(db);

  const forget = () => forgetEvents({ db, now, consumers: ['hears', 'fails'] });
  expect([await forget(), await forget()]).toEqual([1, 0]);
  expect(new Set(await idsIn('id', 'kernel.outbox'))).toEqual(new Set([young.id, stuck.id]));
  expect((await idsIn('event_id', 'kernel.inbox')).toSorted()).toEqual([young.id, young.id, stuck.id].toSorted());
});
