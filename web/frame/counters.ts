import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { trapped } from '../../contract/rescue-queue.ts';
import type { findingCounts } from '../../contract/telemetry.ts';
import { get } from '../api.ts';
import { useMe } from '../session.ts';

/** What stands in the top bar on every page. Null: not known, which is never shown as zero. */
export type Counters = { trapped: number | null; unplaced: number; warnings: number | null };

const EVERY_MS = 30_000; // the stream tells sooner; this is for when it does not

/** Open entrapments, calls for help without an elevator, and open findings in this person's view. People who see no business data have none. */
export function useCounters(): Counters {
  const { reach } = useMe();
  const enabled = reach !== 'nothing';
  const inside = useTrapped('', enabled);
  const findings = useQuery({
    queryKey: ['telemetry', '/findings/counts'],
    queryFn: ({ signal }) => get<z.infer<typeof findingCounts>>('/findings/counts', {}, signal),
    refetchInterval: EVERY_MS,
    enabled,
  });
  return {
    trapped: inside.data?.count ?? null,
    unplaced: inside.data?.unplaced ?? 0,
    warnings: findings.data?.items.reduce((sum, { open }) => sum + open, 0) ?? null,
  };
}

/** Real incidents with people inside, in an area or everywhere the person sees: their number and the most urgent few; calls without an elevator. */
export const useTrapped = (area: string, enabled = true) =>
  useQuery({
    queryKey: ['rescue', '/trapped', area],
    queryFn: ({ signal }) => get<z.infer<typeof trapped>>('/rescue/trapped', { area }, signal),
    refetchInterval: EVERY_MS,
    enabled,
  });
