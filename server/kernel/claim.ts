import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { shortHash } from './postgres-home.ts';
import { accept, type Result, refuse } from './result.ts';

/** What the program that holds a data folder tells another one that asks. */
const holder = z.object({
  what: z.string(), // 'npm start', 'tian backup', …
  pid: z.int(),
  databaseUrl: z.string().nullable(), // null: not ready yet
  address: z.string().nullable(), // where its pages are, if it shows any
  processes: z.record(z.string(), z.int()), // what it keeps running, by name
});
export type Holder = z.infer<typeof holder>;

/** A data folder held: nobody else starts its database. `tell` changes what others are told. */
export type Claim = { tell: (more: Partial<Holder>) => void; release: () => Promise<void> };

/**
 * Hold the data folder, so that its database is started once. Refused with the present holder, whom one may join:
 * the answer carries the database's address. Only the folder's owner can reach the socket.
 */
export async function claimDataFolder(dataDir: string, what: string): Promise<Result<Claim, Holder>> {
  let now: Holder = { what, pid: process.pid, databaseUrl: null, address: null, processes: {} };
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // the asker went away
    socket.end(JSON.stringify(now));
  });
  const path = socketPath(dataDir);
  if (!(await listens(server, path))) {
    const present = await askHolder(dataDir);
    if (present) return refuse(present);
    rmSync(path, { force: true }); // left by a holder that was killed
    if (!(await listens(server, path))) throw new Error(`Cannot hold the data folder: ${path} is in use.`);
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return accept({
    tell: (more) => {
      now = { ...now, ...more };
    },
    release: () => new Promise((resolve) => server.close(() => resolve())),
  });
}

/** Who holds this data folder now; undefined when nobody does. */
export async function askHolder(dataDir: string): Promise<Holder | undefined> {
  const text = await new Promise<string>((resolve) => {
    let heard = '';
    const socket = createConnection(socketPath(dataDir));
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => (heard += String(chunk)));
    socket.on('error', () => resolve(''));
    socket.on('close', () => resolve(heard));
  });
  return text === '' ? undefined : holder.parse(JSON.parse(text));
}

const listens = (server: Server, path: string) =>
  new Promise<boolean>((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
    server.once('error', onError);
    server.listen(path, () => {
      server.off('error', onError);
      resolve(true);
    });
  });

function socketPath(dataDir: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\tian-${shortHash(dataDir)}`;
  const beside = join(dataDir, 'tian.sock');
  return beside.length <= 100 ? beside : join(tmpdir(), `tian-${shortHash(dataDir)}.sock`);
}
