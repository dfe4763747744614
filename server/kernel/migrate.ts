import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from 'pino';
import { type AppliedMigration, isBreaking, type MigrationFile, planMigrations } from './migrate.rules.ts';
import { programDir } from './program.ts';

/** The statements an operator runs once when the database user may not create roles itself. Also in docs/operations.md. */
export const ROLE_SQL = 'create role tian_request nologin;\ngrant tian_request to <the user of TIAN_DATABASE_URL>;';

const MIGRATION_LOCK = 7_410_001; // any number, the same in every version: two servers never migrate at once

export type Migrating = {
  pool: pg.Pool;
  log: Logger;
  dir?: string; // of the migration files; the program's own when left out
  only?: readonly string[]; // stop at the schema that these files make: for filling it from a backup
};

/**
 * Bring the database to this program's schema: forward only, one file per transaction, under a lock, so that
 * several processes may call it at the same time. Throws when the database cannot be used, saying what to do.
 */
export async function migrate({ pool, log, dir, only }: Migrating): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await requireChineseLetters(client);
    await ensureRequestRole(client);
    await client.query(`create schema if not exists kernel`);
    await client.query(`create table if not exists kernel.migration (
      name       text        primary key,
      sha256     text        not null,
      breaking   boolean     not null,
      applied_at timestamptz not null default clock_timestamp())`);
    for (const file of await outstanding(client, dir ?? join(programDir, 'migrations'))) {
      if (only && !only.includes(file.name)) continue;
      await apply(client, file);
      log.info({ migration: file.name, breaking: file.breaking }, 'migration applied');
    }
    await runMigrations({ pgPool: pool });
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined); // a broken connection has let go already
    client.release();
  }
}

/** The migration files of a folder, with their hashes. */
export function readMigrations(dir: string): readonly MigrationFile[] {
  const names = readdirSync(dir).filter((name) => name.endsWith('.sql'));
  const odd = names.find((name) => !/^\d{4}_[a-z]+_[a-z_]+\.sql$/.test(name));
  if (odd) throw new Error(`migrations/${odd}: name it NNNN_<module>_<verb>_<noun>.sql`);
  return names.map((name) => {
    const sql = readFileSync(join(dir, name), 'utf8');
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex'), breaking: isBreaking(sql) };
  });
}

async function outstanding(client: pg.PoolClient, dir: string): Promise<readonly MigrationFile[]> {
  const { rows } = await client.query<AppliedMigration>('select name, sha256, breaking from kernel.migration');
  const plan = planMigrations(readMigrations(dir), rows);
  if (plan.ok) return plan.value;
  const { refusal } = plan;
  switch (refusal.code) {
    case 'kernel.migration_changed':
      throw new Error(
        `Migration ${refusal.name} was applied to this database with another content than the file now has. ` +
          'Restore the file, and put the change into a new migration.',
      );
    case 'kernel.migration_newer':
      throw new Error(
        `This database was changed by a newer version of Tian (${refusal.name}), and this version cannot run on it. ` +
          'Install the newer version, or restore the backup made before the upgrade.',
      );
    case 'kernel.migration_number_twice':
      throw new Error(`Migrations ${refusal.name} and ${refusal.other} carry the same number. Renumber one.`);
  }
}

async function apply(client: pg.PoolClient, { name, sql, sha256, breaking }: MigrationFile): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into kernel.migration (name, sha256, breaking) values ($1, $2, $3)', [
      name,
      sha256,
      breaking,
    ]);
    await client.query('commit');
  } catch (error) {
    // Said again with the file's name: the database's own words do not carry it.
    await client.query('rollback').catch(() => undefined);
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Fuzzy search needs a database that knows Chinese letters as letters; under ctype `C` it would find nothing. */
async function requireChineseLetters(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ encoding: string; letters: boolean; ctype: string }>(
    `select pg_encoding_to_char(encoding) as encoding, datctype as ctype,
       case when pg_encoding_to_char(encoding) = 'UTF8' then U&'\\7FE0' ~ '^\\w$' else false end as letters
     from pg_database where datname = current_database()`,
  );
  const [database] = rows;
  if (database?.letters) return;
  throw new Error(
    `The database has encoding ${database?.encoding} and ctype ${database?.ctype}; searching Chinese needs UTF-8 in both. ` +
      `Create it with: create database tian encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0;`,
  );
}

/** Requests run as the role `tian_request`: row-level policies apply to it and not to the owner. */
async function ensureRequestRole(client: pg.PoolClient): Promise<void> {
  // Two databases of one cluster may do this at the same moment: losing that race is success.
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = 'tian_request')
       and (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then
      create role tian_request nologin;
    end if;
    if exists (select from pg_roles where rolname = 'tian_request')
       and not pg_has_role(current_user, 'tian_request', 'member') then
      execute format('grant tian_request to %I', current_user);
    end if;
  exception when duplicate_object or unique_violation or insufficient_privilege then null;
  end $$`);
  const { rows } = await client.query<{ usable: boolean }>(
    `select exists (select from pg_roles where rolname = 'tian_request' and pg_has_role(current_user, oid, 'member')) as usable`,
  );
  if (rows[0]?.usable) return;
  throw new Error(
    `The database user may not create the role tian_request. Let an administrator of the database run once:\n${ROLE_SQL}`,
  );
}
