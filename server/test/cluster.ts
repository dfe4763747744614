import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { openPool } from '../kernel/db.ts';
import { migrate } from '../kernel/migrate.ts';
import { isAlive, type Postgres, startPostgres } from '../kernel/postgres.ts';
import { openPostgresHome } from '../kernel/postgres-home.ts';
import { RUN_PREFIX, removeFolder, tmpRoot } from './tmp.ts';

declare module 'vitest' {
  interface ProvidedContext {
    clusterUrl: string; // of the migrated database that test files copy
  }
}

/** Safe for tests only: nothing is waited for to reach the disk. */
const HASTY = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
  autovacuum: 'off',
};

let running: { postgres: Postgres; dir: string } | undefined;

/** A database server of this test run alone, in a fresh folder, with the whole schema in the database `tian`. */
export async function setup(project: TestProject): Promise<void> {
  sweep();
  const dir = mkdtempSync(join(tmpRoot(), RUN_PREFIX));
  writeFileSync(join(dir, 'runner'), String(process.pid));
  chmodSync(dir, 0o711); // the database may run as another user
  const postgres = await startPostgres(await openPostgresHome(dir), HASTY);
  running = { postgres, dir };
  const pool = openPool(postgres.url, 2);
  await migrate({ pool, log: pino({ level: 'silent' }) });
  await pool.end();
  project.provide('clusterUrl', postgres.url);
}

export async function teardown(): Promise<void> {
  if (!running) return;
  await running.postgres.stop('immediate');
  removeFolder(running.dir);
  running = undefined;
}

/** End what test runs left behind whose process was killed. */
function sweep(): void {
  for (const name of readdirSync(tmpRoot()).filter((n) => n.startsWith(RUN_PREFIX))) {
    const dir = join(tmpRoot(), name);
    if (!existsSync(join(dir, 'runner'))) continue;
    if (isAlive(Number(readFileSync(join(dir, 'runner'), 'utf8')))) continue;
    const note = join(dir, 'postgres', 'data', 'postmaster.pid');
    const pid = existsSync(note) ? Number(readFileSync(note, 'utf8').split('\n')[0]) : 0;
    if (pid > 1 && isAlive(pid)) process.kill(pid, 'SIGQUIT');
    removeFolder(dir);
  }
}
