import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { incidentPage } from '../../contract/rescue.ts';
import type { findingCounts } from '../../contract/telemetry.ts';
import { get } from '../api.ts';
import { useMe } from '../session.ts';

/** What stands in the top bar on every page. Null: not known, which is never shown as zero. */
export type Counters = { trapped: number | null; warnings: number | null };

const EVERY_MS = 30_000; // the stream tells sooner; this is for when it does not

/** Open entrapments and open findings in this person's view. People who see no business data have none. */
export function useCounters(): Counters {
  const { reach } = useMe();
  const enabled = reach !== 'nothing';
  const incidents = useOpenIncidents('', enabled);
  const findings = useQuery({
    queryKey: ['telemetry', '/findings/counts'],
    queryFn: ({ signal }) => get<z.infer<typeof findingCounts>>('/findings/counts', {}, signal),
    refetchInterval: EVERY_MS,
    enabled,
  });
  return {
    trapped: incidents.data?.items.length ?? null,
    warnings: findings.data?.items.reduce((sum, { open }) => sum + open, 0) ?? null,
  };
}

/** Real incidents that are open, in an area or everywhere the person sees. */
export const useOpenIncidents = (area: string, enabled = true) =>
  useQuery({
    queryKey: ['rescue', '/incidents', 'open', area],
    queryFn: ({ signal }) =>
      get<z.infer<typeof incidentPage>>('/rescue/incidents', { state: 'open', drill: '0', area, limit: 500 }, signal),
    refetchInterval: EVERY_MS,
    enabled,
  });
