import type { NoticeCode } from '../modules/telemetry/message.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Settings, SimElevator, Truth } from './city.ts';

/** The state of an elevator as its own controller knows it, in the words of the wire. */
export type Present = {
  serviceMode: number;
  carStatus: 0 | 1;
  carDirection: 0 | 1 | 2;
  doorZone: boolean;
  carPosition: number;
  doorStatus: boolean; // true: closed
  passengerStatus: boolean;
  carSpeedMPerS: number;
  loadPercent: number;
  machineRoomCelsius: number;
  mainsPower: boolean;
  safetyCircuitClosed: boolean;
};

export type Counters = { totalRunningTimeHours: number; presentCounterValue: number; doorCycles: number };

/** One thing a perfect box would say, at true time in ms. Vendors make of it what they can. */
export type Moment = { at: number } & (
  | { say: 'status'; present: Present }
  | { say: 'heartbeat'; present: Present }
  | { say: 'statistics'; counters: Counters }
  | { say: 'notice'; code: NoticeCode; noticeId: string; phase: 'add' | 'clear' }
);

/** An elevator living its days: where it is in time, how it stands, and what was said since it was last asked. */
export type Car = {
  readonly elevator: SimElevator;
  readonly chance: Chance;
  readonly settings: Settings;
  at: number;
  beatAt: number; // when the next heartbeat is due
  countAt: number; // when the counters are told next
  present: Present;
  counters: Counters;
  people: number;
  silentUntil: number; // the box is off
  moments: Moment[];
  truths: Truth[];
};

const BEAT_MS = 60_000;
const DAY_MS = 86_400_000;

export function newCar(elevator: SimElevator, settings: Settings): Car {
  const chance = chanceOf(settings.seed, `car ${elevator.no}`);
  const { startAt } = settings;
  const runs = chance.whole(20_000, 2_000_000);
  return {
    elevator,
    chance,
    settings,
    at: startAt,
    beatAt: startAt + chance.next() * BEAT_MS,
    countAt: startAt + chance.next() * DAY_MS,
    present: {
      serviceMode: 1,
      carStatus: 0,
      carDirection: 0,
      doorZone: true,
      carPosition: chance.happens(0.5) ? elevator.bottomFloor : chance.whole(elevator.bottomFloor, elevator.topFloor),
      doorStatus: true,
      passengerStatus: false,
      carSpeedMPerS: 0,
      loadPercent: 0,
      machineRoomCelsius: Math.round(chance.between(18, 33)),
      mainsPower: true,
      safetyCircuitClosed: true,
    },
    counters: { totalRunningTimeHours: Math.round(runs / 90), presentCounterValue: runs, doorCycles: runs * 2 },
    people: 0,
    silentUntil: 0,
    moments: [],
    truths: [],
  };
}

type Words = Moment extends infer M ? (M extends Moment ? Omit<M, 'at'> : never) : never;

function tell(car: Car, words: Words): void {
  if (car.at >= car.silentUntil) car.moments.push({ at: Math.round(car.at), ...words });
}

/** Say how the car stands now. */
export const tellStatus = (car: Car): void => tell(car, { say: 'status', present: car.present });

/** Raise or clear a fault, event or alarm. */
export function tellNotice(car: Car, code: NoticeCode, told: { id: string; phase?: 'add' | 'clear' }): void {
  tell(car, { say: 'notice', code, noticeId: told.id, phase: told.phase ?? 'add' });
}

/** Let time pass with nothing happening: the box beats, and tells its counters once a day. */
export function pass(car: Car, seconds: number): void {
  const until = car.at + seconds * 1000;
  for (let next = Math.min(car.beatAt, car.countAt); next <= until; next = Math.min(car.beatAt, car.countAt)) {
    car.at = Math.max(car.at, next);
    if (next === car.beatAt) {
      tell(car, { say: 'heartbeat', present: car.present });
      car.beatAt += BEAT_MS;
    } else {
      tell(car, { say: 'statistics', counters: { ...car.counters } });
      car.countAt += DAY_MS;
    }
  }
  car.at = Math.max(car.at, until);
}

/** After some seconds the car stands otherwise, and says so. */
export function change(car: Car, afterSeconds: number, to: Partial<Present>): void {
  pass(car, afterSeconds);
  car.present = { ...car.present, ...to };
  tellStatus(car);
}

/** Remember what really happened from then until now. */
export function happened(car: Car, kind: Truth['kind'], beganAt: number): void {
  car.truths.push({ no: car.elevator.no, kind, beganAt: Math.round(beganAt), endedAt: Math.round(car.at) });
}

/** A name for a fault that its clear will repeat. */
export const faultId = (car: Car): string => `f${car.elevator.no}-${Math.round(car.at / 1000).toString(36)}`;
