import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { Carried, Lines } from '../../kernel/jetstream.ts';
import { invariant } from '../../kernel/result.ts';
import { findBatch } from './batch.store.ts';
import type { Callers } from './callers.service.ts';
import { type Carrier, MOST_WAITING } from './carrier.ts';
import type { CodeBook } from './codes.ts';
import type { Directory, Known } from './directory.service.ts';
import type { Item, Submission } from './gather.ts';
import { readBytes, setAside } from './ingest.ts';
import { messageAt } from './intake.ts';
import { type Part, type Sent, unpackParcel } from './parcel.rules.ts';
import { msOf } from './reading.rules.ts';
import type { Source } from './source.store.ts';
import type { TelemetryTables } from './tables.ts';

export type ReceiverDeps = {
  lines: Lines;
  db: Db<TelemetryTables>;
  journal: Carrier;
  directory: Directory;
  callers: Callers;
  book: CodeBook;
  placeAt: (receivedMs: number) => number;
  takes: () => boolean; // false: the disk is nearly full
  log: Logger;
};

/** Half of what the journal takes: the rest is for what is unpacked already. */
const ROOM = MOST_WAITING / 2;
const LOOK_AGAIN_MS = 20;
/** A unit that the doors know and we do not: the registry is read again, at most this often. */
const REFRESH_MS = 5_000;

/**
 * The carrier's end at a store: parcels of its slots, in order, through the same journal as in a single process. A
 * parcel leaves the stream after the commit that holds it; what comes again is known by its numbers or its key.
 */
export function openReceiver(deps: ReceiverDeps, slots: readonly number[]): { stop: () => Promise<void> } {
  const refresh = openRefresher(deps);
  const stops = slots.map((slot) => deps.lines.read(slot, (parcel) => take({ ...deps, refresh }, parcel)));
  return { stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}

type Taking = ReceiverDeps & { refresh: () => Promise<void> };

async function take(deps: Taking, parcel: Carried): Promise<void> {
  while (deps.journal.waiting() > ROOM || !deps.takes()) await pause(LOOK_AGAIN_MS);
  const parts = unpackParcel(parcel.bytes);
  if (!parts) return deps.log.error('a parcel of the stream is unreadable; it stays there');
  const open = await Promise.all(parts.map(async (part) => ((await isRepeat(deps, part)) ? [] : [part])));
  let left = 1;
  const settleOne = (): void => {
    left -= 1;
    if (left === 0) parcel.settled();
  };
  for (const part of open.flat()) {
    left += 1;
    deps.journal.submit(await submissionOf(deps, part, settleOne));
  }
  settleOne();
}

/** A part without numbers is stored once, by its key. */
async function isRepeat({ db }: Taking, { sourceNo, key }: Part): Promise<boolean> {
  return key !== null && (await findBatch(db, sourceNo, key)) !== undefined;
}

/** The body is named by the key already: see `sender.ts`. */
const NO_BODY = Buffer.alloc(0);

async function submissionOf(deps: Taking, part: Part, stored: () => void): Promise<Submission> {
  const source = await sourceOf(deps, part.sourceNo);
  const items: Item[] = [];
  for (const sent of part.sent) items.push(await itemOf(deps, source, sent));
  return {
    source,
    door: part.door,
    items,
    key: part.key === null ? null : { text: part.key, bodySha256: NO_BODY },
    offeredMs: Number.POSITIVE_INFINITY, // nobody waits at a door: what the database does not take now it takes later
    alone: false,
    done: (outcomes) => {
      if (outcomes !== 'away') return stored();
      deps.log.error(
        { source: source.id, key: part.key },
        'a part of a parcel could not be stored; it stays in the stream',
      );
    },
  };
}

async function itemOf(deps: Taking, source: Source, sent: Sent): Promise<Item> {
  const raw = (): Buffer => Buffer.from(sent.raw);
  if ('aside' in sent) return { setAside: sent.aside, raw };
  const known = await knownOf(deps, sent.no);
  const read = readBytes(Buffer.from(sent.raw), msOf(sent.pos));
  if (!known) return { setAside: setAside('unknown_elevator', '/elevator').refusal, raw };
  if (!read.ok) return { setAside: read.refusal, raw };
  const pos = deps.placeAt(msOf(sent.pos));
  return { known, raw, pos, message: messageAt(pos, read.value, { source, known, book: deps.book }) };
}

async function knownOf({ directory, refresh }: Taking, no: number): Promise<Known | undefined> {
  const known = directory.byNo(no);
  if (known) return known;
  await refresh();
  return directory.byNo(no);
}

async function sourceOf({ callers }: Taking, no: number): Promise<Source> {
  const known = callers.sourceByNo(no);
  if (known) return known;
  await callers.refresh();
  const source = callers.sourceByNo(no);
  invariant(source !== undefined, 'a sender that reached a door is in the database');
  return source;
}

function openRefresher({ directory }: ReceiverDeps): () => Promise<void> {
  let lastMs = Number.NEGATIVE_INFINITY;
  let last = Promise.resolve();
  return () => {
    if (performance.now() - lastMs >= REFRESH_MS) {
      lastMs = performance.now();
      last = directory.refresh();
    }
    return last; // whoever asks while it is being read waits for the same reading
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
