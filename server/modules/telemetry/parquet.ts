import { closeSync, createWriteStream, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Cold, quoted } from './cold.service.ts';

/** What a file holds: a query of the database, its columns as DuckDB names their types, and in which order. */
export type FileOf = { query: string; columns: string; orderBy: string };

/** Write the answer of a query to a Parquet file. Rows pass through a CSV file, never through memory. */
export async function writeParquet(
  { pool, cold }: { pool: pg.Pool; cold: Cold },
  { query, columns, orderBy }: FileOf,
  to: string,
): Promise<void> {
  const csv = `${to}.csv`;
  const client = await pool.connect();
  try {
    await pipeline(client.query(copyTo(`copy (${query}) to stdout with (format csv)`)), createWriteStream(csv));
    client.release();
  } catch (error) {
    client.release(true); // a copy cut short leaves its connection in the middle of it
    throw error;
  }
  const csvColumns = columns
    .split(',')
    .map((column) => column.trim().split(' '))
    .map(([column, type]) => `'${column}': '${type}'`)
    .join(', ');
  try {
    await cold.work((connection) =>
      connection.run(`copy (select * from read_csv(${quoted(csv)}, header = false, auto_detect = false, delim = ',', quote = '"',
          escape = '"', columns = {${csvColumns}}) order by ${orderBy})
        to ${quoted(to)} (format parquet, compression zstd, parquet_version v2, row_group_size 65536)`),
    );
  } finally {
    rmSync(csv, { force: true });
  }
}

/** Give a finished file its name, once its bytes have reached the disk. */
export function settle(from: string, to: string): void {
  const handle = openSync(from, 'r');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(from, to);
  const folder = openSync(dirname(to), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
