import { sql } from 'kysely';
import type { FileEdit } from '../../../contract/registry.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { dayOf } from '../../kernel/time.ts';
import { insertBuildings, insertFiles } from './bulk.store.ts';
import { findByIdentifier } from './card.views.ts';
import { groundOf } from './change.service.ts';
import { saveChange } from './change.store.ts';
import type { RegistryDeps } from './deps.ts';
import { applyEdit, type EditedFile } from './edit.rules.ts';
import type { Building, ElevatorFile } from './file.rules.ts';
import { findFiles } from './file.store.ts';
import { type GivenIdentifier, identifierKey } from './identifier.rules.ts';
import { editOf, identifiersOf, newFileOf, placeOf, type RowPlace } from './import-draft.rules.ts';
import { COUNTED_WHEN_MISSING, ELEVATOR_FIELDS } from './import-fields.rules.ts';
import { blame, type ImportContext, type ImportKind, type ImportRow, type Taken } from './import-kind.ts';

/** Elevators, one a row: what is new opens a file, what is known is brought up to date, what is the same is left alone. */
export const elevatorImport = (deps: RegistryDeps): ImportKind => ({
  kind: 'elevators',
  fields: ELEVATOR_FIELDS,
  required: [['registrationCode', 'rescueCode', 'deviceCode', 'makerNumber', 'useRegistration', 'sourceKey']],
  countMissing: COUNTED_WHEN_MISSING,
  tells: true,
  keyOf: (row) => identifiersOf(row, '').map((i) => `${i.type} ${i.issuer ?? ''} ${identifierKey(i.value)}`),
  take: (context, rows) => takeRows(deps, context, rows),
});

async function takeRows(deps: RegistryDeps, context: ImportContext, rows: readonly ImportRow[]): Promise<Taken> {
  const known = await resolve(context, rows);
  const orgs = await orgsByName(context, rows);
  const ground: Ground = { deps, context, orgs, today: dayOf(deps.now()) };
  const fresh: ImportRow[] = [];
  const old: { row: ImportRow; id: ElevatorId }[] = [];
  let refused = 0;
  for (const row of rows) {
    const found = known.get(row);
    if (found === 'none' || found === 'several') {
      const code = found === 'none' ? 'registry.row_no_code' : 'registry.row_two_files';
      blame(row, 'registrationCode', {
        code: `registry.cell_${code.slice('registry.'.length)}`,
        params: {},
        refused: true,
      });
      refused += 1;
    } else if (found) old.push({ row, id: found });
    else fresh.push(row);
  }
  const created = await openFiles(ground, fresh);
  const changed = await bringUpToDate(ground, old);
  return {
    created: created.length,
    changed: changed.ids.length,
    unchanged: old.length - changed.ids.length - changed.refused,
    refused: refused + changed.refused,
    ids: [...created, ...changed.ids],
  };
}

type Ground = { deps: RegistryDeps; context: ImportContext; orgs: ReadonlyMap<string, OrgId>; today: string };

/** Which file each row means: an id, nothing yet, no code at all, or codes of more than one file. */
async function resolve(
  { tx, source }: ImportContext,
  rows: readonly ImportRow[],
): Promise<Map<ImportRow, ElevatorId | 'none' | 'several' | null>> {
  const asked = rows.flatMap((row) => identifiersOf(row, source.id).map((identifier) => ({ row, identifier })));
  const found = await findByIdentifier(
    tx,
    asked.map((a): GivenIdentifier => a.identifier),
  );
  const answers = new Map<ImportRow, ElevatorId | 'none' | 'several' | null>(rows.map((row) => [row, 'none']));
  asked.forEach(({ row }, i) => {
    const id = found[i] ?? null;
    const before = answers.get(row) ?? null;
    if (before === 'none' || before === null) answers.set(row, id);
    else if (id !== null && before !== id) answers.set(row, 'several');
  });
  return answers;
}

const ORG_FIELDS = ['useUnit', 'maintenance', 'maker', 'inspectionBody'] as const;

