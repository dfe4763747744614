import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type BackupManifest, type BackupTable, hashOfFile, MANIFEST } from './backup-manifest.ts';
import { programVersion } from './program.ts';

/** Folders of the data folder that belong to a backup. Their files never change once they have their name. */
export const KEPT_FOLDERS: readonly string[] = ['files', 'history'];
/** Single files of it that were brought in from outside and could not be made again from the rest. */
const KEPT_FILES: readonly string[] = ['roads.bin'];

export type BackupJob = {
  pool: pg.Pool;
  dataDir: string;
  into: string; // a folder that does not exist yet
  now: Date;
  say?: (line: string) => void;
};

const ATTEMPTS = 3;

/**
 * Write a backup while everything runs: all tables as of one instant, and the files of the data folder. The key file is
 * not in it, only the keys' fingerprints. The folder appears under its name when it is complete.
 */
export async function makeBackup(job: BackupJob): Promise<BackupManifest> {
  if (existsSync(job.into)) throw new Error(`${job.into} exists already; a backup is never written over another`);
  const unfinished = `${job.into}.unfinished`;
  for (let attempt = 1; ; attempt += 1) {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(join(unfinished, 'tables'), { recursive: true, mode: 0o700 });
    try {
      const manifest = await write(job, unfinished);
      writeFileSync(join(unfinished, MANIFEST), JSON.stringify(manifest, null, 2));
      renameSync(unfinished, job.into);
      return manifest;
    } catch (error) {
      // An hour of history was moved to its file meanwhile, and its table is gone: take a new instant.
      if (attempt === ATTEMPTS || !isTableGone(error)) throw error;
    }
  }
}

const isTableGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === '42P01';

async function write({ pool, dataDir, now, say }: BackupJob, dir: string): Promise<BackupManifest> {
  const leader = await pool.connect();
  try {
    await leader.query('begin transaction isolation level repeatable read, read only');
    const { rows } = await leader.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
    const snapshot = rows[0]?.snapshot ?? '';
    const contents = await listContents(leader);
    const tables: BackupTable[] = [];
    for (const table of contents.tables) {
      tables.push(await copyTable({ pool, snapshot, dir }, table));
      say?.(`${table.name}: ${tables.at(-1)?.rows ?? 0} rows`);
    }
    const files = await copyFiles(dataDir, dir);
    say?.(`${files.length} files`);
    return { format: 1, version: programVersion, madeAt: now.toISOString(), ...contents, tables, files };
  } finally {
    await leader.query('rollback').catch(() => undefined); // a broken connection has let go already
    leader.release();
  }
}

type ListedTable = Pick<BackupTable, 'name' | 'columns' | 'partition'>;
type Contents = Pick<BackupManifest, 'migrations' | 'keys' | 'sequences'> & { tables: readonly ListedTable[] };

const OURS = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and (n.nspname, c.relname) not in (('kernel', 'migration'), ('graphile_worker', 'migrations'))`;

async function listContents(client: pg.PoolClient): Promise<Contents> {
  // Partitions first: they are the only tables that may go away while the others are copied.
  const tables = await client.query<ListedTable>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      case when c.relispartition then json_build_object('of', (
        select format('%I.%I', pn.nspname, pc.relname) from pg_inherits i join pg_class pc on pc.oid = i.inhparent
        join pg_namespace pn on pn.oid = pc.relnamespace where i.inhrelid = c.oid),
        'bounds', pg_get_expr(c.relpartbound, c.oid)) end as partition
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence = 'p' and ${OURS}
    order by c.relispartition desc, 1`);
  const migrations = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from kernel.migration order by name',
  );
  const keys = await client.query<{ id: string; fingerprint: string }>(
    'select id, fingerprint from kernel.key_ref order by id',
  );
  return { tables: tables.rows, migrations: migrations.rows, keys: keys.rows, sequences: await listSequences(client) };
}

async function listSequences(client: pg.PoolClient): Promise<BackupManifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${OURS} order by 1`);
  const sequences: BackupManifest['sequences'] = [];
  for (const { name } of rows) {
    const at = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value::text, is_called from ${name}`,
    );
    const row = at.rows[0];
    if (row) sequences.push({ name, lastValue: row.last_value, isCalled: row.is_called });
  }
  return sequences;
}

type Copying = { pool: pg.Pool; snapshot: string; dir: string };

/** Each table in a transaction of its own on the shared instant: none is held longer than its copy takes. */
async function copyTable({ pool, snapshot, dir }: Copying, table: ListedTable): Promise<BackupTable> {
  const file = join('tables', `${table.name.replaceAll('"', '')}.copy.gz`);
  const client = await pool.connect();
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    await client.query(`set transaction snapshot '${snapshot}'`);
    const rows = client.query(copyTo(`copy ${table.name} (${columnList(table)}) to stdout`));
    await pipeline(rows, createGzip({ level: 1 }), createWriteStream(join(dir, file), { mode: 0o600 }));
    await client.query('commit');
    client.release();
    return { ...table, rows: rows.rowCount, file, sha256: await hashOfFile(join(dir, file)) };
  } catch (error) {
    client.release(true);
    throw error;
  }
}

export const columnList = ({ columns }: Pick<BackupTable, 'columns'>): string =>
  columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ');

async function copyFiles(dataDir: string, dir: string): Promise<BackupManifest['files']> {
  const files: BackupManifest['files'] = [];
  const single = KEPT_FILES.map((name) => join(dataDir, name)).filter(existsSync);
  for (const source of [...KEPT_FOLDERS.flatMap((folder) => filesBelow(join(dataDir, folder))), ...single]) {
    const path = relative(dataDir, source);
    const target = join(dir, 'files', path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target);
    files.push({ path, bytes: statSync(target).size, sha256: await hashOfFile(target) });
  }
  return files;
}

/** Every finished file below a folder. Names that begin with a dot are still being written. */
function filesBelow(dir: string): readonly string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.tmp'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
