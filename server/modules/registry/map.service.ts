import type { Scope } from '../../kernel/scope.ts';
import {
  dropPoints,
  type MapState,
  maskOf,
  newPoints,
  type Point,
  type Points,
  paint,
  putPoints,
  stateOf,
  tileFeatures,
} from './points.rules.ts';
import { encodeTile } from './tile.ts';

export type TileAsk = { scope: Scope; z: number; x: number; y: number };
export type Tile = { bytes: Uint8Array; version: number };

/** The map's memory: takes changes, gives tiles. The same in this thread and in a worker. */
export type PointMap = {
  put: (points: readonly Point[], gone: readonly number[]) => void;
  paint: (states: readonly { no: number; state: MapState }[]) => void;
  tile: (ask: TileAsk) => Promise<Tile>;
  /** How one elevator looks; null when it is not on the map. */
  stateOf: (no: number) => Promise<MapState | null>;
  /** How often it began empty: when this changes, everything must be put in again. */
  fillings: () => number;
  stop: () => Promise<void>;
};

/** Tiles kept ready. A city in view of fifty people is a few hundred. */
const MOST_TILES = 600;
const MOST_MASKS = 60;

export function openPointMap(): PointMap {
  const points = newPoints();
  const tiles = new Map<string, Uint8Array>();
  const masks = new Map<string, Uint8Array | null>();
  let heldFor = { tiles: points.version, masks: points.scopeVersion };
  return {
    put: (changed, gone) => {
      putPoints(points, changed);
      dropPoints(points, gone);
    },
    paint: (states) => {
      paint(points, states);
    },
    tile: ({ scope, z, x, y }) => {
      if (heldFor.tiles !== points.version) tiles.clear();
      if (heldFor.masks !== points.scopeVersion) masks.clear();
      heldFor = { tiles: points.version, masks: points.scopeVersion };
      const who = keyOf(scope);
      const key = `${who} ${z}/${x}/${y}`;
      const bytes =
        tiles.get(key) ??
        kept(tiles, { key, value: drawn(points, { mask: maskFor(points, masks, scope), z, x, y }), most: MOST_TILES });
      return Promise.resolve({ bytes, version: points.version });
    },
    stateOf: (no) => Promise.resolve(stateOf(points, no)),
    fillings: () => 0,
    stop: () => Promise.resolve(),
  };
}

const keyOf = ({ all, areas, orgs }: Scope): string => (all ? '*' : `${areas.join(',')};${orgs.join(',')}`);

function maskFor(points: Points, masks: Map<string, Uint8Array | null>, scope: Scope): Uint8Array | null {
  const key = keyOf(scope);
  const found = masks.get(key);
  if (found !== undefined) return found;
  return kept(masks, { key, value: maskOf(points, scope), most: MOST_MASKS });
}

type Drawing = { mask: Uint8Array | null; z: number; x: number; y: number };
const drawn = (points: Points, { mask, ...tile }: Drawing): Uint8Array => encodeTile(tileFeatures(points, mask, tile));

/** Keep a value and forget the oldest beyond `most`. */
function kept<V>(into: Map<string, V>, { key, value, most }: { key: string; value: V; most: number }): V {
  into.set(key, value);
  const oldest = into.keys().next();
  if (into.size > most && !oldest.done) into.delete(oldest.value);
  return value;
}
