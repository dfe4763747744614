import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { RegistryTables } from './tables.ts';

export type Double = {
  id: ElevatorId;
  address: string;
  rescueCode: string | null;
  registrationCode: string | null;
  by: 'code' | 'place'; // a code of both, or the same in-house number in one building
};

/** Codes shorter than this stand on many elevators. */
const SHORTEST_CODE = 5;
const MOST = 10;

/** Files that may be the same elevator as this one: they share a code of any type, or the number in one building. */
export async function doublesOf(db: Db<RegistryTables>, id: ElevatorId): Promise<Double[]> {
  const { rows } = await sql<Double>`
    with found as (
      select b.elevator_id as id, 'code' as by from registry.identifier a join registry.identifier b
        on b.value_key = a.value_key and b.elevator_id <> a.elevator_id
      where a.elevator_id = ${id} and length(a.value_key) >= ${SHORTEST_CODE}
      union
      select b.id, 'place' from registry.elevator a join registry.elevator b on b.building_id = a.building_id
        and b.id <> a.id and b.unit = a.unit and b.in_house_no = a.in_house_no and a.in_house_no <> ''
      where a.id = ${id})
    select e.id, e.address, e.rescue_code as "rescueCode", e.registration_code as "registrationCode", min(f.by) as by
    from found f join registry.elevator e on e.id = f.id where e.merged_into is null
    group by e.id order by min(f.by), e.id limit ${MOST}`.execute(db);
  return rows;
}
