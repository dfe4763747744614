import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { ElevatorFilter, ElevatorLine, ElevatorSort } from '../../../contract/registry.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { IndustryBook } from './industry.rules.ts';
import { type Ground, isUninsured } from './list.ground.ts';
import { narrowing } from './search.views.ts';
import type { ElevatorRow, RegistryTables } from './tables.ts';
import type { Kind, State } from './vocabulary.rules.ts';

type Words = Awaited<ReturnType<typeof narrowing>>;

/** A filter with its words already looked up. */
export type Narrow = Omit<ElevatorFilter, 'q' | 'industry' | 'uninsured'> & {
  uninsured?: RawBuilder<boolean> | undefined;
  industry?: ReturnType<IndustryBook['parts']> | undefined; // as classes and kinds of places
  words: Words | null;
  meant: readonly ElevatorId[] | null; // the elevators the words mean; null: no words, or so many that any page is full of them
  today: string;
  /** The viewer sees by his organisations alone: few elevators, looked up before anything else is asked. */
  ownOnly: boolean;
};

type Lines = SelectQueryBuilder<RegistryTables & { e: ElevatorRow }, 'e', object>;

/** Look up what the words of a filter mean in this scope. */
export async function narrow(
  db: Db<RegistryTables>,
  { q, industry, uninsured, ...filter }: ElevatorFilter,
  { scope, today, industries, insured }: Ground,
): Promise<Narrow> {
  const words = q?.trim() ? await narrowing(db, { scope, q, limit: 200 }) : null;
  const meant = words ? await fewMeant(db, words, scope) : null;
  const ownOnly = !scope.all && scope.areas.length === 0;
  return {
    ...filter,
    industry: industry ? industries.parts(industry) : undefined,
    uninsured: uninsured ? isUninsured({ insured, today }) : undefined,
    words,
    meant,
    today,
    ownOnly,
  };
}

/** Up to this many elevators are looked up; more are met soon enough on the way through the list. */
const FEW = 5_000;

async function fewMeant(db: Db<RegistryTables>, words: Words, scope: Scope): Promise<readonly ElevatorId[] | null> {
  const { ids, placeKeys, orgIds, areas, inside } = words;
  const { rows } = await sql<{ id: ElevatorId }>`
    select id from registry.elevators_meant(${ids}::uuid[], ${placeKeys}::text[], ${inside.building}::text, ${orgIds}::uuid[],
      ${areas}::text[], ${scope.all}, ${[...scope.areas]}::text[], ${[...scope.orgs]}::uuid[], ${FEW + 1}) id`.execute(
    db,
  );
  return rows.length > FEW ? null : rows.map(({ id }) => id);
}

/** The elevators a filter means, in the scope of the transaction. */
export function matching(db: Db<RegistryTables>, filter: Narrow): Lines {
  let lines: Lines = db.selectFrom('registry.elevator as e').where('e.merged_into', 'is', null);
  if (filter.ownOnly) lines = lines.where(sql<boolean>`e.id = any(array(select registry.own_elevators()))`);
  if (filter.area) {
    // Plain comparison, not array overlap: under row security an index serves only the first.
    const inside = sql.val(filter.area);
    lines = lines.where(
      sql<boolean>`(e.district_code = ${inside} or e.street_code = ${inside} or e.community_code = ${inside})`,
    );
  }
  if (filter.state?.length) lines = lines.where('e.state', 'in', filter.state);
  if (filter.kind?.length) lines = lines.where('e.kind', 'in', filter.kind);
  if (filter.placeClass?.length) lines = lines.where('e.place_class', 'in', filter.placeClass);
  if (filter.useOrg) lines = lines.where('e.use_org_id', '=', filter.useOrg as OrgId);
  if (filter.maintenanceOrg) lines = lines.where('e.maintenance_org_id', '=', filter.maintenanceOrg as OrgId);
  if (filter.makerOrg) lines = lines.where('e.maker_org_id', '=', filter.makerOrg as OrgId);
  if (filter.building) lines = lines.where('e.building_id', '=', filter.building);
  const { gap } = filter;
  if (gap) lines = lines.where((eb) => eb('e.gaps', '@>', eb.val([gap])));
  if (filter.maxQuality !== undefined) lines = lines.where('e.quality', '<=', filter.maxQuality);
  if (filter.inspectionBefore) lines = lines.where('e.next_inspection_on', '<', filter.inspectionBefore);
  if (filter.unknownUseUnit) lines = lines.where('e.use_org_id', 'is', null);
  if (filter.unplaced) lines = lines.where('e.lng', 'is', null);
  lines = withWork(lines, filter);
  if (filter.minAgeYears !== undefined) {
    lines = lines.where('e.in_use_on', '<=', yearsBefore(filter.today, filter.minAgeYears));
  }
  if (filter.place) {
    lines = lines.where('e.building_id', 'in', (q) =>
      q
        .selectFrom('registry.building')
        .select('id')
        .where('place_key', '=', filter.place ?? ''),
    );
  }
  const lined = withClass(lines, filter.class);
  return filter.meant ? lined.where(sql<boolean>`e.id = any(${filter.meant}::uuid[])`) : withWords(lined, filter.words);
}

