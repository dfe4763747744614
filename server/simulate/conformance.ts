import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { type CodeBook, readCode } from '../modules/telemetry/codes.ts';
import { type WireMessage, wireShapes } from '../modules/telemetry/wire.ts';

/** One thing that is wrong, or worth a look, with the line it was seen on; `conformance.*` in words. */
export type Remark = {
  line: number;
  grade: 'error' | 'warning';
  code: string;
  params: Readonly<Record<string, string>>;
};

/** What is remembered of one elevator of the stream. */
type Track = {
  boot: number;
  seq: number;
  seen: Set<number>;
  at: number;
  moving: boolean | null;
  floor: number | null;
  statuses: number;
  open: Map<string, number>; // faults added and not cleared: key → line
  fields: Set<string>;
};

export type Check = {
  line: (text: string, receivedMs?: number) => readonly Remark[];
  end: () => readonly Remark[];
  lines: () => number;
  elevators: () => number;
};

export type CheckOptions = { book: CodeBook; codeSet: string };

const MEMORY = 1_024;
const FUTURE_MS = 5_000;
const FLOORS_A_SECOND = 8; // faster than any car

/** Check a sender's stream, line by line, against the wire contract. Pure but for what it remembers. */
export function newCheck({ book, codeSet }: CheckOptions): Check {
  const tracks = new Map<string, Track>();
  let lines = 0;
  const line = (text: string, receivedMs?: number): readonly Remark[] => {
    lines += 1;
    if (text.trim() === '') return [];
    const remark: Say = (grade, code, params = {}) => ({ line: lines, grade, code: `conformance.${code}`, params });
    const read = readLine(text, remark);
    if ('remarks' in read) return read.remarks;
    const { message } = read;
    const { type, value } = message.elevator;
    const track = tracks.get(`${type} ${value}`) ?? newTrack();
    tracks.set(`${type} ${value}`, track);
    const found = [
      ...order(track, message, remark),
      ...clock(message, remark, receivedMs),
      ...(isNewest(track, message) ? content(track, message, remark) : []),
      ...notices(track, message, { remark, lines, meaning: (raw) => readCode(book, codeSet, raw) }),
    ];
    track.at = Math.max(track.at, Date.parse(message.at));
    return found;
  };
  return {
    line,
    end: () => [...tracks].flatMap(([name, track]) => leftOver(name, track)),
    lines: () => lines,
    elevators: () => tracks.size,
  };
}

type Say = (grade: Remark['grade'], code: string, params?: Record<string, string>) => Remark;

const newTrack = (): Track => ({
  boot: -1,
  seq: -1,
  seen: new Set(),
  at: 0,
  moving: null,
  floor: null,
  statuses: 0,
  open: new Map(),
  fields: new Set(),
});

const typed = Type.Object({ type: Type.String() });

function readLine(text: string, say: Say): { message: WireMessage } | { remarks: readonly Remark[] } {
  const json = parse(text);
  if (json === undefined) return { remarks: [say('error', 'not_json', { text: text.slice(0, 60) })] };
  if (!Value.Check(typed, json)) return { remarks: [say('error', 'no_type')] };
  const shape = shapeOf(json);
  if (!shape) return { remarks: [say('error', 'unknown_type', { type: json.type.slice(0, 40) })] };
  const faults = [...Value.Errors(shape, json)].slice(0, 5);
  if (faults.length > 0) {
    return {
      remarks: faults.map(({ path, value, message }) =>
        say('error', 'field', {
          field: path.slice(1) || '.',
          value: JSON.stringify(value)?.slice(0, 60) ?? '–',
          message,
        }),
      ),
    };
  }
  if (!Number.isFinite(Date.parse(String((json as { at?: unknown }).at))))
    return { remarks: [say('error', 'bad_instant')] };
  return { message: json as WireMessage };
}

const shapeOf = ({ type }: Static<typeof typed>): TSchema | undefined =>
  Object.entries(wireShapes).find(([name]) => name === type)?.[1];

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // reported by the caller
  }
}

/** Numbers: rising per elevator, each once, without holes; instants that go with them. */
function order(track: Track, { seq, boot = 0, at }: WireMessage, say: Say): Remark[] {
  if (seq === undefined) return [say('warning', 'no_seq')];
  if (boot > track.boot) {
    const first = track.boot === -1;
    Object.assign(track, { boot, seq, seen: new Set([seq]) });
    return first ? [] : [say('warning', 'restarted', { boot: String(boot) })];
  }
  if (boot < track.boot) return [say('error', 'old_boot', { boot: String(boot), newest: String(track.boot) })];
  if (track.seen.has(seq)) return [say('warning', 'repeated', { seq: String(seq) })];
  if (track.seq - seq >= MEMORY) return [say('error', 'too_old', { seq: String(seq), newest: String(track.seq) })];
  track.seen.add(seq);
  if (seq < track.seq) return [say('warning', 'out_of_order', { seq: String(seq), newest: String(track.seq) })];
  const missing = seq - track.seq - 1;
  track.seq = seq;
  track.seen.delete(seq - MEMORY);
  return [
    ...(missing > 0 ? [say('warning', 'gap', { from: String(seq - missing), to: String(seq - 1) })] : []),
    ...(Date.parse(at) < track.at - 1_000 ? [say('warning', 'clock_back', { at })] : []),
  ];
}

