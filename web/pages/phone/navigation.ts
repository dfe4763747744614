import gcoord from 'gcoord';

/**
 * A link that opens the map application of the phone with the way to the elevator. Our coordinates are WGS-84; the
 * map providers of the mainland use GCJ-02 and would be off by some hundred metres.
 */
export function navigationUrl({ lng, lat, name }: { lng: number; lat: number; name: string }): string {
  const [east, north] = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
  const to = `${east.toFixed(6)},${north.toFixed(6)},${name.replaceAll(',', ' ')}`;
  return `https://uri.amap.com/navigation?${new URLSearchParams({ to, mode: 'car', coordinate: 'gaode', callnative: '1' })}`;
}
