import { groupOf, KNOWN_CODE_SETS } from '../modules/telemetry/codes.ts';
import type { NoticeCode } from '../modules/telemetry/message.ts';
import type { WireMessage } from '../modules/telemetry/wire.ts';
import type { Moment, Present } from './car.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Settings, SimElevator } from './city.ts';

/** How a vendor's boxes misbehave. Shares are of messages. */
export type Habits = {
  lagSeconds: number; // the whole stream is late by up to this, in order
  lateShare: number; // single messages overtaken by the next ones
  doubledShare: number;
  skewSeconds: number; // each box's clock is wrong by up to this, either way
  gapsPerDay: number; // times a day a box's messages are lost for some minutes
  lostShare: number; // single messages lost
  flapShare: number; // person sensor and door contact flicker
  missingClears: number; // share of faults never cleared
  snapshots: boolean; // a heartbeat is a whole status
  changesOnly: boolean; // a status names only what changed
};

export type Vendor = { name: string; codeSet: string; habits: Habits };

const GOOD: Habits = {
  lagSeconds: 0.3,
  lateShare: 0,
  doubledShare: 0,
  skewSeconds: 1,
  gapsPerDay: 0,
  lostShare: 0,
  flapShare: 0,
  missingClears: 0,
  snapshots: false,
  changesOnly: false,
};

/** One well-behaved vendor and four with bad habits, each with another code set. All invented. */
export const VENDORS: readonly Vendor[] = [
  { name: '甲示例物联', codeSet: 'gbt24476', habits: { ...GOOD, changesOnly: true } },
  { name: '乙示例物联', codeSet: 'chongqing', habits: { ...GOOD, lagSeconds: 40, lateShare: 0.02, snapshots: true } },
  {
    name: '丙示例物联',
    codeSet: 'gbt38656',
    habits: { ...GOOD, doubledShare: 0.05, lateShare: 0.08 },
  },
  {
    name: '丁示例物联',
    codeSet: 'controller_gateway',
    habits: { ...GOOD, skewSeconds: 900, gapsPerDay: 0.5, lostShare: 0.003, lagSeconds: 5, snapshots: true },
  },
  {
    name: '戊示例传感',
    codeSet: 'camera_sensor',
    habits: { ...GOOD, flapShare: 0.02, missingClears: 0.3, lateShare: 0.01, doubledShare: 0.01 },
  },
];

/** A message and when it reaches our door, true time in ms. */
export type Delivery = { at: number; vendor: number; no: number; message: WireMessage };

type Box = {
  elevator: SimElevator;
  vendor: Vendor;
  raw: ReadonlyMap<NoticeCode, string>;
  chance: Chance;
  skewMs: number;
  boot: number; // a run that begins later counts anew
  seq: number;
  lagMs: number;
  arrivedAt: number;
  said: Readonly<Record<string, number | boolean>>;
  gapUntil: number;
  gapAt: number;
  uncleared: Set<string>;
};

const DAY_MS = 86_400_000;

/** What an elevator's box makes of its moments: codes, numbers and clock of its vendor, and his habits. */
export function boxOf(elevator: SimElevator, settings: Settings, vendors: readonly Vendor[] = VENDORS) {
  const vendor = vendors[elevator.vendor] ?? { name: '', codeSet: 'gbt24476', habits: GOOD };
  const chance = chanceOf(settings.seed, `box ${elevator.no}`);
  const box: Box = {
    elevator,
    vendor,
    chance,
    raw: rawCodes(vendor.codeSet),
    skewMs: Math.round(chance.between(-vendor.habits.skewSeconds, vendor.habits.skewSeconds) * 1000),
    boot: Math.floor(settings.startAt / 1000),
    seq: 0,
    lagMs: chance.between(0, vendor.habits.lagSeconds * 1000),
    arrivedAt: 0,
    said: {},
    gapUntil: 0,
    gapAt: settings.startAt + nextGap(chance, vendor.habits),
    uncleared: new Set(),
  };
  return (moments: readonly Moment[]): readonly Delivery[] => moments.flatMap((moment) => deliver(box, moment));
}

const nextGap = (chance: Chance, { gapsPerDay }: Habits): number =>
  gapsPerDay === 0 ? Number.POSITIVE_INFINITY : chance.wait(DAY_MS / gapsPerDay);

function deliver(box: Box, moment: Moment): Delivery[] {
  const { chance, vendor } = box;
  const words = flicker(box, moment).flatMap((m) => wordsOf(box, m));
  return words.flatMap(({ at, message: unnumbered }) => {
    box.seq += 1;
    if (isLost(box, at)) return [];
    const message = { ...unnumbered, seq: box.seq };
    const delivery = { at: Math.round(arrival(box, at)), vendor: box.elevator.vendor, no: box.elevator.no, message };
    return chance.happens(vendor.habits.doubledShare)
      ? [delivery, { ...delivery, at: delivery.at + chance.whole(5, 4_000) }]
      : [delivery];
  });
}

