import { sql } from 'kysely';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { AnyTx, Db } from './db.ts';
import type { Module } from './module.ts';
import type { Event } from './outbox.ts';
import { actAs } from './scope.ts';

/**
 * How many events one pass takes: few enough that what they cause is taken up by the next pass within a second. What is
 * urgent comes in smaller portions: the next that arrives waits for the pass to end.
 */
const BATCH: Readonly<Record<Which, number>> = { urgent: 16, tidings: 60, others: 60, all: 60 };
/**
 * So many subjects are handed on side by side. Each holds a connection, also while it waits for another's lock: were there
 * as many as there are events, a power cut would take the whole pool from the desk, and time out by itself.
 */
const SIDE_BY_SIDE = 4;
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

type Row = Omit<Event, 'occurredAt' | 'audience'> & {
  occurred_at: Date;
  area_codes: string[];
  org_ids: string[];
  attempts: number;
};

/**
 * Hand committed events to every module that reacts to them, and to the streams. Takes unsent rows, never
 * "numbers above the last": a slow transaction's event is not skipped. Wakes on commit, and looks every 250 ms. What is
 * urgent has a hallway of its own: whoever is trapped does not wait behind the bookkeeping of the same power cut. And what
 * came of it has another, so that the desk hears of each before the next is dealt with.
 * Returns how to stop.
 */
export async function startRelay(deps: RelayDeps): Promise<() => Promise<void>> {
  const hallways = (['urgent', 'tidings', 'others'] as const).map((which) => walk(deps, which));
  const listener = await listen(deps, () => {
    for (const { wake } of hallways) wake();
  });
  return async () => {
    await Promise.all(hallways.map(({ stop }) => stop()));
    listener.stop();
  };
}

/** One hallway: pass after pass, and a rest where nothing waits. */
function walk(deps: RelayDeps, which: Which): { wake: () => void; stop: () => Promise<void> } {
  let stopped = false;
  let wake = () => {};
  const loop = (async () => {
    while (!stopped) {
      const taken = await pass(deps, which).catch((error: unknown) => {
        // The database is away or restarting: say so and look again; nothing is lost, rows stay unsent.
        deps.log.error({ error }, 'relay could not read the outbox');
        return 0;
      });
      if (taken < BATCH[which] && !stopped) await rest((w) => (wake = w));
    }
  })();
  return {
    wake: () => wake(),
    stop: async () => {
      stopped = true;
      wake();
      await loop;
    },
  };
}

const rest = (offer: (wake: () => void) => void) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, POLL_MS);
    offer(() => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Which events a pass takes: those some module calls urgent, or tidings, all others, or all there are. */
type Which = 'urgent' | 'tidings' | 'others' | 'all';

/** Take a batch, let every module react, mark it sent. Returns how many events were taken. */
export async function pass(deps: RelayDeps, which: Which = 'all'): Promise<number> {
  const urgent = sql`type = any(${deps.modules.flatMap((m) => m.urgent ?? [])}::text[])`;
  const tidings = sql`type = any(${deps.modules.flatMap((m) => m.tidings ?? [])}::text[])`;
  const others = sql`not (${urgent}) and not (${tidings})`;
  const wanted = { urgent, tidings, others, all: sql`true` }[which];
  return deps.db.transaction().execute(async (tx) => {
    const { rows } =
      await sql<Row>`select id, type, v, occurred_at, subject, version, area_codes, org_ids, data, attempts
      from kernel.outbox where sent_at is null and retry_at <= clock_timestamp() and ${wanted}
      order by written_at limit ${BATCH[which]} for update skip locked`.execute(tx);
    // Tidings are told to screens before anybody reacts to them: they are committed, and a screen reads for itself.
    if (which === 'tidings') deps.heard(rows.map(eventOf));
    // Subjects side by side, each in its own order: a failing one holds up only itself.
    const failed = await handAllOn(deps, bySubject(rows));
    const failedIds = new Set(failed.map((f) => f.row.id));
    const sent = rows.filter((row) => !failedIds.has(row.id));
    if (sent.length > 0) {
      await sql`update kernel.outbox set sent_at = clock_timestamp() where id = any(${sent.map((r) => r.id)})`.execute(
        tx,
      );
      if (which !== 'tidings') deps.heard(sent.map(eventOf));
    }
    for (const { row, why } of failed) await putOff(tx, row, why);
    return rows.length;
  });
}

/** Hand all subjects on, a few at a time. */
async function handAllOn(deps: RelayDeps, lines: readonly (readonly Row[])[]): Promise<readonly Failed[]> {
  const failed: Failed[] = [];
  const waiting = lines.values();
  const work = async (): Promise<void> => {
    for (const line of waiting) failed.push(...(await handOn(deps, line)));
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, lines.length) }, work));
  return failed;
}

