import type { Notice, NoticeCode } from './message.ts';

/** How one sender's fault, event and alarm codes are read. A code that is not listed is kept raw, as 'unmapped'. */
export type CodeSet = {
  name: string;
  extends?: string | undefined; // codes not listed here are looked up there
  codes: Readonly<Record<string, NoticeCode>>;
};

/** Message_Code of GB/T 24476-2017 clause 11. */
const national: CodeSet = {
  name: 'gbt24476',
  codes: {
    '00': 'no_fault',
    '01': 'safety_circuit_open',
    '02': 'door_close_fault',
    '03': 'door_open_fault',
    '04': 'stopped_outside_door_zone',
    '05': 'unintended_movement',
    '06': 'motor_run_limit',
    '07': 'position_lost',
    '08': 'restart_prevented',
    '40': 'back_to_normal',
    '41': 'power_cut',
    '42': 'out_of_service',
    '43': 'inspection_mode',
    '44': 'fire_return_mode',
    '45': 'firefighter_mode',
    '46': 'emergency_power_mode',
    '47': 'earthquake_mode',
    '90': 'user_alarm',
  },
};

/** The national codes with the three that Chongqing's platform adds. */
const chongqing: CodeSet = {
  name: 'chongqing',
  extends: 'gbt24476',
  codes: { '91': 'overrun_bottom', '92': 'overrun_top', '93': 'entrapment_levelled' },
};

/** Regulators' exchange after GB/T 38656-2020: lift 09–11, escalator 61–65. */
const exchange: CodeSet = {
  name: 'gbt38656',
  extends: 'gbt24476',
  codes: {
    '09': 'overrun_top',
    '10': 'overrun_bottom',
    '11': 'entrapment',
    '61': 'escalator_safety_circuit',
    '62': 'escalator_overspeed',
    '63': 'escalator_reversal',
    '64': 'escalator_step_missing',
    '65': 'escalator_restart_prevented',
  },
};

/** Gateways on the controller's bus. Their 08 is another thing than the national 08. */
const gateway: CodeSet = {
  name: 'controller_gateway',
  extends: 'gbt24476',
  codes: {
    '08': 'running_with_open_door',
    '09': 'overrun_top',
    '10': 'overrun_bottom',
    '11': 'overspeed',
    '12': 'unintended_movement',
    '13': 'motor_run_limit',
    '14': 'repeated_door',
    '15': 'user_alarm',
    '99': 'other_fault',
  },
};

/**
 * Add-on cameras and sensors, 42 codes of their own. The meanings of 18, 39, 41, 42 and of part of 23–36 are not
 * published: they stay 'unmapped' until a vendor's own table is added as data.
 */
const sensors: CodeSet = {
  name: 'camera_sensor',
  codes: {
    '1': 'overrun_top',
    '2': 'overrun_bottom',
    '3': 'overspeed',
    '4': 'running_with_open_door',
    '5': 'unintended_movement',
    '6': 'stopped_outside_door_zone',
    '7': 'entrapment_levelled',
    '8': 'entrapment_not_levelled',
    '9': 'power_cut',
    '10': 'safety_circuit_open',
    '11': 'door_open_fault',
    '12': 'door_close_fault',
    '13': 'door_lock_open',
    '14': 'button_stuck',
    '15': 'speed_abnormal',
    '16': 'brake_fault',
    '17': 'motor_run_limit',
    '19': 'position_lost',
    '20': 'door_blocked',
    '21': 'user_alarm',
    '31': 'escalator_emergency_stop',
    '32': 'escalator_cover_open',
    '34': 'escalator_brake_not_released',
    '35': 'escalator_comb_jam',
    '37': 'electric_bike_in_car',
    '38': 'vibration_abnormal',
    '40': 'door_motor_jam',
  },
};

/** The sets the program knows. A city adds its own in its pack; one of the same name takes the place of ours. */
export const KNOWN_CODE_SETS: readonly CodeSet[] = [national, chongqing, exchange, gateway, sensors];

/** Look-up made once from our sets and a city's. */
export type CodeBook = ReadonlyMap<string, ReadonlyMap<string, NoticeCode>>;

/** Join sets into a book. A set that extends an unknown one holds only its own codes. */
export function bookOf(sets: readonly CodeSet[]): CodeBook {
  const byName = new Map(sets.map((set) => [set.name, set]));
  return new Map(sets.map((set) => [set.name, codesOf(set, byName, new Set())]));
}

function codesOf(set: CodeSet, byName: ReadonlyMap<string, CodeSet>, seen: Set<string>): Map<string, NoticeCode> {
  seen.add(set.name);
  const parent = set.extends === undefined || seen.has(set.extends) ? undefined : byName.get(set.extends);
  const codes = parent ? codesOf(parent, byName, seen) : new Map<string, NoticeCode>();
  for (const [raw, code] of Object.entries(set.codes)) codes.set(bare(raw), code);
  return codes;
}

/** 8, 08 and ' 08 ' are one code: senders differ in padding. Words and longer codes stay as they are. */
const bare = (raw: string): string => {
  const trimmed = raw.trim();
  return /^\d+$/.test(trimmed) ? String(Number(trimmed)) : trimmed.toLowerCase();
};

/** What a sender's code means, or 'unmapped' when its set does not say. */
export const readCode = (book: CodeBook, codeSet: string, raw: string): NoticeCode | 'unmapped' =>
  book.get(codeSet)?.get(bare(raw)) ?? 'unmapped';

const EVENTS: ReadonlySet<string> = new Set<NoticeCode>([
  'no_fault',
  'back_to_normal',
  'power_cut',
  'out_of_service',
  'inspection_mode',
  'fire_return_mode',
  'firefighter_mode',
  'emergency_power_mode',
  'earthquake_mode',
]);
const ALARMS: ReadonlySet<string> = new Set<NoticeCode>([
  'user_alarm',
  'entrapment',
  'entrapment_levelled',
  'entrapment_not_levelled',
  'electric_bike_in_car',
]);

/** Where a code belongs by its meaning; an unmapped one stays in the group its sender put it. */
export const groupOf = (code: NoticeCode | 'unmapped', sent: Notice['group']): Notice['group'] => {
  if (code === 'unmapped') return sent;
  if (EVENTS.has(code)) return 'event';
  return ALARMS.has(code) ? 'alarm' : 'fault';
};
