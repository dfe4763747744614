import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Db } from './db.ts';
import type { Module } from './module.ts';
import type { Event } from './outbox.ts';

/** An event of the outbox, with those of its subject that are older, failed at least once and still wait. */
export type Row = Omit<Event, 'occurredAt' | 'audience'> & {
  occurred_at: Date;
  area_codes: string[];
  org_ids: string[];
  attempts: number;
  behind: readonly Earlier[];
};

type Earlier = Pick<Row, 'id' | 'type' | 'attempts'>;

/** An event that must be tried again, and why. */
export type Waiting = { row: Row; why: string };

export type HandDeps = { db: Db<unknown>; log: Logger; modules: readonly Module[] };

/**
 * After so many failures an event holds up nothing urgent any more (a few seconds): a button pressed in a stuck car must
 * not wait for a mistake of ours in what came before. All else keeps its order however long it takes.
 */
const URGENT_PATIENCE = 3;

/**
 * Hand one subject's events on, in order. A module that failed to hear one hears none of the subject's later ones until it
 * has: a correction never comes before what it corrects. Other modules go on. Returns what must be tried again.
 */
export async function handOn(deps: HandDeps, line: readonly Row[]): Promise<readonly Waiting[]> {
  const waiting: Waiting[] = [];
  const handed = new Set<string>();
  for (const row of line) {
    const before = [...row.behind.filter((e) => !waiting.some((w) => w.row.id === e.id)), ...waiting.map((w) => w.row)];
    const why = await tellModules(
      deps,
      row,
      before.filter((e) => !handed.has(e.id)),
    );
    if (why === null) handed.add(row.id);
    else waiting.push({ row, why });
  }
  return waiting;
}

/** Every module is told, whatever becomes of the others. Null: all heard it; else why it must be tried again. */
async function tellModules(deps: HandDeps, row: Row, before: readonly Earlier[]): Promise<string | null> {
  const patience = deps.modules.some((m) => m.urgent?.includes(row.type)) ? URGENT_PATIENCE : Number.POSITIVE_INFINITY;
  const holding = before.filter((e) => e.attempts < patience);
  let why: string | null = null;
  for (const module of deps.modules) {
    const react = module.reactions?.[row.type];
    if (!react) continue;
    try {
      if (await isHeldUp(deps, module, holding)) why ??= `${module.name} has not heard an earlier event of its subject`;
      else await reactOnce(deps, { consumer: module.name, react, event: eventOf(row) });
    } catch (error) {
      // One module's failure must not stop the hallway: the event waits and is tried again, and everybody can see it.
      deps.log.error({ error, event: row.id, type: row.type, attempts: row.attempts + 1 }, 'a reaction failed');
      why = error instanceof Error ? error.message : String(error);
    }
  }
  return why;
}

/** Is there one of these that this module reacts to and has not heard yet? */
async function isHeldUp({ db }: HandDeps, module: Module, earlier: readonly Earlier[]): Promise<boolean> {
  const ids = earlier.filter((e) => module.reactions?.[e.type]).map((e) => e.id);
  if (ids.length === 0) return false;
  const { rows } = await sql<{ heard: number }>`select count(*)::int as heard from kernel.inbox
    where consumer = ${module.name} and event_id = any(${ids}::uuid[])`.execute(db);
  return (rows[0]?.heard ?? 0) < ids.length;
}

type Reacting = { consumer: string; react: NonNullable<Module['reactions']>[string]; event: Event };

/** React in an own transaction, unless the inbox says that this module already has. */
async function reactOnce({ db }: HandDeps, { consumer, react, event }: Reacting): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // In one statement: what is written from here on is written by the event.
    const { numAffectedRows } = await sql`insert into kernel.inbox (consumer, event_id)
      select ${consumer}, ${event.id}::uuid from set_config('tian.actor', ${`event:${event.type}`}, true)
      on conflict do nothing`.execute(tx);
    if (numAffectedRows === 1n) await react(tx, event);
  });
}

/** The events of each subject, in their order. */
export function bySubject(rows: readonly Row[]): readonly (readonly Row[])[] {
  const lines = new Map<string, Row[]>();
  for (const row of rows) {
    const line = lines.get(row.subject);
    if (line) line.push(row);
    else lines.set(row.subject, [row]);
  }
  return [...lines.values()];
}

export const eventOf = (row: Row): Event => ({
  id: row.id,
  type: row.type,
  v: row.v,
  occurredAt: row.occurred_at,
  subject: row.subject,
  version: row.version,
  audience: { areaCodes: row.area_codes, orgIds: row.org_ids },
  data: row.data,
});
