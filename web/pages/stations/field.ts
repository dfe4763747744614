import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { drillBoard, rescuer, station } from '../../../contract/rescue-field.ts';
import type { volunteerList } from '../../../contract/rescue-volunteers.ts';
import { get } from '../../api.ts';

export type Station = z.infer<typeof station>;
export type Rescuer = z.infer<typeof rescuer>;
export type DrillBoard = z.infer<typeof drillBoard>;
export type Volunteers = z.infer<typeof volunteerList>;
export const KINDS = ['maintenance', 'public', 'social'] as const;

/** One list of the field, read again with everything else of rescue when something changes. */
const useField = <T>(path: string, query: Readonly<Record<string, string>> = {}) =>
  useQuery({ queryKey: ['rescue', path, query], queryFn: ({ signal }) => get<T>(path, query, signal) });

export const useStations = () => useField<{ items: readonly Station[] }>('/rescue/stations');
export const useRescuers = () => useField<{ items: readonly Rescuer[] }>('/rescue/rescuers');
export const useDrills = () => useField<DrillBoard>('/rescue/drills');

export const useVolunteers = () => useField<Volunteers>('/rescue/volunteers');

/** Read everything of rescue again: after a change of one's own. */
export function useReread(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['rescue'] });
}