type Failed = { row: Row; why: string };

/** Hand one subject's events on, in order. The first that fails keeps the rest of its line waiting with it. */
async function handOn(deps: RelayDeps, line: readonly Row[]): Promise<readonly Failed[]> {
  for (const [i, row] of line.entries()) {
    try {
      await tellModules(deps, row);
    } catch (error) {
      // One module's failure must not stop the hallway: the event waits and is tried again, and everybody can see it.
      deps.log.error({ error, event: row.id, type: row.type, attempts: row.attempts + 1 }, 'a reaction failed');
      const why = error instanceof Error ? error.message : String(error);
      return line.slice(i).map((waiting) => ({ row: waiting, why }));
    }
  }
  return [];
}

async function tellModules(deps: RelayDeps, row: Row): Promise<void> {
  for (const { name, reactions } of deps.modules) {
    const react = reactions?.[row.type];
    if (react) await reactOnce(deps, { consumer: name, react, event: eventOf(row) });
  }
}

type Reacting = { consumer: string; react: NonNullable<Module['reactions']>[string]; event: Event };

/** React in an own transaction, unless the inbox says that this module already has. */
async function reactOnce({ db }: RelayDeps, { consumer, react, event }: Reacting): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await actAs(tx, `event:${event.type}`);
    const { numAffectedRows } = await sql`insert into kernel.inbox (consumer, event_id)
      values (${consumer}, ${event.id}) on conflict do nothing`.execute(tx);
    if (numAffectedRows === 1n) await react(tx, event);
  });
}

// The database's clock wrote the row and judges when it is due: ours may be a moment behind it.
async function putOff(tx: AnyTx, row: Row, why: string): Promise<void> {
  await sql`update kernel.outbox set attempts = attempts + 1, last_error = ${why.slice(0, 500)},
    retry_at = clock_timestamp() + make_interval(secs => ${backOffSeconds(row.attempts)}) where id = ${row.id}`.execute(
    tx,
  );
}

function bySubject(rows: readonly Row[]): readonly (readonly Row[])[] {
  const lines = new Map<string, Row[]>();
  for (const row of rows) {
    const line = lines.get(row.subject);
    if (line) line.push(row);
    else lines.set(row.subject, [row]);
  }
  return [...lines.values()];
}

const eventOf = (row: Row): Event => ({
  id: row.id,
  type: row.type,
  v: row.v,
  occurredAt: row.occurred_at,
  subject: row.subject,
  version: row.version,
  audience: { areaCodes: row.area_codes, orgIds: row.org_ids },
  data: row.data,
});

const LISTEN_AGAIN_MS = 1_000;

/**
 * Hear of commits at once. When the connection breaks, polling carries on and a new one is opened: one at a time, and
 * each is given back exactly once, however it ends. A connection kept by nobody would be missing from the pool for ever.
 */
async function listen({ pool, log }: RelayDeps, wake: () => void): Promise<{ stop: () => void }> {
  let giveBack: () => void = () => undefined;
  let stopped = false;
  const again = (): void => void (stopped || setTimeout(() => void open(), LISTEN_AGAIN_MS).unref());
  const open = async (): Promise<void> => {
    try {
      const client = await pool.connect();
      let isHeld = true;
      const end = (): void => {
        if (!isHeld) return;
        isHeld = false;
        client.release(true);
        again();
      };
      giveBack = end;
      client.on('error', end);
      client.on('notification', wake);
      if (stopped) return end();
      await client.query('listen tian_outbox').catch(end); // it broke while it was being opened: the next one is on its way
    } catch (error) {
      // The database is away: polling looks in the meantime.
      log.warn({ error }, 'cannot listen for events; polling instead');
      again();
    }
  };
  await open();
  return {
    stop: () => {
      stopped = true;
      giveBack();
    },
  };
}