function clock({ at }: WireMessage, say: Say, receivedMs?: number): Remark[] {
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(at);
  const found = zoned ? [] : [say('error', 'no_zone', { at })];
  if (receivedMs === undefined) return found;
  const aheadMs = Date.parse(at) - receivedMs;
  if (aheadMs > FUTURE_MS) found.push(say('warning', 'ahead', { seconds: (aheadMs / 1000).toFixed(0) }));
  if (aheadMs < -60_000) found.push(say('warning', 'behind', { seconds: (-aheadMs / 1000).toFixed(0) }));
  return found;
}

/** What was overtaken says nothing of what followed it. */
const isNewest = ({ seq }: Track, message: WireMessage): boolean => message.seq === undefined || message.seq === seq;

/** What a status says must be possible after what was said before. */
function content(track: Track, message: WireMessage, say: Say): Remark[] {
  if (message.type !== 'status') return [];
  track.statuses += 1;
  for (const field of Object.keys(message)) track.fields.add(field);
  const found: Remark[] = [];
  const moving = message.carStatus === undefined ? track.moving : message.carStatus === 1;
  const seconds = Math.max(1, (Date.parse(message.at) - track.at) / 1000);
  if (message.carPosition !== undefined && track.floor !== null) {
    const floors = Math.abs(message.carPosition - track.floor);
    if (floors > FLOORS_A_SECOND * seconds)
      found.push(say('error', 'jumped', { floors: String(floors), seconds: seconds.toFixed(0) }));
    else if (floors > 0 && track.moving === false && moving === false)
      found.push(say('warning', 'moved_unsaid', { from: String(track.floor), to: String(message.carPosition) }));
  }
  if (message.carStatus === 0 && message.carDirection !== undefined && message.carDirection !== 0)
    found.push(say('warning', 'direction_at_rest'));
  if (message.carStatus === 0 && Math.abs(message.carSpeedMPerS ?? 0) > 0.05) found.push(say('error', 'speed_at_rest'));
  if (isTrue(message.doorStatus) && message.doorPhase === 4) found.push(say('error', 'door_contradicts'));
  track.moving = moving;
  track.floor = message.carPosition ?? track.floor;
  return found;
}

const isTrue = (flag: boolean | 0 | 1 | undefined): boolean => flag === true || flag === 1;

type Notices = { remark: Say; lines: number; meaning: (raw: string) => string };

/** Codes must be known; what is added must be cleared under the same id, and only that. */
function notices({ open }: Track, message: WireMessage, { remark: say, lines, meaning }: Notices): Remark[] {
  if (!('messageCode' in message)) return [];
  const { messageCode, messageId, phase = 'add' } = message;
  const means = meaning(messageCode);
  const found = means === 'unmapped' ? [say('warning', 'unknown_code', { code: messageCode })] : [];
  if (means === 'no_fault' || message.type === 'event') return found;
  const key = messageId ?? `code ${messageCode}`;
  if (phase === 'add') {
    if (open.has(key)) found.push(say('warning', 'added_twice', { id: key }));
    if (messageId === undefined) found.push(say('warning', 'no_message_id', { code: messageCode }));
    open.set(key, lines);
  } else if (!open.delete(key)) found.push(say('warning', 'cleared_unknown', { id: key }));
  return found;
}

const NEEDED = ['serviceMode', 'carStatus', 'doorZone', 'carPosition', 'doorStatus', 'passengerStatus'] as const;

/** What only the end shows: faults never cleared, fields of the standard never said. */
function leftOver(name: string, { open, fields, statuses }: Track): Remark[] {
  const say = (line: number, code: string, params: Record<string, string>): Remark => ({
    line,
    grade: 'warning',
    code: `conformance.${code}`,
    params: { elevator: name, ...params },
  });
  const never = fields.has('operationStatus') ? [] : NEEDED.filter((field) => !fields.has(field));
  return [
    ...[...open].map(([id, line]) => say(line, 'never_cleared', { id })),
    ...(statuses === 0 ? [say(0, 'no_status', {})] : never.map((field) => say(0, 'never_said', { field }))),
  ];
}
