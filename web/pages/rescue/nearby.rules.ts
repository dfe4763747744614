import type { Item } from './rescue-types.ts';

type Placed = Pick<Item, 'id' | 'lng' | 'lat'>;

/** The others, the nearest first: two files of one car stand at one place. Those without a place come last. */
export function nearestFirst<One extends Placed>(of: Placed, all: readonly One[]): readonly One[] {
  const far = ({ lng, lat }: Placed) =>
    lng === null || lat === null || of.lng === null || of.lat === null
      ? Number.POSITIVE_INFINITY
      : ((lng - of.lng) * Math.cos((of.lat * Math.PI) / 180)) ** 2 + (lat - of.lat) ** 2;
  const others = all.filter((one) => one.id !== of.id).map((one) => ({ one, far: far(one) }));
  return others.toSorted((a, b) => (a.far === b.far ? 0 : a.far - b.far)).map(({ one }) => one);
}
