import type { FindingId } from '../../kernel/ids.ts';
import { copyClock, NEW_CLOCK, type SenderClock } from './clock.rules.ts';
import type { Closing, Evidence, FindingKind, Slot } from './finding.rules.ts';
import type { Direction, Message, NoticeCode, ServiceMode } from './message.ts';
import type { Thresholds } from './pack.ts';

/** What detection must know of an elevator beside its messages. */
export type ElevatorFacts = {
  elevatorNo: number;
  kind: 'lift' | 'escalator'; // moving walks count as escalators
  ratedSpeedMmPerS: number | null; // null: unknown, overspeed is not judged
  bottomFloor: number | null; // physical floor numbers, as in messages; null: overrun is not judged
  topFloor: number | null;
  inMaintenance: boolean; // a visit is in progress
};

export type Context = {
  facts: ElevatorFacts;
  thresholds: Thresholds;
  listeningSince: number; // ms: when our doors opened; silence before that is not the elevator's
};

export type Input = { kind: 'message'; message: Message } | { kind: 'tick'; at: Date };

/** The message that began something: with elevator and kind it makes the finding's id. */
export type Origin = { source: number; boot: number; mark: number }; // mark: seq, or the sender's instant without one

/** A condition that holds and may become a finding. */
export type Hold = Origin & {
  slot: Slot;
  since: number;
  heardAt: number; // when its first message reached us: a sender far behind is timed by our clock
  seen: number; // status messages in a row that showed it
  goneAt: number; // since when it no longer holds; 0: it does. Short breaks are sensors, not facts
};

/** A sender's fault or alarm that was added and not cleared. */
export type ActiveNotice = Origin & {
  slot: Slot;
  key: string; // ties clear to add
  code: NoticeCode;
  at: number;
  againstAt: number; // since when the status shows the opposite; 0: it does not
};

export type OpenFinding = {
  slot: Slot;
  id: FindingId;
  kind: FindingKind;
  beganAt: number;
  openedAt: number;
  confidence: number;
  evidence: readonly Evidence[];
};

/** Remembered for a while, so that a late repeat of an old alarm does not open it again. */
export type Over = { what: string; at: number }; // a slot or a notice's key

/**
 * What detection remembers of one elevator: plain data, a few hundred bytes. Instants are ms since 1970 on the
 * sender's corrected clock, but `heardAt` on ours. `null` is "never said".
 */
export type DetectorState = {
  source: number; // of the newest message; 0: none yet
  boot: number;
  seq: number | null;
  at: number;
  statusMark: number; // the newest status by seq, or by instant where the sender does not count
  heardAt: number;
  clock: SenderClock;
  mode: ServiceMode | null;
  moving: boolean | null;
  direction: Direction | null;
  inZone: boolean | null;
  floor: number | null;
  closed: boolean | null;
  mains: boolean | null;
  circuit: boolean | null;
  speedMmPerS: number | null;
  roomCelsius: number | null;
  sensed: boolean | null; // the person sensor's last word
  people: boolean | null; // what we believe: nobody appears or vanishes in a closed car
  notClosedAt: number; // since when the door is not closed
  settleAt: number; // until then the sensor is believed though the door is closed
  hits: number; // sightings in a closed car believed empty
  hitsAt: number;
  openings: number; // door openings without a run between
  openingsAt: number;
  leftOpen: boolean; // the door has not been closed since the car last stood level
  reversed: boolean; // escalator: changed direction without a stop
  runs: number | null; // last counter
  runsAt: number;
  runsSeen: number; // starts seen in status since then
  counterFault: CounterFault | null;
  holds: readonly Hold[];
  notices: readonly ActiveNotice[];
  open: readonly OpenFinding[];
  over: readonly Over[];
};

export type CounterFault = 'fell' | 'jumped' | 'stuck';

/** A state under construction: steps change it in place. Its lists, and what is in them, are replaced, never changed. */
export type Draft = { -readonly [K in keyof DetectorState]: DetectorState[K] };

const NONE: readonly never[] = [];

/** An elevator of which nothing was heard yet. */
export const NEW_STATE: DetectorState = {
  source: 0,
  boot: 0,
  seq: null,
  at: 0,
  statusMark: -1,
  heardAt: 0,
  clock: NEW_CLOCK,
  mode: null,
  moving: null,
  direction: null,
  inZone: null,
  floor: null,
  closed: null,
  mains: null,
  circuit: null,
  speedMmPerS: null,
  roomCelsius: null,
  sensed: null,
  people: null,
  notClosedAt: 0,
  settleAt: 0,
  hits: 0,
  hitsAt: 0,
  openings: 0,
  openingsAt: 0,
  leftOpen: false,
  reversed: false,
  runs: null,
  runsAt: 0,
  runsSeen: 0,
  counterFault: null,
  holds: NONE,
  notices: NONE,
  open: NONE,
  over: NONE,
};