/** What is still to be done about an elevator, and by which industry's department. */
function withWork(given: Lines, { industry, withGaps, uninsured, openCase }: Narrow): Lines {
  let lines = given;
  if (withGaps) lines = lines.where('e.gaps', '<>', sql<string[]>`'{}'`);
  if (uninsured) lines = lines.where(uninsured);
  if (openCase)
    lines = lines.where(
      sql<boolean>`exists (select from registry.responsibility_case c where c.elevator_id = e.id and c.outcome is null)`,
    );
  if (!industry) return lines;
  const isOf = (kinds: readonly string[]) => sql<boolean>`exists (select from registry.classification k
    where k.elevator_id = e.id and k.field = 'place_fine' and k.value = any(${[...kinds]}::text[]))`;
  return lines
    .where('e.state', '<>', 'scrapped')
    .where(
      sql<boolean>`((e.place_class = any(${[...industry.classes]}::text[]) and not ${isOf(industry.without)}) or ${isOf(industry.also)})`,
    );
}

function withClass(lines: Lines, given: string | undefined): Lines {
  if (!given) return lines;
  const at = given.indexOf(':');
  const field = given.slice(0, at);
  const value = given.slice(at + 1);
  return lines.where(
    sql<boolean>`exists (select from registry.classification c
      where c.elevator_id = e.id and c.field = ${field} and c.value = ${value})`,
  );
}

function withWords(lines: Lines, words: Narrow['words']): Lines {
  if (!words) return lines;
  const { ids, placeKeys, orgIds, areas, inside } = words;
  return lines.where((eb) =>
    eb.or([
      sql<boolean>`e.id = any(${ids}::uuid[])`,
      sql<boolean>`e.building_id in (select b.id from registry.building b where b.place_key = any(${placeKeys}::text[])
        and (${inside.building}::text is null or substring(lower(b.name) from '[a-z]?[0-9]+|[a-z]') = ${inside.building}))`,
      sql<boolean>`e.org_ids && ${orgIds}::uuid[]`,
      sql<boolean>`e.area_codes && ${areas}::text[]`,
    ]),
  );
}

