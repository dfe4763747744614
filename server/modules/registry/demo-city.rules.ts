import { type DemoElevator, demoElevator, newSerials, type Serials } from './demo-elevator.rules.ts';
import { chineseNumber, type DemoOrgKind } from './demo-orgs.rules.ts';
import { type Seeded, seeded } from './seeded.rules.ts';

/** A community of the real city in which invented estates may stand, with a point inside it (WGS-84). */
export type DemoPlace = {
  districtCode: string;
  streetCode: string;
  communityCode: string | null;
  lng: number;
  lat: number;
  spreadMetres: number; // how far from the point an estate may stand and still be inside
};

export type PlaceClass =
  | 'residence'
  | 'office'
  | 'mall'
  | 'hotel'
  | 'transport'
  | 'hospital'
  | 'school'
  | 'culture'
  | 'other';

export type DemoBuilding = { name: string; lng: number; lat: number; floors: number; elevators: DemoElevator[] };
export type DemoEstate = {
  name: string;
  road: string;
  place: DemoPlace;
  placeClass: PlaceClass;
  powerFeeder: string;
  propertyKey: string | null; // null: nobody knows who answers for it
  maintenanceKey: string;
  inspectionKey: string;
  makerKey: string;
  installerKey: string | null;
  sellerKey: string | null;
  constructionKey: string | null;
  buildings: DemoBuilding[];
};

/** Shares of elevators by place as city bulletins print them: about two thirds stand in housing. */
const SHARES: Readonly<Record<PlaceClass, number>> = {
  residence: 52,
  office: 14,
  mall: 7,
  hotel: 6,
  transport: 3,
  hospital: 4,
  school: 5,
  culture: 3,
  other: 6,
};

const FIRST = [...'翠望兰枫云星锦碧金玉清秀明安和泰福瑞祥宁景华春桂梅竹松柏荷莲'];
const SECOND = [...'湖江亭林栖河绣波桥山溪水湾园岸台谷苑光泉塘洲'];
const ENDINGS: Readonly<Record<PlaceClass, readonly string[]>> = {
  residence: ['花园', '家园', '公寓', '新村', '雅苑', '名邸', '小区'],
  office: ['大厦', '商务中心', '科技园'],
  mall: ['购物广场', '商城'],
  hotel: ['酒店', '宾馆'],
  transport: ['地铁站', '客运站', '客运码头'],
  hospital: ['医院', '门诊楼'],
  school: ['学校', '教学楼'],
  culture: ['体育场馆', '展览馆', '文化中心'],
  other: ['行人过街设施', '厂房', '综合楼'],
};
const ROADS = ['示例大道', '示例东路', '示例西路', '示例南路', '示例北路', '示范路', '样板路', '演示街'];

export type DemoPlan = {
  seed: number;
  elevators: number;
  places: readonly DemoPlace[];
  orgs: readonly { key: string; kind: string }[]; // of the kinds of `demoOrgs` at least
  today: string; // nothing of the demo is made or used after it
  provinceChar: string; // 苏, for use-registration numbers
  cityLetter: string;
};

/** The estates of a city that does not exist, one by one, until there are as many elevators as asked. */
export function* demoCity(plan: DemoPlan): Generator<DemoEstate> {
  const random = seeded(plan.seed);
  const serials = newSerials();
  const keys = keysByKind(plan.orgs);
  const names = new Map<string, number>();
  for (let left = plan.elevators, estateNo = 1; left > 0; estateNo += 1) {
    const estate = demoEstate({ plan, random, serials, keys, names, estateNo, left });
    left -= estate.buildings.reduce((sum, b) => sum + b.elevators.length, 0);
    yield estate;
  }
}

type Making = {
  plan: DemoPlan;
  random: Seeded;
  serials: Serials;
  keys: ReturnType<typeof keysByKind>;
  names: Map<string, number>;
  estateNo: number;
  left: number;
};

/** Who put an estate's elevators there. By turns, not at random: what is drawn for the estate stays what it was. */
function buildersOf(keys: Making['keys'], placeClass: PlaceClass, estateNo: number) {
  const turn = (of: readonly string[], n: number): string | null => of[Math.floor(n) % of.length] ?? null;
  return {
    installerKey: turn(keys.installer, estateNo),
    sellerKey: estateNo % 3 === 0 ? turn(keys.seller, estateNo / 3) : null,
    constructionKey: placeClass === 'residence' && estateNo % 2 === 0 ? turn(keys.construction, estateNo / 2) : null,
  };
}

