import type { Result } from '../../kernel/result.ts';
import type { Carrier } from './carrier.ts';
import type { CodeBook } from './codes.ts';
import type { Directory, Known } from './directory.service.ts';
import type { Item, Submission } from './gather.ts';
import { type Readable, readBytes, type SetAside, setAside } from './ingest.ts';
import { bodyOfWire } from './normal.rules.ts';
import { msOf } from './reading.rules.ts';
import type { Source } from './source.store.ts';
import { TELEMETRY_TOPIC, type WireElevatorName, type WireMessage } from './wire.ts';

export type IntakeDeps = {
  directory: Directory;
  carrier: Carrier;
  book: CodeBook;
  now: () => Date;
  placeAt: (atMs: number) => number; // a place in history, later than every one before
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

export type Batch = { unread: Iterable<Unread>; key: Submission['key'] };

/** What came together from one sender, and whom it speaks to. */
type Arrived = Batch & { source: Source; door: Submission['door']; done: Submission['done'] };

export function openIntake(deps: IntakeDeps): Intake {
  const submit = ({ source, door, key, done }: Arrived, items: readonly Item[]): void => {
    if (!deps.takes()) return done('away', items);
    deps.carrier.submit({ source, door, items, key, done, offeredMs: deps.now().getTime(), alone: false });
  };
  /** An elevator known by an old code is looked up once; until then its messages wait in their order. */
  const take = (arrived: Arrived): void => {
    const { items, strange } = itemsOf(deps, arrived);
    if (strange.length === 0) return submit(arrived, items);
    deps.directory.look(strange).then(
      () => submit(arrived, itemsOf(deps, arrived).items),
      () => arrived.done('away', []),
    );
  };
  return {
    takeOne: (source, { topic, payload }, done) => {
      const nowMs = deps.now().getTime();
      const read = topic === TELEMETRY_TOPIC ? readBytes(payload, nowMs) : setAside('wrong_topic', topic);
      take({ source, door: 'mqtt', unread: [{ read, raw: () => payload }], key: null, done });
    },
    takeBatch: (source, { unread, key }, done) => take({ source, door: 'http', unread, key, done }),
  };
}

/** What arrived, as items; and the names among it that must be looked up before this is their answer. */
function itemsOf(deps: IntakeDeps, { unread, source, key }: Arrived) {
  const strange: WireElevatorName[] = [];
  const nowMs = deps.now().getTime(); // they arrived together
  const itemOf = ({ read, raw }: Unread): Item => {
    if (!read.ok) return { setAside: read.refusal, raw };
    const { wire } = read.value;
    if (wire.seq === undefined && key === null) return refused('seq_missing', '/seq', { wire, raw });
    const known = deps.directory.find(wire.elevator);
    if (known === undefined) strange.push(wire.elevator);
    if (!known) return refused('unknown_elevator', '/elevator', { wire, raw });
    if (!deps.directory.maySpeak(source, known)) return refused('foreign_elevator', '/elevator', { wire, raw });
    const pos = deps.placeAt(nowMs);
    return { known, raw, pos, message: messageAt(pos, read.value, { source, known, book: deps.book }) };
  };
  const items: Item[] = [];
  for (const one of unread) items.push(itemOf(one));
  return { items, strange };
}

/** Where a message stands in history decides when it was received. */
export function messageAt(pos: number, { wire, atMs }: Readable, of: { source: Source; known: Known; book: CodeBook }) {
  const { source, known, book } = of;
  return {
    elevatorNo: known.no,
    sourceNo: source.no,
    boot: wire.boot ?? 0,
    seq: wire.seq ?? null,
    deviceMs: atMs,
    receivedMs: msOf(pos),
    body: bodyOfWire(wire, { kind: known.kind, codeSet: source.codeSet, book }),
  };
}

type Given = { wire: WireMessage; raw: () => Buffer };

function refused(reason: SetAside['reason'], detail: string, { wire, raw }: Given): Item {
  const { refusal } = setAside(reason, detail, wire);
  return { setAside: refusal, raw };
}
