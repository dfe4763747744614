import type { Plain } from '../../kernel/packs.ts';
import type { IdentityPack, OutlinesPack } from './pack.ts';

export type Outline = Plain<OutlinesPack>['outlines'][number];
type LngLat = { lng: number; lat: number }; // WGS-84
type Ring = readonly (readonly [number, number])[];

/** Outlines that hold on a day: those not drawn for an earlier time. */
export const outlinesOn = (outlines: readonly Outline[], day: string): Outline[] =>
  outlines.filter(({ to }) => to === undefined || day < to);

/**
 * The district a point lies in, on a day; null where no outline of that day holds it. A district without an outline is
 * never guessed from a neighbour's: its elevators stand in lists with the note 无界线数据.
 */
export function districtAt(point: LngLat, outlines: readonly Outline[], day: string): string | null {
  return outlinesOn(outlines, day).find((outline) => isInside(point, outline))?.code ?? null;
}

/** Is the point inside an outline, and in none of its holes? */
export function isInside({ lng, lat }: LngLat, { polygons }: Pick<Outline, 'polygons'>): boolean {
  return polygons.some(([outer, ...holes]) => {
    if (!outer || !crossesOdd(outer, lng, lat)) return false;
    return !holes.some((hole) => crossesOdd(hole, lng, lat));
  });
}

/** Does a line from the point to the east cross the ring an odd number of times? */
function crossesOdd(ring: Ring, lng: number, lat: number): boolean {
  let odd = false;
  let before = ring.at(-1);
  for (const here of ring) {
    if (before && here[1] > lat !== before[1] > lat) {
      const at = ((before[0] - here[0]) * (lat - here[1])) / (before[1] - here[1]) + here[0];
      if (lng < at) odd = !odd;
    }
    before = here;
  }
  return odd;
}

/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

/** The box around outlines; null when there are none. */
export function boxOf(outlines: readonly Pick<Outline, 'polygons'>[]): Box | null {
  let box: [number, number, number, number] | null = null;
  for (const [lng, lat] of outlines.flatMap(({ polygons }) => polygons.flat(2))) {
    box ??= [lng, lat, lng, lat];
    box = [Math.min(box[0], lng), Math.min(box[1], lat), Math.max(box[2], lng), Math.max(box[3], lat)];
  }
  return box;
}

/** Where to put a district's count on a map: its outline's centre, its seat when it has no outline, else null. */
export function centreOf(code: string, outlines: readonly Outline[], { seats }: Plain<IdentityPack>): LngLat | null {
  const drawn = outlines.find((o) => o.code === code && o.to === undefined)?.centre;
  const point = drawn ?? seats.find((s) => s.code === code)?.point;
  return point ? { lng: point[0], lat: point[1] } : null;
}

/** Outlines of a day as GeoJSON, for the map. `name` is looked up by code. */
export function outlineFeatures(outlines: readonly Outline[], names: ReadonlyMap<string, string>) {
  return {
    type: 'FeatureCollection' as const,
    features: outlines.map(({ code, polygons }) => ({
      type: 'Feature' as const,
      id: Number(code),
      properties: { code, name: names.get(code) ?? code },
      geometry: { type: 'MultiPolygon' as const, coordinates: polygons },
    })),
  };
}
