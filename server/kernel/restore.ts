import { cpSync, createReadStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Logger } from 'pino';
import { columnList } from './backup.ts';
import {
  type BackupFault,
  type BackupManifest,
  type BackupTable,
  findDamage,
  readManifest,
} from './backup-manifest.ts';
import { migrate, readMigrations } from './migrate.ts';
import { programDir } from './program.ts';
import { accept, type Result, refuse } from './result.ts';

export type RestoreJob = { pool: pg.Pool; log: Logger; dataDir: string; from: string; say?: (line: string) => void };

export type RestoreRefusal =
  | BackupFault
  | { code: 'kernel.restore_not_empty' }
  | { code: 'kernel.restore_unknown_migration'; name: string; version: string };

/**
 * Fill an empty database and data folder from a backup. Everything is checked before anything is written, and the
 * tables are filled in one transaction. The schema is that of the backup; the next start brings it up to date.
 */
export async function restoreBackup(job: RestoreJob): Promise<Result<BackupManifest, RestoreRefusal>> {
  const manifest = readManifest(job.from);
  if ('code' in manifest) return refuse(manifest);
  if (!(await isEmpty(job.pool))) return refuse({ code: 'kernel.restore_not_empty' });
  const unknown = unknownMigration(manifest);
  if (unknown) return refuse({ code: 'kernel.restore_unknown_migration', name: unknown, version: manifest.version });
  const damage = await findDamage(job.from, manifest);
  if (damage) return refuse(damage);

  await migrate({ pool: job.pool, log: job.log, only: manifest.migrations.map((m) => m.name) });
  for (const { path } of manifest.files) {
    const target = join(job.dataDir, path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(job.from, 'files', path), target);
  }
  await fill(job, manifest);
  return accept(manifest);
}

async function isEmpty(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ empty: boolean }>(`select to_regclass('kernel.migration') is null as empty`);
  return rows[0]?.empty ?? false;
}

/** A migration of the backup that this program does not have, or has with another content. */
function unknownMigration({ migrations }: BackupManifest): string | undefined {
  const known = new Map(readMigrations(join(programDir, 'migrations')).map((m) => [m.name, m.sha256]));
  return migrations.find((m) => known.get(m.name) !== m.sha256)?.name;
}

async function fill({ pool, from, say }: RestoreJob, { tables, sequences }: BackupManifest): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { name, partition } of tables) {
      if (partition)
        await client.query(`create table if not exists ${name} partition of ${partition.of} ${partition.bounds}`);
    }
    const keys = await setForeignKeysAside(client);
    for (const table of tables) {
      await loadTable(client, from, table);
      say?.(`${table.name}: ${table.rows} rows`);
    }
    for (const { table, name, definition } of keys) {
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    }
    for (const { name, lastValue, isCalled } of sequences) {
      await client.query('select setval($1::regclass, $2::bigint, $3)', [name, lastValue, isCalled]);
    }
    // Jobs that were running when the backup was made are nobody's now.
    await client.query(
      'update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_by is not null',
    );
    await client.query('commit');
    await client.query('analyze');
    client.release();
  } catch (error) {
    client.release(true); // closing the connection undoes the transaction
    throw error;
  }
}

type ForeignKey = { table: string; name: string; definition: string };

/** Tables may then be filled in any order; putting the keys back checks them all. */
async function setForeignKeysAside(client: pg.PoolClient): Promise<readonly ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    select format('%I.%I', n.nspname, c.relname) as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname !~ '^pg_'`);
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  return rows;
}

async function loadTable(client: pg.PoolClient, from: string, table: BackupTable): Promise<void> {
  await client.query(`alter table ${table.name} disable trigger user`); // what they would write is in the backup
  await client.query(`delete from ${table.name}`); // rows that migrations put there
  const rows = client.query(copyFrom(`copy ${table.name} (${columnList(table)}) from stdin`));
  await pipeline(createReadStream(join(from, table.file)), createGunzip(), rows);
  if (rows.rowCount !== table.rows) {
    throw new Error(`${table.name}: ${rows.rowCount} rows came back of ${table.rows}`);
  }
  await client.query(`alter table ${table.name} enable trigger user`);
}
