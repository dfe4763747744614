import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { queue } from '../../../contract/rescue-queue.ts';
import { get } from '../../api.ts';
import type { Entry, Item, QueueEvent } from './rescue-types.ts';

/** Asked again this often in case the stream is away: a queue must never be silently old. */
const REREAD_MS = 5_000;
const NO_ENTRIES: readonly Entry[] = [];

type QueueRead = z.infer<typeof queue>;

/** What the agent looks at: one incident, one event, or nothing because the queue is empty. */
export type Chosen = { incident: string; event: QueueEvent | null };

/** The queue as the desk holds it: its entries, which of them is open, and which events are unfolded. */
export function useDeskQueue() {
  const [params, setParams] = useSearchParams();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const query = useQuery({
    queryKey: ['rescue', 'queue'],
    queryFn: ({ signal }) => get<QueueRead>('/rescue/queue', {}, signal),
    refetchInterval: REREAD_MS,
  });
  const entries = query.data?.entries ?? NO_ENTRIES;
  const fold = (id: string, on: boolean) =>
    setUnfolded((was) => (on ? new Set([...was].filter((one) => one !== id)) : new Set([...was, id])));
  return {
    query,
    entries,
    unfolded,
    fold,
    chosen: chosenOf(entries, { incident: params.get('incident'), event: params.get('event') }),
    choose: (row: { incident: string } | { event: string }) => setParams(row, { replace: true }),
  };
}

/** Nothing chosen, or an event that is over meanwhile: the first of the queue. */
function chosenOf(
  entries: readonly Entry[],
  { incident, event }: { incident: string | null; event: string | null },
): Chosen {
  if (incident) return { incident, event: null };
  const found = entries.find((e) => e.kind === 'event' && e.event.id === event) ?? entries[0];
  if (!found) return { incident: '', event: null };
  return found.kind === 'event' ? { incident: '', event: found.event } : { incident: found.item.id, event: null };
}

/** Nobody has accepted and the time to do so is over, or the desk itself is asked for. */
export const isCalling = (entry: Entry, now: number): boolean =>
  entry.kind === 'incident'
    ? calls(entry.item, now)
    : entry.event.stands.raised > 0 ||
      isOver(entry.event.timer, now) ||
      entry.event.calling.some((c) => calls(c.item, now));

const calls = (item: Item, now: number): boolean =>
  item.releasedAt === null &&
  !item.drill &&
  (item.phase === 'raised' || item.timer?.kind === 'hand_off' || isOver(item.timer, now));

const isOver = (timer: Item['timer'], now: number): boolean => timer !== null && Date.parse(timer.dueAt) < now;
