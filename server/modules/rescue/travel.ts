import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { byLine, type Point, type Travel } from './candidate.rules.ts';
import type { RescueDeps } from './deps.ts';
import { openRoads, type Roads, secondsTo, waysTo } from './roads.ts';

/** Where `tian import roads` leaves the network. */
export const ROADS_FILE = 'roads.bin';

type Setting = { straightLineFactor: number; speedKmPerH: number };

export type Roadways = Pick<RescueDeps, 'travel' | 'ways'>;

/** Travel by the roads in the data folder where they reach; elsewhere, or without them, by a stretched straight line. */
export function roadways(dataDir: string, { straightLineFactor: factor, speedKmPerH }: Setting, log: Logger): Roadways {
  const path = join(dataDir, ROADS_FILE);
  const roads = existsSync(path) ? openRoads(readFileSync(path)) : null;
  if (roads) log.info({ nodes: roads.nodes, arcs: roads.arcs }, 'roads are loaded: rescuers are ranked by road time');
  return {
    travel: travelOn(roads, { factor, speedKmPerH }),
    ways: (from, to) => (roads ? waysTo(roads, from, to) : from.map(() => null)),
  };
}

/** The same on a given network. */
export const travelOn =
  (roads: Roads | null, line: { factor: number; speedKmPerH: number }): RescueDeps['travel'] =>
  (from: readonly Point[], to: Point): readonly Travel[] => {
    const found = roads ? secondsTo(roads, from, to) : [];
    return from.map((p, i) => found[i] ?? byLine(p, to, line));
  };