function isLost(box: Box, at: number): boolean {
  const { chance, vendor } = box;
  if (at >= box.gapAt) {
    box.gapUntil = box.gapAt + chance.between(60_000, 600_000);
    box.gapAt = box.gapUntil + nextGap(chance, vendor.habits);
  }
  return at < box.gapUntil || chance.happens(vendor.habits.lostShare);
}

/** When it arrives: a lag that wanders slowly and keeps the order, and for some messages a detour. */
function arrival(box: Box, at: number): number {
  const { chance } = box;
  const { lagSeconds, lateShare } = box.vendor.habits;
  box.lagMs = Math.min(lagSeconds * 1000, Math.max(0, box.lagMs + chance.between(-1, 1) * lagSeconds * 40));
  box.arrivedAt = Math.max(box.arrivedAt + 1, at + 40 + box.lagMs);
  return box.arrivedAt + (chance.happens(lateShare) ? chance.between(1_000, 20_000) : 0);
}

/** Sensors that flicker: beside the true word a false one and back, a moment later. */
function flicker(box: Box, moment: Moment): Moment[] {
  const { chance, vendor } = box;
  if (moment.say !== 'status' && moment.say !== 'heartbeat') return [moment];
  if (!chance.happens(vendor.habits.flapShare)) return [moment];
  const { present, at } = moment;
  const wrong = chance.happens(0.7)
    ? { ...present, passengerStatus: !present.passengerStatus }
    : { ...present, doorStatus: !present.doorStatus };
  return [
    moment,
    { at: at + chance.whole(150, 400), say: 'status', present: wrong },
    { at: at + chance.whole(500, 1_300), say: 'status', present },
  ];
}

type Words = { at: number; message: WireMessage };

function wordsOf(box: Box, moment: Moment): Words[] {
  const { elevator, vendor } = box;
  const clock = new Date(moment.at + box.skewMs).toISOString();
  const head = { elevator: elevator.name, boot: box.boot, at: clock };
  const one = (message: WireMessage): Words[] => [{ at: moment.at, message }];
  switch (moment.say) {
    case 'heartbeat':
      if (!vendor.habits.snapshots) return one({ ...head, type: 'heartbeat' });
      return one({ ...head, type: 'status', ...wireStatus(box, moment.present) });
    case 'status':
      return one({ ...head, type: 'status', ...wireStatus(box, moment.present) });
    case 'statistics':
      return one({ ...head, type: 'statistics', ...moment.counters });
    case 'notice': {
      const messageCode = box.raw.get(moment.code);
      if (messageCode === undefined || isForgotten(box, moment)) return [];
      const type = groupOf(moment.code, 'fault');
      return one({ ...head, type, messageCode, messageId: moment.noticeId, phase: moment.phase });
    }
  }
}

function isForgotten(box: Box, { noticeId, phase }: Moment & { say: 'notice' }): boolean {
  if (phase === 'add' && box.chance.happens(box.vendor.habits.missingClears)) box.uncleared.add(noticeId);
  return phase === 'clear' && box.uncleared.delete(noticeId);
}

/** A status in the words of the wire; escalators say only what escalators know. */
function wireStatus(box: Box, present: Present): Record<string, number | boolean> {
  const { carStatus, carDirection, serviceMode, carSpeedMPerS, machineRoomCelsius, mainsPower, safetyCircuitClosed } =
    present;
  if (box.elevator.kind === 'escalator') {
    const mode = serviceMode > 2 ? 3 : serviceMode;
    return {
      serviceMode: mode,
      operationStatus: carStatus,
      operationDirection: carDirection,
      machineRoomCelsius,
      mainsPower,
      safetyCircuitClosed,
    };
  }
  const whole = { ...present, carSpeedMPerS: Math.round(carSpeedMPerS * 1000) / 1000 };
  if (!box.vendor.habits.changesOnly) return whole;
  const { said } = box;
  box.said = whole;
  return Object.fromEntries(Object.entries(whole).filter(([field, value]) => said[field] !== value));
}

/** The raw code a vendor's set has for each meaning; what his set cannot say he does not say. */
function rawCodes(name: string): ReadonlyMap<NoticeCode, string> {
  const set = KNOWN_CODE_SETS.find((s) => s.name === name);
  if (!set) return new Map();
  const own = new Map(Object.entries(set.codes).map(([raw, code]) => [code, raw]));
  const parent = set.extends === undefined ? new Map<NoticeCode, string>() : rawCodes(set.extends);
  for (const [code, raw] of parent) {
    if (!own.has(code) && !Object.hasOwn(set.codes, raw)) own.set(code, raw);
  }
  return own;
}
