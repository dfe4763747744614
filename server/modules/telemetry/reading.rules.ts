import {
  type Body,
  DIRECTIONS,
  type Message,
  type Notice,
  SERVICE_MODES,
  type Statistics,
  type Status,
} from './message.ts';

/** One message as a row of history. `pos` orders all rows and is the time of receipt: see `posAt`. */
export type Reading = {
  pos: number;
  atMs: number; // the sender's clock
  seq: number | null; // null: it came in a batch without numbers
  elevatorNo: number;
  sourceNo: number;
  boot: number;
  flags: number;
  kind: number; // index into KINDS
  floor: number | null;
  speedMmPerS: number | null;
  loadPermille: number | null;
  carDc: number | null; // tenths of a degree Celsius
  roomDc: number | null;
  extra: string | null; // JSON: counters of statistics, codes of a notice
};

export const KINDS = ['status', 'statistics', 'notice', 'heartbeat'] as const;

/** Places in history: 1,024 to a millisecond. */
const PLACES_PER_MS = 1_024;
/** The first place of an instant. */
export const posAt = (ms: number): number => ms * PLACES_PER_MS;
/** The instant of receipt that a place stands for, in milliseconds. */
export const msOf = (pos: number): number => Math.floor(pos / PLACES_PER_MS);

/** Yes/no values: two bits each, "was said" and "what". */
const SWITCH_BIT = {
  moving: 0,
  inDoorZone: 2,
  doorClosed: 4,
  doorOpen: 6,
  occupied: 8,
  mainsPower: 10,
  safetyCircuitClosed: 12,
} as const;
type Switch = keyof typeof SWITCH_BIT;
const SWITCHES = Object.entries(SWITCH_BIT) as readonly (readonly [Switch, number])[];
const DIRECTION_BIT = 14; // two bits: 0 not said, else index + 1
const MODE_BIT = 16; // four bits: 0 not said, else index + 1

export function readingOf(message: Message, pos: number): Reading {
  const { body } = message;
  const status = body.kind === 'status' ? body : undefined;
  return {
    pos,
    atMs: message.deviceMs,
    seq: message.seq,
    elevatorNo: message.elevatorNo,
    sourceNo: message.sourceNo,
    boot: message.boot,
    flags: status ? flagsOf(status) : 0,
    kind: KINDS.indexOf(body.kind),
    floor: status?.floor ?? null,
    speedMmPerS: status?.speedMmPerS ?? null,
    loadPermille: tenths(status?.loadPercent),
    carDc: tenths(status?.carCelsius),
    roomDc: tenths(status?.machineRoomCelsius),
    extra: extraOf(body),
  };
}

/** The message that a row was made from. Numbers carry the precision of the row; the doors round to it before. */
export function messageOf(row: Reading): Message {
  const { elevatorNo, sourceNo, boot, seq } = row;
  return {
    elevatorNo,
    sourceNo,
    boot,
    seq,
    deviceMs: row.atMs,
    receivedMs: msOf(row.pos),
    body: bodyOf(row),
  };
}

const said = (value: boolean | undefined): number => (value === undefined ? 0 : value ? 3 : 1);

function flagsOf(status: Status): number {
  let flags =
    (said(status.moving) << SWITCH_BIT.moving) |
    (said(status.inDoorZone) << SWITCH_BIT.inDoorZone) |
    (said(status.doorClosed) << SWITCH_BIT.doorClosed) |
    (said(status.doorOpen) << SWITCH_BIT.doorOpen) |
    (said(status.occupied) << SWITCH_BIT.occupied) |
    (said(status.mainsPower) << SWITCH_BIT.mainsPower) |
    (said(status.safetyCircuitClosed) << SWITCH_BIT.safetyCircuitClosed);
  if (status.direction) flags |= (DIRECTIONS.indexOf(status.direction) + 1) << DIRECTION_BIT;
  if (status.serviceMode) flags |= (SERVICE_MODES.indexOf(status.serviceMode) + 1) << MODE_BIT;
  return flags;
}

export function statusOf(row: Reading): Status {
  const status: Status = { kind: 'status', ...switchesOf(row.flags) };
  const direction = DIRECTIONS[((row.flags >> DIRECTION_BIT) & 3) - 1];
  if (direction) status.direction = direction;
  const mode = SERVICE_MODES[((row.flags >> MODE_BIT) & 15) - 1];
  if (mode) status.serviceMode = mode;
  if (row.floor !== null) status.floor = row.floor;
  if (row.speedMmPerS !== null) status.speedMmPerS = row.speedMmPerS;
  if (row.loadPermille !== null) status.loadPercent = row.loadPermille / 10;
  if (row.carDc !== null) status.carCelsius = row.carDc / 10;
  if (row.roomDc !== null) status.machineRoomCelsius = row.roomDc / 10;
  return status;
}

type Switches = Partial<Record<Switch, boolean>>;

const switchesOf = (flags: number): Switches =>
  Object.fromEntries(
    SWITCHES.filter(([, bit]) => (flags >> bit) & 1).map(([name, bit]) => [name, ((flags >> bit) & 2) !== 0]),
  );

function bodyOf(row: Reading): Body {
  const kind = KINDS[row.kind] ?? 'status';
  switch (kind) {
    case 'statistics':
      return { kind: 'statistics', ...(JSON.parse(row.extra ?? '{}') as Omit<Statistics, 'kind'>) };
    case 'notice':
      return { kind: 'notice', ...(JSON.parse(row.extra ?? '{}') as Omit<Notice, 'kind'>) };
    case 'heartbeat':
      return { kind: 'heartbeat' };
    case 'status':
      return statusOf(row);
  }
}

function extraOf(body: Body): string | null {
  if (body.kind === 'status' || body.kind === 'heartbeat') return null;
  const { kind: _kind, ...rest } = body;
  return JSON.stringify(rest);
}

const tenths = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value * 10));
