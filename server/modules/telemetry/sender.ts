import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { Lines } from '../../kernel/jetstream.ts';
import { type Carrier, hasNoRoom } from './carrier.ts';
import { insertBatch } from './commit.store.ts';
import type { Item, Outcome, Submission } from './gather.ts';
import { MOST_MESSAGE_BYTES, setAside } from './ingest.ts';
import { bytesOf, MOST_PARCEL_BYTES, type Part, packParcel, type Sent, shareOut } from './parcel.rules.ts';
import type { TelemetryTables } from './tables.ts';
import { answerOf } from './verdict.ts';

export type SenderDeps = { lines: Lines; db: Db<TelemetryTables>; now: () => Date; log: Logger };

/**
 * The carrier's end at a door: messages go into the stream, by slot, and count as stored once it has them. Whether one
 * is a repeat is found by the store, so a batch is answered without that.
 */
export function openSender({ lines, db, now, log }: SenderDeps): Carrier {
  const packer = openPacker(lines.put);
  const underWay = new Set<Promise<void>>();
  let waiting = 0;
  let failingSinceMs: number | null = null;
  let stopping = false;
  const carry = async (submission: Submission): Promise<void> => {
    const items = submission.items.map(withinLimit);
    const outcomes = items.map((item): Outcome => ('setAside' in item ? item.setAside.reason : 'stored'));
    const durable = await bring({ packer, db }, { ...submission, items }, outcomes).then(
      (kept) => ({ kept }),
      (error: unknown) => ({ kept: false, error }),
    );
    waiting -= items.length;
    if ('error' in durable) log.warn({ error: durable.error }, 'messages could not be handed to the stream');
    failingSinceMs = 'error' in durable ? (failingSinceMs ?? now().getTime()) : null;
    submission.done(durable.kept ? outcomes : 'away', items);
  };
  return {
    submit: (submission) => {
      const { items } = submission;
      if (stopping || hasNoRoom(waiting, submission)) return submission.done('away', items);
      waiting += items.length;
      const carrying = carry(submission).finally(() => underWay.delete(carrying));
      underWay.add(carrying);
    },
    waiting: () => waiting,
    failingSinceMs: () => failingSinceMs,
    stop: async () => {
      stopping = true;
      await Promise.all(underWay);
    },
  };
}

type Bringing = { packer: Packer; db: Db<TelemetryTables> };

/** Into the stream; then, for a batch with a key, its answer. False when the key was taken meanwhile. */
async function bring(
  { packer, db }: Bringing,
  { source, door, key, items }: Submission,
  outcomes: readonly Outcome[],
): Promise<boolean> {
  const pieces = shareOut(items.map(sentOf), source.no);
  // The body is part of the name: another body under a key that was never acknowledged is another batch.
  const named = key && `${key.text} ${createHash('sha256').update(key.bodySha256).digest('hex').slice(0, 16)}`;
  await Promise.all(
    pieces.map(({ slot, chunk, sent }) =>
      packer(slot, { sourceNo: source.no, door, key: named && `${named} ${slot}.${chunk}`, sent }),
    ),
  );
  if (!key) return true;
  const answer = answerOf(items, outcomes);
  const { text, bodySha256 } = key;
  return db.transaction().execute((tx) => insertBatch(tx, { sourceNo: source.no, key: text, bodySha256, answer }));
}

const sentOf = (item: Item): Sent =>
  'setAside' in item
    ? { aside: item.setAside, raw: item.raw().subarray(0, MOST_MESSAGE_BYTES) }
    : { no: item.known.no, pos: item.pos, raw: item.raw() };

/** Only here a message of an array is written out: one that hides its length in fields we do not read shows it now. */
function withinLimit(item: Item): Item {
  if ('setAside' in item) return item;
  const raw = item.raw();
  if (raw.length <= MOST_MESSAGE_BYTES) return { ...item, raw: () => raw };
  const { refusal } = setAside('too_large', `${raw.length} > ${MOST_MESSAGE_BYTES}`);
  return { setAside: { ...refusal, elevator: `id ${item.known.id}` }, raw: () => raw };
}

type Packer = (slot: number, part: Part) => Promise<void>;

/** How long the first message of a parcel waits for company: a stream that reaches the disk each time likes few and large. */
const PACK_MS = 4;

/** Put parts for one slot that come within a moment into one parcel. Parcels of a slot leave in their order. */
function openPacker(put: Lines['put']): Packer {
  const open = new Map<number, { parts: Part[]; bytes: number; sent: Promise<void>; close: () => void }>();
  const begin = (slot: number) => {
    const parts: Part[] = [];
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
      setTimeout(resolve, PACK_MS);
    });
    const sent = closed.then(() => {
      if (open.get(slot)?.parts === parts) open.delete(slot);
      return put(slot, packParcel(parts));
    });
    const parcel = { parts, bytes: 0, sent, close };
    open.set(slot, parcel);
    return parcel;
  };
  return (slot, part) => {
    const bytes = part.sent.reduce((sum, one) => sum + bytesOf(one), 0);
    const before = open.get(slot);
    const parcel = before && before.bytes + bytes <= MOST_PARCEL_BYTES ? before : begin(slot);
    if (before && parcel !== before) before.close();
    parcel.parts.push(part);
    parcel.bytes += bytes;
    return parcel.sent;
  };
}
