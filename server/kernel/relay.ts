import { type RawBuilder, sql } from 'kysely';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { AnyTx, Db } from './db.ts';
import { bySubject, eventOf, handOn, type Row, type Waiting } from './hand-on.ts';
import type { Module } from './module.ts';
import type { Event } from './outbox.ts';
import { listen } from './relay-listen.ts';
import { openRightOfWay, type RightOfWay } from './right-of-way.ts';

/**
 * How many events one pass takes: few enough that what they cause is taken up by the next pass within a second. What is
 * urgent comes in smaller portions: the next that arrives waits for the pass to end.
 */
const BATCH: Readonly<Record<Which, number>> = { urgent: 16, tidings: 16, others: 16, all: 60 };
/**
 * So many subjects are handed on side by side. Each holds a connection, also while it waits for another's lock: were there
 * as many as there are events, a power cut would take the whole pool from the desk, and time out by itself.
 */
const SIDE_BY_SIDE = 4;
/** While something urgent is under way, reactions to tidings keep to one: a power cut on a small machine needs all of it. */
const BESIDE_URGENT = 1;
/** How long a failed event waits: 2 s, doubling to at most 5 minutes. */
const POLL_MS = 250;
const backOffSeconds = (attempts: number) => Math.min(300, 2 ** attempts);

export type RelayDeps = {
  db: Db<unknown>;
  pool: pg.Pool;
  log: Logger;
  modules: readonly Module[];
  /** Hears of every event once it is handed on: the streams. */
  heard: (events: readonly Event[]) => void;
};

/**
 * Hand committed events to every module that reacts to them, and to the streams. Takes unsent rows, never
 * "numbers above the last": a slow transaction's event is not skipped. Wakes on commit, and looks every 250 ms. What is
 * urgent has a hallway of its own, and the right of way: whoever is trapped does not wait behind the bookkeeping of the same
 * power cut. What came of it has another; screens hear of it as soon as it is committed, whoever still reacts to what was
 * before. Returns how to stop.
 */
export async function startRelay(deps: RelayDeps, pollMs = POLL_MS): Promise<() => Promise<void>> {
  const way = openRightOfWay();
  const fresh = openFresh();
  const lanes = (): number => (way.isTaken() ? BESIDE_URGENT : SIDE_BY_SIDE);
  const hallways = [
    walk(deps, { most: BATCH.urgent, pollMs, pass: () => passUrgent(deps, way) }),
    walk(deps, { most: BATCH.tidings, pollMs, pass: () => pass(deps, 'tidings', { lanes: lanes(), fresh }) }),
    walk(deps, { most: BATCH.others, pollMs, pass: () => way.free().then(() => pass(deps, 'others')) }),
    walk(deps, { most: MOST_TOLD, pollMs, pass: () => tell(deps, fresh) }),
  ];
  const listener = await listen(deps, () => {
    for (const { wake } of hallways) wake();
  });
  return async () => {
    await Promise.all(hallways.map(({ stop }) => stop()));
    listener.stop();
  };
}

/** The right of way is asked for only when there is something to hand on: most looks find nothing. */
async function passUrgent(deps: RelayDeps, way: RightOfWay): Promise<number> {
  const { rows } = await sql`select from kernel.outbox where sent_at is null and retry_at <= clock_timestamp()
    and ${typesOf(deps, 'urgent')} limit 1`.execute(deps.db);
  return rows.length === 0 ? 0 : way.hurry(() => pass(deps, 'urgent'));
}

type Walk = { most: number; pollMs: number; pass: () => Promise<number> };

/** One hallway: pass after pass, and a rest where less was taken than a pass may take. */
function walk(deps: RelayDeps, { most, pollMs, pass: once }: Walk): { wake: () => void; stop: () => Promise<void> } {
  let stopped = false;
  let isWoken = false; // also while a pass is under way: what was committed after its look must not wait for the next poll
  let endRest = () => {};
  const wake = (): void => {
    isWoken = true;
    endRest();
  };
  const loop = (async () => {
    while (!stopped) {
      isWoken = false;
      const taken = await once().catch((error: unknown) => {
        // The database is away or restarting: say so and look again; nothing is lost, rows stay unsent.
        deps.log.error({ error }, 'relay could not read the outbox');
        return 0;
      });
      if (taken < most && !isWoken && !stopped) await rest(pollMs, (end) => (endRest = end));
    }
  })();
  return {
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await loop;
    },
  };
}

