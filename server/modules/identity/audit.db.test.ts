import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { hasWords } from '../../../words/index.ts';
import { testDb } from '../../test/db.ts';

test('every table of which the audit keeps the changes has a name an auditor can read', async () => {
  const { db } = await testDb();
  const { rows } = await sql<{ name: string }>`select distinct n.nspname || '.' || c.relname as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where t.tgname like 'keep_audit%'`.execute(db);
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.map(({ name }) => name).filter((name) => !hasWords(`web.audit.thing.${name}`))).toEqual([]);
});
