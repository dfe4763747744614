import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { queue } from '../../../contract/rescue-queue.ts';
import { get } from '../../api.ts';
import type { Entry, Item, QueueEvent, UnplacedCall } from './rescue-types.ts';

/** Asked again this often in case the stream is away: a queue must never be silently old. */
const REREAD_MS = 5_000;
const NO_ENTRIES: readonly Entry[] = [];
const NO_CALLS: readonly UnplacedCall[] = [];

type QueueRead = z.infer<typeof queue>;

/** What the agent looks at: one incident, one event, a call without an elevator, or nothing because the queue is empty. */
export type Chosen = { incident: string; event: QueueEvent | null; call: UnplacedCall | null };
export type RowId = { incident: string } | { event: string } | { call: string };

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
  const unplaced = query.data?.unplaced ?? NO_CALLS;
  const fold = (id: string, on: boolean) =>
    setUnfolded((was) => (on ? new Set([...was].filter((one) => one !== id)) : new Set([...was, id])));
  return {
    query,
    entries,
    unplaced,
    unfolded,
    fold,
    chosen: chosenOf(
      { entries, unplaced },
      { incident: params.get('incident'), event: params.get('event'), call: params.get('call') },
    ),
    choose: (row: RowId) => setParams(row, { replace: true }),
  };
}

type Shown = { entries: readonly Entry[]; unplaced: readonly UnplacedCall[] };
type Asked = { incident: string | null; event: string | null; call: string | null };

/** Nothing chosen, or what was chosen is over meanwhile: the first of the queue. */
function chosenOf({ entries, unplaced }: Shown, { incident, event, call }: Asked): Chosen {
  if (incident) return { incident, event: null, call: null };
  const byEvent = entries.find((e) => e.kind === 'event' && e.event.id === event);
  const byCall = unplaced.find(({ id }) => id === call) ?? (byEvent ? undefined : unplaced[0]);
  if (byCall) return { incident: '', event: null, call: byCall };
  const found = byEvent ?? entries[0];
  if (!found) return { incident: '', event: null, call: null };
  return found.kind === 'event'
    ? { incident: '', event: found.event, call: null }
    : { incident: found.item.id, event: null, call: null };
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
