import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROADS_FILE } from '../modules/rescue/travel.ts';
import { emptyDb, testDb } from '../test/db.ts';
import { makeBackup } from './backup.ts';
import { readManifest } from './backup-manifest.ts';
import { openDb } from './db.ts';
import { newId } from './ids.ts';
import { migrate } from './migrate.ts';
import { publish } from './outbox.ts';
import { restoreBackup } from './restore.ts';
import { note } from './trace.ts';

const log = pino({ level: 'silent' });
const now = new Date('2026-09-01T08:00:00Z');
const dir = mkdtempSync(join(tmpdir(), 'tian-backup-'));
afterAll(() => rmSync(dir, { recursive: true }));

const audience = { areaCodes: ['320205'], orgIds: [] };
const fromData = join(dir, 'from');
const backup = join(dir, 'backup');
let pool: pg.Pool;

beforeAll(async () => {
  ({ pool } = await testDb());
  await openDb<unknown>(pool)
    .transaction()
    .execute(async (tx) => {
      const event = {
        type: 'test.happened',
        v: 1,
        occurredAt: now,
        subject: 's',
        version: 1,
        audience,
        data: { 名: '梯\t安\n\\N' },
      };
      await publish(
        tx,
        [1, 2, 3].map(() => ({ id: newId(), ...event })),
      );
      await note(tx, [{ subject: 's', at: now, code: 'test.note', params: { n: 1 }, ref: null, audience }]);
    });
  // An hour of telemetry, as ingest makes one while running: a partition that no migration knows.
  await pool.query(`create table telemetry.reading_hour partition of telemetry.reading for values from (0) to (1000)`);
  await pool.query(`insert into telemetry.reading (pos, at, seq, elevator_no, source_no, boot, flags, kind)
    values (1, now(), 1, 1, 1, 0, 0, 3), (2, now(), 2, 1, 1, 0, 0, 3)`);
  await pool.query(`select graphile_worker.add_job('later', '{"n": 1}', run_at => '2099-01-01')`);
  mkdirSync(join(fromData, 'files', 'ab'), { recursive: true });
  writeFileSync(join(fromData, 'files', 'ab', 'abcd'), 'a photo');
  writeFileSync(join(fromData, ROADS_FILE), 'the roads');
  writeFileSync(join(fromData, 'tian.key'), 'the key');
  await makeBackup({ pool, dataDir: fromData, into: backup, now });
});

/** Every table of a database with how many rows it has and a hash over them all. */
async function fingerprints(of: pg.Pool): Promise<Record<string, string>> {
  const { rows } = await of.query<{ name: string; counts: boolean }>(`
    select format('%I.%I', n.nspname, c.relname) as name, c.relkind = 'S' as counts from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and (n.nspname, c.relname) not in (('kernel', 'migration'), ('graphile_worker', 'migrations'))`);
  const found: Record<string, string> = {};
  for (const { name, counts } of rows) {
    const print = await of.query<{ print: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print from (select ${counts ? 'last_value, is_called' : '*'} from ${name}) t`,
    );
    found[name] = print.rows[0]?.print ?? '';
  }
  return found;
}

test('a backup made while running comes back row for row, file for file, with its jobs and counters', async () => {
  const target = await emptyDb();
  const toData = join(dir, 'to');
  const restored = await restoreBackup({ pool: target.pool, log, dataDir: toData, from: backup });
  expect(restored.ok).toBe(true);
  const [was, is] = [await fingerprints(pool), await fingerprints(target.pool)];
  expect(Object.keys(was).length).toBeGreaterThan(10);
  expect(was['kernel.outbox']).toMatch(/^3 /);
  expect(was['telemetry.reading_hour']).toMatch(/^2 /);
  expect(is).toEqual(was);
  expect(readFileSync(join(toData, 'files', 'ab', 'abcd'), 'utf8')).toBe('a photo');
  expect(readFileSync(join(toData, ROADS_FILE), 'utf8')).toBe('the roads');
});

test('the restored database goes on: the next start migrates it and new rows get new numbers', async () => {
  const target = await emptyDb();
  await restoreBackup({ pool: target.pool, log, dataDir: join(dir, 'to2'), from: backup });
  await migrate({ pool: target.pool, log });
  await openDb<unknown>(target.pool)
    .transaction()
    .execute((tx) => note(tx, [{ subject: 's', at: now, code: 'test.note', params: {}, ref: null, audience }]));
  const { rows } = await target.pool.query<{ n: number }>('select count(distinct id) as n from kernel.trace');
  expect(rows[0]?.n).toBe(2);
});

test('the key is not in the backup', () => {
  expect(existsSync(join(backup, 'files', 'tian.key'))).toBe(false);
  expect(readFileSync(join(backup, 'manifest.json'), 'utf8')).not.toContain('the key');
});

test('a damaged backup is refused before anything is written', async () => {
  const damaged = join(dir, 'damaged');
  await makeBackup({ pool, dataDir: fromData, into: damaged, now });
  const manifest = readManifest(damaged);
  if ('code' in manifest) throw new Error(manifest.code);
  const victim = manifest.tables.find((t) => t.name === 'kernel.outbox');
  writeFileSync(join(damaged, victim?.file ?? ''), 'broken');
  const target = await emptyDb();
  const restored = await restoreBackup({ pool: target.pool, log, dataDir: join(dir, 'to3'), from: damaged });
  expect(restored).toEqual({ ok: false, refusal: { code: 'kernel.backup_damaged', file: victim?.file } });
  const { rows } = await target.pool.query(`select to_regclass('kernel.migration') as it`);
  expect(rows[0]).toEqual({ it: null });
});

test('a restore never writes into a database that holds something, and a folder without a list is no backup', async () => {
  expect(await restoreBackup({ pool, log, dataDir: join(dir, 'to4'), from: backup })).toEqual({
    ok: false,
    refusal: { code: 'kernel.restore_not_empty' },
  });
  const restored = await restoreBackup({ pool, log, dataDir: dir, from: fromData });
  expect(restored.ok ? '' : restored.refusal.code).toBe('kernel.backup_unreadable');
});
