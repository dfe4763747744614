import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { addSeconds } from '../../kernel/time.ts';
import type { ElevatorCard } from '../registry/index.ts';
import type { CommandDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

/**
 * The event an incident belongs to: the one of its feeder, or of its community where the feeder is not known, whose
 * newest incident is no older than the city's window; else a new one. An event of one incident is shown as none.
 */
export async function groupFor(tx: Tx<RescueTables>, deps: CommandDeps, card: ElevatorCard): Promise<string | null> {
  const { power_feeder, community_code } = card;
  if (power_feeder === null && community_code === null) return null;
  const now = deps.now();
  const place = power_feeder === null ? { power_feeder: null, community_code } : { power_feeder, community_code: null };
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${place.power_feeder ?? ''}/${place.community_code ?? ''}`}, 7302))`.execute(
    tx,
  );
  const running = await tx
    .updateTable('rescue.event_group')
    .set({ last_at: now })
    .where('power_feeder', 'is not distinct from', place.power_feeder)
    .where('community_code', 'is not distinct from', place.community_code)
    .where('last_at', '>=', addSeconds(now, -deps.settings.grouping.windowSeconds))
    .returning('id')
    .executeTakeFirst();
  if (running) return running.id;
  const id = deps.newId();
  const cause = place.power_feeder === null ? 'community' : 'feeder';
  await tx
    .insertInto('rescue.event_group')
    .values({ id, cause, ...place, started_at: now, last_at: now, ref: null })
    .execute();
  return id;
}
