/** How an elevator looks on the map, the calmest first: in a cluster the last one present gives the colour. */
export const MAP_STATES = ['unknown', 'normal', 'offline', 'stopped', 'fault', 'trapped'] as const;
export type MapState = (typeof MAP_STATES)[number];

export type Point = {
  no: number;
  id: string; // uuid
  lng: number; // WGS-84
  lat: number;
  state: MapState;
  areaCodes: readonly string[];
  orgIds: readonly string[];
};

type Seen = { all: boolean; areas: readonly string[]; orgs: readonly string[] };

/**
 * Every elevator of the city as numbers in arrays: a tile is one pass over them. A million take about 60 MB; trees of
 * clusters would need one per scope, and states change all the time.
 */
export type Points = {
  size: number;
  version: number; // of everything
  scopeVersion: number; // of who may see what: masks hold as long as it does
  x: Float64Array; // Web Mercator, 0 to 1
  y: Float64Array;
  state: Uint8Array;
  ids: Uint8Array; // 16 bytes each
  areas: Int32Array; // three codes each, as numbers of `codes`; -1: none
  orgs: Int32Array; // up to twelve parties each, as numbers of `orgNumbers`; -1: none
  moreOrgs: Map<number, readonly number[]>; // what did not fit, by place
  nos: Int32Array;
  places: Map<number, number>; // elevator no → place in the arrays
  codes: Map<string, number>;
  orgNumbers: Map<string, number>;
};

const AREAS_EACH = 3;
const ORGS_EACH = 12;

export function newPoints(room = 1_024): Points {
  return {
    size: 0,
    version: 1,
    scopeVersion: 1,
    x: new Float64Array(room),
    y: new Float64Array(room),
    state: new Uint8Array(room),
    ids: new Uint8Array(room * 16),
    areas: new Int32Array(room * AREAS_EACH).fill(-1),
    orgs: new Int32Array(room * ORGS_EACH).fill(-1),
    moreOrgs: new Map(),
    nos: new Int32Array(room),
    places: new Map(),
    codes: new Map(),
    orgNumbers: new Map(),
  };
}

/** Web Mercator, 0 to 1 from west to east and from north to south. */
export const mercatorX = (lng: number): number => lng / 360 + 0.5;
export function mercatorY(lat: number): number {
  const sin = Math.sin((lat * Math.PI) / 180);
  return Math.min(1, Math.max(0, 0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI));
}

/** Put points in, or in the place they already have. Changes `points`: it is one big buffer, made to be changed. */
export function putPoints(points: Points, given: readonly Point[]): void {
  if (given.length === 0) return;
  for (const point of given) {
    let at = points.places.get(point.no);
    if (at === undefined) {
      at = points.size;
      if (at >= points.x.length) widen(points);
      points.size += 1;
      points.places.set(point.no, at);
      points.nos[at] = point.no;
      points.ids.set(bytesOf(point.id), at * 16);
    }
    points.x[at] = mercatorX(point.lng);
    points.y[at] = mercatorY(point.lat);
    points.state[at] = MAP_STATES.indexOf(point.state);
    for (let i = 0; i < AREAS_EACH; i += 1)
      points.areas[at * AREAS_EACH + i] = numberOf(points.codes, point.areaCodes[i]);
    const orgs = point.orgIds.map((org) => numberOf(points.orgNumbers, org));
    for (let i = 0; i < ORGS_EACH; i += 1) points.orgs[at * ORGS_EACH + i] = orgs[i] ?? -1;
    if (orgs.length > ORGS_EACH) points.moreOrgs.set(at, orgs.slice(ORGS_EACH));
    else points.moreOrgs.delete(at);
  }
  points.version += 1;
  points.scopeVersion += 1;
}

/** Take a point off the map: it lost its place in the world. Its arrays stay, outside every tile. */
export function dropPoints(points: Points, nos: readonly number[]): void {
  for (const no of nos) {
    const at = points.places.get(no);
    if (at !== undefined) points.x[at] = -1;
  }
  if (nos.length > 0) points.version += 1;
}

/** Paint states by elevator number. Returns how many changed. */
export function paint(points: Points, states: readonly { no: number; state: MapState }[]): number {
  let changed = 0;
  for (const { no, state } of states) {
    const at = points.places.get(no);
    const to = MAP_STATES.indexOf(state);
    if (at === undefined || points.state[at] === to) continue;
    points.state[at] = to;
    changed += 1;
  }
  if (changed > 0) points.version += 1;
  return changed;
}

/** How one elevator looks; null when it is not on the map. */
export function stateOf(points: Points, no: number): MapState | null {
  const at = points.places.get(no);
  return at === undefined ? null : stateAt(points, at);
}

const numberOf = (numbers: Map<string, number>, text: string | undefined): number => {
  if (text === undefined) return -1;
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
};

function widen(points: Points): void {
  const room = points.x.length * 2;
  const wider = newPoints(room);
  for (const part of ['x', 'y', 'state', 'ids', 'areas', 'orgs', 'nos'] as const) wider[part].set(points[part]);
  const { x, y, state, ids, areas, orgs, nos } = wider;
  Object.assign(points, { x, y, state, ids, areas, orgs, nos });
}

