import type { SetAside } from './ingest.ts';
import { SLOTS, slotOf } from './slot.rules.ts';

/** One message on its way from a door to a store: as it came, and what the door decided. */
export type Sent = { raw: Uint8Array } & ({ no: number; pos: number } | { aside: SetAside });

/** Messages of one sender and one slot that came together. */
export type Part = {
  sourceNo: number;
  door: 'mqtt' | 'http';
  key: string | null; // of a part that may come again without numbers
  sent: readonly Sent[];
};

const HEAD_BYTES = 4;

/** What travels: the length of a head, the head as JSON, then every message's bytes. */
export function packParcel(parts: readonly Part[]): Uint8Array {
  const raws: Uint8Array[] = [];
  const head = parts.map(({ sent, ...part }) => ({
    ...part,
    sent: sent.map(({ raw, ...one }) => {
      raws.push(raw);
      return { ...one, bytes: raw.length };
    }),
  }));
  const headBytes = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(HEAD_BYTES);
  length.writeUInt32BE(headBytes.length);
  return Buffer.concat([length, headBytes, ...raws]);
}

type Counted = Sent extends infer One ? (One extends Sent ? Omit<One, 'raw'> & { bytes: number } : never) : never;
type Head = readonly (Omit<Part, 'sent'> & { sent: readonly Counted[] })[];

/** A head as `packParcel` writes it; null for any other text. */
function readHead(text: string): Head | null {
  try {
    const head: unknown = JSON.parse(text);
    const isHead = Array.isArray(head) && head.length > 0 && head.every(isPart);
    return isHead ? (head as Head) : null; // the shapes inside are `packParcel`'s own
  } catch {
    return null; // not JSON
  }
}

const isPart = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && 'sent' in part && Array.isArray(part.sent) && part.sent.every(isCounted);

const isCounted = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && 'bytes' in one && Number.isInteger(one.bytes) && Number(one.bytes) >= 0;

/** The parts of a parcel; null when these bytes are none. */
export function unpackParcel(bytes: Uint8Array): readonly Part[] | null {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < HEAD_BYTES) return null;
  let at = HEAD_BYTES + all.readUInt32BE(0);
  const head = readHead(all.toString('utf8', HEAD_BYTES, at));
  if (!head) return null;
  const parts = head.map(({ sent, ...part }) => ({
    ...part,
    sent: sent.map(({ bytes: length, ...one }) => {
      const raw = all.subarray(at, at + length);
      at += length;
      return { ...one, raw };
    }),
  }));
  return at === all.length ? parts : null;
}

/** A parcel stays well below the megabyte that NATS takes at once. */
export const MOST_PARCEL_BYTES = 400_000;
const MOST_IN_A_PART = 1_000;
const HEAD_OF_ONE_BYTES = 500;

/** About what a message takes in a parcel. */
export const bytesOf = ({ raw }: Sent): number => raw.length + HEAD_OF_ONE_BYTES;

export type Slotted = { slot: number; chunk: number; sent: Sent[] };

/**
 * Share the messages of a batch out by slot, in order, and cut what is too long for one parcel. The cuts follow from
 * the batch alone: when it comes again, it falls into the same pieces.
 */
export function shareOut(sent: readonly Sent[], sourceNo: number): readonly Slotted[] {
  const longest = sent.reduce((most, one) => Math.max(most, bytesOf(one)), 1);
  const chunkSize = Math.max(1, Math.min(MOST_IN_A_PART, Math.floor(MOST_PARCEL_BYTES / longest)));
  const pieces = new Map<string, Slotted>();
  for (const [i, one] of sent.entries()) {
    const slot = 'no' in one ? slotOf(one.no) : sourceNo % SLOTS;
    const chunk = Math.floor(i / chunkSize);
    const piece = pieces.get(`${chunk} ${slot}`);
    if (piece) piece.sent.push(one);
    else pieces.set(`${chunk} ${slot}`, { slot, chunk, sent: [one] });
  }
  return [...pieces.values()];
}
