import type { Message, NoticeCode, ServiceMode, Statistics, Status } from './message.ts';
import type { Context, Draft } from './state.rules.ts';
import type { Run } from './step.rules.ts';

const HOUR_MS = 3_600_000;
const HITS_WINDOW_MS = 60_000;

/** Take a status into the present. A field that is absent stays as it was. */
export function takeStatus({ draft, now, context }: Run, status: Status): void {
  const { door, entrapment } = context.thresholds;
  if (status.serviceMode !== undefined) draft.mode = status.serviceMode;
  if (status.floor !== undefined) draft.floor = status.floor;
  if (status.inDoorZone !== undefined) draft.inZone = status.inDoorZone;
  if (status.speedMmPerS !== undefined) draft.speedMmPerS = status.speedMmPerS;
  if (status.mainsPower !== undefined) draft.mains = status.mainsPower;
  if (status.safetyCircuitClosed !== undefined) draft.circuit = status.safetyCircuitClosed;
  if (status.machineRoomCelsius !== undefined) draft.roomCelsius = status.machineRoomCelsius;
  takeMotion(draft, status);
  takeDoor(draft, status, {
    at: now,
    windowMs: door.repeatWindowSeconds * 1000,
    settleMs: entrapment.occupancySettleSeconds * 1000,
  });
  takePeople(draft, status, { at: now, limits: entrapment });
}

function takeMotion(draft: Draft, { moving, direction }: Status): void {
  if (moving === true && draft.moving !== true) draft.runsSeen += 1;
  if (moving === false) draft.reversed = false;
  if (moving !== undefined) draft.moving = moving;
  if (direction === undefined) return;
  const turned = direction !== 'none' && draft.direction !== null && draft.direction !== 'none';
  if (turned && direction !== draft.direction && draft.moving === true) draft.reversed = true;
  draft.direction = direction;
}

type Door = { at: number; windowMs: number; settleMs: number };

/** Shorter than this, a door that is not closed is a contact that flaps. */
const FLAP_MS = 1_500;

function takeDoor(draft: Draft, { doorClosed, doorOpen }: Status, door: Door): void {
  const closed = doorOpen === true ? false : doorClosed;
  if (closed === false && draft.closed !== false) draft.notClosedAt = door.at;
  if (closed === true && draft.closed === false && isReal(draft, door.at)) shut(draft, door);
  if (closed !== undefined) draft.closed = closed;
  if (draft.moving === true) draft.openings = 0;
  if (draft.closed === true) draft.leftOpen = false;
  else if (draft.closed === false && draft.moving === false && draft.inZone === true) draft.leftOpen = true;
}

const isReal = ({ notClosedAt }: Draft, at: number): boolean => at - notClosedAt >= FLAP_MS;

/** The door closed after it had really been open: one more opening, and whoever is inside now stays inside. */
function shut(draft: Draft, { at, windowMs, settleMs }: Door): void {
  draft.settleAt = at + settleMs;
  draft.hits = 0;
  if (draft.moving === true) return;
  if (draft.openings === 0 || at - draft.openingsAt > windowMs) {
    draft.openings = 0;
    draft.openingsAt = at;
  }
  draft.openings += 1;
}

type Looking = { at: number; limits: Context['thresholds']['entrapment'] };

/**
 * Who is inside. While the door is open, and shortly after it closed, the sensor is believed. Then nobody can
 * appear or vanish: a sensor that flaps changes nothing, but several sightings within a minute show a person it missed.
 */
function takePeople(draft: Draft, status: Status, { at, limits }: Looking): void {
  const said = status.occupied ?? weighed(status, limits.occupiedLoadPercent);
  const rising = said === true && draft.sensed !== true;
  if (said !== undefined) draft.sensed = said;
  const open = draft.closed === false && isReal(draft, at);
  if (open || at <= draft.settleAt || draft.people === null) {
    draft.people = draft.sensed;
    return;
  }
  if (!rising || draft.people) return;
  if (at - draft.hitsAt > HITS_WINDOW_MS) draft.hits = 0;
  if (draft.hits === 0) draft.hitsAt = at;
  draft.hits += 1;
  if (draft.hits >= limits.occupancyHits) draft.people = true;
}

const weighed = ({ loadPercent }: Status, limit: number): boolean | undefined =>
  loadPercent === undefined ? undefined : loadPercent >= limit;

/** Take counters in, and say which of them cannot be. */
export function takeStatistics({ draft, now, context }: Run, { runs }: Statistics): void {
  if (runs === undefined) return;
  if (draft.runs !== null) draft.counterFault = faultOfCounter(draft, { runs, at: now }, context.thresholds.statistics);
  draft.runs = runs;
  draft.runsAt = now;
  draft.runsSeen = 0;
}

type Reading = { runs: number; at: number };

function faultOfCounter(draft: Draft, { runs, at }: Reading, limits: Context['thresholds']['statistics']) {
  const was = draft.runs ?? runs;
  if (runs < was) return 'fell';
  const hours = Math.max(1, (at - draft.runsAt) / HOUR_MS);
  if (runs - was > limits.runsPerHourMax * hours) return 'jumped';
  return runs === was && draft.runsSeen >= limits.stuckRuns ? 'stuck' : null;
}

const MODE_OF_CODE: Partial<Record<NoticeCode, ServiceMode>> = {
  back_to_normal: 'normal',
  out_of_service: 'out_of_service',
  inspection_mode: 'inspection',
  fire_return_mode: 'fire_return',
  firefighter_mode: 'firefighter',
  emergency_power_mode: 'emergency_power',
  earthquake_mode: 'earthquake',
};

/** A mode told as an event, by senders that do not put it into status. Clearing a mode is going back to normal. */
export function takeModeEvent(draft: Draft, code: NoticeCode | 'unmapped', phase: 'add' | 'clear'): void {
  const mode = code === 'unmapped' ? undefined : MODE_OF_CODE[code];
  if (mode === undefined) return;
  if (phase === 'add') draft.mode = mode;
  else if (draft.mode === mode) draft.mode = 'normal';
}

/** Note that a message is the newest; by a new sender or boot, statuses are counted anew. */
export function takeHead(draft: Draft, { sourceNo, boot, seq }: Message, at: number): void {
  if (draft.source !== sourceNo || draft.boot !== boot) draft.statusMark = -1;
  draft.source = sourceNo;
  draft.boot = boot;
  draft.seq = seq;
  draft.at = at;
}
