import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FINDING_KINDS } from '../../../contract/telemetry-vocabulary.ts';
import { hasWords } from '../../../words/index.ts';
import { measureClock, NEW_CLOCK, type SenderClock } from './clock.rules.ts';
import { conditionsOf } from './conditions.rules.ts';
import { thresholds } from './detect.fixtures.ts';
import { kindOf } from './finding.rules.ts';
import { fuse } from './fuse.rules.ts';
import { NOTICE_CODES } from './message.ts';
import { groupPowerCuts, type Outage } from './power.rules.ts';
import { NEW_STATE } from './state.rules.ts';

const { weights } = thresholds.confidence;
const kinds = ['status_pattern', 'vendor_alarm', 'button', 'phone_call', 'qr_scan', 'power_cut'] as const;
const anyEvidence = fc.array(fc.record({ kind: fc.constantFrom(...kinds) }), { maxLength: 8 });

test('evidence: nothing is no confidence, one kind its weight, two kinds more than either', () => {
  expect(fuse([], weights)).toEqual({ confidence: 0, kinds: [] });
  expect(fuse([{ kind: 'button' }], weights)).toEqual({ confidence: 0.6, kinds: ['button'] });
  expect(fuse([{ kind: 'button' }, { kind: 'phone_call' }], weights)).toEqual({
    confidence: 0.988,
    kinds: ['phone_call', 'button'],
  });
});

test('evidence: order and repeats change nothing, more kinds never lower it, and it is never certain', () => {
  fc.assert(
    fc.property(anyEvidence, fc.constantFrom(...kinds), (evidence, more) => {
      const fused = fuse(evidence, weights);
      expect(fuse([...evidence, ...evidence].toReversed(), weights)).toEqual(fused);
      expect(fuse([...evidence, { kind: more }], weights).confidence).toBeGreaterThanOrEqual(fused.confidence);
      expect(fused.confidence).toBeLessThan(1);
    }),
  );
});

test('a person who calls, or a full pattern, is offered at once; a button or a vendor alone is not', () => {
  const atOnce = (kind: (typeof kinds)[number]) =>
    fuse([{ kind }], weights).confidence >= thresholds.confidence.offerAtOnce;
  expect(kinds.filter(atOnce)).toEqual(['status_pattern', 'phone_call', 'qr_scan']);
});

const measured = (pairs: readonly (readonly [device: number, received: number])[]): SenderClock =>
  pairs.reduce((clock, [device, received]) => measureClock(clock, device, received), NEW_CLOCK);

test('a clock: the shortest delay tells how far it is off, longer ones only how late it may be', () => {
  const late = measured([
    [600_000, 0],
    [610_000, 40_000],
    [620_000, 20_000],
  ]);
  expect(late.skewMs).toBeGreaterThanOrEqual(599_990);
  expect(late.skewMs).toBeLessThanOrEqual(600_000);
  expect(late.lateMs).toBeGreaterThan(28_000);
});

test('a clock that was set back is believed after five messages, a burst of late ones is not', () => {
  const back = Array.from({ length: 5 }, (_, i) => [1_000_000 + i * 10_000 - 600_000, 1_000_000 + i * 10_000] as const);
  expect(measured([[900_000, 900_000], ...back]).skewMs).toBe(-600_000);
  expect(measured([[900_000, 900_000], ...back.slice(1)]).skewMs).toBeGreaterThan(-10);
  const burst = Array.from({ length: 20 }, (_, i) => [910_000 + i * 10_000, 1_500_000 + i] as const);
  expect(measured([[900_000, 900_000], ...burst]).skewMs).toBeGreaterThan(-100);
});

const outage = (n: number, given: Partial<Outage> = {}): Outage => ({
  findingId: `f${String(n).padStart(3, '0')}`,
  elevatorId: `e${n}`,
  feeder: 'F1',
  communityCode: 'C1',
  beganAt: n * 10_000,
  ...given,
});
const many = (n: number, given: Partial<Outage> = {}) => Array.from({ length: n }, (_, i) => outage(i, given));

test('power cut: five of one feeder within the window are one, four are not', () => {
  expect(groupPowerCuts(many(4), thresholds.power)).toEqual([]);
  const [cut, ...more] = groupPowerCuts(many(5), thresholds.power);
  expect(more).toEqual([]);
  expect(cut).toMatchObject({
    feeder: 'F1',
    communityCode: null,
    startedAt: 0,
    elevatorIds: ['e0', 'e1', 'e2', 'e3', 'e4'],
  });
});

test('power cut: it keeps its id while it grows, whatever the order in which it is heard', () => {
  const [five] = groupPowerCuts(many(5), thresholds.power);
  const [nine] = groupPowerCuts(many(9).toReversed(), thresholds.power);
  expect(nine?.id).toBe(five?.id);
  expect(nine?.elevatorIds).toHaveLength(9);
});

test('power cut: an hour between is two, an unknown feeder falls back to the community, an unknown place is none', () => {
  const later = many(5).map((o) => ({ ...o, findingId: `x${o.findingId}`, beganAt: o.beganAt + 3_600_000 }));
  expect(groupPowerCuts([...many(5), ...later], thresholds.power)).toHaveLength(2);
  expect(groupPowerCuts(many(5, { feeder: null }), thresholds.power)).toMatchObject([
    { feeder: null, communityCode: 'C1' },
  ]);
  expect(groupPowerCuts(many(9, { feeder: null, communityCode: null }), thresholds.power)).toEqual([]);
  expect(groupPowerCuts(many(6, { elevatorId: 'one and the same' }), thresholds.power)).toEqual([]);
});

test('every kind, code and reason has its words', () => {
  const reasons = [...conditionsOf('lift'), ...conditionsOf('escalator')].flatMap((c) => [
    c.reason({ ...NEW_STATE, inZone: false }),
    c.reason({ ...NEW_STATE, inZone: true, counterFault: 'stuck' }),
  ]);
  const codes = [
    ...FINDING_KINDS.map((kind) => `telemetry.finding.${kind}`),
    ...NOTICE_CODES.map((code) => `telemetry.code.${code}`),
    ...['cleared', 'ended', 'overruled', 'silenced', 'heard_again'].map((why) => `telemetry.closed.${why}`),
    ...reasons,
  ];
  expect(codes.filter((code) => !hasWords(code))).toEqual([]);
});

test('every fault and alarm code speaks for a kind of finding; modes, 00 and unmapped codes speak for none', () => {
  const silent = NOTICE_CODES.filter((code) => kindOf(code) === null);
  expect(silent).toEqual([
    'no_fault',
    'back_to_normal',
    'out_of_service',
    'inspection_mode',
    'fire_return_mode',
    'firefighter_mode',
    'emergency_power_mode',
    'earthquake_mode',
  ]);
  expect(kindOf('unmapped')).toBeNull();
});
