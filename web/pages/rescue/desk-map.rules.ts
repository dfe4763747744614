import type { z } from 'zod';
import type { coverage } from '../../../contract/rescue-field.ts';
import type { Candidate } from './rescue-types.ts';

type Point = { lng: number; lat: number };
type Gap = z.infer<typeof coverage>['items'][number];
export type Shown = { to: Point; candidates: readonly Candidate[]; gaps: readonly Gap[] };

const SHOWN = 5;

type Feature = GeoJSON.Feature<GeoJSON.Point | GeoJSON.LineString>;
const collection = (features: readonly Feature[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: [...features],
});
const point = ({ lng, lat }: Point, properties: GeoJSON.GeoJsonProperties): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [lng, lat] },
});

const placed = (candidates: readonly Candidate[]) =>
  candidates
    .slice(0, SHOWN)
    .flatMap((c, i) => (c.lng === null || c.lat === null ? [] : [{ c, n: i + 1, at: { lng: c.lng, lat: c.lat } }]));

/** What the desk's map draws: the car, the first rescuers under their keys, their ways, and who would wait too long. */
export function shapesOf({ to, candidates, gaps }: Shown) {
  const crews = placed(candidates);
  const ways = crews.map(({ c, n, at }): Feature => {
    const straight = [
      [at.lng, at.lat],
      [to.lng, to.lat],
    ];
    const properties = { first: n === 1, byRoads: c.way !== null };
    return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates: c.way ?? straight } };
  });
  return {
    car: collection([point(to, {})]),
    crews: collection(crews.map(({ n, at }) => point(at, { n: String(n) }))),
    ways: collection(ways.toReversed()), // the first is drawn on top
    gaps: collection(gaps.map((gap) => point(gap, { id: gap.elevatorId }))),
  };
}

/** West, south, east, north around the car and the rescuers; at least about a kilometre, so that streets can be told. */
export function boxAround({ to, candidates }: Shown): [number, number, number, number] {
  const points = [to, ...placed(candidates).map(({ at }) => at)];
  const least = 0.006;
  const [lngs, lats] = [points.map((p) => p.lng), points.map((p) => p.lat)];
  return [
    Math.min(to.lng - least, ...lngs),
    Math.min(to.lat - least, ...lats),
    Math.max(to.lng + least, ...lngs),
    Math.max(to.lat + least, ...lats),
  ];
}
