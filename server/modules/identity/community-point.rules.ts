import type { Plain } from '../../kernel/packs.ts';
import type { Divisions } from './division.rules.ts';
import { isInside, type Outline, outlinesOn } from './outline.rules.ts';
import type { IdentityPack } from './pack.ts';

/** A point inside a real community's district where something invented may stand. WGS-84. */
export type CommunityPoint = {
  districtCode: string;
  streetCode: string;
  communityCode: string;
  lng: number;
  lat: number;
  spreadMetres: number; // how far around the point one may build and still be in the district
};

const METRES_PER_DEGREE = 111_320;
const TRIES = 60;
const SEAT_METRES = 3_000; // how far around the seat of a district that has no outline

/**
 * One point per community, invented but plausible: no public data says where communities lie, so streets stand around
 * the seat of their district and communities around their street, the first listed (the old town) nearest. A point is
 * always inside its district's outline, with its whole spread; in a district without an outline it is near the seat, and
 * where not even that is known there is none. The same divisions give the same points.
 */
export function communityPoints(
  { streets, communities }: Divisions,
  { outlines, seats }: { outlines: readonly Outline[]; seats: Plain<IdentityPack>['seats'] },
  day: string,
): CommunityPoint[] {
  const drawn = outlinesOn(outlines, day);
  const outlineOf = new Map([...seats.map(aroundSeat), ...drawn].map((o) => [o.code, o]));
  const rank = ranksOf(streets.map(([code]) => code));
  return streets.flatMap(([streetCode]) => {
    const outline = outlineOf.get(streetCode.slice(0, 6));
    if (!outline) return [];
    const reach = reachMetres(outline);
    const [lng, lat] = outline.centre;
    const { nth, of } = rank.get(streetCode) ?? { nth: 0, of: 1 };
    const far = reach * 0.8 * Math.sqrt((nth + 0.3) / of);
    const street = placed({ lng, lat }, far, { outline, key: streetCode, spreadMetres: 120 });
    const around = Math.min(1_500, reach / Math.sqrt(of) / 2);
    return (communities[streetCode] ?? []).map(([last]) => {
      const communityCode = `${streetCode}${last}`;
      const spreadMetres = Math.round(Math.min(250, around / 4));
      const point = placed(street, around * hashed(`${communityCode}r`), { outline, key: communityCode, spreadMetres });
      return { districtCode: outline.code, streetCode, communityCode, ...point, spreadMetres };
    });
  });
}

type Point = { lng: number; lat: number };

/** A ring around a seat, in place of an outline. */
function aroundSeat({ code, point }: { code: string; point: readonly [number, number] }): Outline {
  const [lng, lat] = point;
  const ring = Array.from({ length: 25 }, (_, i): [number, number] => {
    const corner = moved({ lng, lat }, SEAT_METRES, ((i % 24) * Math.PI) / 12);
    return [corner.lng, corner.lat];
  });
  return { code, centre: [lng, lat], polygons: [[ring]] };
}
type Placing = { outline: Outline; key: string; spreadMetres: number };

/** A point that far away in the direction its code gives, turned and drawn nearer until all its spread is inside. */
function placed(from: Point, metres: number, { outline, key, spreadMetres }: Placing): Point {
  for (let i = 0; i < TRIES; i += 1) {
    const angle = hashed(key) * 2 * Math.PI + i * 2.4; // the golden angle: tries point everywhere
    const point = moved(from, metres * (1 - i / TRIES), angle);
    const rim = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => moved(point, spreadMetres, (n * Math.PI) / 4));
    if ([point, ...rim].every((p) => isInside(p, outline))) return point;
  }
  return from;
}

function moved({ lng, lat }: Point, metres: number, angle: number): Point {
  const north = (metres * Math.sin(angle)) / METRES_PER_DEGREE;
  const east = (metres * Math.cos(angle)) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
  return { lng: Number((lng + east).toFixed(6)), lat: Number((lat + north).toFixed(6)) };
}

/** How far a district reaches from its centre: half the way to its farthest corner. */
function reachMetres({ centre: [lng, lat], polygons }: Outline): number {
  const east = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  const corners = polygons.flatMap(([outer]) => outer ?? []);
  const far = corners.map(([x, y]) => Math.hypot((x - lng) * east, (y - lat) * METRES_PER_DEGREE));
  return Math.max(...far) / 2;
}

/** Of each street: which it is among those of its district, and of how many. */
function ranksOf(codes: readonly string[]): Map<string, { nth: number; of: number }> {
  const byDistrict = new Map<string, string[]>();
  for (const code of codes) byDistrict.set(code.slice(0, 6), [...(byDistrict.get(code.slice(0, 6)) ?? []), code]);
  return new Map([...byDistrict.values()].flatMap((list) => list.map((code, nth) => [code, { nth, of: list.length }])));
}

/** A number from 0 to 1 that belongs to a text (FNV-1a): the same text, the same place. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0; // neighbouring codes differ in one digit: mix it upwards
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000;
}