/** Which points a scope sees: 1 for each that it does. Null: all of them. */
export function maskOf(points: Points, scope: Seen): Uint8Array | null {
  if (scope.all) return null;
  const mask = new Uint8Array(points.size);
  const areas = new Set(scope.areas.flatMap((code) => points.codes.get(code) ?? []));
  const orgs = new Set(scope.orgs.flatMap((org) => points.orgNumbers.get(org) ?? []));
  if (areas.size === 0 && orgs.size === 0) return mask;
  const rows = { numbers: points.areas, width: AREAS_EACH };
  for (let at = 0; at < points.size; at += 1) {
    mask[at] = inAny(rows, at, areas) || inOrgs(points, at, orgs) ? 1 : 0;
  }
  return mask;
}

function inOrgs(points: Points, at: number, orgs: ReadonlySet<number>): boolean {
  if (orgs.size === 0) return false;
  if (inAny({ numbers: points.orgs, width: ORGS_EACH }, at, orgs)) return true;
  return points.moreOrgs.get(at)?.some((org) => orgs.has(org)) ?? false;
}

type Row = { numbers: Int32Array; width: number };

/** Is one of the numbers in this row wanted? The empty ones are -1, which nobody wants. */
function inAny({ numbers, width }: Row, at: number, wanted: ReadonlySet<number>): boolean {
  if (wanted.size === 0) return false;
  for (let i = at * width; i < (at + 1) * width; i += 1) if (wanted.has(numbers[i] ?? -1)) return true;
  return false;
}

function bytesOf(id: string): Uint8Array {
  const hex = id.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

function idOf(points: Points, at: number): string {
  let hex = '';
  for (const byte of points.ids.subarray(at * 16, at * 16 + 16)) hex += byte.toString(16).padStart(2, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const EXTENT = 4_096;
/** Clusters stand at least this many cells apart: 16 cells of 32 pixels on a tile shown at 512. */
const CELLS = 16;
/** From here on every elevator is shown by itself: two doors of one building are a few metres apart. */
const SINGLE_ZOOM = 16;
const MOST_SINGLES = 4_000;

export type TileFeature =
  | { layer: 'elevator'; x: number; y: number; id: string; state: MapState }
  | { layer: 'cluster'; x: number; y: number; count: number; worst: MapState; faults: number; trapped: number };

type Tile = { z: number; x: number; y: number };

/** What a tile shows: single elevators, and clusters where more than one falls into a cell. One pass over the points. */
export function tileFeatures(points: Points, mask: Uint8Array | null, tile: Tile): TileFeature[] {
  const inside = pointsIn(points, mask, tile);
  const cells = tile.z >= SINGLE_ZOOM && inside.length <= MOST_SINGLES ? null : CELLS;
  if (cells === null) return inside.map((p) => single(points, p));
  const groups = new Map<number, Inside[]>();
  for (const p of inside) {
    const cell = Math.floor((p.x * cells) / EXTENT) * cells + Math.floor((p.y * cells) / EXTENT);
    const group = groups.get(cell);
    if (group) group.push(p);
    else groups.set(cell, [p]);
  }
  return [...groups.values()].map((group) => {
    const [first, second] = group;
    return first && !second ? single(points, first) : cluster(points, group);
  });
}

type Inside = { at: number; x: number; y: number };

function pointsIn(points: Points, mask: Uint8Array | null, { z, x, y }: Tile): Inside[] {
  const scale = 2 ** z;
  const [west, east, north, south] = [x / scale, (x + 1) / scale, y / scale, (y + 1) / scale];
  const found: Inside[] = [];
  const { x: xs, y: ys, size } = points;
  for (let at = 0; at < size; at += 1) {
    const px = xs[at] ?? -1;
    if (px < west || px >= east) continue;
    const py = ys[at] ?? -1;
    if (py < north || py >= south || (mask && mask[at] !== 1)) continue;
    found.push({ at, x: Math.floor((px * scale - x) * EXTENT), y: Math.floor((py * scale - y) * EXTENT) });
  }
  return found;
}

const stateAt = (points: Points, at: number): MapState => MAP_STATES[points.state[at] ?? 0] ?? 'unknown';

const single = (points: Points, { at, x, y }: Inside): TileFeature => ({
  layer: 'elevator',
  x,
  y,
  id: idOf(points, at),
  state: stateAt(points, at),
});

function cluster(points: Points, group: readonly Inside[]): TileFeature {
  let [x, y, worst, faults, trapped] = [0, 0, 0, 0, 0];
  const [fault, held] = [MAP_STATES.indexOf('fault'), MAP_STATES.indexOf('trapped')];
  for (const p of group) {
    x += p.x;
    y += p.y;
    const state = points.state[p.at] ?? 0;
    worst = Math.max(worst, state);
    if (state === fault) faults += 1;
    if (state === held) trapped += 1;
  }
  const count = group.length;
  return {
    layer: 'cluster',
    x: Math.round(x / count),
    y: Math.round(y / count),
    count,
    worst: MAP_STATES[worst] ?? 'unknown',
    faults,
    trapped,
  };
}
