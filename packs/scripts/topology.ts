/**
 * District outlines drawn with fewer points, so that neighbours keep the very same border: outlines are cut into arcs
 * where three areas meet, each arc is simplified once, and the areas are put together again from the same arcs.
 */

export type Point = readonly [number, number];
export type Ring = readonly Point[]; // first and last point are the same
export type Area = { code: string; rings: readonly Ring[] };

type Arc = { key: string; points: readonly Point[] };

const keyOf = ([x, y]: Point): string => `${x},${y}`;
const segmentKey = (a: Point, b: Point): string => [keyOf(a), keyOf(b)].toSorted().join('|');

/** How coarse the result may be, in the unit of the points. */
export type Coarseness = {
  share: number; // of an area's width (root of its surface): the smaller of two neighbours decides
  least: number; // never finer than this
  snap: number; // points of two areas this close are one point; 0 where neighbours already agree
  merge?: Readonly<Record<string, string>>; // areas that become part of another
};

/** Simplify areas that share borders. */
export function simplifyAreas(areas: readonly Area[], { share, least, snap, merge = {} }: Coarseness): Area[] {
  const onePoint = snapper(snap);
  const clean = areas.map(({ code, rings }) => ({
    code,
    rings: rings.map((ring) => withoutSpikes(ring.map(onePoint))).filter((ring) => ring.length > 3),
  }));
  const junctions = junctionsOf(clean);
  const arcsByArea = new Map<string, Arc[]>();
  const finest = new Map<string, number>();
  for (const { code, rings } of clean) {
    const target = merge[code] ?? code;
    const arcs = rings.flatMap((ring) => arcsOf(ring, junctions));
    arcsByArea.set(target, [...(arcsByArea.get(target) ?? []), ...arcs]);
    const tolerance = Math.max(least, share * widthOf(rings));
    for (const { key } of arcs) finest.set(key, Math.min(tolerance, finest.get(key) ?? tolerance));
  }
  return [...arcsByArea].map(([code, arcs]) => ({
    code,
    rings: withoutCrumbs(stitch(outerOf(arcs).map(({ key, points }) => thinned(points, finest.get(key) ?? least)))),
  }));
}

/** Rings that enclose something worth drawing: at least a five-hundredth of the largest. */
function withoutCrumbs(rings: readonly Ring[]): Ring[] {
  const largest = Math.max(0, ...rings.map((ring) => Math.abs(doubleArea(ring))));
  return rings.filter((ring) => ring.length > 3 && Math.abs(doubleArea(ring)) * 500 >= largest);
}

const widthOf = (rings: readonly Ring[]): number =>
  Math.sqrt(rings.reduce((sum, ring) => sum + Math.abs(doubleArea(ring)) / 2, 0));

/** Gives every point the first point seen within `reach` of it. */
function snapper(reach: number): (point: Point) => Point {
  if (reach === 0) return (point) => point;
  const cells = new Map<string, Point[]>();
  return ([x, y]) => {
    const [column, row] = [Math.floor(x / reach), Math.floor(y / reach)];
    const near = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => cells.get(`${column + i},${row + j}`) ?? []));
    const known = near.find((p) => Math.hypot(p[0] - x, p[1] - y) <= reach);
    if (known) return known;
    const cell = `${column},${row}`;
    cells.set(cell, [...(cells.get(cell) ?? []), [x, y]]);
    return [x, y];
  };
}

/** An open list of points without repeats and without needles (there and back again), closed at the end. */
export function withoutSpikes(ring: Ring): Ring {
  const points: Point[] = [];
  for (const point of ring) {
    if (points.length > 0 && keyOf(points[points.length - 1] ?? point) === keyOf(point)) continue;
    const before = points[points.length - 2];
    if (before && keyOf(before) === keyOf(point)) points.pop();
    else points.push(point);
  }
  const first = points[0];
  const last = points.at(-1);
  if (first && last && keyOf(first) !== keyOf(last)) points.push(first);
  return points;
}

/** Points where an arc must end: where other than two segments meet, or where the areas beside the border change. */
function junctionsOf(areas: readonly Area[]): ReadonlySet<string> {
  const users = new Map<string, Set<string>>();
  const segments = new Map<string, Set<string>>();
  for (const { code, rings } of areas) {
    for (const [a, b] of rings.flatMap(segmentsOf)) {
      const key = segmentKey(a, b);
      addTo(users, key, code);
      addTo(segments, keyOf(a), key);
      addTo(segments, keyOf(b), key);
    }
  }
  const beside = (segment: string) => [...(users.get(segment) ?? [])].toSorted().join();
  const meets = [...segments].filter(
    ([, here]) => here.size !== 2 || new Set([...here].map((segment) => beside(segment))).size !== 1,
  );
  return new Set(meets.map(([point]) => point));
}