/** A draft that begins as this state. */
export const draftOf = (state: DetectorState): Draft => ({ ...state, clock: { ...state.clock } });

/**
 * Make a draft begin as this state. Field by field, because this runs once a message: a spread into a new object made a
 * step twice as long, and its garbage cost as much again. A test asks that no field is left out.
 */
export function copyState(into: Draft, from: DetectorState): void {
  into.source = from.source;
  into.boot = from.boot;
  into.seq = from.seq;
  into.at = from.at;
  into.statusMark = from.statusMark;
  into.heardAt = from.heardAt;
  copyClock(into.clock, from.clock);
  into.mode = from.mode;
  into.moving = from.moving;
  into.direction = from.direction;
  into.inZone = from.inZone;
  into.floor = from.floor;
  into.closed = from.closed;
  into.mains = from.mains;
  into.circuit = from.circuit;
  into.speedMmPerS = from.speedMmPerS;
  into.roomCelsius = from.roomCelsius;
  into.sensed = from.sensed;
  into.people = from.people;
  into.notClosedAt = from.notClosedAt;
  into.settleAt = from.settleAt;
  into.hits = from.hits;
  into.hitsAt = from.hitsAt;
  into.openings = from.openings;
  into.openingsAt = from.openingsAt;
  into.leftOpen = from.leftOpen;
  into.reversed = from.reversed;
  into.runs = from.runs;
  into.runsAt = from.runsAt;
  into.runsSeen = from.runsSeen;
  into.counterFault = from.counterFault;
  into.holds = from.holds;
  into.notices = from.notices;
  into.open = from.open;
  into.over = from.over;
}

const FIELDS = Object.entries(NEW_STATE);

/** The state as it is stored: only what differs from a new one, a third of the bytes. */
export function packState(state: DetectorState): Partial<DetectorState> {
  const packed: Record<string, unknown> = {};
  for (const [field, fresh] of FIELDS) {
    const value: unknown = state[field as keyof DetectorState]; // the fields of NEW_STATE are the state's
    if (value !== fresh && !(Array.isArray(value) && value.length === 0)) packed[field] = value;
  }
  return packed;
}

/** The state from what was stored, also by an older program: what it did not know is as in a new one. */
export function unpackState(stored: unknown): Draft {
  return typeof stored === 'object' && stored !== null ? draftOf({ ...NEW_STATE, ...stored }) : draftOf(NEW_STATE);
}

/** The open finding of a slot. */
export const openIn = (state: DetectorState, slot: Slot): OpenFinding | undefined =>
  state.open.length === 0 ? undefined : state.open.find((o) => o.slot === slot);

/** Where a message stands against the newest one heard. */
export type Order = 'next' | 'after_gap' | 'older';

/** By the sender's own count where it counts; by its corrected clock between senders and where it does not. */
export function orderOf(state: DetectorState, { sourceNo, boot, seq }: Message, at: number): Order {
  if (state.source !== sourceNo || state.seq === null || seq === null) return at > state.at ? 'next' : 'older';
  if (boot !== state.boot) return boot > state.boot ? 'after_gap' : 'older';
  if (seq <= state.seq) return 'older';
  return seq === state.seq + 1 ? 'next' : 'after_gap';
}

/** Does a message that was overtaken still bring the newest status? What overtook it were heartbeats or notices. */
export const isNewestStatus = (state: DetectorState, message: Message): boolean =>
  message.body.kind === 'status' &&
  message.sourceNo === state.source &&
  message.boot === state.boot &&
  markOf(message) > state.statusMark;

export const markOf = ({ seq, deviceMs }: Message): number => seq ?? deviceMs;

export const originOf = (message: Message): Origin => ({
  source: message.sourceNo,
  boot: message.boot,
  mark: markOf(message),
});

const SPECIAL_MODES: ReadonlySet<ServiceMode> = new Set(['inspection', 'fire_return', 'firefighter', 'earthquake']);

/** Modes and visits in which movements, stops and doors mean nothing. */
export const isSilent = (state: DetectorState, facts: ElevatorFacts): boolean =>
  facts.inMaintenance || (state.mode !== null && SPECIAL_MODES.has(state.mode));

/** People at work on the elevator: even its alarm button and its mains are theirs. */
export const isAtWork = (state: DetectorState, facts: ElevatorFacts): boolean =>
  facts.inMaintenance || state.mode === 'inspection';

/** The words for why a finding closed. */
export const why = (closing: Closing): string => `telemetry.closed.${closing}`;
