import { type Car, change, faultId, happened, pass, tellNotice, tellStatus } from './car.ts';
import type { Fault } from './city.ts';
import { exchange, otherFloor, ride, seat } from './trip.ts';

const MIN = 60;
const stopped = { carStatus: 0, carDirection: 0, carSpeedMPerS: 0 } as const;

/** Make one fault happen on a car that stands empty at a floor; it ends as good as before. */
export function breakDown(car: Car, fault: Fault): void {
  const began = car.at;
  const beganAt = breakages[fault](car);
  if (beganAt !== null) happened(car, fault, beganAt ?? began);
}

/** Faults that every code set can say. */
const REPORTED = ['door_close_fault', 'door_open_fault', 'motor_run_limit', 'position_lost'] as const;

/** When it really began, if later than the act; null: it could not happen on this car now. */
type Breakage = (car: Car) => number | undefined | null;

const breakages: Readonly<Record<Fault, Breakage>> = {
  stopped_outside_door_zone: (car) => {
    change(car, 2, { carStatus: 1, carDirection: 1, doorZone: false });
    change(car, 2, stopped);
    const beganAt = car.at;
    reportFor(car, 'stopped_outside_door_zone', car.chance.between(1.5, 12) * MIN);
    change(car, 4, { doorZone: true });
    return beganAt;
  },
  running_with_open_door: (car) => {
    change(car, 2, { carStatus: 1, carDirection: 1, doorZone: false, doorStatus: false });
    const beganAt = car.at;
    reportFor(car, 'running_with_open_door', car.chance.between(45, 90));
    change(car, 1, { ...stopped, doorZone: true, doorStatus: true });
    return beganAt;
  },
  unintended_movement: (car) => {
    change(car, 1, { doorStatus: false });
    change(car, 4, { doorZone: false });
    const beganAt = car.at;
    reportFor(car, 'unintended_movement', car.chance.between(30, 400));
    happened(car, 'stopped_outside_door_zone', beganAt);
    change(car, 5, { doorZone: true });
    change(car, 5, { doorStatus: true });
    return beganAt;
  },
  overspeed: (car) => {
    const speed = (car.elevator.ratedSpeedMmPerS / 1000) * car.chance.between(1.2, 1.4);
    change(car, 2, { carStatus: 1, carDirection: 2, doorZone: false, carSpeedMPerS: -speed });
    const beganAt = car.at;
    for (let n = 0; n < 4; n += 1) change(car, 1.5, { carSpeedMPerS: -speed * car.chance.between(0.98, 1.02) });
    change(car, 2, { ...stopped, doorZone: true });
    return beganAt;
  },
  overrun_top: (car) => beyond(car, car.elevator.topFloor + 1, 'overrun_top'),
  overrun_bottom: (car) => beyond(car, car.elevator.bottomFloor - 1, 'overrun_bottom'),
  repeated_door: (car) => {
    for (let n = car.chance.whole(11, 20); n > 0; n -= 1) {
      change(car, car.chance.between(2, 5), { doorStatus: false });
      change(car, car.chance.between(2, 6), { doorStatus: true });
    }
    return undefined;
  },
  safety_circuit: (car) => {
    change(car, 1, { safetyCircuitClosed: false });
    const beganAt = car.at;
    reportFor(car, 'safety_circuit_open', car.chance.between(30, 900));
    change(car, 1, { safetyCircuitClosed: true });
    return beganAt;
  },
  button_alarm: (car) => {
    exchange(car, 1);
    const id = faultId(car);
    tellNotice(car, 'user_alarm', { id });
    const beganAt = car.at;
    ride(car, otherFloor(car));
    tellNotice(car, 'user_alarm', { id, phase: 'clear' });
    exchange(car, 0);
    return beganAt;
  },
  offline: (car) => {
    const hours = car.chance.between(1.2, 6);
    const beganAt = car.at;
    car.silentUntil = car.at + hours * 3_600_000;
    pass(car, hours * 3_600 + 1);
    tellStatus(car);
    return beganAt;
  },
  machine_room_temperature: (car) => {
    const was = car.present.machineRoomCelsius;
    change(car, 1, {
      machineRoomCelsius: car.chance.happens(0.8) ? car.chance.whole(41, 50) : car.chance.whole(-3, 4),
    });
    const beganAt = car.at;
    pass(car, car.chance.between(15, 120) * MIN);
    change(car, 1, { machineRoomCelsius: was });
    return beganAt;
  },
  statistics_anomaly: (car) => {
    car.countAt = car.at;
    pass(car, 1);
    car.counters.presentCounterValue = Math.floor(car.counters.presentCounterValue / 2);
    const beganAt = car.at;
    car.countAt = car.at;
    pass(car, 30);
    return beganAt;
  },
  vendor_fault: (car) => {
    const id = faultId(car);
    const code = car.chance.pick(REPORTED);
    tellNotice(car, code, { id });
    pass(car, car.chance.between(5, 60) * MIN);
    tellNotice(car, code, { id, phase: 'clear' });
    return undefined;
  },
  escalator_fault: () => null,
};

/** Tell of a fault that lasts, and clear it when it is over. */
function reportFor(car: Car, code: Parameters<typeof tellNotice>[1], seconds: number): void {
  const id = faultId(car);
  pass(car, 4);
  tellNotice(car, code, { id });
  pass(car, Math.max(1, seconds - 4));
  tellNotice(car, code, { id, phase: 'clear' });
}

function beyond(car: Car, floor: number, code: 'overrun_top' | 'overrun_bottom'): number {
  const back = car.present.carPosition;
  change(car, 3, { carStatus: 1, doorZone: false, carPosition: floor });
  const beganAt = car.at;
  change(car, 1, stopped);
  reportFor(car, code, car.chance.between(20, 300));
  happened(car, 'stopped_outside_door_zone', beganAt);
  change(car, 10, { doorZone: true, carPosition: back });
  return beganAt;
}

/** A technician's visit: inspection mode, doors and movements of all kinds, people between floors, and nothing wrong. */
export function visit(car: Car): void {
  const { chance } = car;
  change(car, 2, { serviceMode: 2, passengerStatus: true });
  for (let n = chance.whole(6, 14); n > 0; n -= 1) {
    change(car, chance.between(20, 90), { carStatus: 1, doorZone: false, doorStatus: chance.happens(0.7) });
    change(car, chance.between(5, 60), { ...stopped, doorZone: chance.happens(0.3), doorStatus: chance.happens(0.5) });
    if (chance.happens(0.2)) change(car, 1, { safetyCircuitClosed: false });
    pass(car, chance.between(30, 300));
  }
  change(car, 5, { ...stopped, doorZone: true, doorStatus: false, safetyCircuitClosed: true });
  seat(car, 0);
  change(car, 20, { doorStatus: true });
  change(car, 5, { serviceMode: 1 });
}
