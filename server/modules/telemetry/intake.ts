import type { Result } from '../../kernel/result.ts';
import type { Carrier } from './carrier.ts';
import type { CodeBook } from './codes.ts';
import type { Directory, Known } from './directory.service.ts';
import type { Item, Submission } from './gather.ts';
import { type Readable, readBytes, type SetAside, setAside } from './ingest.ts';
import { bodyOfWire } from './normal.rules.ts';
import { msOf } from './reading.rules.ts';
import type { Source } from './source.store.ts';
import { TELEMETRY_TOPIC, type WireMessage } from './wire.ts';

export type IntakeDeps = {
  directory: Directory;
  carrier: Carrier;
  book: CodeBook;
  now: () => Date;
  nextPos: () => number; // a place in history, later than every one before
  takes: () => boolean; // false: the disk is nearly full, nothing may be acknowledged
};

/** One unread message: what it parsed to, and its bytes for the quarantine. */
export type Unread = { read: Result<Readable, SetAside>; raw: () => Buffer };

/** Where both doors bring their messages. */
export type Intake = {
  /** One message of the MQTT door. */
  takeOne: (source: Source, message: { topic: string; payload: Buffer }, done: Submission['done']) => void;
  /** Many messages that are acknowledged together; without numbers if the batch has a key. */
  takeBatch: (source: Source, batch: Batch, done: Submission['done']) => void;
};

export type Batch = { unread: readonly Unread[]; key: Submission['key'] };

type Reading = Pick<IntakeDeps, 'directory' | 'book'> & { nextPos: () => number };

export function openIntake(deps: IntakeDeps): Intake {
  const { directory, book } = deps;
  const submit = (submission: Omit<Submission, 'offeredMs' | 'alone'>): void => {
    if (!deps.takes()) return submission.done('away', submission.items);
    deps.carrier.submit({ ...submission, offeredMs: deps.now().getTime(), alone: false });
  };
  /** An elevator known by an old code is looked up once; until then its messages wait in their order. */
  const whenKnown = (unread: readonly Unread[], go: () => void, fail: () => void): void => {
    const names = unread.flatMap(({ read }) =>
      read.ok && directory.find(read.value.wire.elevator) === undefined ? [read.value.wire.elevator] : [],
    );
    if (names.length === 0) go();
    else directory.look(names).then(go, fail);
  };
  const reading = { directory, book, nextPos: deps.nextPos };
  return {
    takeOne: (source, { topic, payload }, done) => {
      const nowMs = deps.now().getTime();
      const read = topic === TELEMETRY_TOPIC ? readBytes(payload, nowMs) : setAside('wrong_topic', topic);
      const unread: Unread = { read, raw: () => payload };
      whenKnown(
        [unread],
        () =>
          submit({
            source,
            door: 'mqtt',
            items: [itemOf(reading, source, { ...unread, keyed: false })],
            key: null,
            done,
          }),
        () => done('away', []),
      );
    },
    takeBatch: (source, { unread, key }, done) =>
      whenKnown(
        unread,
        () => {
          const items = unread.map(({ read, raw }) => itemOf(reading, source, { read, raw, keyed: key !== null }));
          submit({ source, door: 'http', items, key, done });
        },
        () => done('away', []),
      ),
  };
}

/** A message that may be kept, or the reason why it may not. */
function itemOf(reading: Reading, source: Source, { read, raw, keyed }: Unread & { keyed: boolean }): Item {
  if (!read.ok) return { setAside: read.refusal, raw };
  const { wire } = read.value;
  if (wire.seq === undefined && !keyed) return refused('seq_missing', '/seq', { wire, raw });
  const known = reading.directory.find(wire.elevator) ?? null;
  if (!known) return refused('unknown_elevator', '/elevator', { wire, raw });
  if (!reading.directory.maySpeak(source, known)) return refused('foreign_elevator', '/elevator', { wire, raw });
  const pos = reading.nextPos();
  return { known, raw, pos, message: messageAt(pos, read.value, { source, known, book: reading.book }) };
}

/** Where a message stands in history decides when it was received. */
export function messageAt(pos: number, { wire, atMs }: Readable, of: { source: Source; known: Known; book: CodeBook }) {
  const { source, known, book } = of;
  return {
    elevatorNo: known.no,
    sourceNo: source.no,
    boot: wire.boot ?? 0,
    seq: wire.seq ?? null,
    deviceAt: new Date(atMs),
    receivedAt: new Date(msOf(pos)),
    body: bodyOfWire(wire, { kind: known.kind, codeSet: source.codeSet, book }),
  };
}

type Given = { wire: WireMessage; raw: () => Buffer };

function refused(reason: SetAside['reason'], detail: string, { wire, raw }: Given): Item {
  const { refusal } = setAside(reason, detail, wire);
  return { setAside: refusal, raw };
}
