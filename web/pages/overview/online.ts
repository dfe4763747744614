import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { OnlineBy, onlineSchema } from '../../../contract/telemetry.ts';
import { get } from '../../api.ts';

type Share = { part: number; whole: number };

/** How many elevators are online of those ever heard, in all and per row of the roll-up. */
export type Online = { all: Share | undefined; below: ReadonlyMap<string, Share> };

/** Online counts of what lies directly below an area, as the health page and the export count them. */
export function useOnline(by: OnlineBy, area: string | undefined): Online {
  const { data } = useQuery({
    queryKey: ['telemetry', '/telemetry/online', by, area ?? ''],
    queryFn: ({ signal }) => get<z.infer<typeof onlineSchema>>('/telemetry/online', { by, area }, signal),
    refetchInterval: 30_000,
  });
  const rows = data?.items ?? [];
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    all: data ? { part: sum((row) => row.online), whole: sum((row) => row.heard) } : undefined,
    below: new Map(rows.map((row) => [row.key, { part: row.online, whole: row.heard }])),
  };
}
