import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/**
 * The machine's limit beside a writing: the same rows of these tables once more, by one bare COPY each into tables with the
 * same columns and primary keys and nothing else. Seconds.
 */
export async function bareCopy(pool: pg.Pool, tables: readonly string[], dir: string): Promise<number> {
  mkdirSync(dir, { recursive: true });
  let seconds = 0;
  for (const table of tables) {
    const file = join(dir, 'rows.copy');
    const client = await pool.connect();
    try {
      await pipeline(client.query(copyTo(`copy ${table} to stdout (format binary)`)), createWriteStream(file));
      await client.query(`create table public.bare (like ${table} including indexes)`);
      const started = performance.now();
      await pipeline(createReadStream(file), client.query(copyFrom('copy public.bare from stdin (format binary)')));
      seconds += (performance.now() - started) / 1_000;
      await client.query('drop table public.bare');
    } finally {
      client.release();
      rmSync(file, { force: true });
    }
  }
  return seconds;
}

/** The limit beside a reading: every byte of these tables read once by one statement. Seconds. */
export async function bareScan(pool: pg.Pool, tables: readonly string[]): Promise<number> {
  const started = performance.now();
  for (const table of tables) await pool.query(`select sum(length(t::text)) from ${table} t`);
  return (performance.now() - started) / 1_000;
}
