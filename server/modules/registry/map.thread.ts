import { openThread, threadBeside } from '../../kernel/thread.ts';
import type { PointMap } from './map.service.ts';
import type { MapWork } from './map.worker.ts';

/**
 * The map's memory in a thread of its own: a tile of a large city takes longer than the desk may wait. A thread that
 * failed begins empty: `fillings` tells the feed.
 */
export function openMapThread(): PointMap {
  const thread = openThread<MapWork>(threadBeside('map', import.meta.url));
  // A call that failed with its thread is made good by the next filling.
  const tell = (told: Promise<unknown>): void => void told.catch(() => undefined);
  return {
    put: (points, gone) => tell(thread.call('put', { points, gone })),
    paint: (states) => tell(thread.call('paint', states)),
    tile: (ask) => thread.call('tile', ask),
    stateOf: (no) => thread.call('stateOf', no),
    fillings: thread.starts,
    stop: thread.stop,
  };
}
