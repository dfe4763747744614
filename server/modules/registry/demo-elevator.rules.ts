import type { DemoPlace, DemoPlan, PlaceClass } from './demo-city.rules.ts';
import type { Seeded } from './seeded.rules.ts';
import type { Kind, State, Variety } from './vocabulary.rules.ts';

export type DemoElevator = {
  kind: Kind;
  variety: Variety;
  catalogue2014: string | null;
  catalogueOld: string | null;
  state: State;
  unit: string;
  model: string;
  madeOn: string;
  installedOn: string;
  inUseOn: string | null;
  nextInspectionOn: string | null;
  speedMmPerS: number;
  loadKg: number;
  bottomFloor: number;
  topFloor: number;
  stops: number;
  registrationCode: string;
  useRegistration: string;
  deviceCode: string;
  makerNumber: string;
  rescueCode: string;
};

/** What has been given out, so that no code comes twice. */
export type Serials = { next: (series: string) => number; rescueCode: () => string };

export function newSerials(): Serials {
  const used = new Map<string, number>();
  let rescue = 0;
  return {
    next: (series) => {
      const n = (used.get(series) ?? 0) + 1;
      used.set(series, n);
      return n;
    },
    // 7,919 is prime to 900,000, so the codes look scattered and none comes twice before all have come.
    rescueCode: () => {
      rescue += 1;
      return String(100_000 + ((rescue * 7_919) % 900_000));
    },
  };
}

type Making = {
  plan: DemoPlan;
  random: Seeded;
  serials: Serials;
  place: DemoPlace;
  placeClass: PlaceClass;
  floors: number;
  builtYear: number;
  n: number; // which one in its building, from 0
  of: number;
};

const OLD_CATALOGUE: Partial<Record<Variety, string>> = {
  traction_passenger: '3110',
  traction_freight: '3210',
  escalator: '3500',
  moving_walk: '3600',
  hydraulic_passenger: '3310',
};
const CATALOGUE_2014: Partial<Record<Variety, string>> = {
  traction_passenger: '3110',
  traction_freight: '3120',
  escalator: '3310',
  moving_walk: '3320',
  hydraulic_passenger: '3210',
};
const USE_KIND: Partial<Record<Variety, string>> = {
  traction_passenger: '11',
  traction_freight: '12',
  escalator: '31',
  moving_walk: '32',
  hydraulic_passenger: '21',
};

/** One elevator as its place, its floors and its year suggest. */
export function demoElevator(making: Making): DemoElevator {
  const { random, builtYear, floors, plan } = making;
  const variety = varietyOf(making);
  const kind: Kind = variety === 'escalator' || variety === 'moving_walk' ? variety : 'lift';
  const thisYear = Number(plan.today.slice(0, 4));
  const year = Math.min(thisYear, builtYear + (random.next() < 0.1 ? 1 : 0));
  const month = random.between(1, year === thisYear ? 9 : 12);
  const madeOn = `${year}-${two(month)}-${two(random.between(1, 28))}`;
  const installedOn = dayAfter(madeOn, random.between(20, 60));
  const drawn = stateOf(random, year === thisYear);
  const isRunning = drawn !== 'supervised_inspection' && drawn !== 'registered';
  const firstDay = isRunning ? dayAfter(installedOn, random.between(15, 45)) : null;
  const inUseOn = firstDay !== null && firstDay <= plan.today ? firstDay : null;
  const state = isRunning && inUseOn === null ? 'registered' : drawn; // its first day has not come
  return {
    kind,
    variety,
    ...cataloguesOf(variety, madeOn),
    state,
    unit: unitOf(making, kind),
    model: kind === 'lift' ? `示例-L${random.between(1, 9)}00` : `示例-E${random.between(1, 5)}0`,
    madeOn,
    installedOn,
    inUseOn,
    nextInspectionOn: inUseOn && state !== 'scrapped' ? nextInspection(random, thisYear, inUseOn) : null,
    ...sizeOf(random, kind, floors),
    ...codesOf(making, variety, madeOn),
  };
}

