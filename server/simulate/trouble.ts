import { type Car, change, faultId, happened, pass, tellNotice } from './car.ts';
import { seat } from './trip.ts';

const MIN = 60;
const stopped = { carStatus: 0, carDirection: 0, carSpeedMPerS: 0 } as const;

/** How people in a stuck car behave, and how the box tells of it. */
type Cause = { button: boolean; alarm: boolean; circuit: boolean; mains: boolean };

const causeOf = ({ chance }: Car, mains: boolean): Cause => ({
  button: chance.happens(0.6),
  alarm: chance.happens(0.9),
  circuit: mains && chance.happens(0.3),
  mains,
});

/** Minutes until people are free: crews arrive after 11 minutes on average and need 5 more; some cars run again alone. */
const heldMinutes = ({ chance }: Car): number => (chance.happens(0.1) ? chance.between(3, 6) : chance.between(8, 28));

/** `shown`: for people who watch, the passenger presses and the box reports within seconds. */
export type Trap = { level: boolean; mains?: boolean; minutes?: number; shown?: boolean };

/** People are trapped: level behind a door that does not open, or between floors. Ends with the door open. */
export function trap(car: Car, { level, mains = true, minutes, shown = false }: Trap): void {
  const cause: Cause = shown ? { button: true, alarm: true, circuit: false, mains } : causeOf(car, mains);
  if (car.people === 0) seat(car, car.chance.whole(1, 3));
  change(car, 0.3, {
    ...stopped,
    doorZone: level,
    doorStatus: true,
    mainsPower: mains,
    safetyCircuitClosed: !cause.circuit,
  });
  const beganAt = car.at;
  const id = faultId(car);
  hold(car, { id, level, cause, shown, seconds: (minutes ?? heldMinutes(car)) * MIN });
  free(car, { id, level, cause });
  happened(car, level ? 'entrapment_levelled' : 'entrapment_not_levelled', beganAt);
  if (!level) happened(car, 'stopped_outside_door_zone', beganAt);
  if (cause.circuit) happened(car, 'safety_circuit', beganAt);
  if (cause.button) happened(car, 'button_alarm', beganAt);
  leave(car);
}

type Held = { id: string; level: boolean; cause: Cause; seconds: number; shown: boolean };

function hold(car: Car, { id, level, cause, seconds, shown }: Held): void {
  const { chance } = car;
  const until = car.at + seconds * 1000;
  if (cause.circuit) tellNotice(car, 'safety_circuit_open', { id: `${id}c` });
  pass(car, shown ? 6 : chance.between(8, 40));
  if (cause.button) tellNotice(car, 'user_alarm', { id: `${id}b` });
  pass(car, shown ? 5 : chance.between(20, 60));
  if (cause.alarm) tellNotice(car, level ? 'entrapment_levelled' : 'entrapment_not_levelled', { id });
  if (!level) tellNotice(car, 'stopped_outside_door_zone', { id: `${id}z` });
  pass(car, Math.max(5, (until - car.at) / 1000));
}

function free(car: Car, { id, level, cause }: Omit<Held, 'seconds' | 'shown'>): void {
  const byHand = car.chance.happens(0.4);
  if (byHand) change(car, 5, { serviceMode: 2 });
  if (!level) change(car, car.chance.between(20, 60), { doorZone: true });
  change(car, 2, { doorStatus: false, safetyCircuitClosed: true });
  pass(car, 4);
  if (cause.alarm) tellNotice(car, level ? 'entrapment_levelled' : 'entrapment_not_levelled', { id, phase: 'clear' });
  if (!level) tellNotice(car, 'stopped_outside_door_zone', { id: `${id}z`, phase: 'clear' });
  if (cause.button) tellNotice(car, 'user_alarm', { id: `${id}b`, phase: 'clear' });
  if (cause.circuit) tellNotice(car, 'safety_circuit_open', { id: `${id}c`, phase: 'clear' });
}

function leave(car: Car): void {
  seat(car, 0);
  pass(car, car.chance.between(60, 300));
  change(car, 2, { doorStatus: true, serviceMode: 1 });
}

/** The feeder is dark: cars on the way stop, some crawl to a floor on their battery and open. Ends with the mains back. */
export function darken(car: Car, minutes: number): void {
  const beganAt = car.at;
  const endsAt = car.at + minutes * MIN * 1000;
  const id = `${faultId(car)}p`;
  const underway = car.people > 0;
  change(car, 0.2, { mainsPower: false, ...stopped, ...(underway && { doorZone: false }) });
  tellNotice(car, 'power_cut', { id });
  if (underway && car.chance.happens(0.4)) crawl(car);
  else if (underway) trap(car, { level: false, mains: false, minutes: Math.min(minutes, heldMinutes(car)) });
  if (car.at < endsAt) pass(car, (endsAt - car.at) / 1000);
  change(car, 0.5, { mainsPower: true, serviceMode: 1 });
  tellNotice(car, 'power_cut', { id, phase: 'clear' });
  happened(car, 'power_cut', beganAt);
}

/** Automatic levelling on emergency power: slow to the next floor, open, everybody out. */
function crawl(car: Car): void {
  change(car, 3, { serviceMode: 5, carStatus: 1, carDirection: 2, carSpeedMPerS: -0.1 });
  change(car, car.chance.between(10, 30), { ...stopped, doorZone: true });
  change(car, 2, { doorStatus: false });
  seat(car, 0);
  change(car, 20, { doorStatus: true });
}
