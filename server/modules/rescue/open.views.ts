import type { Db } from '../../kernel/db.ts';
import type { RescueTables } from './tables.ts';

/** Open real incidents by district, as far as `db` sees them: for overviews. */
export async function openCounts(db: Db<RescueTables>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('rescue.incident')
    .select((e) => ['district_code', e.fn.countAll<number>().as('n')])
    .where('phase', 'in', ['raised', 'offered', 'under_way', 'on_site'])
    .where('drill', '=', false)
    .groupBy('district_code')
    .execute();
  return new Map(rows.map((r) => [r.district_code ?? '', r.n]));
}
