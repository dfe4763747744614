import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Building, ElevatorFile, Party, Technical } from './file.rules.ts';
import type { BuildingRow, ClassificationRow, ElevatorRow, IdentifierRow, PartyRow, RegistryTables } from './tables.ts';

/** Technical parameters of a kind, as they are stored: plain values by name. */
export const params = z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()]));

/** A file as it is stored, with the version that a change must name. */
export type StoredFile = Omit<ElevatorFile, 'parties'> & {
  parties: readonly (Party & { id: string })[];
  version: number;
  changedAt: Date;
  mergedInto: ElevatorId | null;
};

/** Whole files, in the order asked; one that is unknown or not seen in this scope is absent. */
export async function findFiles(db: Db<RegistryTables>, ids: readonly ElevatorId[]): Promise<StoredFile[]> {
  if (ids.length === 0) return [];
  const asked = [...ids];
  const rows = await db.selectFrom('registry.elevator').selectAll().where('id', 'in', asked).execute();
  const seen = rows.map((row) => row.id);
  if (seen.length === 0) return [];
  const identifiers = await db
    .selectFrom('registry.identifier')
    .selectAll()
    .where('elevator_id', 'in', seen)
    .orderBy('type')
    .orderBy('recorded_at', 'desc')
    .execute();
  const parties = await db
    .selectFrom('registry.party')
    .selectAll()
    .where('elevator_id', 'in', seen)
    .orderBy('from_on', 'desc')
    .execute();
  const classes = await db
    .selectFrom('registry.classification')
    .selectAll()
    .where('elevator_id', 'in', seen)
    .orderBy('field')
    .execute();
  const parts = {
    buildings: await findBuildings(
      db,
      rows.flatMap((row) => row.building_id ?? []),
    ),
    identifiers: byElevator(identifiers),
    parties: byElevator(parties),
    classes: byElevator(classes),
  };
  const byId = new Map(rows.map((row) => [row.id, row]));
  return asked.flatMap((id) => {
    const row = byId.get(id);
    return row ? [fileFrom(row, parts)] : [];
  });
}

async function findBuildings(db: Db<RegistryTables>, ids: readonly string[]): Promise<Map<string, Building>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('registry.building')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, buildingFrom(row)]));
}

type Parts = {
  buildings: ReadonlyMap<string, Building>;
  identifiers: ReadonlyMap<ElevatorId, Selectable<IdentifierRow>[]>;
  parties: ReadonlyMap<ElevatorId, Selectable<PartyRow>[]>;
  classes: ReadonlyMap<ElevatorId, Selectable<ClassificationRow>[]>;
};

function byElevator<R extends { elevator_id: ElevatorId }>(rows: readonly R[]): Map<ElevatorId, R[]> {
  const found = new Map<ElevatorId, R[]>();
  for (const row of rows) found.set(row.elevator_id, [...(found.get(row.elevator_id) ?? []), row]);
  return found;
}

const fileFrom = (row: Selectable<ElevatorRow>, parts: Parts): StoredFile => ({
  id: row.id,
  state: row.state,
  stateAt: row.state_at,
  source: row.source,
  version: row.version,
  changedAt: row.changed_at,
  mergedInto: row.merged_into,
  technical: technicalFrom(row),
  building: (row.building_id && parts.buildings.get(row.building_id)) || null,
  identifiers: (parts.identifiers.get(row.id) ?? []).map((i) => ({
    type: i.type,
    value: i.value,
    issuer: i.issuer,
    validFrom: i.valid_from,
    validTo: i.valid_to,
    warnings: i.warnings,
  })),
  parties: (parts.parties.get(row.id) ?? []).map((p) => ({
    id: p.id,
    role: p.role,
    orgId: p.org_id,
    personId: p.person_id,
    fromOn: p.from_on,
    toOn: p.to_on,
    source: p.source,
  })),
  classes: (parts.classes.get(row.id) ?? []).map((c) => ({
    field: c.field,
    value: c.value,
    source: c.source,
    asOfOn: c.as_of_on,
  })),
});

const technicalFrom = (row: Selectable<ElevatorRow>): Technical => ({
  kind: row.kind,
  variety: row.variety,
  catalogue2014: row.catalogue_2014,
  catalogueOld: row.catalogue_old,
  unit: row.unit,
  inHouseNo: row.in_house_no,
  model: row.model,
  brand: row.brand,
  madeOn: row.made_on,
  installedOn: row.installed_on,
  inUseOn: row.in_use_on,
  nextInspectionOn: row.next_inspection_on,
  speedMmPerS: row.rated_speed_mm_per_s,
  loadKg: row.rated_load_kg,
  bottomFloor: row.bottom_floor,
  topFloor: row.top_floor,
  stops: row.stops,
  params: params.parse(row.params),
});

export const buildingFrom = (row: Selectable<BuildingRow>): Building => ({
  id: row.id,
  estate: row.estate,
  name: row.name,
  road: row.road,
  districtCode: row.district_code,
  streetCode: row.street_code,
  communityCode: row.community_code,
  given:
    row.given_lng !== null && row.given_lat !== null && row.crs !== null
      ? { lng: row.given_lng, lat: row.given_lat, crs: row.crs }
      : null,
  lng: row.lng,
  lat: row.lat,
  powerFeeder: row.power_feeder,
  source: row.source,
});
