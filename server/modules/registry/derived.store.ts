import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { derivedColumns } from './bulk.store.ts';
import { derive, qualityOf } from './file.rules.ts';
import { findFiles } from './file.store.ts';
import type { RegistryTables } from './tables.ts';

/** Compute the derived row of these elevators anew, because something they share has changed. Runs as the owner. */
export async function refreshDerived(
  tx: Tx<RegistryTables>,
  ids: readonly ElevatorId[],
  { areaName, now }: { areaName: (code: string) => string; now: Date },
): Promise<void> {
  for (const file of await findFiles(tx, ids)) {
    await tx
      .updateTable('registry.elevator')
      .set({ ...derivedColumns(derive(file, areaName)), changed_at: now })
      .where('id', '=', file.id)
      .execute();
  }
}

/** Write down what these files lack. Nothing about them has changed, and nothing says so. Runs as the owner. */
export async function writeGaps(tx: Tx<RegistryTables>, ids: readonly ElevatorId[]): Promise<void> {
  for (const file of await findFiles(tx, ids)) {
    const { score, gaps } = qualityOf(file);
    await tx
      .updateTable('registry.elevator')
      .set({ quality: score, gaps: gaps.map(({ code }) => code) })
      .where('id', '=', file.id)
      .execute();
  }
}

/** The other elevators of the building this one stands in. */
export async function neighbours(tx: Tx<RegistryTables>, id: ElevatorId): Promise<ElevatorId[]> {
  const rows = await tx
    .selectFrom('registry.elevator as e')
    .innerJoin('registry.elevator as other', 'other.building_id', 'e.building_id')
    .select('other.id')
    .where('e.id', '=', id)
    .where('other.id', '!=', id)
    .where('other.merged_into', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

/** The places, as search names them, where these elevators stand. */
export async function placesOf(tx: Tx<RegistryTables>, ids: readonly ElevatorId[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('registry.elevator as e')
    .innerJoin('registry.building as b', 'b.id', 'e.building_id')
    .select('b.place_key')
    .distinct()
    .where('e.id', 'in', [...ids])
    .execute();
  return rows.map((row) => row.place_key);
}
