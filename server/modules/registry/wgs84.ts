import gcoord from 'gcoord';
import type { Building } from './file.rules.ts';

/**
 * A point in WGS-84, six decimals (a decimetre). CGCS2000 differs from it by less than that. GCJ-02 and BD-09 are
 * turned back, which is exact to about a metre.
 */
export function toWgs84({ lng, lat, crs }: NonNullable<Building['given']>): { lng: number; lat: number } {
  const [x, y] =
    crs === 'GCJ02'
      ? gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84)
      : crs === 'BD09'
        ? gcoord.transform([lng, lat], gcoord.BD09, gcoord.WGS84)
        : [lng, lat];
  return { lng: Number(x.toFixed(6)), lat: Number(y.toFixed(6)) };
}
