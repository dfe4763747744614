import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, ElevatorNo } from '../../kernel/ids.ts';
import { type GivenIdentifier, identifierKey } from './identifier.rules.ts';
import type { CardRow, RegistryTables } from './tables.ts';

/** What other modules know of an elevator: one row of the published view. */
export type ElevatorCard = CardRow;

/** What the telemetry doors hold of every elevator in memory: less is read, and faster, than the whole card. */
const DOOR_COLUMNS = [
  'id',
  'no',
  'kind',
  'rescue_code',
  'registration_code',
  'rated_speed_mm_per_s',
  'bottom_floor',
  'top_floor',
  'power_feeder',
  'community_code',
  'use_org_id',
  'maintenance_org_id',
  'maker_org_id',
  'area_codes',
  'org_ids',
] as const satisfies readonly (keyof CardRow)[];

export type DoorCard = Pick<CardRow, (typeof DOOR_COLUMNS)[number]>;

/** The next elevators after a history number, in the order of it: a whole city is read in slices. */
export async function doorCardsAfter(db: Db<RegistryTables>, no: number, limit: number): Promise<DoorCard[]> {
  return db
    .selectFrom('registry.elevator_card')
    .select(DOOR_COLUMNS)
    .where('no', '>', no as ElevatorNo)
    .orderBy('no')
    .limit(limit)
    .execute();
}

/** The cards of these elevators; one that is unknown, or not seen in this scope, is absent. */
export async function elevatorsFor(
  db: Db<RegistryTables>,
  ids: readonly ElevatorId[],
): Promise<Map<ElevatorId, ElevatorCard>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('registry.elevator_card')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Which elevator each code means, in the order asked; null when none or more than one does. A code that is no longer
 * in force still finds its file, after those that are. Our own id is the type `id`.
 */
export async function findByIdentifier(
  db: Db<RegistryTables>,
  given: readonly (GivenIdentifier | { type: 'id'; value: string })[],
): Promise<(ElevatorId | null)[]> {
  if (given.length === 0) return [];
  const asked = given.map((g, i) => ({
    i,
    type: g.type,
    value_key: g.type === 'id' ? null : identifierKey(g.value),
    id: g.type === 'id' && UUID.test(g.value) ? g.value : null,
    issuer: 'issuer' in g && g.issuer ? g.issuer : '',
  }));
  const { rows } = await sql<{ i: number; ids: ElevatorId[]; in_force: ElevatorId[] }>`
    with asked as (select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as a (i integer, type text, value_key text, id uuid, issuer text)),
    found as (
      select a.i, i.elevator_id, i.valid_to is null as in_force
        from asked a join registry.identifier i on i.value_key = a.value_key collate "C" and i.type = a.type
          and (a.issuer = '' or i.issuer = a.issuer)
      union all
      select a.i, coalesce(e.merged_into, e.id), true from asked a join registry.elevator e on e.id = a.id)
    select i, array_agg(distinct elevator_id) as ids,
      coalesce(array_agg(distinct elevator_id) filter (where in_force), '{}') as in_force
    from found group by i`.execute(db);
  const answers = given.map((): ElevatorId | null => null);
  for (const { i, ids, in_force } of rows) {
    const meant = in_force.length > 0 ? in_force : ids;
    answers[i] = meant.length === 1 ? (meant[0] ?? null) : null;
  }
  return answers;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
