import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { emptyDb, testDb } from '../test/db.ts';
import { migrate } from './migrate.ts';

const log = pino({ level: 'silent' });
const dir = mkdtempSync(join(tmpdir(), 'tian-migrations-'));
afterAll(() => rmSync(dir, { recursive: true }));

const write = (name: string, sql: string) => writeFileSync(join(dir, name), sql);

test('every table with an audience is guarded by row security, and requests cannot pass it', async () => {
  const { pool } = await testDb();
  const { rows } = await pool.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'area_codes' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relrowsecurity
      and (has_table_privilege('tian_request', c.oid, 'select') or has_any_column_privilege('tian_request', c.oid, 'select'))
      and c.oid::regclass::text <> 'kernel.outbox'`);
  expect(rows.map((r) => r.name)).toEqual([]);
});

test('several processes may migrate one new database at the same moment', async () => {
  const { pool } = await emptyDb();
  await Promise.all([1, 2, 3].map(() => migrate({ pool, log })));
  const { rows } = await pool.query<{ n: number }>('select count(*) as n from kernel.migration');
  expect(rows[0]?.n).toBeGreaterThan(1);
});

test('a failing file leaves nothing of itself behind and is named; mended, it runs', async () => {
  const { pool } = await emptyDb();
  write('0001_kernel_create_a.sql', '-- A table.\ncreate schema if not exists kernel; create table kernel.a (id int);');
  write('0002_kernel_create_b.sql', '-- Another.\ncreate table kernel.b (id int); select 1 / 0;');
  await expect(migrate({ pool, log, dir })).rejects.toThrow(
    'Migration 0002_kernel_create_b.sql failed: division by zero',
  );
  const seen = await pool.query(`select to_regclass('kernel.a') as a, to_regclass('kernel.b') as b`);
  expect(seen.rows[0]).toEqual({ a: 'kernel.a', b: null });
  write('0002_kernel_create_b.sql', '-- Another.\ncreate table kernel.b (id int);');
  await migrate({ pool, log, dir });

  write('0001_kernel_create_a.sql', '-- A table.\ncreate table kernel.a (id bigint);');
  await expect(migrate({ pool, log, dir })).rejects.toThrow('0001_kernel_create_a.sql was applied');
});
