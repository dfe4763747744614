import { serveThread } from '../../kernel/thread.ts';
import { openPointMap } from './map.service.ts';
import type { MapState, Point } from './points.rules.ts';

const map = openPointMap();
const work = {
  put: ({ points, gone }: { points: readonly Point[]; gone: readonly number[] }) => map.put(points, gone),
  paint: (states: readonly { no: number; state: MapState }[]) => map.paint(states),
  tile: map.tile,
  stateOf: map.stateOf,
};
export type MapWork = typeof work;
serveThread(work);
