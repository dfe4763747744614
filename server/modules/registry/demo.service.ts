import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { note } from '../../kernel/trace.ts';
import { insertBuildings, insertFiles } from './bulk.store.ts';
import { type DemoEstate, type DemoPlan, demoCity } from './demo-city.rules.ts';
import type { DemoElevator } from './demo-elevator.rules.ts';
import { type Building, type ClassFact, derive, type ElevatorFile, type Party } from './file.rules.ts';
import { refreshOrgs, refreshPlaces } from './search.store.ts';
import type { RegistryTables } from './tables.ts';

/** How many estates are written in one transaction: about a thousand elevators, half a second. */
const ESTATES_AT_ONCE = 60;

export type DemoDeps = {
  db: Db<RegistryTables>;
  now: () => Date;
  newId: () => string;
  areaName: (code: string) => string;
  /** The organisation that stands for a key of `demoOrgs`, and the credit code of a maker. */
  orgOf: (key: string) => { id: OrgId; uscc: string };
  /** Hears how far it is, so that the first page can show it. */
  progress: (done: number, of: number) => void;
};

/** Write a city that does not exist: estates, buildings, elevators, codes and parties, and what the search box finds. */
export async function seedDemoElevators(deps: DemoDeps, plan: DemoPlan): Promise<number> {
  let done = 0;
  let waiting: DemoEstate[] = [];
  const write = async () => {
    done += await writeEstates(deps, waiting);
    waiting = [];
    deps.progress(done, plan.elevators);
  };
  for (const estate of demoCity(plan)) {
    waiting.push(estate);
    if (waiting.length >= ESTATES_AT_ONCE) await write();
  }
  await write();
  await deps.db.transaction().execute((tx) => refreshOrgs(tx));
  return done;
}

async function writeEstates(deps: DemoDeps, estates: readonly DemoEstate[]): Promise<number> {
  const built = estates.flatMap((estate) =>
    estate.buildings.map((b) => {
      const building = buildingOf(deps, estate, b);
      return { building, files: b.elevators.map((elevator) => fileOf(deps, { estate, building, elevator })) };
    }),
  );
  const files = built.flatMap((b) => b.files);
  await deps.db.transaction().execute(async (tx) => {
    const buildings = built.map((b) => b.building);
    await insertBuildings(tx, buildings);
    await insertFiles(tx, files, deps);
    const created = { code: 'registry.trace.created', params: { source: 'demo' }, ref: null };
    await note(
      tx,
      files.map((file) => ({ ...created, subject: file.id, at: file.stateAt, audience: derive(file, deps.areaName) })),
    );
    const rows = await tx
      .selectFrom('registry.building')
      .select('place_key')
      .distinct()
      .where(
        'id',
        'in',
        buildings.map((b) => b.id),
      )
      .execute();
    await refreshPlaces(
      tx,
      rows.map((row) => row.place_key),
      deps.areaName,
    );
  });
  return files.length;
}

const buildingOf = ({ newId }: DemoDeps, estate: DemoEstate, b: DemoEstate['buildings'][number]): Building => ({
  id: newId(),
  estate: estate.name,
  name: b.name,
  road: estate.road,
  districtCode: estate.place.districtCode,
  streetCode: estate.place.streetCode,
  communityCode: estate.place.communityCode,
  given: { lng: b.lng, lat: b.lat, crs: 'WGS84' },
  lng: b.lng,
  lat: b.lat,
  powerFeeder: estate.powerFeeder,
  source: 'demo',
});

type Making = { estate: DemoEstate; building: Building; elevator: DemoElevator };

function fileOf(deps: DemoDeps, { estate, building, elevator: e }: Making): ElevatorFile {
  const maker = deps.orgOf(estate.makerKey);
  const code = (type: ElevatorFile['identifiers'][number]['type'], value: string, issuer = '') => ({
    type,
    value,
    issuer,
    validFrom: e.inUseOn ?? e.installedOn,
    validTo: null,
    warnings: [],
  });
  return {
    id: deps.newId() as ElevatorId,
    state: e.state,
    stateAt: deps.now(),
    source: 'demo',
    building,
    technical: {
      ...e,
      inHouseNo: '',
      brand: `示例品牌${estate.makerKey.replace('maker-', '')}`,
      params: e.kind === 'lift' ? { doors: e.stops } : { angleDegrees: e.kind === 'escalator' ? 30 : 12 },
    },
    identifiers: [
      code('registration_code', e.registrationCode),
      code('use_registration', e.useRegistration),
      code('device_code', e.deviceCode),
      code('maker_number', e.makerNumber, maker.uscc),
      code('rescue_code', e.rescueCode),
    ],
    parties: partiesOf(deps, estate, e),
    classes: classesOf(estate, e),
  };
}

function partiesOf(deps: DemoDeps, estate: DemoEstate, e: DemoElevator): Party[] {
  const since = e.inUseOn ?? e.installedOn;
  const party = (role: Party['role'], key: string | null): Party[] =>
    key === null
      ? []
      : [{ role, orgId: deps.orgOf(key).id, personId: null, fromOn: since, toOn: null, source: 'demo' }];
  return [
    ...party('use_unit', estate.propertyKey),
    ...party('maintenance', estate.maintenanceKey),
    ...party('inspection', estate.inspectionKey),
    ...party('maker', estate.makerKey),
    ...party('installer', estate.installerKey),
    ...party('seller', estate.sellerKey),
    ...party('construction', estate.constructionKey),
  ];
}

/** Where the machine room is and whether it is cooled: most files say so, as in a real city some do not. */
function roomOf({ kind, stops, rescueCode }: DemoElevator): [ClassFact['field'], string][] {
  if (kind !== 'lift') return [['machine_room_place', 'none']];
  const place: [ClassFact['field'], string] = ['machine_room_place', stops % 3 === 0 ? 'top_floor' : 'roof'];
  const last = Number(rescueCode.at(-1));
  return last > 7 ? [place] : [place, ['machine_room_cooled', String(last < 6)]];
}

function classesOf(estate: DemoEstate, e: DemoElevator): ClassFact[] {
  const fact = (field: ClassFact['field'], value: string): ClassFact => ({
    field,
    value,
    source: 'demo',
    asOfOn: e.inUseOn ?? e.installedOn,
  });
  const residents = estate.placeClass === 'residence' ? [fact('residents_served', String(e.stops * 6))] : [];
  return [
    fact('place_class', estate.placeClass),
    ...roomOf(e).map(([field, value]) => fact(field, value)),
    ...residents,
  ];
}