const yearsBefore = (day: string, years: number): string => `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;

const SORT_COLUMN = {
  changed: 'e.changed_at',
  registration_code: 'e.registration_code',
  rescue_code: 'e.rescue_code',
  address: 'e.address',
  quality: 'e.quality',
  next_inspection: 'e.next_inspection_on',
  in_use_on: 'e.in_use_on',
} as const satisfies Record<ElevatorSort, string>;

export type PageAsk = { sort: ElevatorSort; descending: boolean; after: string | null; limit: number };

/** One page, by key and not by number, so that the thousandth page costs what the first does. Empty values come last. */
export async function listElevators(
  db: Db<RegistryTables>,
  filter: Narrow,
  ask: PageAsk,
): Promise<{ items: ElevatorLine[]; next: string | null }> {
  const after = ask.after ? readCursor(ask.after) : null;
  const wanted = ask.limit + 1;
  const filled = after && after.key === null ? [] : await filledRows(db, filter, { ...ask, after, wanted });
  const missing = wanted - filled.length;
  const empty = missing > 0 ? await emptyRows(db, filter, { ...ask, after, wanted: missing }) : [];
  const rows = [...filled, ...empty];
  const last = rows[ask.limit - 1];
  return {
    items: rows.slice(0, ask.limit).map(lineOf),
    next: rows.length > ask.limit && last ? writeCursor({ key: last.sort_key, id: last.id }) : null,
  };
}

type Cursor = { key: string | null; id: string };
const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.key, cursor.id])).toString('base64url');

/** Read a place in a list. One that was not written by us is the beginning. */
export function readCursor(text: string): Cursor | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(read) || read.length !== 2) return null;
    const [key, id]: unknown[] = read;
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return null;
    return key === null || typeof key === 'string' ? { key, id } : null;
  } catch {
    return null; // bytes that are no cursor
  }
}

type RowsAsk = Omit<PageAsk, 'after'> & { after: Cursor | null; wanted: number };

async function filledRows(db: Db<RegistryTables>, filter: Narrow, ask: RowsAsk) {
  const column = sql.ref(SORT_COLUMN[ask.sort]);
  const way = ask.descending ? 'desc' : 'asc';
  let rows = matching(db, filter).where(sql<boolean>`${column} is not null`);
  if (ask.after && ask.after.key !== null) {
    const than = sql.raw(ask.descending ? '<' : '>');
    rows = rows.where(sql<boolean>`(${column}, e.id) ${than} (${sql.val(ask.after.key)}, ${ask.after.id}::uuid)`);
  }
  return selectLines(rows, ask.sort).orderBy(column, way).orderBy('e.id', way).limit(ask.wanted).execute();
}

async function emptyRows(db: Db<RegistryTables>, filter: Narrow, ask: RowsAsk) {
  const column = sql.ref(SORT_COLUMN[ask.sort]);
  let rows = matching(db, filter).where(sql<boolean>`${column} is null`);
  if (ask.after && ask.after.key === null) rows = rows.where('e.id', '>', ask.after.id as ElevatorId);
  return selectLines(rows, ask.sort).orderBy('e.id').limit(ask.wanted).execute();
}

const selectLines = (lines: Lines, sort: ElevatorSort) =>
  lines
    .leftJoin('identity.org_card as u', 'u.id', 'e.use_org_id')
    .leftJoin('identity.org_card as m', 'm.id', 'e.maintenance_org_id')
    .select([...LINE_COLUMNS, 'u.name as use_name', 'm.name as maintenance_name'])
    .select(sql<string | null>`${sql.ref(SORT_COLUMN[sort])}::text`.as('sort_key'));

export const LINE_COLUMNS = [
  'e.id',
  'e.rescue_code',
  'e.registration_code',
  'e.kind',
  'e.variety',
  'e.state',
  'e.place_class',
  'e.address',
  'e.district_code',
  'e.street_code',
  'e.community_code',
  'e.use_org_id',
  'e.maintenance_org_id',
  'e.lng',
  'e.lat',
  'e.in_use_on',
  'e.next_inspection_on',
  'e.quality',
  'e.changed_at',
] as const;

export type LineRow = {
  id: ElevatorId;
  rescue_code: string | null;
  registration_code: string | null;
  kind: Kind;
  variety: string;
  state: State;
  place_class: string | null;
  address: string;
  district_code: string | null;
  street_code: string | null;
  community_code: string | null;
  use_org_id: OrgId | null;
  maintenance_org_id: OrgId | null;
  use_name: string | null;
  maintenance_name: string | null;
  lng: number | null;
  lat: number | null;
  in_use_on: string | null;
  next_inspection_on: string | null;
  quality: number;
  changed_at: Date;
};

export const lineOf = (row: LineRow): ElevatorLine => ({
  id: row.id,
  rescueCode: row.rescue_code,
  registrationCode: row.registration_code,
  kind: row.kind,
  variety: row.variety,
  state: row.state,
  placeClass: row.place_class,
  address: row.address,
  districtCode: row.district_code,
  streetCode: row.street_code,
  communityCode: row.community_code,
  useUnit: row.use_org_id ? { id: row.use_org_id, name: row.use_name ?? '' } : null,
  maintenance: row.maintenance_org_id ? { id: row.maintenance_org_id, name: row.maintenance_name ?? '' } : null,
  lng: row.lng,
  lat: row.lat,
  inUseOn: row.in_use_on,
  nextInspectionOn: row.next_inspection_on,
  quality: row.quality,
  changedAt: row.changed_at.toISOString(),
});
