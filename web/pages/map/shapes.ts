type LngLat = { lng: number; lat: number };

/** A district as the map route counts it. `centre`: where its name and count stand, null when nobody knows. */
type District = { code: string | null; name: string; centre: LngLat | null; elevators: number; inUse: number };

/** District shapes with their counts, and the districts that nobody drew. */
export type Districts = {
  type: 'FeatureCollection';
  features: readonly { type: 'Feature'; properties: District; geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon }[];
  undrawn: readonly District[];
};

type Box = [number, number, number, number];
const COUNTRY: Box = [73, 18, 135, 54];

/** West, south, east, north of all shapes and centres. Without any: the whole country, so that the map still opens. */
export function boundsOf({ features, undrawn }: Districts): Box {
  const corners = features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2),
  );
  const points: readonly (readonly number[])[] = [
    ...corners,
    ...undrawn.flatMap(({ centre }) => (centre ? [[centre.lng, centre.lat]] : [])),
  ];
  if (points.length === 0) return COUNTRY;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lng = 0, lat = 0] of points) {
    [west, east] = [Math.min(west, lng), Math.max(east, lng)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  return [west, south, east, north];
}

/** One point per district to write its name at, drawn or not. */
export const labelsOf = ({ features, undrawn }: Districts): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: [...features.map(({ properties }) => properties), ...undrawn].flatMap(({ centre, name, code }) =>
    centre
      ? [
          {
            type: 'Feature' as const,
            properties: { name, code },
            geometry: { type: 'Point' as const, coordinates: [centre.lng, centre.lat] },
          },
        ]
      : [],
  ),
});
