import { Value } from '@sinclair/typebox/value';
import { expect, test } from 'vitest';
import { bookOf, KNOWN_CODE_SETS, readCode } from '../modules/telemetry/codes.ts';
import { wireMessage } from '../modules/telemetry/wire.ts';
import { PUBLISHED_ENTRAPMENTS, type Settings, type SimElevator, type Truth, tripsPerHour } from './city.ts';
import { everyFault } from './demo-city.ts';
import { daysOf, type Event, plan } from './plan.ts';
import { type Delivery, VENDORS } from './vendor.ts';

const START = Date.UTC(2026, 8, 1, 16);
const HOUR_MS = 3_600_000;

const settings = (given: Partial<Settings> = {}): Settings => ({
  seed: 7,
  startAt: START,
  entrapmentsPerMonth: 0,
  faultsPerMonth: {},
  visitDays: 10_000,
  powerCuts: [],
  entrapments: [],
  ...given,
});
const elevator = (no: number, given: Partial<SimElevator> = {}): SimElevator => ({
  no,
  name: { type: 'registration_code', value: `code-${no}` },
  kind: 'lift',
  placeClass: 'residence',
  bottomFloor: 1,
  topFloor: 18,
  ratedSpeedMmPerS: 1_750,
  feeder: 'F1',
  vendor: 0,
  ...given,
});
const hours = (city: readonly SimElevator[], given: Settings, n: number) => {
  const events: Event[] = [];
  for (const event of plan(city, given)) {
    if ('delivery' in event && event.delivery.at > START + n * HOUR_MS) break;
    events.push(event);
  }
  return {
    deliveries: events.flatMap((e) => ('delivery' in e ? [e.delivery] : [])),
    truths: events.flatMap((e) => ('truth' in e ? [e.truth] : [])),
  };
};
const vendorNo = (codeSet: string) => VENDORS.findIndex((v) => v.codeSet === codeSet);
const everyVendor = VENDORS.map((_, vendor) => elevator(vendor + 1, { vendor }));

test('the same seed gives the same run, another seed another one', () => {
  const once = hours(everyVendor, settings(), 3);
  expect(hours(everyVendor, settings(), 3)).toEqual(once);
  expect(hours(everyVendor, settings({ seed: 8 }), 3).deliveries).not.toEqual(once.deliveries);
});

test('every message keeps to the wire contract, whatever the vendor and the fault', () => {
  const given = settings({ entrapmentsPerMonth: 600, faultsPerMonth: everyFault(100), visitDays: 0.5 });
  const city = [...everyVendor, elevator(9, { kind: 'escalator' })];
  const { deliveries } = hours(city, given, 14);
  expect(deliveries.length).toBeGreaterThan(5_000);
  expect(deliveries.filter((d) => !Value.Check(wireMessage, d.message))).toEqual([]);
});

test('messages come in the order in which they reach the door, numbered without holes by those who lose none', () => {
  const { deliveries } = hours([elevator(1)], settings(), 8);
  expect(deliveries.map((d) => d.at)).toEqual(deliveries.map((d) => d.at).sort((a, b) => a - b));
  expect(deliveries.map((d) => d.message.seq)).toEqual(deliveries.map((_, i) => i + 1));
});

test('a vendor only uses codes of his own set', () => {
  const book = bookOf(KNOWN_CODE_SETS);
  const given = settings({ entrapmentsPerMonth: 600, faultsPerMonth: everyFault(100) });
  for (const { vendor, message } of hours(everyVendor, given, 10).deliveries) {
    if (!('messageCode' in message)) continue;
    expect(readCode(book, VENDORS[vendor]?.codeSet ?? '', message.messageCode)).not.toBe('unmapped');
  }
});

const habit = (codeSet: string, n = 14) =>
  hours([elevator(1, { vendor: vendorNo(codeSet) })], settings(), n).deliveries;
const seqs = (deliveries: readonly Delivery[]) => deliveries.map((d) => d.message.seq ?? 0);

