import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { drillItem, drillsDue, rescuer, station } from '../../../contract/rescue-field.ts';
import type { volunteerList } from '../../../contract/rescue-volunteers.ts';
import { get } from '../../api.ts';
import { readAll, useRows } from '../../ui/list/rows.ts';

export type Station = z.infer<typeof station>;
export type Rescuer = z.infer<typeof rescuer>;
export type Drill = z.infer<typeof drillItem>;
export type DrillsDue = z.infer<typeof drillsDue>;
export type Volunteers = z.infer<typeof volunteerList>;
export type Volunteer = Volunteers['items'][number];
export const KINDS = ['maintenance', 'public', 'social'] as const;

/** One list of the field, read again with everything else of rescue when something changes. */
const useField = <T>(path: string, query: Readonly<Record<string, string>> = {}) =>
  useQuery({ queryKey: ['rescue', path, query], queryFn: ({ signal }) => get<T>(path, query, signal) });

export const useStations = () => useField<{ items: readonly Station[] }>('/rescue/stations');
export const useRescuers = () => useRows<Rescuer>('rescue', '/rescue/rescuers', {});
export const useDrills = () => useRows<Drill>('rescue', '/rescue/drills', {});
export const useDrillsDue = () => useField<DrillsDue>('/rescue/drills/due');
export const useVolunteers = () => useRows<Volunteer>('rescue', '/rescue/volunteers', {});
/** How long a force may stand at most, whatever the page of the list. */
export const useVolunteerTerm = () => useField<Volunteers>('/rescue/volunteers', { limit: '1' });

/** Every rescuer the reader sees, for a choice among them. */
export const useAllRescuers = () =>
  useQuery({
    queryKey: ['rescue', '/rescue/rescuers', 'all'],
    queryFn: () => readAll<Rescuer>('/rescue/rescuers', {}),
  });

/** Read everything of rescue again: after a change of one's own. */
export function useReread(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['rescue'] });
}
