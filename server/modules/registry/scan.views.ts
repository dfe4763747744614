import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { RegistryTables } from './tables.ts';
import type { State } from './vocabulary.rules.ts';

/** What a plate tells anyone who scans it: nothing of persons, only what the law has posted in the car. */
export type ScanView = {
  id: ElevatorId;
  no: number;
  rescueCode: string | null;
  registrationCode: string | null;
  address: string;
  state: State;
  kind: string;
  variety: string;
  inUseOn: string | null;
  nextInspectionOn: string | null;
  useUnit: string | null;
  maintenance: string | null;
  inspection: string | null;
  maker: string | null;
};

/** Runs as the owner: a scan has no viewer. A merged file leads to the one that stays. */
export async function scanView(db: Db<RegistryTables>, id: ElevatorId): Promise<ScanView | undefined> {
  const own = await db.selectFrom('registry.elevator').select(['merged_into']).where('id', '=', id).executeTakeFirst();
  const row = await db
    .selectFrom('registry.elevator_card as e')
    .leftJoin('identity.org_card as u', 'u.id', 'e.use_org_id')
    .leftJoin('identity.org_card as m', 'm.id', 'e.maintenance_org_id')
    .leftJoin('identity.org_card as i', 'i.id', 'e.inspection_org_id')
    .leftJoin('identity.org_card as k', 'k.id', 'e.maker_org_id')
    .select(['e.id', 'e.no', 'e.rescue_code as rescueCode', 'e.registration_code as registrationCode', 'e.address'])
    .select(['e.state', 'e.kind', 'e.variety', 'e.in_use_on as inUseOn', 'e.next_inspection_on as nextInspectionOn'])
    .select(['u.name as useUnit', 'm.name as maintenance', 'i.name as inspection', 'k.name as maker'])
    .where('e.id', '=', own?.merged_into ?? id)
    .executeTakeFirst();
  return row;
}
