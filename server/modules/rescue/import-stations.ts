import type { AnyDb, Db } from '../../kernel/db.ts';
import {
  type ExportLine,
  type ImportContext,
  type ImportKind,
  type ImportRow,
  numberIn,
  refuseRow,
  type Taken,
  textIn,
} from '../../kernel/import-kind.ts';
import { say } from '../../kernel/language.ts';
import { type AreaBook, type IdentityTables, isWithin, type MeantOrg, orgsNamed } from '../identity/index.ts';
import { toWgs84 } from '../registry/index.ts';
import type { StationRow } from './field.tables.ts';
import { STATION_FIELDS } from './field-import.rules.ts';
import type { RescueTables } from './tables.ts';

export type StationImportDeps = { newId: () => string; areas: AreaBook };
type Outcome = 'created' | 'changed' | 'unchanged' | 'refused';
type Station = Omit<StationRow, 'version'>;

/** Rescue stations, one a row: known by their organisation and name. */
export const stationImport = (deps: StationImportDeps): ImportKind => ({
  kind: 'stations',
  fields: STATION_FIELDS,
  required: [['station'], ['org']],
  countMissing: ['stationKind', 'address', 'area', 'lng'],
  tells: false,
  keyOf: () => [],
  take: (context, rows) => takeStations(deps, context, rows),
  lines: (db) => stationLines(db, deps.areas),
});

async function takeStations(
  deps: StationImportDeps,
  context: ImportContext,
  rows: readonly ImportRow[],
): Promise<Taken> {
  const tx = context.tx.withTables<RescueTables>();
  const orgs = await orgsNamed(
    context.tx.withTables<IdentityTables>(),
    rows.map((row) => textIn(row, 'org')),
  );
  const known = new Map((await openStations(tx)).map((s) => [keyOf(s.org_id, s.name), s]));
  const taken: Taken = { created: 0, changed: 0, unchanged: 0, refused: 0, ids: [] };
  for (const row of rows) {
    const org = orgOf(context, row, orgs.get(textIn(row, 'org')));
    taken[org ? await takeStation({ ...deps, ...context, known }, row, org) : 'refused'] += 1;
  }
  return taken;
}

const keyOf = (orgId: string, name: string): string => `${orgId} ${name.normalize('NFKC').replaceAll(/\s/gu, '')}`;

const openStations = (db: Db<RescueTables>): Promise<(Station & { version: number })[]> =>
  db.selectFrom('rescue.station').selectAll().where('closed_on', 'is', null).orderBy('name').execute();

/** The organisation a row names, if the one who imports may speak of it; null with the reason on the row. */
export function orgOf(
  { within }: Pick<ImportContext, 'within'>,
  row: ImportRow,
  org: MeantOrg | 'none' | 'several' | undefined,
): MeantOrg | null {
  if (org === undefined || org === 'none') refuseRow(row, 'org', 'identity.cell_org_none');
  else if (org === 'several') refuseRow(row, 'org', 'identity.cell_org_several');
  else if (isWithin(within, org.areaCodes)) return org;
  else refuseRow(row, 'org', 'identity.cell_org_outside');
  return null;
}

type Work = StationImportDeps & ImportContext & { known: Map<string, Station> };

async function takeStation(work: Work, row: ImportRow, org: MeantOrg): Promise<Outcome> {
  const name = textIn(row, 'station');
  if (name === '') {
    refuseRow(row, 'station', 'rescue.cell_station_name');
    return 'refused';
  }
  const was = work.known.get(keyOf(org.id, name));
  const place = placeOf(work, row);
  const kind = ['maintenance', 'public', 'social'].find((k) => k === textIn(row, 'stationKind')) as
    | StationRow['kind']
    | undefined;
  const next: Station = {
    id: was?.id ?? work.newId(),
    org_id: org.id,
    name: was?.name ?? name,
    address: textIn(row, 'address') || (was?.address ?? ''),
    kind: kind ?? was?.kind ?? 'maintenance',
    lng: place?.lng ?? was?.lng ?? null,
    lat: place?.lat ?? was?.lat ?? null,
    closed_on: null,
    area_codes: areasOf(work, row) ?? was?.area_codes ?? [...org.areaCodes],
    org_ids: [org.id],
  };
  work.known.set(keyOf(org.id, name), next);
  if (was && SAID.every((key) => String(was[key]) === String(next[key]))) return 'unchanged';
  await save(work, next);
  return was ? 'changed' : 'created';
}

const SAID = ['address', 'kind', 'lng', 'lat', 'area_codes'] as const;

async function save({ tx }: Work, { id, ...station }: Station): Promise<void> {
  await tx
    .withTables<RescueTables>()
    .insertInto('rescue.station')
    .values({ id, ...station })
    .onConflict((c) =>
      c.column('id').doUpdateSet((eb) => ({ ...station, version: eb('rescue.station.version', '+', 1) })),
    )
    .execute();
}

function placeOf({ units }: Work, row: ImportRow): { lng: number; lat: number } | null {
  const [lng, lat] = [numberIn(row, 'lng'), numberIn(row, 'lat')];
  if (lng === null || lat === null) return null;
  return toWgs84({ lng: rounded(lng), lat: rounded(lat), crs: units.crs });
}
/** Metres are enough: what a list repeats must come out the same. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

function areasOf({ areas }: Work, row: ImportRow): string[] | null {
  const named = textIn(row, 'area');
  if (named === '') return null;
  const code = areas.byName(named, null);
  if (code) return areas.path(code).flatMap((d) => (d.level === 'city' ? [] : [d.code]));
  row.faults.push({
    code: 'registry.cell_area',
    params: {},
    refused: false,
    column: row.columnOf('area'),
    value: named,
  });
  return null;
}

async function* stationLines(anyDb: AnyDb, areas: AreaBook): AsyncGenerator<ExportLine> {
  const db = anyDb as Db<RescueTables>;
  const rows = await db
    .selectFrom('rescue.station as s')
    .innerJoin('identity.org_card as o', 'o.id', 's.org_id')
    .select(['s.name', 'o.name as org', 's.kind', 's.address', 's.area_codes', 's.lng', 's.lat'])
    .where('s.closed_on', 'is', null)
    .orderBy('s.name')
    .execute();
  for (const s of rows) {
    yield {
      station: s.name,
      org: s.org,
      stationKind: say(`rescue.station_kind.${s.kind}`, 'zh'),
      address: s.address,
      area: s.area_codes[0] ? areas.name(s.area_codes[0]) : '',
      lng: s.lng,
      lat: s.lat,
    };
  }
}
