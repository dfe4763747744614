import type { Tx } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { commandIn } from './command.service.ts';
import type { CommandDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

/**
 * A rescue is over: everybody who was in it is offered the next job of his plan, most dangerous first. The timers of that
 * job ran all the while; this only tells the rescuer that it is his turn.
 */
export async function promotePlans(tx: Tx<RescueTables>, deps: CommandDeps, over: string): Promise<void> {
  const people = await tx
    .selectFrom('rescue.offer')
    .select('crew_id')
    .where('incident_id', '=', over as IncidentId)
    .where('state', 'in', ['accepted', 'departed', 'arrived'])
    .orderBy('crew_id')
    .execute();
  for (const { crew_id } of people) await offerNext(tx, deps, crew_id);
}

async function offerNext(tx: Tx<RescueTables>, deps: CommandDeps, crewId: string): Promise<void> {
  const next = await tx
    .selectFrom('rescue.offer as o')
    .innerJoin('rescue.incident as i', 'i.id', 'o.incident_id')
    .select(['o.incident_id', 'o.state'])
    .where('o.crew_id', '=', crewId)
    .where('o.live', '=', true)
    .orderBy((e) => e('o.state', '=', 'planned'))
    .orderBy('i.danger', 'desc')
    .orderBy('o.offered_at')
    .limit(1)
    .executeTakeFirst();
  if (next?.state !== 'planned') return; // he is still busy, or has nothing to do
  await commandIn(tx, deps, {
    id: next.incident_id,
    acting: { command: { do: 'promote', crewId }, actor: 'dispatch' },
  });
}
