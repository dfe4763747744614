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

/** Every field stands in it, said or not: of one shape, all statuses are read equally fast. */
function statusOfWire(w: WireStatus, kind: Reader['kind']): Status {
  const modes = kind === 'lift' ? SERVICE_MODES : ESCALATOR_MODES;
  const running = w.carStatus ?? w.operationStatus;
  const phase = w.doorPhase === 0 ? undefined : w.doorPhase;
  return {
    kind: 'status',
    serviceMode: w.serviceMode === undefined ? undefined : modes[w.serviceMode],
    moving: running === undefined ? undefined : running === 1,
    direction: DIRECTIONS[w.carDirection ?? w.operationDirection ?? -1],
    inDoorZone: isTrue(w.doorZone),
    floor: w.carPosition,
    doorClosed: isTrue(w.doorStatus) ?? (phase === undefined ? undefined : PHASE_CLOSED.includes(phase)),
    doorOpen: phase === undefined ? undefined : phase === PHASE_OPEN,
    occupied: isTrue(w.passengerStatus),
    mainsPower: isTrue(w.mainsPower),
    safetyCircuitClosed: isTrue(w.safetyCircuitClosed),
    speedMmPerS: w.carSpeedMPerS === undefined ? undefined : Math.round(w.carSpeedMPerS * 1_000),
    loadPercent: toTenth(w.loadPercent),
    carCelsius: toTenth(w.carCelsius),
    machineRoomCelsius: toTenth(w.machineRoomCelsius),
  };
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

const isTrue = (flag: boolean | 0 | 1 | undefined): boolean | undefined =>
  flag === undefined ? undefined : flag === true || flag === 1;
const toTenth = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.round(value * 10) / 10;
