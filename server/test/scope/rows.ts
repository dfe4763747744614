import type pg from 'pg';
import { sees, type Viewer } from '../../kernel/scope.ts';

/** A row that carries an audience: which table, and who may see it. */
export type ScopedRow = {
  table: string;
  id: string;
  areaCodes: readonly string[];
  orgIds: readonly string[];
  accountId: string | null; // the account whose own row it is, where a table has such a thing
};

/**
 * Tables whose ids are no secret: an organisation's name is published in every record it is a party to. Its row's other
 * columns are not; the walk looks for those by their own routes.
 */
const PUBLIC_IDS: readonly string[] = ['identity.org'];

/** Every table with an id and an audience, whatever module it belongs to. A new one is walked without being named here. */
export async function scopedTables(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(`
    select c.table_schema || '.' || c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.column_name in ('id', 'area_codes', 'org_ids')
      and c.table_schema not in ('pg_catalog', 'information_schema') and (c.column_name <> 'id' or c.data_type = 'uuid')
    group by 1 having count(*) = 3 order by 1`);
  return rows.map((r) => r.name);
}

/** Every scoped row there is, by id. */
export async function readScopedRows(pool: pg.Pool): Promise<ReadonlyMap<string, ScopedRow>> {
  const all = new Map<string, ScopedRow>();
  for (const table of await scopedTables(pool)) {
    const { rows } = await pool.query<Omit<ScopedRow, 'table'>>(
      `select id, area_codes as "areaCodes", org_ids as "orgIds",
        coalesce(to_jsonb(t) ->> 'account_id', to_jsonb(t) ->> 'actor') as "accountId" from ${table} t`,
    );
    for (const row of rows) all.set(row.id, { table, ...row });
  }
  return all;
}

/** May this viewer know of this row? Administrators manage what belongs to identity, whoever's it is. */
export function mayKnow(viewer: Viewer | null, row: ScopedRow): boolean {
  if (!viewer) return false;
  if (viewer.role === 'administrator' && row.table.startsWith('identity.')) return true;
  return sees(viewer.scope, row) || row.accountId === viewer.accountId;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The rows that a body names and its reader may not know of. */
export function leaksIn(
  body: string,
  viewer: Viewer | null,
  rows: ReadonlyMap<string, ScopedRow>,
): readonly ScopedRow[] {
  const named = new Set(body.match(UUID) ?? []);
  return [...named].flatMap((id) => {
    const row = rows.get(id);
    return row && !PUBLIC_IDS.includes(row.table) && !mayKnow(viewer, row) ? [row] : [];
  });
}