function varietyOf({ random, placeClass, n }: Making): Variety {
  if ((placeClass === 'mall' || placeClass === 'transport') && n > 0) {
    return random.weighted({ escalator: 74, moving_walk: 6, traction_passenger: 16, traction_freight: 4 });
  }
  if (placeClass === 'residence') return 'traction_passenger';
  return random.weighted({ traction_passenger: 90, traction_freight: 8, hydraulic_passenger: 2 });
}

function stateOf(random: Seeded, isNew: boolean): State {
  if (isNew && random.next() < 0.2) return random.pick(['supervised_inspection', 'registered'] as const);
  return random.weighted({ in_use: 968, stopped: 22, sealed: 4, scrapped: 6 });
}

function cataloguesOf(variety: Variety, madeOn: string) {
  const old = madeOn < '2014-11-03';
  return {
    catalogue2014: old ? null : (CATALOGUE_2014[variety] ?? null),
    catalogueOld: old ? (OLD_CATALOGUE[variety] ?? null) : null,
  };
}

function unitOf({ placeClass, n, of }: Making, kind: Kind): string {
  if (kind !== 'lift') return `${n + 1}号${kind === 'escalator' ? '扶梯' : '人行道'}`;
  if (placeClass !== 'residence') return `${n + 1}号梯`;
  return of === 1 ? '1单元' : `${1 + Math.floor(n / 2)}单元${n % 2 === 0 ? '东' : '西'}梯`;
}

function sizeOf(random: Seeded, kind: Kind, floors: number) {
  if (kind !== 'lift') return { speedMmPerS: 500, loadKg: 0, bottomFloor: 1, topFloor: 2, stops: 2 };
  const bottomFloor = floors > 6 ? random.pick([-2, -1, -1, 1]) : 1;
  const speedMmPerS =
    floors > 28
      ? random.pick([2500, 3000, 4000])
      : floors > 16
        ? random.pick([1750, 2000, 2500])
        : random.pick([1000, 1500, 1750]);
  const stops = floors + (bottomFloor < 0 ? -bottomFloor : 0);
  return { speedMmPerS, loadKg: random.pick([630, 800, 1000, 1050, 1350]), bottomFloor, topFloor: floors, stops };
}

function codesOf({ plan, random, serials, place }: Making, variety: Variety, madeOn: string) {
  const old = madeOn < '2014-11-03';
  const catalogue = (old ? OLD_CATALOGUE[variety] : CATALOGUE_2014[variety]) ?? '3110';
  const month = madeOn.slice(0, 4) + madeOn.slice(5, 7);
  const series = catalogue + place.districtCode + month;
  const year = madeOn.slice(0, 4);
  const useSeries = `梯${USE_KIND[variety] ?? '11'}${plan.provinceChar}${plan.cityLetter}`;
  return {
    registrationCode: series + four(serials.next(series)),
    useRegistration: `${useSeries}${five(serials.next(useSeries + year))}(${year.slice(2)})`,
    deviceCode: `${catalogue}${place.districtCode.slice(0, 5)}${year}${five(serials.next(`device${catalogue}${place.districtCode.slice(0, 5)}${year}`))}`,
    makerNumber: `SL${year}-${String(serials.next('maker')).padStart(6, '0')}${random.pick(['', 'A', 'B'])}`,
    rescueCode: serials.rescueCode(),
  };
}

/** The next yearly date that has not passed by more than a month: a few are late, as in every city. */
function nextInspection(random: Seeded, thisYear: number, inUseOn: string): string {
  const late = random.next() < 0.02;
  const year = Math.max(Number(inUseOn.slice(0, 4)) + 1, late ? thisYear : thisYear + 1);
  return `${year}-${inUseOn.slice(5, 8)}${two(Math.min(28, Number(inUseOn.slice(8))))}`;
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const two = (n: number) => String(n).padStart(2, '0');
const four = (n: number) => String(n).padStart(4, '0');
const five = (n: number) => String(n).padStart(5, '0');
