import { metresBetween, type Point, type Travel } from './candidate.rules.ts';

/**
 * A road network in typed arrays, arcs stored by the node they lead to: one search from the incident backwards gives the
 * way from everybody. `first[n]` to `first[n + 1]` are the arcs that arrive at node n.
 */
export type Roads = {
  nodes: number;
  arcs: number;
  lng: Float64Array;
  lat: Float64Array;
  first: Uint32Array;
  from: Uint32Array; // where the arc begins
  seconds: Float32Array;
  metres: Float32Array;
  grid: Grid;
};

/** Nodes by cell, so that the nearest one is found without looking at all. */
type Grid = { west: number; south: number; columns: number; rows: number; start: Uint32Array; order: Uint32Array };

/** One way of the map as a chain of nodes, and how fast it is. `oneWay`: only in the order given. */
export type Way = { nodes: readonly number[]; metresPerS: number; oneWay: boolean };

const CELL_DEGREES = 0.005; // about 500 m
/** Farther from any road than this, the network does not help. */
const MOST_SNAP_METRES = 1_500;
/** From the road to the door, on foot. */
const WALK_METRES_PER_S = 1.4;

/** Build the network. Node numbers are places in `lng` and `lat`. */
export function buildRoads(lng: Float64Array, lat: Float64Array, ways: readonly Way[]): Roads {
  const nodes = lng.length;
  const count = new Uint32Array(nodes + 1);
  const each = (visit: (a: number, b: number, metresPerS: number) => void) => {
    for (const { nodes: chain, metresPerS, oneWay } of ways) {
      for (let i = 1; i < chain.length; i += 1) {
        const [a = 0, b = 0] = [chain[i - 1], chain[i]];
        visit(a, b, metresPerS);
        if (!oneWay) visit(b, a, metresPerS);
      }
    }
  };
  each((_a, b) => (count[b + 1] = (count[b + 1] ?? 0) + 1));
  for (let i = 1; i <= nodes; i += 1) count[i] = (count[i] ?? 0) + (count[i - 1] ?? 0);
  const arcs = count[nodes] ?? 0;
  const [from, seconds, metres] = [new Uint32Array(arcs), new Float32Array(arcs), new Float32Array(arcs)];
  const next = count.slice();
  const at = (n: number): Point => ({ lng: lng[n] ?? 0, lat: lat[n] ?? 0 });
  each((a, b, metresPerS) => {
    const arc = next[b] ?? 0;
    next[b] = arc + 1;
    const length = metresBetween(at(a), at(b));
    from[arc] = a;
    metres[arc] = length;
    seconds[arc] = length / metresPerS;
  });
  return { nodes, arcs, lng, lat, first: count, from, seconds, metres, grid: gridOf(lng, lat) };
}

function gridOf(lng: Float64Array, lat: Float64Array): Grid {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let n = 0; n < lng.length; n += 1) {
    west = Math.min(west, lng[n] ?? 0);
    east = Math.max(east, lng[n] ?? 0);
    south = Math.min(south, lat[n] ?? 0);
    north = Math.max(north, lat[n] ?? 0);
  }
  const columns = Math.max(1, Math.ceil((east - west) / CELL_DEGREES) + 1);
  const rows = Math.max(1, Math.ceil((north - south) / CELL_DEGREES) + 1);
  const cell = (n: number) =>
    Math.floor(((lat[n] ?? 0) - south) / CELL_DEGREES) * columns + Math.floor(((lng[n] ?? 0) - west) / CELL_DEGREES);
  const start = new Uint32Array(columns * rows + 1);
  for (let n = 0; n < lng.length; n += 1) start[cell(n) + 1] = (start[cell(n) + 1] ?? 0) + 1;
  for (let i = 1; i < start.length; i += 1) start[i] = (start[i] ?? 0) + (start[i - 1] ?? 0);
  const order = new Uint32Array(lng.length);
  const next = start.slice();
  for (let n = 0; n < lng.length; n += 1) {
    const c = cell(n);
    order[next[c] ?? 0] = n;
    next[c] = (next[c] ?? 0) + 1;
  }
  return { west, south, columns, rows, start, order };
}

