import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { PostgresHome } from './postgres-home.ts';

const run = promisify(execFile);
const DATABASE = 'tian';
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 40;
const LONG_LOG_BYTES = 20_000_000;

/** A running embedded PostgreSQL. */
export type Postgres = {
  url: string; // of the database `tian`, as its owner
  pid: number;
  /** Resolves when the server process has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends it: `fast` finishes the log and is the normal way, `immediate` is a crash with an exit code. */
  stop: (mode: 'fast' | 'immediate') => Promise<void>;
};

/** Settings beyond PostgreSQL's own, as `name: value`. */
export type PostgresSettings = Readonly<Record<string, string>>;

/**
 * Start the PostgreSQL of this home, made on first use: UTF-8 with the ctype C.UTF-8, reachable only through its socket
 * folder (on Windows 127.0.0.1) with a password kept beside it. One left running by a program that was killed is
 * stopped first: its clients are gone, and its log is complete.
 */
export async function startPostgres(home: PostgresHome, settings: PostgresSettings = {}): Promise<Postgres> {
  const dataDir = join(home.dir, 'data');
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await createCluster(home, dataDir);
  await stopOrphan(home, dataDir);
  const port = process.platform === 'win32' ? await freePort() : 5432;
  const url = urlOf(home, port);
  const child = spawnServer(home, { dataDir, port, settings });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitUntilReady(home, { child, url: url('postgres') });
  await ensureDatabase(url('postgres'));
  return {
    url: url(DATABASE),
    pid: child.pid ?? 0,
    ended,
    stop: (mode) => stopChild(child, { ended, mode }),
  };
}

async function createCluster(home: PostgresHome, dataDir: string): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(home.dir, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (home.runAs) chownSync(passwordFile, home.runAs.uid, home.runAs.gid);
  // Made beside and moved into place: a start that is killed in the middle leaves no half cluster.
  const unfinished = `${dataDir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const { locale, provider } =
    process.platform === 'linux' ? { locale: 'C.UTF-8', provider: 'libc' } : { locale: 'C.UTF-8', provider: 'builtin' };
  const shared = ['--username=tian', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const spoken =
    provider === 'libc'
      ? [`--locale=${locale}`]
      : ['--locale-provider=builtin', `--builtin-locale=${locale}`, '--locale=C'];
  await run(join(home.binDir, 'initdb'), [`--pgdata=${unfinished}`, ...shared, ...spoken, '--no-sync'], asChild(home));
  renameSync(unfinished, dataDir);
}

function spawnServer(
  home: PostgresHome,
  { dataDir, port, settings }: { dataDir: string; port: number; settings: PostgresSettings },
): ChildProcess {
  const windows = process.platform === 'win32';
  const all: PostgresSettings = {
    port: String(port),
    listen_addresses: windows ? '127.0.0.1' : '',
    ...(windows ? {} : { unix_socket_directories: home.socketDir, unix_socket_permissions: '0700' }),
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off', // compiling costs more than our short queries take
    ...settings,
  };
  const log = openSync(freshLog(home), 'a', 0o600);
  // Its own process group: Ctrl-C at a terminal reaches the supervisor, which stops clients first and this last.
  const child = spawn(
    join(home.binDir, 'postgres'),
    ['-D', dataDir, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...asChild(home), detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  return child;
}

/** The log's path; a long one is put aside first, and kept until the next time. */
function freshLog(home: PostgresHome): string {
  const path = join(home.dir, 'log');
  if (existsSync(path) && statSync(path).size > LONG_LOG_BYTES) renameSync(path, `${path}.1`);
  return path;
}

async function waitUntilReady(home: PostgresHome, { child, url }: { child: ChildProcess; url: string }): Promise<void> {
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  for (;;) {
    if (await answers(url)) return;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new Error(`The embedded PostgreSQL did not start. Its last words:\n${lastWords(home)}`);
    }
    if (Date.now() > giveUpAt) {
      child.kill('SIGQUIT');
      throw new Error(`The embedded PostgreSQL did not answer in time. Its last words:\n${lastWords(home)}`);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // the server may end while we ask
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false; // not yet: the caller looks again until its time is up
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE} template template0`);
  } finally {
    await client.end();
  }
}

const STOP_SIGNAL = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

async function stopChild(
  child: ChildProcess,
  { ended, mode }: { ended: Promise<void>; mode: 'fast' | 'immediate' },
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(STOP_SIGNAL[mode]);
  const hard = setTimeout(() => child.kill('SIGQUIT'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(hard);
}

/** Stop the server that a killed program left running in this cluster; remove its note when it is gone already. */
async function stopOrphan(home: PostgresHome, dataDir: string): Promise<void> {
  const note = join(dataDir, 'postmaster.pid');
  if (!existsSync(note)) return;
  const pid = Number(readFileSync(note, 'utf8').split('\n')[0]);
  if (!(await isPostgres(pid))) {
    rmSync(note, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  const giveUpAt = Date.now() + STOP_WITHIN_MS;
  while (isAlive(pid)) {
    if (Date.now() > giveUpAt) {
      throw new Error(
        `An earlier PostgreSQL (process ${pid}) still holds ${home.dir} and does not stop. End it first.`,
      );
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Numbers of processes are used again: is this one really a PostgreSQL? */
async function isPostgres(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid < 2 || !isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: 'postgres' }));
  return stdout.includes('postgres');
}

/** Does a process with this number run? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function urlOf(home: PostgresHome, port: number) {
  const password = readFileSync(join(home.dir, 'password'), 'utf8');
  const place = process.platform === 'win32' ? '' : `?host=${encodeURIComponent(home.socketDir)}`;
  return (database: string) => `postgres://tian:${password}@127.0.0.1:${port}/${database}${place}`;
}

function lastWords(home: PostgresHome): string {
  return readFileSync(join(home.dir, 'log'), 'utf8').trimEnd().split('\n').slice(-8).join('\n');
}

/** No TIAN_ or PG variables: the database needs none, and they could lead it astray. */
function asChild({ runAs }: PostgresHome) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|TIAN_)/.test(name)));
  return { env, cwd: '/', ...(runAs ? { uid: runAs.uid, gid: runAs.gid } : {}) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
