import { type Car, change, happened, newCar, pass } from './car.ts';
import { FAULTS, type Fault, type Settings, type SimElevator, tripsPerDay, tripsPerHour } from './city.ts';
import { breakDown, visit } from './faults.ts';
import { exchange, type Mishap, otherFloor, ride, trip } from './trip.ts';
import { darken, type Trap, trap } from './trouble.ts';

const HOUR_MS = 3_600_000;
const CITY_OFFSET_MS = 8 * HOUR_MS;
const MONTH_DAYS = 30.4;

/** An elevator's days, one act at a time. After each step the car has told everything up to `car.at`. */
export function* life(elevator: SimElevator, settings: Settings): Generator<Car, never> {
  const car = newCar(elevator, settings);
  const cuts = settings.powerCuts.filter((c) => c.feeder === elevator.feeder).sort((a, b) => a.at - b.at);
  const planned = settings.entrapments.filter((e) => e.no === elevator.no).sort((a, b) => a.at - b.at);
  let visitAt = car.at + car.chance.wait(settings.visitDays * 24 * HOUR_MS);
  change(car, 0.1, {});
  for (;;) {
    const nextAt = car.at + waitForCall(car);
    const [cut] = cuts;
    const [first] = planned;
    if (first && first.at <= nextAt) {
      planned.shift();
      pass(car, Math.max(0, (first.at - car.at) / 1000));
      trapOnTheWay(car, { level: first.level, shown: true });
    } else if (cut && cut.at <= nextAt + 30_000) {
      cuts.shift();
      cutPower(car, cut, nextAt);
    } else if (visitAt <= nextAt) {
      visit(car);
      visitAt = car.at + car.chance.wait(settings.visitDays * 24 * HOUR_MS);
    } else {
      pass(car, (nextAt - car.at) / 1000);
      if (elevator.kind === 'lift') serve(car);
      else turn(car);
    }
    yield car;
  }
}

const hourOf = (at: number): number => Math.floor((at + CITY_OFFSET_MS) / HOUR_MS) % 24;

/** Ms until somebody calls. Cut at the hour, because the next hour is another one. */
function waitForCall(car: Car): number {
  const perHour = car.elevator.kind === 'lift' ? tripsPerHour(car.elevator.placeClass, hourOf(car.at)) : 1;
  return Math.min(car.chance.wait(HOUR_MS / Math.max(0.01, perHour)), HOUR_MS);
}

/** One call: a trip, or on some of them an entrapment or a fault. */
function serve(car: Car): void {
  const { settings, elevator, chance } = car;
  const perMonth = tripsPerDay(elevator.placeClass) * MONTH_DAYS;
  if (chance.happens(settings.entrapmentsPerMonth / perMonth))
    return trapOnTheWay(car, { level: chance.happens(0.45) });
  const fault = FAULTS.find((f) => chance.happens((settings.faultsPerMonth[f] ?? 0) / perMonth));
  if (fault) breakDown(car, fault);
  else trip(car);
}

function trapOnTheWay(car: Car, { level, shown = false }: Pick<Trap, 'level' | 'shown'>): void {
  const seen = car.truths.length;
  const mishap: Mishap = (c, where) => {
    if (c.truths.length > seen || c.people === 0 || (where === 'at_floor') !== level) return false;
    trap(c, { level, shown });
    return true;
  };
  if (shown) return board(car, mishap);
  for (let tries = 0; tries < 5 && car.truths.length === seen; tries += 1) trip(car, mishap);
}

/** Two people get in where the car stands, and ride. */
function board(car: Car, mishap: Mishap): void {
  exchange(car, 2);
  if (ride(car, otherFloor(car), mishap)) exchange(car, 0);
}

/** The mains go: caught on the way if a trip is near, else standing. */
function cutPower(car: Car, { at, minutes }: { at: number; minutes: number }, nextCallAt: number): void {
  if (car.elevator.kind === 'lift' && Math.abs(nextCallAt - at) < 30_000) {
    const seen = car.truths.length;
    pass(car, Math.max(0, (at - 15_000 - car.at) / 1000));
    trip(car, (c, where) => {
      if (c.truths.length > seen || c.people === 0 || where !== 'between_floors') return false;
      darken(c, minutes);
      return true;
    });
    if (car.truths.length > seen) return;
  }
  pass(car, Math.max(0, (at - car.at) / 1000));
  darken(car, minutes);
}

/** An escalator runs in the day and rests at night; now and then it is stopped, or turns round against its drive. */
function turn(car: Car): void {
  const { settings, chance } = car;
  const hour = hourOf(car.at);
  const run = hour >= 7 && hour < 22;
  if (run && car.present.carStatus === 0) {
    change(car, 1, { carStatus: 1, carDirection: chance.happens(0.5) ? 1 : 2, carSpeedMPerS: 0.5 });
  } else if (!run && car.present.carStatus === 1) change(car, 1, { carStatus: 0, carDirection: 0, carSpeedMPerS: 0 });
  const turns = (settings.faultsPerMonth.escalator_fault ?? 0) / (MONTH_DAYS * 24);
  if (car.present.carStatus === 1 && chance.happens(turns)) reverse(car);
  const faults: readonly Fault[] = ['vendor_fault', 'offline', 'machine_room_temperature', 'statistics_anomaly'];
  const fault = faults.find((f) => chance.happens((settings.faultsPerMonth[f] ?? 0) / (MONTH_DAYS * 24)));
  if (fault) breakDown(car, fault);
}

function reverse(car: Car): void {
  const beganAt = car.at;
  change(car, 1, { carDirection: car.present.carDirection === 1 ? 2 : 1 });
  change(car, car.chance.between(5, 20), { carStatus: 0, carDirection: 0, carSpeedMPerS: 0 });
  happened(car, 'escalator_fault', beganAt);
}