/** The nearest node, and how far it is. Null: no road near. */
export function nearestNode(roads: Roads, to: Point): { node: number; metres: number } | null {
  const { west, south, columns, rows, start, order } = roads.grid;
  const [x, y] = [Math.floor((to.lng - west) / CELL_DEGREES), Math.floor((to.lat - south) / CELL_DEGREES)];
  const kept: { best: Nearest } = { best: null };
  for (let ring = 0; ring <= 3; ring += 1) {
    for (const [cx, cy] of cellsOnRing(x, y, ring)) {
      if (cx < 0 || cy < 0 || cx >= columns || cy >= rows) continue;
      const cell = cy * columns + cx;
      kept.best = nearer(roads, { to, best: kept.best, nodes: order.subarray(start[cell], start[cell + 1]) });
    }
    if (kept.best && kept.best.metres < ring * 400) break; // nothing in a farther ring can be nearer
  }
  return kept.best && kept.best.metres <= MOST_SNAP_METRES ? kept.best : null;
}

function cellsOnRing(x: number, y: number, ring: number): readonly (readonly [number, number])[] {
  const side = Array.from({ length: 2 * ring + 1 }, (_, i) => i - ring);
  return side.flatMap((dx) =>
    side.filter((dy) => Math.max(Math.abs(dx), Math.abs(dy)) === ring).map((dy) => [x + dx, y + dy] as const),
  );
}

type Nearest = { node: number; metres: number } | null;

function nearer(roads: Roads, { to, best, nodes }: { to: Point; best: Nearest; nodes: Uint32Array }): Nearest {
  let found = best;
  for (const node of nodes) {
    const metres = metresBetween({ lng: roads.lng[node] ?? 0, lat: roads.lat[node] ?? 0 }, to);
    if (!found || metres < found.metres) found = { node, metres };
  }
  return found;
}

/** Travel from each place to one, by road. Undefined: no road near, or no way. */
export function secondsTo(roads: Roads, from: readonly Point[], to: Point): readonly (Travel | undefined)[] {
  const end = nearestNode(roads, to);
  if (!end) return from.map(() => undefined);
  const starts = from.map((p) => nearestNode(roads, p));
  const { found } = searchBack(roads, end.node, new Set(starts.flatMap((s) => (s ? [s.node] : []))));
  return starts.map((s) => {
    const way = s && found.get(s.node);
    if (!s || !way) return undefined;
    const walk = s.metres + end.metres;
    return { seconds: way.seconds + walk / WALK_METRES_PER_S, metres: Math.round(way.metres + walk), by: 'roads' };
  });
}

/** The way from each place to one, as the corners of its roads with both places at the ends. Null: there is none by road. */
export function waysTo(roads: Roads, from: readonly Point[], to: Point): readonly (readonly Point[] | null)[] {
  const end = nearestNode(roads, to);
  if (!end) return from.map(() => null);
  const starts = from.map((p) => nearestNode(roads, p));
  const { found, toward } = searchBack(roads, end.node, new Set(starts.flatMap((s) => (s ? [s.node] : []))));
  return from.map((place, i) => {
    const start = starts[i];
    if (!start || !found.has(start.node)) return null;
    const corners: Point[] = [];
    for (let node = start.node; ; node = toward[node] ?? end.node) {
      corners.push({ lng: roads.lng[node] ?? 0, lat: roads.lat[node] ?? 0 });
      if (node === end.node) return [place, ...corners, to];
    }
  });
}

type Search = {
  found: ReadonlyMap<number, { seconds: number; metres: number }>;
  toward: Uint32Array; // the next node on the way to the end, of every node that was reached
};

