import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { type GivenIdentifier, identifierKey } from './identifier.rules.ts';
import type { CardRow, RegistryTables } from './tables.ts';

/** What other modules know of an elevator: one row of the published view. */
export type ElevatorCard = CardRow;

/** Every elevator that has a file, in the order of its history number: what the telemetry doors hold in memory. */
export async function directory(db: Db<RegistryTables>): Promise<ElevatorCard[]> {
  return db.selectFrom('registry.elevator_card').selectAll().orderBy('no').execute();
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
