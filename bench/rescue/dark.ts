import { change, newCar, tellNotice } from '../../server/simulate/car.ts';
import type { Settings, SimElevator } from '../../server/simulate/city.ts';
import { exchange, otherFloor, ride } from '../../server/simulate/trip.ts';
import { trap } from '../../server/simulate/trouble.ts';
import { boxOf, type Delivery } from '../../server/simulate/vendor.ts';

/** After this long everything that makes a case was said, and has held as long as the city's pack asks. */
const SHOWN_MS = 75_000;

/**
 * What the box of a car says whose feeder goes dark at `darkAt` while two people ride: the ride, the cut, the stop between
 * floors, the button and the box's own alarm. The people stay inside.
 */
export function darkRide(elevator: SimElevator, settings: Settings, darkAt: number): readonly Delivery[] {
  // The same chance gives the same ride: the first pass finds out how long it takes until the cut.
  const early = rideOf(elevator, { ...settings, startAt: 0 });
  const { deliveries } = rideOf(elevator, { ...settings, startAt: Math.round(darkAt - early.darkAt) });
  return deliveries.filter((d) => d.at < darkAt + SHOWN_MS);
}

function rideOf(elevator: SimElevator, settings: Settings) {
  const car = newCar(elevator, settings);
  const seen = { darkAt: 0 };
  change(car, 0.1, {});
  exchange(car, 2);
  ride(car, otherFloor(car), (c, where) => {
    if (where !== 'between_floors') return false;
    seen.darkAt = c.at;
    change(c, 0.2, { mainsPower: false });
    tellNotice(c, 'power_cut', { id: `p${elevator.no}` });
    trap(c, { level: false, mains: false, minutes: 20, shown: true });
    return true;
  });
  return { deliveries: boxOf(elevator, settings)(car.moments), darkAt: seen.darkAt };
}