test('bad habits are there: late, doubled, out of order, clocks that are wrong, gaps, sensors that flap', () => {
  const doubled = seqs(habit('gbt38656'));
  expect(new Set(doubled).size).toBeLessThan(doubled.length * 0.97);
  expect(doubled.some((seq, i) => seq < (doubled[i - 1] ?? 0))).toBe(true);
  const late = habit('chongqing').map((d) => (d.at - Date.parse(d.message.at)) / 1000);
  expect(Math.max(...late)).toBeGreaterThan(15);
  const boxes = Array.from({ length: 20 }, (_, i) => elevator(i + 1, { vendor: vendorNo('controller_gateway') }));
  const skewed = hours(boxes, settings(), 0.1).deliveries.map((d) => Math.abs(d.at - Date.parse(d.message.at)) / 1000);
  expect(Math.max(...skewed)).toBeGreaterThan(300);
  const lost = seqs(habit('controller_gateway', 24));
  expect(Math.max(...lost)).toBeGreaterThan(new Set(lost).size);
  const flaps = habit('camera_sensor').filter(
    (d, i, all) => Date.parse(all[i + 1]?.message.at ?? '') - Date.parse(d.message.at) < 450,
  );
  expect(flaps.length).toBeGreaterThan(5);
});

test('a day has the shape that cities publish: most trips at 8–10 and 18–20, few at night', () => {
  const day = Array.from({ length: 24 }, (_, hour) => tripsPerHour('residence', hour));
  const busy = day.map((n, hour) => ({ n, hour })).sort((a, b) => b.n - a.n);
  expect(
    busy
      .slice(0, 4)
      .map((b) => b.hour)
      .sort((a, b) => a - b),
  ).toEqual([8, 9, 18, 19]);
  expect(day.reduce((a, b) => a + b)).toBeCloseTo(140);
});

const daysOfMany = (n: number, days: number, given: Settings): readonly Truth[] =>
  Array.from({ length: n }, (_, i) => daysOf(elevator(i + 1), given, START + days * 24 * HOUR_MS).truths).flat();

test('entrapments come at the rate that was set; the published one is 0.78 % of lifts a month', () => {
  expect(PUBLISHED_ENTRAPMENTS).toBe(0.0078);
  const held = daysOfMany(6, 1, settings({ entrapmentsPerMonth: 200 })).filter((t) => t.kind.startsWith('entrapment'));
  const expected = 6 * 200 * (1 / 30.4);
  expect(held.length).toBeGreaterThan(expected * 0.5);
  expect(held.length).toBeLessThan(expected * 1.5);
});

test('nothing goes wrong in a city where nothing was set to go wrong', () => {
  expect(daysOfMany(3, 1, settings())).toEqual([]);
});

test('a power cut darkens its whole feeder and no other', () => {
  const city = [elevator(1), elevator(2), elevator(3, { feeder: 'F2' })];
  const cut = { feeder: 'F1', at: START + 9 * HOUR_MS, minutes: 10 };
  const { truths } = hours(city, settings({ powerCuts: [cut] }), 11);
  const dark = truths.filter((t) => t.kind === 'power_cut');
  expect(dark.map((t) => t.no).sort((a, b) => a - b)).toEqual([1, 2]);
  for (const { beganAt, endedAt } of dark) {
    expect(Math.abs(beganAt - cut.at)).toBeLessThan(60_000);
    expect(endedAt - beganAt).toBeGreaterThan(9 * 60_000);
  }
});

test('people who are trapped are freed: the door opens and the truth has an end', () => {
  const given = settings({ entrapments: [{ no: 1, at: START + 60_000, level: false }] });
  const { deliveries, truths } = hours([elevator(1)], given, 2);
  const held = truths.find((t) => t.kind === 'entrapment_not_levelled');
  expect(held?.beganAt).toBeLessThan(START + 120_000);
  const opened = deliveries.find(
    ({ message }) =>
      message.type === 'status' && message.doorStatus === false && Date.parse(message.at) > (held?.beganAt ?? 0),
  );
  expect(Date.parse(opened?.message.at ?? '')).toBeLessThan(held?.endedAt ?? 0);
});

test('a run that begins later counts anew, so that its first messages are no repeats of an earlier run', () => {
  const bootOf = (startAt: number) => {
    for (const event of plan([elevator(1)], settings({ startAt }))) {
      if ('delivery' in event) return event.delivery.message.boot ?? 0;
    }
    return 0;
  };
  expect(bootOf(START + 5_000)).toBeGreaterThan(bootOf(START));
});
