import { type Car, change, pass } from './car.ts';

const FLOOR_M = 3;

/** What may go wrong on the way: called where it would, and says whether the trip is over. */
export type Mishap = (car: Car, where: 'between_floors' | 'at_floor') => boolean;
const nothing: Mishap = () => false;

export const otherFloor = ({ chance, elevator, present }: Car): number => {
  // Every second trip begins or ends at the entrance.
  const to = chance.happens(0.5)
    ? Math.max(1, elevator.bottomFloor)
    : chance.whole(elevator.bottomFloor, elevator.topFloor);
  return to === present.carPosition ? (to === elevator.topFloor ? to - 1 : to + 1) : to;
};

/** Run to a floor. False: something went wrong and the car did not arrive as it should. */
export function ride(car: Car, to: number, mishap: Mishap = nothing): boolean {
  const { elevator, present } = car;
  const up = to > present.carPosition;
  const speed = elevator.ratedSpeedMmPerS / 1000;
  const began = car.at;
  const running = {
    carStatus: 1,
    carDirection: up ? 1 : 2,
    doorZone: false,
    carSpeedMPerS: up ? speed : -speed,
  } as const;
  change(car, car.chance.between(0.8, 2), running);
  for (let floor = present.carPosition; floor !== to; ) {
    const half = (FLOOR_M / speed / 2) * car.chance.between(0.95, 1.1);
    pass(car, half);
    if (mishap(car, 'between_floors')) return false;
    floor += up ? 1 : -1;
    change(car, half, { carPosition: floor });
  }
  change(car, car.chance.between(0.8, 1.5), { carStatus: 0, carDirection: 0, doorZone: true, carSpeedMPerS: 0 });
  car.counters.presentCounterValue += 1;
  car.counters.totalRunningTimeHours += (car.at - began) / 3_600_000;
  return !mishap(car, 'at_floor');
}

/** Open the door, let people in or out, close it. The person sensor notices a little later. */
export function exchange(car: Car, people: number): void {
  const { chance } = car;
  change(car, chance.between(1, 2), { doorStatus: false });
  pass(car, chance.between(2, 5));
  seat(car, people);
  pass(car, chance.between(1, 4));
  while (chance.happens(0.08)) reopen(car); // somebody comes running
  if (chance.happens(0.01)) pass(car, chance.between(30, 240)); // furniture in the door
  change(car, chance.between(1, 3), { doorStatus: true });
  car.counters.doorCycles += 1;
}

function reopen(car: Car): void {
  change(car, car.chance.between(2, 3), { doorStatus: true });
  change(car, car.chance.between(0.5, 1.5), { doorStatus: false });
  pass(car, car.chance.between(3, 6));
}

/** So many people are inside now. */
export function seat(car: Car, people: number): void {
  car.people = people;
  const load = people === 0 ? 0 : Math.min(110, Math.round(people * car.chance.between(5, 8)));
  change(car, car.chance.between(0.5, 2), { passengerStatus: people > 0, loadPercent: load });
}

/** One trip: the car is called, people get in, ride, sometimes with a stop on the way, and get out. */
export function trip(car: Car, mishap: Mishap = nothing): void {
  const { chance } = car;
  const from = chance.happens(0.4) ? car.present.carPosition : otherFloor(car);
  if (from !== car.present.carPosition && !ride(car, from)) return;
  exchange(car, chance.whole(1, 5));
  if (chance.happens(0.03)) pass(car, chance.between(8, 45)); // nobody has pressed a floor yet
  const stops = chance.happens(0.2) ? 2 : 1;
  for (let n = 0; n < stops; n += 1) {
    if (!ride(car, otherFloor(car), mishap)) return;
    exchange(car, n === stops - 1 ? 0 : Math.max(1, car.people - 1));
  }
}
