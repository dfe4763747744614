import { sql } from 'kysely';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { AnyTx } from '../../kernel/db.ts';

/** How the ingest process hears that files, units, bindings or work changed: by a channel, not by the clock. */
const CHANNEL = 'tian_directory';
/** A notification carries 8,000 bytes: so many elevators go into one. */
const NAMED_AT_ONCE = 200;
/** Above this many everything is looked at again: naming them would cost as much. */
const MOST_NAMED = 10_000;
const EVERYTHING = '*';
/** Changes come in rows: those of a moment are looked at together. */
const GATHER_MS = 200;
const RECONNECT_MS = 1_000;

/** Tell the doors which elevators to look at again; no elevators: all of them. Heard when, and only if, `tx` commits. */
export async function tellDirectory(tx: AnyTx, elevatorIds: readonly string[]): Promise<void> {
  const ids = [...new Set(elevatorIds)];
  const texts: string[] = ids.length === 0 || ids.length > MOST_NAMED ? [EVERYTHING] : [];
  if (texts.length === 0)
    for (let i = 0; i < ids.length; i += NAMED_AT_ONCE) texts.push(ids.slice(i, i + NAMED_AT_ONCE).join(','));
  await sql`select pg_notify(${CHANNEL}, text) from unnest(${texts}::text[]) text`.execute(tx);
}

type Hearing = {
  pool: pg.Pool;
  log: Logger;
  /** Look again at these elevators, or at all of them. */
  refresh: (ids: readonly string[] | 'all') => Promise<void>;
};

/** Gather what changed in a moment, then look at it together. */
function openGathering({ log, refresh }: Omit<Hearing, 'pool'>) {
  let waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    const ids = waiting;
    waiting = new Set();
    timer = undefined;
    looking = looking
      .then(() => refresh(ids.has(EVERYTHING) ? 'all' : [...ids]))
      // What is in memory stays right enough until the database answers again; the clock looks again too.
      .catch((error: unknown) => log.warn({ error }, 'what the doors know could not be refreshed'));
  };
  return {
    hear: (payload: string | undefined) => {
      for (const id of (payload ?? '').split(',')) if (id !== '') waiting.add(id);
      timer ??= setTimeout(look, GATHER_MS);
    },
    stop: () => {
      clearTimeout(timer);
      return looking;
    },
  };
}

/** Listen, on a connection of its own. When it broke, everything is looked at again: something may have been missed. */
export function hearDirectory({ pool, log, refresh }: Hearing): () => Promise<void> {
  const { hear, stop } = openGathering({ log, refresh });
  let client: pg.PoolClient | undefined;
  let isStopped = false;
  const retry = () => void setTimeout(() => void tryToListen(true), RECONNECT_MS).unref();
  /** Give the connection back, once: it may break while it is being given back, and say so more than once. */
  const letGo = (held: pg.PoolClient | undefined): boolean => {
    if (!held || client !== held) return false;
    client = undefined;
    held.release(true);
    return true;
  };
  const listen = async (): Promise<void> => {
    if (isStopped) return;
    const opened = await pool.connect();
    client = opened;
    opened.on('notification', ({ payload }) => hear(payload));
    opened.on('error', () => {
      if (letGo(opened)) retry();
    });
    await opened.query(`listen ${CHANNEL}`);
  };
  const tryToListen = async (isAgain: boolean): Promise<void> => {
    try {
      await listen();
      if (isAgain) hear(EVERYTHING);
    } catch (error) {
      // The database is away: the clock still looks, and we try again.
      log.warn({ error }, 'changes of the registry are not heard; trying again');
      letGo(client);
      retry();
    }
  };
  const opening = tryToListen(false);
  return async () => {
    isStopped = true;
    await opening;
    letGo(client);
    await stop();
  };
}
