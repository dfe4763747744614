import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { onlineSchema } from '../../../contract/telemetry.ts';
import { get } from '../../api.ts';

/** How many elevators are online of those ever heard, in all and per district. */
export type Online = {
  all: { part: number; whole: number } | undefined;
  byArea: ReadonlyMap<string, { part: number; whole: number }>;
};

/** Online counts by district. Below the district nobody counts them, and a dash says so. */
export function useOnline(): Online {
  const { data } = useQuery({
    queryKey: ['telemetry', '/telemetry/online', 'district'],
    queryFn: ({ signal }) => get<z.infer<typeof onlineSchema>>('/telemetry/online', { by: 'district' }, signal),
    refetchInterval: 30_000,
  });
  const rows = data?.items ?? [];
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    all: data ? { part: sum((row) => row.online), whole: sum((row) => row.heard) } : undefined,
    byArea: new Map(rows.map((row) => [row.key, { part: row.online, whole: row.heard }])),
  };
}
