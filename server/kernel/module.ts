import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Db, Tx } from './db.ts';
import type { Routes } from './http.ts';
import type { Tasks } from './jobs.ts';
import type { Keys } from './keys.ts';
import type { Event } from './outbox.ts';
import type { WaitingKind } from './waiting.ts';

/** What every module is built from. A module narrows `db` to its own tables and takes only what it uses. */
export type Kernel = {
  db: Db<unknown>;
  pool: pg.Pool;
  config: Config;
  log: Logger;
  keys: Keys;
  now: () => Date;
  newId: () => string;
};

/**
 * What a module does when an event arrives, by event type. Each runs as the owner in its own transaction,
 * once: the event's id is in the inbox in that transaction. A throw is tried again later.
 */
export type Reactions = Readonly<Record<string, (tx: Tx<unknown>, event: Event) => Promise<void>>>;

/** What a module gives to the house. */
export type Module = {
  name: string;
  routes?: Routes; // below /api/v1
  pages?: Routes; // at the site's root: what people open without the console
  reactions?: Reactions;
  /** Events that lives hang on: handed on in a hallway of their own, past all others, also past earlier ones of their subject. */
  urgent?: readonly string[];
  /** What came of those: told to screens first of all, in a hallway of their own. */
  tidings?: readonly string[];
  tasks?: Tasks;
  waiting?: readonly WaitingKind[]; // work of this module that waits for people
  /** Long-running parts (timers, stores in memory). Started once the site listens; returns how to stop. */
  start?: () => Promise<() => Promise<void>>;
};
