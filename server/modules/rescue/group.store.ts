import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { addSeconds } from '../../kernel/time.ts';
import type { ElevatorCard } from '../registry/index.ts';
import type { CommandDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

/** An event, and how many open incidents it has beside the one in hand, counted as far as it matters. */
type Group = { id: string | null; others: number };

export const NO_GROUP: Group = { id: null, others: 0 };

/**
 * The event an incident belongs to: the one of its feeder, or of its community where the feeder is not known, whose
 * newest incident is no older than the city's window; else a new one. An event of one incident is shown as none.
 */
export async function groupFor(tx: Tx<RescueTables>, deps: CommandDeps, card: ElevatorCard): Promise<Group> {
  const { power_feeder, community_code } = card;
  if (power_feeder === null && community_code === null) return NO_GROUP;
  const now = deps.now();
  const place = power_feeder === null ? { power_feeder: null, community_code } : { power_feeder, community_code: null };
  const running = await runningAt(tx, deps, place);
  if (running) return running;
  // Only who finds none waits for the others: 500 elevators of one feeder must not stand in line behind each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${place.power_feeder ?? ''}/${place.community_code ?? ''}`}, 7302))`.execute(
    tx,
  );
  const opened = await runningAt(tx, deps, place);
  if (opened) return opened;
  const id = deps.newId();
  const cause = place.power_feeder === null ? 'community' : 'feeder';
  await tx
    .insertInto('rescue.event_group')
    .values({ id, cause, ...place, started_at: now, last_at: now, ref: null })
    .execute();
  return { id, others: 0 };
}

/** How many incidents of an event are open, counted to `most`. */
export async function openInEvent(tx: Tx<RescueTables>, groupId: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select ${openIn(sql`${groupId}::uuid`, most)} as n`.execute(tx);
  return rows[0]?.n ?? 0;
}

const openIn = (group: RawBuilder<unknown>, most: number) => sql<number>`(select count(*)::int from (
  select from rescue.incident where group_id = ${group} and phase not in ('closed', 'dismissed', 'joined') limit ${most}) open)`;

type Place = { power_feeder: string | null; community_code: string | null };

/** An event's newest incident is written down this often at most: each writer would hold its row until he commits. */
const RENEW_SECONDS = 5;

/** The event that runs at a place, and that it still does. */
async function runningAt(tx: Tx<RescueTables>, deps: CommandDeps, place: Place): Promise<Group | null> {
  const now = deps.now();
  const { massFrom, windowSeconds } = deps.settings.grouping;
  const running = await tx
    .selectFrom('rescue.event_group')
    .select(['id', 'last_at', openIn(sql.ref('rescue.event_group.id'), massFrom).as('others')])
    // "is not distinct from" would say it shorter, and no index knows it: all events there ever were would be looked through.
    .where('power_feeder', place.power_feeder === null ? 'is' : '=', place.power_feeder)
    .where('community_code', place.community_code === null ? 'is' : '=', place.community_code)
    .where('last_at', '>=', addSeconds(now, -windowSeconds))
    .orderBy('last_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!running) return null;
  if (running.last_at < addSeconds(now, -RENEW_SECONDS))
    await tx.updateTable('rescue.event_group').set({ last_at: now }).where('id', '=', running.id).execute();
  return { id: running.id, others: running.others };
}
