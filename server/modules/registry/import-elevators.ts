import { sql } from 'kysely';
import type { AnyDb, Db, Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import {
  blame,
  type ExportLine,
  type ImportContext,
  type ImportKind,
  type ImportRow,
  refuseRow,
  type Taken,
  textIn,
} from '../../kernel/import-kind.ts';
import { dayOf } from '../../kernel/time.ts';
import { isWithin } from '../identity/index.ts';
import { insertBuildings, insertFiles } from './bulk.store.ts';
import { groundOf } from './change.service.ts';
import { saveChange } from './change.store.ts';
import type { RegistryDeps } from './deps.ts';
import { applyEdit, type EditedFile, isPlannedUse } from './edit.rules.ts';
import type { Building, ElevatorFile } from './file.rules.ts';
import { findFiles } from './file.store.ts';
import { identifierKey } from './identifier.rules.ts';
import { editOf, identifiersOf, newFileOf, placeOf, type RowPlace } from './import-draft.rules.ts';
import { COUNTED_WHEN_MISSING, ELEVATOR_FIELDS } from './import-fields.rules.ts';
import { filesMeant, type OrgBook, orgsOfRows, refuseUnmeant } from './import-resolve.ts';
import { lineOfFile, orgNames, pagesOfFiles } from './register.views.ts';
import type { RegistryTables } from './tables.ts';

/** Elevators, one a row: what is new opens a file, what is known is brought up to date, what is the same is left alone. */
export const elevatorImport = (deps: RegistryDeps): ImportKind => ({
  kind: 'elevators',
  fields: ELEVATOR_FIELDS,
  required: [['registrationCode', 'rescueCode', 'deviceCode', 'makerNumber', 'useRegistration', 'sourceKey']],
  countMissing: COUNTED_WHEN_MISSING,
  tells: true,
  oneRowEach: true,
  keyOf: (row) => identifiersOf(row, '').map((i) => `${i.type} ${i.issuer ?? ''} ${identifierKey(i.value)}`),
  take: (context, rows) => takeRows(deps, context, rows),
  lines: (db) => elevatorLines(deps, db),
});

async function takeRows(deps: RegistryDeps, context: ImportContext, rows: readonly ImportRow[]): Promise<Taken> {
  const tx = context.tx.withTables<RegistryTables>();
  const known = await filesMeant(tx, context.source.id, rows);
  const orgs = await orgsOfRows(context, ORG_FIELDS, rows);
  const ground: Ground = { ...context, tx, deps, orgs, today: dayOf(deps.now()) };
  const fresh: ImportRow[] = [];
  const old: { row: ImportRow; id: ElevatorId }[] = [];
  for (const row of rows) {
    const found = known.get(row);
    if (refuseUnmeant(row, found) || refusePlanned(row, ground.today)) continue;
    if (found) old.push({ row, id: found });
    else fresh.push(row);
  }
  const created = await openFiles(ground, fresh);
  const changed = await bringUpToDate(ground, old);
  const refused = rows.filter((row) => row.faults.some((f) => f.refused)).length;
  return {
    created: created.length,
    changed: changed.length,
    unchanged: rows.length - created.length - changed.length - refused,
    refused,
    ids: [...created, ...changed],
  };
}

function refusePlanned(row: ImportRow, today: string): boolean {
  const isPlanned = isPlannedUse(textIn(row, 'inUseOn'), today);
  if (isPlanned) refuseRow(row, 'inUseOn', { code: 'registry.cell_row_planned', params: { today } });
  return isPlanned;
}

type Ground = Omit<ImportContext, 'tx'> & {
  tx: Tx<RegistryTables>;
  deps: RegistryDeps;
  orgs: OrgBook;
  today: string;
};

const ORG_FIELDS = ['useUnit', 'maintenance', 'maker', 'inspectionBody'] as const;

/** Whom a row names, in which role. An organisation nobody knows is remarked and left out. */
function orgsOf({ orgs }: Ground, row: ImportRow) {
  return ORG_FIELDS.flatMap((field) => {
    const name = row.values.get(field);
    if (name === undefined) return [];
    const org = orgs.get(String(name)) ?? 'none';
    if (typeof org === 'object') return [{ role: ROLE_OF[field], orgId: org.id }];
    const code = org === 'none' ? 'registry.cell_org' : 'registry.cell_org_several';
    blame(row, field, { code, params: {}, refused: false });
    return [];
  });
}

const ROLE_OF = {
  useUnit: 'use_unit',
  maintenance: 'maintenance',
  maker: 'maker',
  inspectionBody: 'inspection',
} as const;

/** Where a row stands. Who imports for one division only speaks of it where neither words nor point tell. */
function placeWithin({ deps, units, within }: Ground, row: ImportRow): RowPlace {
  const place = placeOf(row, units.crs, deps.city);
  return place.districtCode === null && within?.length === 1 ? { ...place, districtCode: within[0] ?? null } : place;
}

const codesOf = (place: Pick<Building, 'districtCode' | 'streetCode' | 'communityCode'> | null): string[] =>
  [place?.districtCode, place?.streetCode, place?.communityCode].filter((code) => code !== null && code !== undefined);

async function openFiles(ground: Ground, rows: readonly ImportRow[]): Promise<ElevatorId[]> {
  const { deps, tx, source } = ground;
  const places = rows
    .map((row) => ({ row, place: placeWithin(ground, row) }))
    .filter(({ row, place }) => {
      const isOwn = isWithin(ground.within, codesOf(place));
      if (!isOwn) refuseRow(row, 'area', 'registry.cell_row_outside');
      return isOwn;
    });
  const buildings = await buildingsFor(
    ground,
    places.map((p) => p.place),
  );
  const files = places.map(
    ({ row, place }): ElevatorFile =>
      newFileOf(row, {
        id: deps.newId() as ElevatorId,
        at: deps.now(),
        today: ground.today,
        source,
        building: buildings.get(place.key) ?? null,
        orgs: orgsOf(ground, row),
      }),
  );
  await insertFiles(tx, files, { newId: deps.newId, areaName: deps.city.areas.name });
  return files.map((file) => file.id);
}

/** The buildings where rows stand: those that are known by their words, and new ones for the others. */
async function buildingsFor({ deps, tx, source }: Ground, places: readonly RowPlace[]): Promise<Map<string, Building>> {
  const wanted = new Map(places.filter((p) => p.key !== '').map((p) => [p.key, p]));
  if (wanted.size === 0) return new Map();
  const asked = [...wanted.values()].map(({ key, estate, road, name, districtCode }) => ({
    key,
    estate,
    road,
    name,
    districtCode,
  }));
  const { rows } = await sql<{
    key: string;
    id: string;
    lng: number | null;
    lat: number | null;
    power_feeder: string | null;
  }>`
    select a.key, min(b.id::text)::uuid as id, min(b.lng) as lng, min(b.lat) as lat, min(b.power_feeder) as power_feeder
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (key text, estate text, road text, name text, "districtCode" text)
    join registry.building b on b.estate = a.estate and b.road = a.road and b.name = a.name
      and b.district_code is not distinct from a."districtCode" group by a.key`.execute(tx);
  const known = new Map(rows.map((row) => [row.key, row]));
  const found = new Map<string, Building>();
  const fresh: Building[] = [];
  for (const [key, { key: _, ...place }] of wanted) {
    const there = known.get(key);
    const building: Building = { ...place, id: there?.id ?? deps.newId(), source: source.name };
    if (there) Object.assign(building, { lng: there.lng, lat: there.lat, powerFeeder: there.power_feeder });
    else fresh.push(building);
    found.set(key, building);
  }
  await insertBuildings(tx, fresh);
  return found;
}

/** The ids of the files that changed. */
async function bringUpToDate(
  ground: Ground,
  known: readonly { row: ImportRow; id: ElevatorId }[],
): Promise<ElevatorId[]> {
  const { deps, tx, source, today } = ground;
  const found = await findFiles(
    tx,
    known.map((k) => k.id),
  );
  const files = new Map(found.map((file) => [file.id, file]));
  const saving = { now: deps.now(), newId: deps.newId, areaName: deps.city.areas.name };
  const ids: ElevatorId[] = [];
  for (const { row, id } of known) {
    const was = files.get(id);
    if (!was) continue;
    if (!isWithin(ground.within, codesOf(was.building))) {
      refuseRow(row, 'area', 'registry.cell_row_outside');
      continue;
    }
    const edit = editOf(row, { was, place: placeWithin(ground, row), source, orgs: orgsOf(ground, row), today });
    const next = applyEdit<EditedFile>(was, edit, groundOf(deps));
    if (next.ok) {
      await saveChange(tx, { was, next: next.value }, saving);
      ids.push(id);
    } else if (next.refusal.code !== 'registry.nothing_changed') {
      refuseRow(row, 'kind', { code: 'registry.cell_edit', params: { reason: next.refusal.code } });
    }
  }
  return ids;
}

async function* elevatorLines(deps: RegistryDeps, anyDb: AnyDb): AsyncGenerator<ExportLine> {
  const db = anyDb as Db<RegistryTables>;
  for await (const files of pagesOfFiles(db)) {
    const names = await orgNames(db, files);
    for (const file of files) yield lineOfFile(file, { names, areaName: deps.city.areas.name });
  }
}
