import type { FindingKind } from '../modules/telemetry/finding.rules.ts';
import type { WireElevatorName } from '../modules/telemetry/wire.ts';

/** One elevator of the simulated city. */
export type SimElevator = {
  no: number; // names it in truth lists and seeds its chance
  name: WireElevatorName;
  kind: 'lift' | 'escalator';
  placeClass: string;
  bottomFloor: number;
  topFloor: number;
  ratedSpeedMmPerS: number;
  feeder: string | null;
  vendor: number; // index in the list of vendors
};

/** Faults that can be set: how many a month on each elevator. Those that nobody set do not happen. */
export const FAULTS = [
  'stopped_outside_door_zone',
  'running_with_open_door',
  'unintended_movement',
  'overspeed',
  'overrun_top',
  'overrun_bottom',
  'repeated_door',
  'safety_circuit',
  'button_alarm',
  'offline',
  'machine_room_temperature',
  'statistics_anomaly',
  'vendor_fault',
  'escalator_fault',
] as const satisfies readonly FindingKind[];
export type Fault = (typeof FAULTS)[number];

export type PlannedCut = { feeder: string; at: number; minutes: number };
/** An entrapment at a set moment, for demonstrations: on the next trip after `at`. */
export type PlannedEntrapment = { no: number; at: number; level: boolean };

export type Settings = {
  seed: number;
  startAt: number; // ms
  entrapmentsPerMonth: number; // per lift in use; cities publish 0.0078
  faultsPerMonth: Partial<Record<Fault, number>>;
  visitDays: number; // days between maintenance visits
  powerCuts: readonly PlannedCut[];
  entrapments: readonly PlannedEntrapment[];
};

/** 困人率 of a large city: 0.78 % of its lifts a month. */
export const PUBLISHED_ENTRAPMENTS = 0.0078;

/** Something that really happened, to hold findings against. Instants are true time in ms. */
export type Truth = { no: number; kind: FindingKind; beganAt: number; endedAt: number };

/** Trips a day by place, and how they spread over the hours. Peaks at 8–10 and 18–20 everywhere, strongest at home. */
const TRIPS: Readonly<Record<string, number>> = {
  residence: 140,
  office: 320,
  mall: 260,
  hotel: 220,
  transport: 380,
  hospital: 420,
  school: 120,
  culture: 110,
};
const HOME = [6, 4, 3, 2, 2, 6, 22, 62, 88, 66, 40, 42, 52, 46, 36, 36, 44, 64, 90, 84, 58, 44, 28, 14];
const WORK = [1, 1, 1, 1, 1, 2, 8, 40, 96, 84, 52, 58, 86, 70, 50, 48, 50, 66, 84, 48, 22, 12, 6, 2];
const ALL_DAY = [3, 2, 2, 2, 2, 4, 14, 40, 78, 82, 70, 68, 72, 66, 62, 62, 66, 72, 80, 76, 58, 40, 20, 8];

/** Trips an hour of one elevator at a place at an hour of the city's day. */
export function tripsPerHour(placeClass: string, hour: number): number {
  const shape = placeClass === 'residence' ? HOME : placeClass === 'office' || placeClass === 'school' ? WORK : ALL_DAY;
  const sum = shape.reduce((a, b) => a + b, 0);
  return ((TRIPS[placeClass] ?? 150) * (shape[hour] ?? 0)) / sum;
}

export const tripsPerDay = (placeClass: string): number => TRIPS[placeClass] ?? 150;
