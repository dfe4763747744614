import { sql } from 'kysely';
import type { SearchHit } from '../../../contract/registry-search.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import { identifierKey } from './identifier.rules.ts';
import { gramsOf, type Inside, insideOf, likeness, looksLikeCode, normalised } from './search.rules.ts';
import { syllable } from './syllables.ts';
import type { RegistryTables, SearchDocRow } from './tables.ts';

/** How many documents are compared by hand after the pairs have found them. */
const COMPARED = 150;
/** Below this the likeness is an accident: at four characters one may be wrong. */
const LIKE_ENOUGH = 0.6;
const SHORTEST_CODE = 3;

export type FoundDoc = Pick<SearchDocRow, 'kind' | 'ref' | 'title' | 'subtitle' | 'elevators'> & { score: number };
type Asking = { scope: Scope; q: string; limit: number };

/** Everything the box finds: codes first, then what is asked for inside a place, then places and organisations. */
export async function searchAll(db: Db<RegistryTables>, asking: Asking): Promise<SearchHit[]> {
  const [codes, docs] = await Promise.all([findCodes(db, asking), findDocs(db, asking)]);
  const inside = insideOf(normalised(asking.q));
  const first = docs.filter((d) => d.kind === 'place').slice(0, 3);
  const elevators = await elevatorsInside(db, { places: first.map((d) => d.ref), inside, limit: asking.limit });
  const byCode = await hitsOf(db, codes);
  const known = new Set(byCode.map((hit) => hit.id));
  const places = docs.map(
    (d): SearchHit => ({
      kind: d.kind,
      id: d.ref,
      title: d.title,
      subtitle: d.subtitle,
      code: null,
      elevators: d.elevators,
    }),
  );
  const rooms = elevators.filter((hit) => !known.has(hit.id));
  const named = inside.building !== null || inside.unit !== null;
  return [...byCode, ...(named ? [...rooms, ...places] : [...places, ...rooms])].slice(0, asking.limit);
}

/** Places, organisations and divisions like the query, best first. */
export async function findDocs(db: Db<RegistryTables>, { scope, q }: Asking): Promise<FoundDoc[]> {
  const whole = normalised(q);
  const { rest } = insideOf(whole);
  const query = [...rest].length >= 2 ? rest : whole;
  const grams = gramsOf(query, syllable);
  if (grams.length === 0) return [];
  const { rows } = await sql<SearchDocRow & { hits: number }>`
    select * from registry.search_docs(${grams.map((g) => g.gram)}::text[], ${grams.map((g) => g.weight)}::integer[],
      ${scope.all}, ${[...scope.areas]}::text[], ${[...scope.orgs]}::uuid[], ${COMPARED})`.execute(db);
  return rows
    .map((row) => ({ ...row, score: likeness(query, row.body, syllable) }))
    .filter((row) => row.score >= LIKE_ENOUGH)
    .sort((a, b) => b.score - a.score || a.body.length - b.body.length || b.elevators - a.elevators);
}

export type FoundCode = { elevator_id: ElevatorId; value: string };

/** Elevators whose codes begin so. Exact codes stand first because the shortest text sorts first. */
export async function findCodes(db: Db<RegistryTables>, { scope, q, limit }: Asking): Promise<FoundCode[]> {
  const key = identifierKey(q);
  if (key.length < SHORTEST_CODE || !looksLikeCode(key)) return [];
  const { rows } = await sql<FoundCode & { in_force: boolean }>`
    select * from registry.search_codes(${key}, ${scope.all}, ${[...scope.areas]}::text[],
      ${[...scope.orgs]}::uuid[], ${limit})`.execute(db);
  return rows;
}

async function hitsOf(db: Db<RegistryTables>, codes: readonly FoundCode[]): Promise<SearchHit[]> {
  if (codes.length === 0) return [];
  const cards = await db
    .selectFrom('registry.elevator')
    .select(['id', 'address', 'registration_code', 'rescue_code'])
    .where(
      'id',
      'in',
      codes.map((c) => c.elevator_id),
    )
    .execute();
  const byId = new Map(cards.map((card) => [card.id, card]));
  const seen = new Set<string>();
  return codes.flatMap((code) => {
    const card = byId.get(code.elevator_id);
    if (!card || seen.has(card.id)) return [];
    seen.add(card.id);
    const other = [card.rescue_code, card.registration_code].filter((c) => c !== null && c !== code.value).join(' · ');
    return [{ kind: 'elevator', id: card.id, title: card.address, subtitle: other, code: code.value, elevators: 1 }];
  });
}

type InsideAsk = { places: readonly string[]; inside: Inside; limit: number };

/** The elevators of these places, those in the building and unit asked for; none when no place is meant. */
async function elevatorsInside(db: Db<RegistryTables>, { places, inside, limit }: InsideAsk): Promise<SearchHit[]> {
  if (places.length === 0) return [];
  const rows = await db
    .selectFrom('registry.elevator as e')
    .innerJoin('registry.building as b', 'b.id', 'e.building_id')
    .select(['e.id', 'e.address', 'e.unit', 'e.rescue_code', 'e.registration_code', 'b.name', 'b.place_key'])
    .where('b.place_key', 'in', [...places])
    .where('e.merged_into', 'is', null)
    .limit(500)
    .execute();
  return rows
    .filter((row) => isInside(row, inside))
    .map((row) => ({ row, at: places.indexOf(row.place_key) }))
    .sort((a, b) => a.at - b.at || a.row.address.localeCompare(b.row.address, 'zh-Hans-CN', { numeric: true }))
    .slice(0, limit)
    .map(({ row }) => ({
      kind: 'elevator' as const,
      id: row.id,
      title: row.address,
      subtitle: [row.rescue_code, row.registration_code].filter((c) => c !== null).join(' · '),
      code: null,
      elevators: 1,
    }));
}

function isInside(row: { name: string; unit: string }, { building, unit }: Inside): boolean {
  if (building !== null && insideOf(normalised(row.name)).building !== building) return false;
  return unit === null || insideOf(normalised(row.unit)).unit === unit;
}

/** What a list narrows to when words are typed into it: elevators by code, places, and organisations. */
export async function narrowing(
  db: Db<RegistryTables>,
  asking: Asking,
): Promise<{ ids: ElevatorId[]; placeKeys: string[]; orgIds: OrgId[]; areas: string[]; inside: Inside }> {
  const [codes, docs] = await Promise.all([findCodes(db, { ...asking, limit: 200 }), findDocs(db, asking)]);
  const best = docs[0]?.score ?? 0;
  const close = docs.filter((d) => d.score >= best - 0.12);
  const refs = (kind: FoundDoc['kind']) => close.filter((d) => d.kind === kind).map((d) => d.ref);
  return {
    ids: codes.map((c) => c.elevator_id),
    placeKeys: refs('place'),
    orgIds: refs('org').map((ref) => ref as OrgId),
    areas: refs('area'),
    inside: insideOf(normalised(asking.q)),
  };
}
