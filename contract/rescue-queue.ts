import { z } from 'zod';
import { callItem, incidentItem, incidentQuery, level, needs } from './rescue.ts';

/** The queue of the desk: single incidents, and events of many folded into one entry each. */

const instant = z.iso.datetime({ offset: true });
const count = z.int().nonnegative();

/** Why an incident inside a folded event needs the agent now. */
const callCode = z.enum(['injury', 'look_again', 'refused', 'climbed']);

/** Many trapped at one place within one minute. Counts are of incidents, except `people`. */
export const queueEvent = z.object({
  id: z.uuid(),
  cause: z.enum(['feeder', 'community', 'desk']),
  feeder: z.string().nullable(),
  communityCode: z.string().nullable(),
  powerCut: z.boolean(), // telemetry saw the mains fail
  startedAt: instant,
  estates: z.array(z.object({ name: z.string(), incidents: count })), // of the open ones, the most first, five at most
  estateCount: count,
  total: count, // ever; without those dismissed or joined
  freed: count, // ever
  open: count, // in the queue
  people: count, // known to be inside
  stands: z.object({
    raised: count, // nobody was asked, or nobody answered
    planned: count, // a named rescuer, after other jobs
    offered: count,
    under_way: count,
    on_site: count,
    released: count, // waits for the call back
  }),
  needs: z.object({
    fire: count,
    water: count,
    injuries: count,
    patients: count,
    infants: count,
    elders: count,
  }),
  level, // the highest
  danger: z.int(),
  oldestAt: instant.nullable(), // aware of the first who is still inside; null: everybody is out
  timer: incidentItem.shape.timer, // the one that runs out next
  calling: z.array(z.object({ why: callCode, item: incidentItem })), // the most urgent first, ten at most
  callingCount: count,
});

export const queueEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('incident'), item: incidentItem }),
  z.object({ kind: z.literal('event'), event: queueEvent }),
]);

/** Somebody asks for help, and nobody knows yet in which elevator. */
export const unplacedCall = callItem
  .pick({ id: true, at: true, channel: true, caller: true, said: true })
  .extend({ needs });

/** The elevator that a call turned out to mean. */
export const callPlace = z.object({ elevatorId: z.uuid() });
/** Why a call needs no elevator: nobody is trapped, or it is rescued under another number. */
export const callSettled = z.object({ reason: z.string().trim().min(2).max(500) });

export const queue = z.object({
  unplaced: z.array(unplacedCall), // the one that waits longest first, a hundred at most
  entries: z.array(queueEntry),
  left: count, // entries that did not fit: the calmest ones
  open: count, // real incidents, folded or not
  drills: count,
  now: instant,
});

/**
 * People inside a car right now, for every page's headline: how many incidents, the most urgent few, and how many calls for
 * help of which nobody knows yet which elevator they mean (they lie in no area: none where one is asked for).
 */
export const trappedQuery = incidentQuery.pick({ area: true });
export const trapped = z.object({ count, unplaced: count, items: z.array(incidentItem) });
