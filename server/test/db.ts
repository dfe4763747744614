import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { type Db, openDb, openPool } from '../kernel/db.ts';

/** A database of the calling test file alone, with the whole schema and nothing in it. Dropped after its last test. */
export async function testDb<Tables = unknown>(): Promise<{ pool: pg.Pool; db: Db<Tables>; url: string }> {
  const clusterUrl = inject('clusterUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(clusterUrl, `create database ${name} template tian`);
  const url = withDatabase(clusterUrl, name);
  const pool = openPool(url);
  afterAll(async () => {
    await pool.end();
    await asAdmin(clusterUrl, `drop database ${name} with (force)`);
  });
  return { pool, db: openDb<Tables>(pool), url };
}

/** An empty database, without even the schema, for tests of migration and restore. */
export async function emptyDb(): Promise<{ pool: pg.Pool; url: string }> {
  const clusterUrl = inject('clusterUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(clusterUrl, `create database ${name} template template0`);
  const url = withDatabase(clusterUrl, name);
  const pool = openPool(url);
  afterAll(async () => {
    await pool.end();
    await asAdmin(clusterUrl, `drop database ${name} with (force)`);
  });
  return { pool, url };
}

const withDatabase = (url: string, name: string) => url.replace(/(:\d+\/)\w+/, `$1${name}`);

async function asAdmin(clusterUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(clusterUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
