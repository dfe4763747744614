import type { Map as MapLibre } from 'maplibre-gl';

const SOURCE = 'elevators';

/**
 * Whether elevators of the view could not be read: an empty city must never be taken for a quiet one. Tells every change;
 * returns how to ask again for what is lacking.
 */
export function followFaults(map: MapLibre, onChange: (isLacking: boolean) => void): () => void {
  const lacking = new Set<string>();
  const heard = (tile: string, isRead: boolean) => {
    const was = lacking.size > 0;
    if (isRead) lacking.delete(tile);
    else lacking.add(tile);
    if (was !== lacking.size > 0) onChange(!was);
  };
  map.on('error', (event) => {
    const tile = tileOf(event);
    if (tile) heard(tile, false);
  });
  map.on('sourcedata', (event) => {
    const tile = tileOf(event);
    if (tile) heard(tile, true);
  });
  return () => {
    lacking.clear(); // tiles that left the view are not asked for again
    onChange(false);
    map.refreshTiles(SOURCE);
  };
}

/** The tile of elevators that an event is about; the library's types do not know that its errors name one. */
function tileOf(event: object): string | null {
  if (!('sourceId' in event && event.sourceId === SOURCE && 'tile' in event)) return null;
  const { tile } = event;
  if (typeof tile !== 'object' || tile === null || !('tileID' in tile)) return null;
  const { tileID } = tile;
  return typeof tileID === 'object' && tileID !== null && 'key' in tileID ? String(tileID.key) : null;
}