const rest = (ms: number, offer: (end: () => void) => void) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    offer(() => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Which events a pass takes: those some module calls urgent, or tidings, all others, or all there are. */
type Which = 'urgent' | 'tidings' | 'others' | 'all';

function typesOf({ modules }: RelayDeps, which: Which): RawBuilder<unknown> {
  const urgent = sql`type = any(${modules.flatMap((m) => m.urgent ?? [])}::text[])`;
  const tidings = sql`type = any(${modules.flatMap((m) => m.tidings ?? [])}::text[])`;
  return { urgent, tidings, others: sql`not (${urgent}) and not (${tidings})`, all: sql`true` }[which];
}

/** Those of these events that no screen was told of yet. */
type Fresh = (rows: readonly Row[]) => readonly Row[];

const MOST_REMEMBERED = 5_000;

/** Remembers which tidings were told. One that is forgotten is told twice, and a screen reads once more. */
function openFresh(): Fresh {
  const told = new Set<string>();
  return (rows) => {
    const fresh = rows.filter(({ id }) => !told.has(id));
    for (const { id } of fresh) told.add(id);
    for (const id of told) {
      if (told.size <= MOST_REMEMBERED) break;
      told.delete(id);
    }
    return fresh;
  };
}

const MOST_TOLD = 500;

/** Each look finds again what still waits for its reactions: in a burst, where commits follow each other closely, a few a second do. */
const TELL_EVERY_MS = 100;

/** Tell screens of the newest tidings that nobody has reacted to yet. Returns how many were news. */
async function tell(deps: RelayDeps, fresh: Fresh): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, TELL_EVERY_MS));
  // Without their data: a screen is told what changed, and reads for itself.
  const { rows } = await sql<Row>`select id, type, v, occurred_at, subject, version, area_codes, org_ids, null as data,
      0 as attempts, '{}'::jsonb[] as behind
    from kernel.outbox where sent_at is null and ${typesOf(deps, 'tidings')}
    order by written_at desc limit ${MOST_TOLD}`.execute(deps.db);
  const news = fresh(rows.toReversed());
  if (news.length > 0) deps.heard(news.map(eventOf));
  return news.length;
}

type How = { lanes?: number; fresh?: Fresh };

/** Take a batch, let every module react, mark it sent. Returns how many events were taken. */
export async function pass(
  deps: RelayDeps,
  which: Which = 'all',
  { lanes = SIDE_BY_SIDE, fresh = (rows) => rows }: How = {},
): Promise<number> {
  return deps.db.transaction().execute(async (tx) => {
    const { rows } =
      await sql<Row>`select id, type, v, occurred_at, subject, version, area_codes, org_ids, data, attempts, array(
        select jsonb_build_object('id', e.id, 'type', e.type, 'attempts', e.attempts) from kernel.outbox as e
        where e.subject = o.subject and e.sent_at is null and e.attempts > 0 and e.written_at < o.written_at) as behind
      from kernel.outbox as o where sent_at is null and retry_at <= clock_timestamp() and ${typesOf(deps, which)}
      order by written_at limit ${BATCH[which]} for update skip locked`.execute(tx);
    // Tidings are told to screens before anybody reacts to them: they are committed, and a screen reads for itself.
    if (which === 'tidings') deps.heard(fresh(rows).map(eventOf));
    // Subjects side by side, each in its own order: a failing one holds up only itself.
    const waiting = await handAllOn(deps, bySubject(rows), lanes);
    const waitingIds = new Set(waiting.map((w) => w.row.id));
    const sent = rows.filter((row) => !waitingIds.has(row.id));
    if (sent.length > 0) {
      await sql`update kernel.outbox set sent_at = clock_timestamp() where id = any(${sent.map((r) => r.id)})`.execute(
        tx,
      );
      if (which !== 'tidings') deps.heard(sent.map(eventOf));
    }
    for (const { row, why } of waiting) await putOff(tx, row, why);
    return rows.length;
  });
}

/** Hand all subjects on, a few at a time. Returns what must be tried again. */
async function handAllOn(
  deps: RelayDeps,
  lines: readonly (readonly Row[])[],
  lanes: number,
): Promise<readonly Waiting[]> {
  const waiting: Waiting[] = [];
  const left = lines.values();
  const work = async (): Promise<void> => {
    for (const line of left) waiting.push(...(await handOn(deps, line)));
  };
  await Promise.all(Array.from({ length: Math.min(lanes, lines.length) }, work));
  return waiting;
}

// The database's clock wrote the row and judges when it is due: ours may be a moment behind it.
async function putOff(tx: AnyTx, row: Row, why: string): Promise<void> {
  await sql`update kernel.outbox set attempts = attempts + 1, last_error = ${why.slice(0, 500)},
    retry_at = clock_timestamp() + make_interval(secs => ${backOffSeconds(row.attempts)}) where id = ${row.id}`.execute(
    tx,
  );
}
