import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { invariant } from '../../kernel/result.ts';

/** A line to a database that can be cut, as when its server stops, and laid again. */
export type DatabaseLine = { url: string; cut: () => Promise<void>; lay: () => Promise<void> };

/** Lay a line to a database. */
export async function openDatabaseLine(url: string): Promise<DatabaseLine> {
  const { hostname, port, pathname, username, password, searchParams } = new URL(url);
  const folder = searchParams.get('host'); // of its socket, where the database listens on one
  const open = new Set<Socket>();
  const through = (near: Socket): void => {
    const far = folder ? connect(join(folder, `.s.PGSQL.${port}`)) : connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  let server: Server = await listen(through, 0);
  const at = server.address();
  invariant(at && typeof at === 'object', 'the line has a port');
  const { port: own } = at;
  return {
    url: `postgres://${username}:${password}@127.0.0.1:${own}${pathname}`,
    cut: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of open) socket.destroy();
      await closed;
    },
    lay: async () => {
      server = await listen(through, own);
    },
  };
}

const listen = (through: (near: Socket) => void, port: number): Promise<Server> =>
  new Promise((done, fail) => {
    const server = createServer(through);
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done(server));
  });
