import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { RegistryTables } from './tables.ts';
import type { UseSign } from './use-sign.rules.ts';

type SignRow = UseSign & { id: ElevatorId; state: string };

/** What stands on the signs of these elevators, in their order; one not seen in this scope is absent. */
export async function signRows(db: Db<RegistryTables>, ids: readonly ElevatorId[]): Promise<SignRow[]> {
  const current = (type: string) => sql`(select i.value from registry.identifier i
    where i.elevator_id = e.id and i.type = ${type} and i.valid_to is null order by i.recorded_at desc limit 1)`;
  const named = (column: string) =>
    sql`(select o.name from identity.org_card o where o.id = ${sql.ref(`e.${column}`)})`;
  const { rows } = await sql<SignRow>`
    select e.id, e.state, e.variety, ${current('use_registration')} as "useRegistration",
      ${current('device_code')} as "deviceCode", e.registration_code as "registrationCode", e.in_house_no as "inHouseNo",
      e.rescue_code as "rescueCode", e.address, ${named('use_org_id')} as "useUnit",
      ${named('maintenance_org_id')} as maintenance, ${named('maker_org_id')} as maker,
      ${named('inspection_org_id')} as inspection, e.next_inspection_on::text as "nextInspectionOn"
    from unnest(${[...ids]}::uuid[]) with ordinality as a (id, at) join registry.elevator e on e.id = a.id
    order by a.at`.execute(db);
  return rows;
}
