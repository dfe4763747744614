import { type CodeBook, groupOf, readCode } from './codes.ts';
import { type Body, DIRECTIONS, SERVICE_MODES, type ServiceMode, type Statistics, type Status } from './message.ts';
import type { WireMessage, WireNotice, WireStatistics, WireStatus } from './wire.ts';

/** What a body is read by: the kind of elevator, and the sender's code set. */
export type Reader = { kind: 'lift' | 'escalator' | 'moving_walk'; codeSet: string; book: CodeBook };

/** 当前服务模式 of escalators and moving walks (GB/T 24476 clause 9): their 3 is not the lift's 3. */
const ESCALATOR_MODES: readonly ServiceMode[] = ['out_of_service', 'normal', 'inspection', 'unknown'];

/** Put a message's content into normal form. Numbers are rounded to the precision that history keeps. */
export function bodyOfWire(wire: WireMessage, reader: Reader): Body {
  switch (wire.type) {
    case 'status':
      return statusOfWire(wire, reader.kind);
    case 'statistics':
      return statisticsOfWire(wire);
    case 'heartbeat':
      return { kind: 'heartbeat' };
    case 'fault':
    case 'event':
    case 'alarm':
      return noticeOfWire(wire, reader);
  }
}

/** Door phases that say something of the end positions: 2 closed, 5 locked; 4 open; the rest are in between. */
const PHASE_CLOSED: readonly number[] = [2, 5];
const PHASE_OPEN = 4;

function statusOfWire(w: WireStatus, kind: Reader['kind']): Status {
  const status: Status = { kind: 'status' };
  const escalator = kind !== 'lift';
  const mode = w.serviceMode === undefined ? undefined : (escalator ? ESCALATOR_MODES : SERVICE_MODES)[w.serviceMode];
  if (mode) status.serviceMode = mode;
  const running = w.carStatus ?? w.operationStatus;
  if (running !== undefined) status.moving = running === 1;
  const direction = DIRECTIONS[w.carDirection ?? w.operationDirection ?? -1];
  if (direction) status.direction = direction;
  if (w.doorZone !== undefined) status.inDoorZone = isTrue(w.doorZone);
  if (w.carPosition !== undefined) status.floor = w.carPosition;
  if (w.doorStatus !== undefined) status.doorClosed = isTrue(w.doorStatus);
  if (w.doorPhase !== undefined && w.doorPhase !== 0) {
    status.doorOpen = w.doorPhase === PHASE_OPEN;
    status.doorClosed ??= PHASE_CLOSED.includes(w.doorPhase);
  }
  if (w.passengerStatus !== undefined) status.occupied = isTrue(w.passengerStatus);
  if (w.mainsPower !== undefined) status.mainsPower = isTrue(w.mainsPower);
  if (w.safetyCircuitClosed !== undefined) status.safetyCircuitClosed = isTrue(w.safetyCircuitClosed);
  return measured(status, w);
}

function measured(status: Status, w: WireStatus): Status {
  if (w.carSpeedMPerS !== undefined) status.speedMmPerS = Math.round(w.carSpeedMPerS * 1_000);
  if (w.loadPercent !== undefined) status.loadPercent = toTenth(w.loadPercent);
  if (w.carCelsius !== undefined) status.carCelsius = toTenth(w.carCelsius);
  if (w.machineRoomCelsius !== undefined) status.machineRoomCelsius = toTenth(w.machineRoomCelsius);
  return status;
}

function statisticsOfWire(w: WireStatistics): Statistics {
  return {
    kind: 'statistics',
    ...(w.totalRunningTimeHours !== undefined && { runningHours: w.totalRunningTimeHours }),
    ...(w.presentCounterValue !== undefined && { runs: w.presentCounterValue }),
    ...(w.doorCycles !== undefined && { doorCycles: w.doorCycles }),
    ...(w.runDistanceM !== undefined && { runDistanceM: w.runDistanceM }),
    ...(w.ropeBends !== undefined && { ropeBends: w.ropeBends }),
  };
}

function noticeOfWire(w: WireNotice, { book, codeSet }: Reader): Body {
  const code = readCode(book, codeSet, w.messageCode);
  return {
    kind: 'notice',
    group: groupOf(code, w.type),
    rawCode: w.messageCode,
    code,
    noticeId: w.messageId ?? null,
    phase: w.phase ?? 'add',
  };
}

const isTrue = (flag: boolean | 0 | 1): boolean => flag === true || flag === 1;
const toTenth = (value: number): number => Math.round(value * 10) / 10;
