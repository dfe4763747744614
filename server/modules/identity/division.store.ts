import type { Db, Tx } from '../../kernel/db.ts';
import type { DivisionRow as Division } from './division.rules.ts';
import type { IdentityTables } from './tables.ts';

/** Those of the codes that are no division of this city, in force or ended. */
export async function unknownDivisions(db: Db<IdentityTables>, codes: readonly string[]): Promise<readonly string[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .selectFrom('identity.division as d')
    .select('d.code')
    .where('d.code', 'in', [...codes])
    .execute();
  const known = new Set(rows.map((r) => r.code));
  return codes.filter((code) => !known.has(code));
}

/** Rows of one statement: seven columns each stay far below the protocol's 65,535 parameters. */
const BATCH = 2_000;

/** Take the divisions of the city pack over. Codes that a newer pack no longer names stay: old records carry them. */
export async function saveDivisions(tx: Tx<IdentityTables>, divisions: readonly Division[]): Promise<void> {
  for (let from = 0; from < divisions.length; from += BATCH) {
    const rows = divisions.slice(from, from + BATCH).map((d) => ({
      code: d.code,
      name: d.name,
      level: d.level,
      parent_code: d.parentCode,
      valid_from: d.validFrom,
      valid_to: d.validTo,
      successors: [...d.successors],
    }));
    await tx
      .insertInto('identity.division')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('code').doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          level: eb.ref('excluded.level'),
          parent_code: eb.ref('excluded.parent_code'),
          valid_from: eb.ref('excluded.valid_from'),
          valid_to: eb.ref('excluded.valid_to'),
          successors: eb.ref('excluded.successors'),
        })),
      )
      .execute();
  }
}

/** The children of a division, by code; without a parent, the city itself. */
export async function listDivisions(
  db: Db<IdentityTables>,
  of: { parent?: string | undefined; levels?: readonly ('city' | 'district' | 'street' | 'community')[] | undefined },
) {
  let query = db
    .selectFrom('identity.division as d')
    .select(['d.code', 'd.name', 'd.level', 'd.parent_code as parentCode', 'd.valid_to as validTo', 'd.successors'])
    .orderBy('d.code');
  if (of.parent) query = query.where('d.parent_code', '=', of.parent);
  if (of.levels) query = query.where('d.level', 'in', [...of.levels]);
  return query.limit(20_000).execute();
}
