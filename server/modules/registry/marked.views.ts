import { sql } from 'kysely';
import type { AnyDb } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';

/**
 * Elevators in use of a division that carry any of these marks (单一产权, 保障性住房); without marks, all of them. As far
 * as `db` sees.
 */
export async function elevatorsMarked(
  db: AnyDb,
  { areaCode, marks }: { areaCode: string; marks: readonly string[] },
): Promise<readonly ElevatorId[]> {
  const { rows } = await sql<{ id: ElevatorId }>`select e.id from registry.elevator_card e
    where e.state = 'in_use' and e.area_codes @> array[${areaCode}]::text[]
      and (${marks.length === 0} or exists (select from registry.classification c where c.elevator_id = e.id
        and c.field = any(${[...marks]}::text[]) and c.value not in ('no', 'false', '')))
    order by e.id`.execute(db);
  return rows.map((r) => r.id);
}
