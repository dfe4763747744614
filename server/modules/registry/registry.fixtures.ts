import type { Db } from '../../kernel/db.ts';
import { type ElevatorId, newId } from '../../kernel/ids.ts';
import { insertBuildings, insertFiles } from './bulk.store.ts';
import type { Building, ElevatorFile, Technical } from './file.rules.ts';
import { refreshPlaces } from './search.store.ts';
import type { RegistryTables } from './tables.ts';

export const technical = (given: Partial<Technical> = {}): Technical => ({
  kind: 'lift',
  variety: 'traction_passenger',
  catalogue2014: '3110',
  catalogueOld: null,
  unit: '1单元',
  inHouseNo: '',
  model: '',
  brand: '',
  madeOn: '2017-03-01',
  installedOn: '2017-05-01',
  inUseOn: '2017-06-01',
  nextInspectionOn: '2027-06-01',
  speedMmPerS: 1750,
  loadKg: 1000,
  bottomFloor: -1,
  topFloor: 18,
  stops: 19,
  params: {},
  ...given,
});

export const building = (given: Partial<Building> = {}): Building => ({
  id: newId(),
  estate: '示例翠湖花园',
  name: '3幢',
  road: '示例大道12号',
  districtCode: '320211',
  streetCode: '320211001',
  communityCode: null,
  given: { lng: 120.3, lat: 31.5, crs: 'WGS84' },
  lng: 120.3,
  lat: 31.5,
  powerFeeder: null,
  source: 'test',
  ...given,
});

export const file = (given: Partial<ElevatorFile> = {}): ElevatorFile => ({
  id: newId() as ElevatorId,
  state: 'in_use',
  stateAt: new Date('2026-11-01T00:00:00Z'),
  technical: technical(),
  building: building(),
  identifiers: [],
  parties: [],
  classes: [],
  source: 'test',
  ...given,
});

export const party = (
  role: ElevatorFile['parties'][number]['role'],
  orgId: ElevatorFile['parties'][number]['orgId'],
) => ({
  role,
  orgId,
  personId: null,
  fromOn: '2020-01-01',
  toOn: null,
  source: 'test',
});

export const code = (type: ElevatorFile['identifiers'][number]['type'], value: string, issuer = '') => ({
  type,
  value,
  issuer,
  validFrom: '2017-06-01',
  validTo: null,
  warnings: [],
});

/** Put whole files into the registry, with what the search box finds. */
export async function putFiles(db: Db<RegistryTables>, files: readonly ElevatorFile[]): Promise<void> {
  const buildings = [...new Map(files.flatMap((f) => (f.building ? [[f.building.id, f.building]] : []))).values()];
  await db.transaction().execute(async (tx) => {
    await insertBuildings(tx, buildings);
    await insertFiles(tx, files, { newId, areaName: () => '' });
    const rows = await tx.selectFrom('registry.building').select('place_key').distinct().execute();
    await refreshPlaces(
      tx,
      rows.map((row) => row.place_key),
      () => '',
    );
  });
}
