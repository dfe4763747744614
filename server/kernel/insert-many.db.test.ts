import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDb } from '../test/db.ts';
import { insertMany } from './db.ts';

type Row = { id: number; name: string | null; at: Date; tags: string[]; body: unknown };

test('many rows go in by one statement: times, lists, JSON and nothing come back as they were; half a character is replaced', async () => {
  const { db } = await testDb();
  await sql`create table many (id int primary key, name text, at timestamptz, tags text[], body jsonb, kept text default 'kept')`.execute(
    db,
  );
  const at = new Date('2026-11-21T01:02:03.456Z');
  const rows: Row[] = [
    { id: 1, name: '"a"\\b, {c}\n', at, tags: ['x"y', 'null', ''], body: { deep: ['\u{1f6d7}', null] } },
    { id: 2, name: null, at, tags: [], body: [] },
    { id: 3, name: `cut ${'\u{1f6d7}'[0]}`, at, tags: ['\\ud83d'], body: null },
  ];
  await db.transaction().execute((tx) => insertMany(tx, 'many', rows));
  await db.transaction().execute((tx) => insertMany(tx, 'many', []));
  const found = await sql<Row & { kept: string }>`select * from many order by id`.execute(db);
  expect(found.rows).toEqual([
    { ...rows[0], kept: 'kept' },
    { ...rows[1], kept: 'kept' },
    { ...rows[2], name: 'cut \ufffd', kept: 'kept' },
  ]);
  const again = { table: 'many', rest: sql<{ id: string }>`on conflict (id) do nothing returning id::text` };
  const late = rows.map((row) => ({ ...row, id: row.id + 2 }));
  const taken = await db.transaction().execute((tx) => insertMany(tx, again, late));
  expect([...taken].toSorted()).toEqual(['4', '5']); // 3 was there
});
