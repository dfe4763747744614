import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { TelemetryTables } from './tables.ts';

/** A sender, as the doors know it. */
export type Source = {
  id: string;
  no: number; // the key of history
  clientId: string;
  name: string;
  orgId: OrgId | null; // null: the city's own platform
  codeSet: string;
  reach: 'parties' | 'city';
  areaCodes: readonly string[];
  orgIds: readonly OrgId[];
};

/** A machine client that may push telemetry. */
export type MachineClient = { clientId: string; name: string; orgId: OrgId | null; wholeCity: boolean };

/** The code set a new sender is read by, until somebody chooses another. */
export const FIRST_CODE_SET = 'gbt24476';

const columns = [
  'id',
  'no',
  'client_id as clientId',
  'name',
  'org_id as orgId',
  'code_set as codeSet',
  'reach',
  'area_codes as areaCodes',
  'org_ids as orgIds',
] as const;

/** The sender that a machine client is. Its first message or connection makes it one. */
export async function sourceOfClient(
  db: Db<TelemetryTables>,
  caller: MachineClient,
  newId: () => string,
): Promise<Source> {
  const found = await findSource(db, caller.clientId);
  if (found) return found;
  await db
    .insertInto('telemetry.source')
    .values({
      id: newId(),
      client_id: caller.clientId,
      name: caller.name,
      org_id: caller.orgId,
      code_set: FIRST_CODE_SET,
      reach: caller.wholeCity ? 'city' : 'parties',
      heard_at: null,
      silent_since: null,
      org_ids: caller.orgId ? [caller.orgId] : [],
    })
    .onConflict((oc) => oc.column('client_id').doNothing())
    .execute();
  return db
    .selectFrom('telemetry.source')
    .select(columns)
    .where('client_id', '=', caller.clientId)
    .executeTakeFirstOrThrow();
}

export const findSource = (db: Db<TelemetryTables>, clientId: string): Promise<Source | undefined> =>
  db.selectFrom('telemetry.source').select(columns).where('client_id', '=', clientId).executeTakeFirst();

export const listSources = (db: Db<TelemetryTables>): Promise<Source[]> =>
  db.selectFrom('telemetry.source').select(columns).orderBy('no').execute();

/** Who may speak for these elevators by binding, by their numbers. */
export async function sourcesBoundTo(
  db: Db<TelemetryTables>,
  ids: readonly ElevatorId[],
): Promise<ReadonlyMap<ElevatorId, readonly number[]>> {
  const rows = await db
    .selectFrom('telemetry.binding')
    .select(['elevator_id', sql<number[]>`array_agg(source_no order by source_no)`.as('sources')])
    .where('elevator_id', '=', sql<ElevatorId>`any(${[...ids]}::uuid[])`)
    .groupBy('elevator_id')
    .execute();
  return new Map(rows.map((row) => [row.elevator_id, row.sources]));
}