const segmentsOf = (ring: Ring): (readonly [Point, Point])[] =>
  ring.slice(1).map((point, i) => [ring[i] ?? point, point] as const);

const addTo = (map: Map<string, Set<string>>, key: string, value: string) =>
  map.set(key, (map.get(key) ?? new Set()).add(value));

/** The arcs of one ring. A ring that meets nothing is one closed arc, begun at its smallest point. */
function arcsOf(ring: Ring, junctions: ReadonlySet<string>): Arc[] {
  const open = ring.slice(0, -1);
  const smallest = open.reduce((at, point, i) => (keyOf(point) < keyOf(open[at] ?? point) ? i : at), 0);
  const start = open.findIndex((p) => junctions.has(keyOf(p)));
  const from = start === -1 ? smallest : start;
  const turned = [...open.slice(from), ...open.slice(0, from + 1)];
  const arcs: Arc[] = [];
  let current: Point[] = [];
  for (const [i, point] of turned.entries()) {
    current.push(point);
    if (i > 0 && (junctions.has(keyOf(point)) || i === turned.length - 1)) {
      arcs.push(named(current));
      current = [point];
    }
  }
  return arcs;
}

/** An arc in the direction whose text is smaller, so that both neighbours name it alike. */
function named(points: readonly Point[]): Arc {
  const ahead = points.map(keyOf).join(';');
  const back = points.toReversed().map(keyOf).join(';');
  return ahead <= back ? { key: ahead, points } : { key: back, points: points.toReversed() };
}

/** Arcs that bound the area: one used twice lies inside, between two parts that became one. */
function outerOf(arcs: readonly Arc[]): Arc[] {
  const outer = new Map<string, Arc>();
  for (const arc of arcs) {
    if (outer.has(arc.key)) outer.delete(arc.key);
    else outer.set(arc.key, arc);
  }
  return [...outer.values()];
}

/** Fewer points, none of the dropped ones farther than `tolerance` from the line that stays (Douglas and Peucker). */
export function thinned(points: readonly Point[], tolerance: number): readonly Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return points;
  const closed = keyOf(first) === keyOf(last);
  const offs = points.map((p) => (closed ? Math.hypot(p[0] - first[0], p[1] - first[1]) : offLine(p, first, last)));
  const far = offs.reduce((best, off, i) => (off > (offs[best] ?? 0) ? i : best), 0);
  if ((offs[far] ?? 0) <= tolerance) return closed ? [] : [first, last];
  return [...thinned(points.slice(0, far + 1), tolerance).slice(0, -1), ...thinned(points.slice(far), tolerance)];
}

/** Distance of a point from the segment between two others. */
function offLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const dx = bx - ax;
  const dy = by - ay;
  const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

/** Arcs joined end to end into closed rings. Arcs that simplification made empty are left out. */
function stitch(arcs: readonly (readonly Point[])[]): Ring[] {
  const left = new Set(arcs.filter((arc) => arc.length > 1));
  const rings: Ring[] = [];
  for (const start of left) {
    left.delete(start);
    let ring = [...start];
    for (let next = follower(left, ring); next; next = follower(left, ring)) {
      left.delete(next.arc);
      ring = [...ring, ...next.points.slice(1)];
    }
    rings.push(ring);
  }
  return rings.filter((ring) => isClosed(ring));
}

const isClosed = (ring: Ring): boolean => {
  const [first, last] = [ring[0], ring.at(-1)];
  return first !== undefined && last !== undefined && keyOf(first) === keyOf(last);
};

function follower(left: ReadonlySet<readonly Point[]>, ring: readonly Point[]) {
  const end = ring.at(-1);
  if (!end || (ring.length > 1 && isClosed(ring))) return undefined;
  for (const arc of left) {
    const [first, last] = [arc[0], arc.at(-1)];
    if (first && keyOf(first) === keyOf(end)) return { arc, points: arc };
    if (last && keyOf(last) === keyOf(end)) return { arc, points: arc.toReversed() };
  }
  return undefined;
}

/** Twice the signed area; positive when the ring runs counter-clockwise. */
export const doubleArea = (ring: Ring): number =>
  segmentsOf(ring).reduce((sum, [[ax, ay], [bx, by]]) => sum + (ax * by - bx * ay), 0);