async function orgsByName({ tx }: ImportContext, rows: readonly ImportRow[]): Promise<Map<string, OrgId>> {
  const names = new Set(rows.flatMap((row) => ORG_FIELDS.flatMap((field) => row.values.get(field) ?? [])).map(String));
  if (names.size === 0) return new Map();
  const found = await tx
    .selectFrom('identity.org_card')
    .select(['id', 'name'])
    .where('name', 'in', [...names])
    .execute();
  return new Map(found.map((org) => [org.name, org.id]));
}

/** Whom a row names, in which role. An organisation nobody knows is remarked and left out. */
function orgsOf({ orgs }: Ground, row: ImportRow) {
  return ORG_FIELDS.flatMap((field) => {
    const name = row.values.get(field);
    if (name === undefined) return [];
    const orgId = orgs.get(String(name));
    if (!orgId) blame(row, field, { code: 'registry.cell_org', params: {}, refused: false });
    return orgId ? [{ role: ROLE_OF[field], orgId }] : [];
  });
}

const ROLE_OF = {
  useUnit: 'use_unit',
  maintenance: 'maintenance',
  maker: 'maker',
  inspectionBody: 'inspection',
} as const;

async function openFiles(ground: Ground, rows: readonly ImportRow[]): Promise<ElevatorId[]> {
  const { deps, context } = ground;
  const places = rows.map((row) => ({ row, place: placeOf(row, context.units.crs, deps.city) }));
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
        source: context.source,
        building: buildings.get(place.key) ?? null,
        orgs: orgsOf(ground, row),
      }),
  );
  if (!context.dry) await insertFiles(context.tx, files, { newId: deps.newId, areaName: deps.city.areas.name });
  return files.map((file) => file.id);
}

/** The buildings where rows stand: those that are known by their words, and new ones for the others. */
async function buildingsFor({ deps, context }: Ground, places: readonly RowPlace[]): Promise<Map<string, Building>> {
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
      and b.district_code is not distinct from a."districtCode" group by a.key`.execute(context.tx);
  const known = new Map(rows.map((row) => [row.key, row]));
  const found = new Map<string, Building>();
  const fresh: Building[] = [];
  for (const [key, { key: _, ...place }] of wanted) {
    const there = known.get(key);
    const building: Building = { ...place, id: there?.id ?? deps.newId(), source: context.source.name };
    if (there) Object.assign(building, { lng: there.lng, lat: there.lat, powerFeeder: there.power_feeder });
    else fresh.push(building);
    found.set(key, building);
  }
  if (!context.dry) await insertBuildings(context.tx, fresh);
  return found;
}

async function bringUpToDate(
  ground: Ground,
  known: readonly { row: ImportRow; id: ElevatorId }[],
): Promise<{ ids: ElevatorId[]; refused: number }> {
  const { deps, context } = ground;
  const files = new Map(
    (
      await findFiles(
        context.tx,
        known.map((k) => k.id),
      )
    ).map((file) => [file.id, file]),
  );
  const ids: ElevatorId[] = [];
  let refused = 0;
  for (const { row, id } of known) {
    const was = files.get(id);
    if (!was) continue;
    const place = placeOf(row, context.units.crs, deps.city);
    const edit: FileEdit = editOf(row, {
      was,
      place,
      source: context.source,
      orgs: orgsOf(ground, row),
      today: ground.today,
    });
    const next = applyEdit<EditedFile>(was, edit, groundOf(deps));
    if (!next.ok) {
      if (next.refusal.code === 'registry.nothing_changed') continue;
      blame(row, 'kind', { code: 'registry.cell_edit', params: { reason: next.refusal.code }, refused: true });
      refused += 1;
      continue;
    }
    const saving = { now: deps.now(), newId: deps.newId, areaName: deps.city.areas.name };
    if (!context.dry) await saveChange(context.tx, { was, next: next.value }, saving);
    ids.push(id);
  }
  return { ids, refused };
}
