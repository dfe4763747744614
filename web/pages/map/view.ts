/** What part of the map is seen. */
export type View = { lng: number; lat: number; zoom: number };

/** A view as it stands in the address: `lng,lat,zoom`. */
export const viewText = ({ lng, lat, zoom }: View): string => `${lng.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`;

/** The view in an address, or null when there is none or it is not three numbers. */
export function viewOf(text: string | null): View | null {
  const [lng, lat, zoom] = (text ?? '').split(',').map(Number);
  if (lng === undefined || lat === undefined || zoom === undefined) return null;
  return [lng, lat, zoom].every(Number.isFinite) ? { lng, lat, zoom } : null;
}
