import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { type Building, derive, type ElevatorFile } from './file.rules.ts';
import { identifierKey } from './identifier.rules.ts';
import type { RegistryTables } from './tables.ts';

/** Insert rows of one table in one statement: the fastest way that keeps types in the database's hands. */
async function insertAll(
  tx: Tx<RegistryTables>,
  table: 'building' | 'elevator' | 'identifier' | 'party' | 'classification',
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = sql.join(Object.keys(first).map((name) => sql.ref(name)));
  await sql`insert into registry.${sql.ref(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::registry.${sql.ref(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  );
}

export const insertBuildings = (tx: Tx<RegistryTables>, buildings: readonly Building[]): Promise<void> =>
  insertAll(tx, 'building', buildings.map(buildingRow));

/** Insert whole files with everything in them. Their buildings must be there. */
export async function insertFiles(
  tx: Tx<RegistryTables>,
  files: readonly ElevatorFile[],
  { newId, areaName }: { newId: () => string; areaName: (code: string) => string },
): Promise<void> {
  await insertAll(
    tx,
    'elevator',
    files.map((f) => elevatorRow(f, areaName)),
  );
  await insertAll(
    tx,
    'identifier',
    files.flatMap((f) => identifierRows(f, newId)),
  );
  await insertAll(
    tx,
    'party',
    files.flatMap((f) => partyRows(f, newId)),
  );
  await insertAll(tx, 'classification', files.flatMap(classRows));
}

const identifierRows = (f: ElevatorFile, newId: () => string) =>
  f.identifiers.map((i) => ({
    id: newId(),
    elevator_id: f.id,
    type: i.type,
    value: i.value,
    value_key: identifierKey(i.value),
    issuer: i.issuer,
    valid_from: i.validFrom,
    valid_to: i.validTo,
    warnings: i.warnings,
    recorded_at: f.stateAt,
  }));

const partyRows = (f: ElevatorFile, newId: () => string) =>
  f.parties.map((p) => ({
    id: newId(),
    elevator_id: f.id,
    role: p.role,
    org_id: p.orgId,
    person_id: p.personId,
    from_on: p.fromOn,
    to_on: p.toOn,
    source: p.source,
    recorded_at: f.stateAt,
  }));

const classRows = (f: ElevatorFile) =>
  f.classes.map((c) => ({
    elevator_id: f.id,
    field: c.field,
    value: c.value,
    source: c.source,
    as_of_on: c.asOfOn,
    recorded_at: f.stateAt,
  }));

export const buildingRow = (b: Building) => ({
  id: b.id,
  estate: b.estate,
  name: b.name,
  road: b.road,
  district_code: b.districtCode,
  street_code: b.streetCode,
  community_code: b.communityCode,
  given_lng: b.given?.lng ?? null,
  given_lat: b.given?.lat ?? null,
  crs: b.given?.crs ?? null,
  lng: b.lng,
  lat: b.lat,
  power_feeder: b.powerFeeder,
  source: b.source,
  version: 0,
  created_at: new Date(),
});

function elevatorRow(file: ElevatorFile, areaName: (code: string) => string) {
  const { technical: t } = file;
  return {
    id: file.id,
    state: file.state,
    state_at: file.stateAt,
    building_id: file.building?.id ?? null,
    source: file.source,
    version: 0,
    created_at: file.stateAt,
    changed_at: file.stateAt,
    ...technicalColumns(t),
    ...derivedColumns(derive(file, areaName)),
  };
}

export const technicalColumns = (t: ElevatorFile['technical']) => ({
  kind: t.kind,
  variety: t.variety,
  catalogue_2014: t.catalogue2014,
  catalogue_old: t.catalogueOld,
  unit: t.unit,
  in_house_no: t.inHouseNo,
  model: t.model,
  brand: t.brand,
  made_on: t.madeOn,
  installed_on: t.installedOn,
  in_use_on: t.inUseOn,
  next_inspection_on: t.nextInspectionOn,
  rated_speed_mm_per_s: t.speedMmPerS,
  rated_load_kg: t.loadKg,
  bottom_floor: t.bottomFloor,
  top_floor: t.topFloor,
  stops: t.stops,
  params: t.params,
});

export const derivedColumns = (d: ReturnType<typeof derive>) => ({
  address: d.address,
  district_code: d.districtCode,
  street_code: d.streetCode,
  community_code: d.communityCode,
  lng: d.lng,
  lat: d.lat,
  power_feeder: d.powerFeeder,
  place_class: d.placeClass,
  registration_code: d.registrationCode,
  rescue_code: d.rescueCode,
  use_org_id: d.useOrgId,
  maintenance_org_id: d.maintenanceOrgId,
  inspection_org_id: d.inspectionOrgId,
  maker_org_id: d.makerOrgId,
  quality: d.quality,
  gaps: d.gaps,
  area_codes: d.areaCodes,
  org_ids: d.orgIds,
});
