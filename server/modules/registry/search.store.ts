import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { type AreaBook, codesDownTo } from '../identity/index.ts';
import { gramsOf, normalised } from './search.rules.ts';
import { syllable } from './syllables.ts';
import type { RegistryTables, SearchDocRow } from './tables.ts';

type Doc = Pick<SearchDocRow, 'kind' | 'ref' | 'title' | 'subtitle' | 'elevators' | 'area_codes' | 'org_ids'> & {
  text: string; // what it is found by
};

/** Write documents of the search box and the pairs by which they are found, replacing those that were there. */
export async function saveDocs(tx: Tx<RegistryTables>, docs: readonly Doc[]): Promise<void> {
  if (docs.length === 0) return;
  const rows = docs.map(({ text, ...doc }) => ({ ...doc, body: normalised(text) }));
  const { rows: saved } = await sql<{ id: number; body: string; same: boolean }>`
    with given as (select * from jsonb_populate_recordset(null::registry.search_doc, ${JSON.stringify(rows)}::jsonb)),
    was as (select d.kind, d.ref, d.body from registry.search_doc d join given g on g.kind = d.kind and g.ref = d.ref),
    saved as (
      insert into registry.search_doc (kind, ref, title, subtitle, body, elevators, area_codes, org_ids)
      select kind, ref, title, subtitle, body, elevators, area_codes, org_ids from given
      on conflict (kind, ref) do update set title = excluded.title, subtitle = excluded.subtitle, body = excluded.body,
        elevators = excluded.elevators, area_codes = excluded.area_codes, org_ids = excluded.org_ids
      returning id, kind, ref, body)
    select s.id, s.body, coalesce(w.body = s.body, false) as same
    from saved s left join was w on w.kind = s.kind and w.ref = s.ref`.execute(tx);
  const changed = saved.filter((row) => !row.same);
  if (changed.length === 0) return;
  await tx
    .deleteFrom('registry.search_gram')
    .where(
      'doc_id',
      'in',
      changed.map((row) => row.id),
    )
    .execute();
  const grams = changed.flatMap((row) => gramsOf(row.body, syllable).map(({ gram }) => [gram, row.id] as const));
  await sql`insert into registry.search_gram (gram, doc_id)
    select * from unnest(${grams.map((g) => g[0])}::text[], ${grams.map((g) => g[1])}::integer[])
    on conflict do nothing`.execute(tx);
}

/** Write the place documents of these places anew, from the buildings and elevators that stand there. */
export async function refreshPlaces(
  tx: Tx<RegistryTables>,
  placeKeys: readonly string[],
  areaName: (code: string) => string,
): Promise<void> {
  if (placeKeys.length === 0) return;
  const { rows } = await sql<{
    place_key: string;
    estate: string;
    road: string;
    codes: string[] | null;
    elevators: number;
    area_codes: string[] | null;
    org_ids: SearchDocRow['org_ids'] | null;
  }>`
    select b.place_key, min(b.estate) as estate, min(b.road) as road,
      array_remove(array[min(b.district_code), min(b.street_code), min(b.community_code)], null) as codes,
      count(e.id) as elevators,
      (select array_agg(distinct a) from registry.elevator x, unnest(x.area_codes) a
        where x.building_id = any(array_agg(b.id)) and x.merged_into is null) as area_codes,
      (select array_agg(distinct o) from registry.elevator x, unnest(x.org_ids) o
        where x.building_id = any(array_agg(b.id)) and x.merged_into is null) as org_ids
    from registry.building b left join registry.elevator e on e.building_id = b.id and e.merged_into is null
    where b.place_key = any(${[...placeKeys]}::text[])
    group by b.place_key`.execute(tx);
  const said = rows.filter((row) => row.estate !== '' || row.road !== '');
  await saveDocs(
    tx,
    said.map((row) => {
      const areas = (row.codes ?? []).map(areaName).join('');
      return {
        kind: 'place' as const,
        ref: row.place_key,
        title: row.estate || row.road,
        subtitle: `${areas}${row.road}`,
        elevators: row.elevators,
        area_codes: row.area_codes ?? [],
        org_ids: row.org_ids ?? [],
        text: `${areas}${row.road}${row.estate}`,
      };
    }),
  );
}

/** Forget places where no building stands any more: it moved, or its name was mended. */
export async function forgetEmptyPlaces(tx: Tx<RegistryTables>): Promise<void> {
  await sql`delete from registry.search_doc d where d.kind = 'place'
    and not exists (select from registry.building b where b.place_key = d.ref)`.execute(tx);
}

/** Write the documents of organisations that have elevators, each seen where its elevators are and by itself. */
export async function refreshOrgs(tx: Tx<RegistryTables>): Promise<void> {
  const { rows } = await sql<{ id: OrgId; name: string; elevators: number; districts: string[] | null }>`
    with held as (
      select o.id, e.district_code, count(*)::int as n
      from registry.elevator e, unnest(e.org_ids) as o (id) where e.merged_into is null group by 1, 2)
    select c.id, c.name, sum(h.n)::int as elevators, array_remove(array_agg(h.district_code), null) as districts
    from held h join identity.org_card c on c.id = h.id group by c.id, c.name`.execute(tx);
  await saveDocs(
    tx,
    rows.map((row) => ({
      kind: 'org' as const,
      ref: row.id,
      title: row.name,
      subtitle: '',
      elevators: row.elevators,
      area_codes: row.districts ?? [],
      org_ids: [row.id],
      text: row.name,
    })),
  );
}

/** Write the documents of the city's divisions. */
export async function refreshAreas(tx: Tx<RegistryTables>, areas: AreaBook): Promise<void> {
  const { rows } = await sql<{ code: string; n: number }>`
    select a.code, count(*)::int as n from registry.elevator e, unnest(e.area_codes) as a (code)
    where e.merged_into is null group by 1`.execute(tx);
  const counts = new Map(rows.map((row) => [row.code, row.n]));
  await saveDocs(
    tx,
    rows
      .filter((row) => areas.has(row.code))
      .map(({ code }) => ({
        kind: 'area' as const,
        ref: code,
        title: areas.name(code),
        subtitle: areas
          .path(code)
          .slice(1, -1)
          .map((d) => d.name)
          .join(''),
        elevators: counts.get(code) ?? 0,
        area_codes: codesDownTo(code),
        org_ids: [],
        text: areas.name(code),
      })),
  );
}
