import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { nameKey } from './directory.rules.ts';
import type { IdentityTables } from './tables.ts';
import { usccText } from './uscc.rules.ts';

export type OrgFilter = {
  q?: string | undefined; // part of the name, or the beginning of the code
  kind?: string | undefined;
  area?: string | undefined;
  closed: boolean;
  after?: string | undefined;
  limit: number;
};

/** A place in the list by name: what `next` of a page says. */
export type OrgCursor = { nameKey: string; id: string };

/** Organisations by name, as far as the viewer of the transaction may see any. One more than `limit` when there are more. */
export function listOrgs(db: Db<IdentityTables>, filter: Omit<OrgFilter, 'after'> & { after: OrgCursor | null }) {
  let query = db
    .selectFrom('identity.org as o')
    .select(['o.id', 'o.name', 'o.name_key as nameKey', 'o.kinds', 'o.uscc', 'o.warnings'])
    .select(['o.seat_areas as seatAreas', 'o.closed_on as closedOn'])
    .where('o.closed_on', filter.closed ? 'is not' : 'is', null)
    .orderBy('o.name_key')
    .orderBy('o.id')
    .limit(filter.limit + 1);
  const { q, kind, area, after } = filter;
  if (q) {
    query = query.where((eb) =>
      eb.or([
        eb(eb.fn<number>('strpos', ['o.name_key', eb.val(nameKey(q))]), '>', 0),
        eb(eb.fn<boolean>('starts_with', ['o.uscc', eb.val(usccText(q))]), '=', true),
      ]),
    );
  }
  if (kind) query = query.where((eb) => eb('o.kinds', '@>', eb.val([kind])));
  if (area) query = query.where((eb) => eb('o.area_codes', '@>', eb.val([area])));
  if (after) query = query.where(sql<boolean>`(o.name_key, o.id) > (${after.nameKey}, ${after.id}::uuid)`);
  return query.execute();
}

export async function countPeople(db: Db<IdentityTables>, orgId: OrgId): Promise<number> {
  const row = await db
    .selectFrom('identity.person as p')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('p.org_id', '=', orgId)
    .where('p.left_on', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Names and kinds of organisations, by id. Names are public; ids are known only from records one may see. */
export async function orgCards(
  db: Db<IdentityTables>,
  ids: readonly OrgId[],
): Promise<ReadonlyMap<OrgId, { id: OrgId; name: string; kind: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity.org_card as o')
    .select(['o.id', 'o.name', 'o.kind'])
    .where('o.id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((r) => [r.id, r]));
}
