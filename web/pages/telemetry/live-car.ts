import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Live } from '../../../contract/telemetry.ts';
import { apiUrl, get } from '../../api.ts';

/** The car as it is now: read once, then followed message by message while the page is open. */
export function useLiveCar(elevatorId: string) {
  const queries = useQueryClient();
  const [isFollowing, setFollowing] = useState(false);
  const key = ['telemetry-car', elevatorId];
  const live = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<Live>(`/elevators/${elevatorId}/present`, {}, signal),
  });
  const isKnown = live.data !== undefined;
  useEffect(() => {
    if (!isKnown) return;
    const source = new EventSource(apiUrl(`/elevators/${elevatorId}/live`));
    source.onopen = () => setFollowing(true);
    source.onerror = () => setFollowing(false);
    source.onmessage = (message) => {
      const told = readCar(message.data);
      if (told)
        queries.setQueryData<Live>(['telemetry-car', elevatorId], (now) => now && { ...now, online: true, ...told });
    };
    return () => {
      source.close();
      setFollowing(false);
    };
  }, [elevatorId, isKnown, queries]);
  return { live, isFollowing };
}

/** A line of the car's stream: the whole picture at first, what changed afterwards. Null when it is neither. */
export function readCar(data: unknown): Partial<Live> | null {
  if (typeof data !== 'string' || !data.startsWith('{')) return null;
  const told: Partial<Live> = JSON.parse(data);
  return typeof told.present === 'object' ? told : null;
}
