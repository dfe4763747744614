import { expect, test } from 'vitest';
import { bookOf, groupOf, KNOWN_CODE_SETS, readCode } from './codes.ts';
import { NOTICE_CODES } from './message.ts';

const book = bookOf(KNOWN_CODE_SETS);

/** The published tables, written again by hand: raw code and meaning, per sender. */
const published: Record<string, readonly (readonly [string, string])[]> = {
  gbt24476: [
    ['00', 'no_fault'],
    ['01', 'safety_circuit_open'],
    ['02', 'door_close_fault'],
    ['03', 'door_open_fault'],
    ['04', 'stopped_outside_door_zone'],
    ['05', 'unintended_movement'],
    ['06', 'motor_run_limit'],
    ['07', 'position_lost'],
    ['08', 'restart_prevented'],
    ['40', 'back_to_normal'],
    ['41', 'power_cut'],
    ['42', 'out_of_service'],
    ['43', 'inspection_mode'],
    ['44', 'fire_return_mode'],
    ['45', 'firefighter_mode'],
    ['46', 'emergency_power_mode'],
    ['47', 'earthquake_mode'],
    ['90', 'user_alarm'],
  ],
  chongqing: [
    ['91', 'overrun_bottom'],
    ['92', 'overrun_top'],
    ['93', 'entrapment_levelled'],
    ['08', 'restart_prevented'],
    ['90', 'user_alarm'],
  ],
  gbt38656: [
    ['09', 'overrun_top'],
    ['10', 'overrun_bottom'],
    ['11', 'entrapment'],
    ['61', 'escalator_safety_circuit'],
    ['62', 'escalator_overspeed'],
    ['63', 'escalator_reversal'],
    ['64', 'escalator_step_missing'],
    ['65', 'escalator_restart_prevented'],
    ['08', 'restart_prevented'],
  ],
  controller_gateway: [
    ['08', 'running_with_open_door'],
    ['09', 'overrun_top'],
    ['10', 'overrun_bottom'],
    ['11', 'overspeed'],
    ['12', 'unintended_movement'],
    ['13', 'motor_run_limit'],
    ['14', 'repeated_door'],
    ['15', 'user_alarm'],
    ['99', 'other_fault'],
    ['04', 'stopped_outside_door_zone'],
  ],
  camera_sensor: [
    ['1', 'overrun_top'],
    ['2', 'overrun_bottom'],
    ['3', 'overspeed'],
    ['4', 'running_with_open_door'],
    ['5', 'unintended_movement'],
    ['6', 'stopped_outside_door_zone'],
    ['7', 'entrapment_levelled'],
    ['8', 'entrapment_not_levelled'],
    ['9', 'power_cut'],
    ['10', 'safety_circuit_open'],
    ['11', 'door_open_fault'],
    ['12', 'door_close_fault'],
    ['13', 'door_lock_open'],
    ['14', 'button_stuck'],
    ['15', 'speed_abnormal'],
    ['16', 'brake_fault'],
    ['17', 'motor_run_limit'],
    ['19', 'position_lost'],
    ['20', 'door_blocked'],
    ['21', 'user_alarm'],
    ['31', 'escalator_emergency_stop'],
    ['32', 'escalator_cover_open'],
    ['34', 'escalator_brake_not_released'],
    ['35', 'escalator_comb_jam'],
    ['37', 'electric_bike_in_car'],
    ['38', 'vibration_abnormal'],
    ['40', 'door_motor_jam'],
  ],
};
const rows = Object.entries(published).flatMap(([set, codes]) => codes.map(([raw, code]) => ({ set, raw, code })));

test.each(rows)('$set $raw means $code', ({ set, raw, code }) => {
  expect(readCode(book, set, raw)).toBe(code);
});

test('a set says nothing beyond its published table', () => {
  const own = Object.entries(published).map(
    ([set, codes]) => [set, new Set(codes.map(([raw]) => Number(raw)))] as const,
  );
  const base = new Set(published['gbt24476']?.map(([raw]) => Number(raw)));
  for (const [set, listed] of own) {
    for (let raw = 0; raw <= 120; raw += 1) {
      const known = listed.has(raw) || (set !== 'camera_sensor' && base.has(raw));
      expect([set, raw, readCode(book, set, String(raw)) !== 'unmapped']).toEqual([set, raw, known]);
    }
  }
});

test('08 from two vendors means two things', () => {
  expect(readCode(book, 'gbt24476', '08')).toBe('restart_prevented');
  expect(readCode(book, 'controller_gateway', '08')).toBe('running_with_open_door');
});

test('a code nobody published stays raw, whatever its form', () => {
  for (const raw of ['18', '39', 'E-17', '', '０８', '__proto__', 'constructor', '1e1', '-1'])
    expect(readCode(book, 'camera_sensor', raw)).toBe('unmapped');
  expect(readCode(book, 'no such set', '01')).toBe('unmapped');
});

test('padding is no difference', () => {
  for (const raw of ['4', '04', ' 004 ']) expect(readCode(book, 'gbt24476', raw)).toBe('stopped_outside_door_zone');
});

test('a city adds a set as data, and may replace one of ours', () => {
  const city = bookOf([
    ...KNOWN_CODE_SETS,
    { name: 'acme', extends: 'chongqing', codes: { A7: 'brake_fault', '93': 'other_fault' } },
    { name: 'controller_gateway', codes: { '08': 'door_blocked' } },
  ]);
  expect(readCode(city, 'acme', 'a7')).toBe('brake_fault');
  expect(readCode(city, 'acme', '93')).toBe('other_fault');
  expect(readCode(city, 'acme', '92')).toBe('overrun_top');
  expect(readCode(city, 'controller_gateway', '08')).toBe('door_blocked');
  expect(readCode(city, 'controller_gateway', '09')).toBe('unmapped');
});

test('sets that extend each other end', () => {
  const round = bookOf([
    { name: 'a', extends: 'b', codes: { '1': 'overspeed' } },
    { name: 'b', extends: 'a', codes: { '2': 'overrun_top' } },
  ]);
  expect(readCode(round, 'a', '2')).toBe('overrun_top');
  expect(readCode(round, 'b', '1')).toBe('overspeed');
});

test('each meaning has one group, and an unmapped code stays where its sender put it', () => {
  for (const code of NOTICE_CODES) {
    const groups = new Set((['fault', 'event', 'alarm'] as const).map((sent) => groupOf(code, sent)));
    expect([code, groups.size]).toEqual([code, 1]);
  }
  expect(groupOf('user_alarm', 'fault')).toBe('alarm');
  expect(groupOf('inspection_mode', 'fault')).toBe('event');
  expect(groupOf('overspeed', 'event')).toBe('fault');
  expect(groupOf('unmapped', 'alarm')).toBe('alarm');
});
