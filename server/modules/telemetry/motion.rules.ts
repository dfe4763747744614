import type { Condition } from './condition.rules.ts';
import type { Context, DetectorState } from './state.rules.ts';

/** 门区外停梯: the car stands where no door can open. */
export const stoppedOutside: Condition = {
  slot: 'stopped_outside_door_zone',
  on: 'lift',
  silentIn: 'special',
  holds: (state) => state.moving === false && state.inZone === false,
  refutes: (state) => state.moving === true || state.inZone === true,
  seconds: ({ thresholds }) => thresholds.motion.stoppedOutsideZoneSeconds,
  reason: () => 'telemetry.reason.stands_between_floors',
  evidence: 'status_pattern',
};

/** 运行中开门: filtered, because door switches are often badly set. */
export const runningOpen: Condition = {
  slot: 'running_with_open_door',
  on: 'lift',
  silentIn: 'special',
  holds: (state) => state.moving === true && state.closed === false,
  refutes: (state) => state.moving === true && state.closed === true,
  seconds: ({ thresholds }) => thresholds.motion.runningOpenSeconds,
  reason: () => 'telemetry.reason.runs_not_closed',
  evidence: 'status_pattern',
};

/** 开门走梯: it stood level with the door open, the door was not closed since, and now it stands between floors. */
export const unintended: Condition = {
  slot: 'unintended_movement',
  on: 'lift',
  silentIn: 'special',
  holds: (state) => state.leftOpen && state.moving === false && state.inZone === false,
  refutes: (state) => state.moving === true && state.closed === true,
  seconds: ({ thresholds }) => thresholds.motion.unintendedSeconds,
  reason: () => 'telemetry.reason.left_level_open',
  evidence: 'status_pattern',
};

function tooFast({ speedMmPerS }: DetectorState, { facts, thresholds }: Context): boolean {
  if (speedMmPerS === null || facts.ratedSpeedMmPerS === null) return false;
  return Math.abs(speedMmPerS) > facts.ratedSpeedMmPerS * thresholds.motion.overspeedShare;
}

export const overspeed: Condition = {
  slot: 'overspeed',
  on: 'both',
  silentIn: 'special',
  holds: tooFast,
  refutes: (state) => state.moving === true && state.speedMmPerS !== null,
  seconds: () => 0,
  samples: ({ thresholds }) => thresholds.motion.overspeedSamples,
  reason: () => 'telemetry.reason.too_fast',
  evidence: 'status_pattern',
};

/** 冲顶: reported above the last floor. */
export const overrunTop: Condition = {
  slot: 'overrun_top',
  on: 'lift',
  silentIn: 'special',
  holds: ({ floor }, { facts }) => floor !== null && facts.topFloor !== null && floor > facts.topFloor,
  refutes: (state) => state.moving === false && state.inZone === true,
  seconds: () => 0,
  samples: ({ thresholds }) => thresholds.motion.overrunSamples,
  reason: () => 'telemetry.reason.beyond_top',
  evidence: 'status_pattern',
};

/** 蹲底: reported below the first floor. */
export const overrunBottom: Condition = {
  ...overrunTop,
  slot: 'overrun_bottom',
  holds: ({ floor }, { facts }) => floor !== null && facts.bottomFloor !== null && floor < facts.bottomFloor,
  reason: () => 'telemetry.reason.beyond_bottom',
};

/** 非操纵逆转: an escalator turned round without standing still. */
export const reversal: Condition = {
  slot: 'escalator_fault:escalator_reversal',
  on: 'escalator',
  silentIn: 'special',
  holds: (state) => state.reversed,
  seconds: () => 0,
  reason: () => 'telemetry.reason.turned_while_running',
  evidence: 'status_pattern',
};
