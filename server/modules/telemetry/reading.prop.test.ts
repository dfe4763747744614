import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bookOf, KNOWN_CODE_SETS } from './codes.ts';
import { bodyOfWire } from './normal.rules.ts';
import { messageOf, msOf, posAt, readingOf } from './reading.rules.ts';
import type { WireMessage } from './wire.ts';

const flag = fc.constantFrom<boolean | 0 | 1>(true, false, 0, 1);
const head = {
  elevator: fc.constant({ type: 'rescue_code' as const, value: '123456' }),
  at: fc.constant('2026-11-01T00:00:00Z'),
};
const some = { requiredKeys: ['elevator', 'at', 'type'] satisfies ('elevator' | 'at' | 'type')[] };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const count = fc.integer({ min: 0, max: 1_000_000_000 });

const anyWire: fc.Arbitrary<WireMessage> = fc.oneof(
  fc.record(
    {
      ...head,
      type: fc.constant('status' as const),
      serviceMode: fc.integer({ min: 0, max: 7 }),
      carStatus: fc.integer({ min: 0, max: 1 }),
      carDirection: fc.integer({ min: 0, max: 2 }),
      doorZone: flag,
      carPosition: fc.integer({ min: -30, max: 300 }),
      doorStatus: flag,
      doorPhase: fc.integer({ min: 0, max: 6 }),
      passengerStatus: flag,
      carSpeedMPerS: number(-30, 30),
      loadPercent: number(0, 400),
      carCelsius: number(-60, 200),
      machineRoomCelsius: number(-60, 200),
      mainsPower: flag,
      safetyCircuitClosed: flag,
    },
    some,
  ),
  fc.record({ ...head, type: fc.constant('statistics' as const), presentCounterValue: count, doorCycles: count }, some),
  fc.record({ ...head, type: fc.constant('alarm' as const), messageCode: fc.string({ minLength: 1, maxLength: 32 }) }),
  fc.record({ ...head, type: fc.constant('heartbeat' as const) }),
);
const place = {
  elevatorNo: fc.integer({ min: 1, max: 1_000_000 }),
  sourceNo: fc.integer({ min: 1, max: 1_000 }),
  boot: fc.integer({ min: 0, max: 2_147_483_647 }),
  seq: fc.option(fc.nat()),
  deviceMs: fc.integer({ min: 0, max: 4e12 }),
};

test('a message comes back from history exactly as detection saw it', () => {
  const book = bookOf(KNOWN_CODE_SETS);
  fc.assert(
    fc.property(anyWire, fc.record(place), fc.integer({ min: 1, max: 4e12 }), (wire, where, ms) => {
      const body = bodyOfWire(wire, { kind: 'lift', codeSet: 'gbt24476', book });
      const message = { ...where, receivedMs: ms, body };
      const again = messageOf(readingOf(message, posAt(ms) + 5));
      expect(JSON.stringify(again.body, sorted)).toBe(JSON.stringify(message.body, sorted));
      expect({ ...again, body: null }).toEqual({ ...message, body: null });
    }),
  );
});

test('a place in history tells the millisecond it was received in, and rises with it', () => {
  expect(msOf(posAt(1_795_000_000_000) + 1_023)).toBe(1_795_000_000_000);
  expect(msOf(posAt(1_795_000_000_000) + 1_024)).toBe(1_795_000_000_001);
});

test("an escalator's mode 3 is unknown, a lift's mode 3 is the fire return", () => {
  const wire = { elevator: { type: 'id' as const, value: 'x' }, at: '', type: 'status' as const, serviceMode: 3 };
  const by = { codeSet: 'gbt24476', book: bookOf(KNOWN_CODE_SETS) };
  expect(bodyOfWire(wire, { ...by, kind: 'escalator' })).toMatchObject({ serviceMode: 'unknown' });
  expect(bodyOfWire(wire, { ...by, kind: 'lift' })).toMatchObject({ serviceMode: 'fire_return' });
});

/** Keys in one order, and no minus zero: neither means anything. */
const sorted = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
