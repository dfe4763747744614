import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conformanceWords } from '../../words/conformance.ts';
import { bookOf, KNOWN_CODE_SETS } from '../modules/telemetry/codes.ts';
import { type Check, newCheck } from './conformance.ts';
import { plan } from './plan.ts';
import { VENDORS } from './vendor.ts';

const check = (codeSet = 'gbt24476') => newCheck({ book: bookOf(KNOWN_CODE_SETS), codeSet });
const line = (given: Record<string, unknown>): string =>
  JSON.stringify({
    elevator: { type: 'registration_code', value: 'e1' },
    seq: 1,
    boot: 1,
    at: '2026-09-01T08:00:00+08:00',
    type: 'heartbeat',
    ...given,
  });
const codes = (given: Check, lines: readonly Record<string, unknown>[]) =>
  lines.flatMap((l) => given.line(line(l)).map((r) => r.code.replace('conformance.', '')));
const status = { type: 'status', carStatus: 0, carPosition: 3 };

test('what cannot be read is told with its field', () => {
  const given = check();
  expect(given.line('{"type"').map((r) => r.code)).toEqual(['conformance.not_json']);
  expect(given.line('[1]').map((r) => r.code)).toEqual(['conformance.no_type']);
  expect(given.line(line({ type: 'weather' })).map((r) => r.code)).toEqual(['conformance.unknown_type']);
  const [fault] = given.line(line({ type: 'status', serviceMode: 9 }));
  expect(fault).toMatchObject({
    line: 4,
    grade: 'error',
    code: 'conformance.field',
    params: { field: 'serviceMode', value: '9' },
  });
  expect(codes(given, [{ at: 'yesterday around eight' }])).toEqual(['bad_instant']);
  expect(codes(given, [{ at: '2026-09-01 08:00:00' }])).toEqual(['no_zone']);
});

test('numbers: repeats, holes, wrong order, restarts, too old', () => {
  expect(codes(check(), [{ seq: 1 }, { seq: 1 }, { seq: 4 }, { seq: 3 }, { seq: 5 }])).toEqual([
    'repeated',
    'gap',
    'out_of_order',
  ]);
  expect(codes(check(), [{ seq: 5 }, { boot: 2, seq: 1 }, { seq: 6 }])).toEqual(['restarted', 'old_boot']);
  expect(codes(check(), [{ seq: 1 }, { seq: 2_000 }, { seq: 900 }])).toEqual(['gap', 'too_old']);
  expect(codes(check(), [{ seq: undefined }])).toEqual(['no_seq']);
});

test('clocks: back, ahead, behind', () => {
  expect(codes(check(), [{ at: '2026-09-01T08:10:00Z' }, { seq: 2, at: '2026-09-01T08:00:00Z' }])).toEqual([
    'clock_back',
  ]);
  const at = Date.parse('2026-09-01T00:00:00Z');
  expect(
    check()
      .line(line({}), at - 90_000)
      .map((r) => r.params),
  ).toEqual([{ seconds: '90' }]);
  expect(
    check()
      .line(line({}), at + 90_000)
      .map((r) => r.code),
  ).toEqual(['conformance.behind']);
});

test('impossible transitions', () => {
  const at = (s: number) => `2026-09-01T08:00:${String(s).padStart(2, '0')}Z`;
  expect(
    codes(check(), [
      { ...status, at: at(0) },
      { ...status, seq: 2, carPosition: 30, at: at(2) },
    ]),
  ).toEqual(['jumped']);
  expect(
    codes(check(), [
      { ...status, at: at(0) },
      { ...status, seq: 2, carPosition: 4, at: at(9) },
    ]),
  ).toEqual(['moved_unsaid']);
  expect(codes(check(), [{ ...status, carDirection: 1, carSpeedMPerS: 1.2 }])).toEqual([
    'direction_at_rest',
    'speed_at_rest',
  ]);
  expect(codes(check(), [{ ...status, doorStatus: true, doorPhase: 4 }])).toEqual(['door_contradicts']);
});

test('codes unknown, added twice, cleared without add, never cleared', () => {
  const given = check('camera_sensor');
  const fault = { type: 'fault', messageCode: '16', messageId: 'f1' };
  expect(codes(given, [fault, { ...fault, seq: 2 }, { ...fault, seq: 3, messageId: 'f2', phase: 'clear' }])).toEqual([
    'added_twice',
    'cleared_unknown',
  ]);
  expect(codes(given, [{ type: 'fault', seq: 4, messageCode: '18', messageId: 'f3' }])).toEqual(['unknown_code']);
  expect(given.end().map((r) => [r.code, r.line])).toEqual([
    ['conformance.never_cleared', 2],
    ['conformance.never_cleared', 4],
    ['conformance.no_status', 0],
  ]);
});

test.each(VENDORS.map((vendor, i) => ({ vendor, i })))(
  'our own simulator passes: $vendor.codeSet has no errors',
  ({ vendor, i }) => {
    const given = check(vendor.codeSet);
    const startAt = Date.UTC(2026, 8, 1);
    const elevator = {
      no: 1,
      name: { type: 'id', value: 'x' },
      kind: 'lift',
      placeClass: 'office',
      bottomFloor: 1,
      topFloor: 9,
      ratedSpeedMmPerS: 1_750,
      feeder: null,
      vendor: i,
    } as const;
    const settings = {
      seed: 3,
      startAt,
      entrapmentsPerMonth: 300,
      faultsPerMonth: {},
      visitDays: 1,
      powerCuts: [],
      entrapments: [],
    };
    for (const event of plan([elevator], settings)) {
      if (!('delivery' in event)) continue;
      if (event.delivery.at > startAt + 4 * 3_600_000) break;
      expect(given.line(JSON.stringify(event.delivery.message)).filter((r) => r.grade === 'error')).toEqual([]);
    }
    expect(given.lines()).toBeGreaterThan(200);
  },
);

test('every remark has its words, and no words are left over', () => {
  const source = readFileSync(new URL('./conformance.ts', import.meta.url), 'utf8');
  const made = [...source.matchAll(/say\((?:'error', |'warning', |line, |0, )'(\w+)'/g)].map(
    (m) => `conformance.${m[1]}`,
  );
  const frame = ['line', 'error', 'warning', 'sum', 'pass', 'fail'].map((word) => `conformance.${word}`);
  expect([...new Set([...made, ...frame])].sort()).toEqual(Object.keys(conformanceWords).sort());
});
