import { useQuery } from '@tanstack/react-query';
import type { BaseMap } from '../../../contract/kernel.ts';
import { get } from '../../api.ts';
import type { Districts } from './shapes.ts';

/** What lies below the elevators: the districts, and the base map of this installation if it has one. */
export type Ground = { districts: Districts; base: BaseMap };

/** The ground of every map screen, read once. */
export const useGround = () =>
  useQuery({
    queryKey: ['map', 'ground'],
    queryFn: async ({ signal }): Promise<Ground> => {
      const [districts, base] = await Promise.all([
        get<Districts>('/map/districts', {}, signal),
        get<BaseMap>('/map/base', {}, signal),
      ]);
      return { districts, base };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