function demoEstate({ plan, random, serials, keys, names, estateNo, left }: Making): DemoEstate {
  const placeClass = random.weighted(SHARES);
  const place = random.pick(plan.places);
  const builtYear = Number(plan.today.slice(0, 4)) - ageOf(random);
  const propertyKey = random.next() < 0.012 ? null : random.pick(placeClass === 'residence' ? keys.property : keys.use);
  const estate: DemoEstate = {
    name: nameOf(random, placeClass, names),
    road: `${random.pick(ROADS)}${random.between(1, 980)}号`,
    place,
    placeClass,
    powerFeeder: `示例10千伏${place.streetCode.slice(-3)}线${String(1 + (estateNo % 8)).padStart(2, '0')}`,
    propertyKey,
    maintenanceKey: random.pick(nearby(keys.maintenance, place, plan.places)),
    inspectionKey: random.pick(keys.inspection),
    makerKey: random.pick(keys.maker),
    ...buildersOf(keys, placeClass, estateNo),
    buildings: [],
  };
  const centre = scatter(random, place, place.spreadMetres);
  const count = placeClass === 'residence' ? random.between(2, 14) : random.between(1, 3);
  for (let i = 1, rest = left; i <= count && rest > 0; i += 1) {
    const floors = floorsOf(random, placeClass, builtYear);
    const spot = scatter(random, centre, placeClass === 'residence' ? 140 : 50);
    const wanted = Math.min(rest, elevatorsOf(random, placeClass, floors));
    const name = count === 1 ? '' : placeClass === 'residence' ? `${i}幢` : `${chineseNumber(i)}号楼`;
    const elevators = Array.from({ length: wanted }, (_, n) =>
      demoElevator({ plan, random, serials, place, placeClass, floors, builtYear, n, of: wanted }),
    );
    estate.buildings.push({ name, ...spot, floors, elevators });
    rest -= wanted;
  }
  return estate;
}

/** The maintenance units at home in a place's district: nobody keeps elevators an hour's drive away. */
function nearby(units: readonly string[], place: DemoPlace, places: readonly DemoPlace[]): readonly string[] {
  const districts = [...new Set(places.map((p) => p.districtCode))].sort();
  const own = units.filter((_, i) => districts[i % districts.length] === place.districtCode);
  return own.length > 0 ? own : units;
}

function keysByKind(orgs: DemoPlan['orgs']) {
  const of = (kind: DemoOrgKind) => orgs.filter((o) => o.kind === kind).map((o) => o.key);
  return {
    property: of('property_company'),
    use: of('use_unit'),
    maintenance: of('maintenance_unit'),
    maker: of('maker'),
    inspection: of('inspection_body'),
    installer: of('installer'),
    seller: of('seller'),
    construction: of('construction_unit'),
  };
}

/** Age in years: a third are younger than six, a seventh older than fifteen. */
function ageOf(random: Seeded): number {
  const band = random.weighted({ young: 34, middle: 31, grown: 21, old: 14 });
  if (band === 'young') return random.between(0, 5);
  if (band === 'middle') return random.between(6, 10);
  return band === 'grown' ? random.between(11, 15) : random.between(16, 26);
}

function nameOf(random: Seeded, placeClass: PlaceClass, names: Map<string, number>): string {
  const base = `示例${random.pick(FIRST)}${random.pick(SECOND)}${random.pick(ENDINGS[placeClass])}`;
  const seen = (names.get(base) ?? 0) + 1;
  names.set(base, seen);
  return seen === 1 ? base : `${base}${chineseNumber(Math.min(seen, 999))}期`;
}

function floorsOf(random: Seeded, placeClass: PlaceClass, builtYear: number): number {
  switch (placeClass) {
    case 'residence':
      return builtYear < 2005 ? random.between(7, 18) : random.between(11, 33);
    case 'office':
      return random.between(8, 40);
    case 'hotel':
      return random.between(6, 28);
    case 'hospital':
      return random.between(5, 20);
    case 'mall':
    case 'transport':
    case 'school':
    case 'culture':
    case 'other':
      return random.between(2, 6);
  }
}

function elevatorsOf(random: Seeded, placeClass: PlaceClass, floors: number): number {
  if (placeClass === 'residence') return floors > 18 ? random.between(2, 4) : random.between(1, 3);
  if (placeClass === 'mall' || placeClass === 'transport') return random.between(4, 14);
  return floors > 15 ? random.between(3, 8) : random.between(1, 4);
}

/** A point at most this far from another, in metres: at the centre more often than at the rim. */
function scatter(random: Seeded, from: { lng: number; lat: number }, metres: number): { lng: number; lat: number } {
  const angle = random.next() * 2 * Math.PI;
  const distance = metres * random.next();
  const lat = from.lat + (distance * Math.sin(angle)) / 111_320;
  const lng = from.lng + (distance * Math.cos(angle)) / (111_320 * Math.cos((from.lat * Math.PI) / 180));
  return { lng: Number(lng.toFixed(6)), lat: Number(lat.toFixed(6)) };
}