/** Dijkstra against the direction of travel, until every wanted node is settled or nothing is left. */
function searchBack(roads: Roads, end: number, wanted: ReadonlySet<number>): Search {
  const best = new Float32Array(roads.nodes).fill(Number.POSITIVE_INFINITY);
  const metres = new Float32Array(roads.nodes);
  const toward = new Uint32Array(roads.nodes);
  const settled = new Uint8Array(roads.nodes);
  const queue = heap();
  const found = new Map<number, { seconds: number; metres: number }>();
  best[end] = 0;
  queue.push(end, 0);
  while (found.size < wanted.size) {
    const node = queue.pop();
    if (node === undefined) break;
    if (settled[node]) continue;
    settled[node] = 1;
    const seconds = best[node] ?? 0;
    if (wanted.has(node)) found.set(node, { seconds, metres: metres[node] ?? 0 });
    const last = roads.first[node + 1] ?? 0;
    for (let arc = roads.first[node] ?? 0; arc < last; arc += 1) {
      const before = roads.from[arc] ?? 0;
      const total = seconds + (roads.seconds[arc] ?? 0);
      if (settled[before] || total >= (best[before] ?? 0)) continue;
      best[before] = total;
      toward[before] = node;
      metres[before] = (metres[node] ?? 0) + (roads.metres[arc] ?? 0);
      queue.push(before, total);
    }
  }
  return { found, toward };
}

/** A binary heap of nodes by seconds. */
function heap() {
  const nodes: number[] = [];
  const keys: number[] = [];
  const swap = (a: number, b: number) => {
    [nodes[a], nodes[b]] = [nodes[b] ?? 0, nodes[a] ?? 0];
    [keys[a], keys[b]] = [keys[b] ?? 0, keys[a] ?? 0];
  };
  const key = (i: number) => keys[i] ?? Number.POSITIVE_INFINITY;
  const push = (node: number, seconds: number): void => {
    nodes.push(node);
    keys.push(seconds);
    for (let i = nodes.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (key(parent) <= key(i)) return;
      swap(parent, i);
      i = parent;
    }
  };
  const pop = (): number | undefined => {
    if (nodes.length === 0) return undefined;
    swap(0, nodes.length - 1);
    keys.pop();
    const top = nodes.pop();
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const least = key(left) < key(i) ? left : i;
      const next = key(right) < key(least) ? right : least;
      if (next === i) return top;
      swap(i, next);
      i = next;
    }
  };
  return { push, pop };
}

const MAGIC = 0x54_52_44_31; // 'TRD1'

/** The network as bytes, for the data folder. */
export function packRoads(roads: Roads): Uint8Array {
  const head = new Uint32Array([MAGIC, roads.nodes, roads.arcs, 0]);
  const parts = [head, roads.lng, roads.lat, roads.first, roads.from, roads.seconds, roads.metres];
  return Buffer.concat(parts.map((p) => Buffer.from(p.buffer, p.byteOffset, p.byteLength)));
}

/** The network out of its bytes. Throws when they are none. */
export function openRoads(bytes: Uint8Array): Roads {
  const data = new Uint8Array(bytes).buffer; // a copy of its own begins where typed arrays may begin
  const [magic, nodes = 0, arcs = 0] = new Uint32Array(data, 0, 4);
  if (magic !== MAGIC) throw new Error('This is no road network: run `tian import roads` again');
  let at = 16;
  const take = (length: number) => {
    const from = at;
    at += length;
    return from;
  };
  const lng = new Float64Array(data, take(nodes * 8), nodes);
  const lat = new Float64Array(data, take(nodes * 8), nodes);
  const first = new Uint32Array(data, take((nodes + 1) * 4), nodes + 1);
  const from = new Uint32Array(data, take(arcs * 4), arcs);
  const seconds = new Float32Array(data, take(arcs * 4), arcs);
  const metres = new Float32Array(data, take(arcs * 4), arcs);
  return { nodes, arcs, lng, lat, first, from, seconds, metres, grid: gridOf(lng, lat) };
}
