import type { Condition } from './condition.rules.ts';
import { isFreed } from './entrapment.rules.ts';

/** 反复开关门: opens again and again at one floor, without a run between. */
export const repeatedDoor: Condition = {
  slot: 'repeated_door',
  on: 'lift',
  silentIn: 'special',
  holds: (state, { thresholds }) => state.openings >= thresholds.door.repeatCount,
  refutes: (state) => state.moving === true,
  seconds: () => 0,
  reason: () => 'telemetry.reason.door_opens_again',
  evidence: 'status_pattern',
};

export const safetyCircuit: Condition = {
  slot: 'safety_circuit',
  on: 'both',
  silentIn: 'special',
  holds: (state) => state.circuit === false,
  refutes: (state) => state.circuit === true,
  seconds: ({ thresholds }) => thresholds.safety.circuitOpenSeconds,
  reason: () => 'telemetry.reason.circuit_open',
  evidence: 'status_pattern',
};

export const powerCut: Condition = {
  slot: 'power_cut',
  on: 'both',
  silentIn: 'works',
  holds: (state) => state.mains === false,
  refutes: (state) => state.mains === true,
  seconds: ({ thresholds }) => thresholds.power.outageSeconds,
  reason: () => 'telemetry.reason.no_mains',
  evidence: 'status_pattern',
};

/** 机房温度: outside what the machine room may have (5–40 °C). */
export const machineRoom: Condition = {
  slot: 'machine_room_temperature',
  on: 'both',
  silentIn: 'never',
  holds: ({ roomCelsius }, { thresholds: { machineRoom: limits } }) =>
    roomCelsius !== null && (roomCelsius < limits.minCelsius || roomCelsius > limits.maxCelsius),
  seconds: ({ thresholds }) => thresholds.machineRoom.seconds,
  reason: () => 'telemetry.reason.room_temperature',
  evidence: 'status_pattern',
};

/** A counter that fell, jumped, or stood still while the car ran. */
export const counters: Condition = {
  slot: 'statistics_anomaly',
  on: 'both',
  silentIn: 'never',
  holds: (state) => state.counterFault !== null,
  seconds: () => 0,
  reason: (state) => `telemetry.reason.counter_${state.counterFault ?? 'fell'}`,
  evidence: 'counter',
};

/** The alarm button has no pattern of its own, but a door that opens at a floor answers it. */
export const button: Condition = {
  slot: 'button_alarm',
  on: 'lift',
  silentIn: 'works',
  holds: () => false,
  refutes: isFreed,
  proof: true,
  seconds: () => 0,
  reason: () => 'telemetry.reason.button',
  evidence: 'button',
};
