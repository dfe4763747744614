import type { Map as MapLibre } from 'maplibre-gl';

const SOURCE = 'elevators';

type TileId = { key: string; canonical: { x: number; y: number; z: number } };

/**
 * Whether elevators of the view could not be read: an empty city must never be taken for a quiet one. Tells every change;
 * returns how to read all tiles again.
 */
export function followFaults(map: MapLibre, onChange: (isLacking: boolean) => void): () => void {
  const lacking = new Map<string, TileId['canonical']>();
  map.on('error', (event) => {
    const tile = tileOf(event);
    if (tile) lacking.set(tile.key, tile.canonical);
    onChange(lacking.size > 0);
  });
  map.on('sourcedata', (event) => {
    const tile = tileOf(event);
    if (tile && lacking.delete(tile.key)) onChange(lacking.size > 0);
  });
  return () => {
    if (!map.getSource(SOURCE)) return;
    // Named, and before all others: a failed tile that is not named waits for ever for a request that nobody sends.
    const failed = [...lacking.values()];
    lacking.clear(); // one that fails again says so; one that left the view is not missed
    onChange(false);
    map.refreshTiles(SOURCE, failed);
    map.refreshTiles(SOURCE);
  };
}

/** The tile of elevators that an event is about; the library's types do not know that its errors name one. */
const tileOf = (event: object): TileId | null => (isOfTile(event) ? event.tile.tileID : null);

const isOfTile = (event: object): event is { tile: { tileID: TileId } } =>
  'sourceId' in event &&
  event.sourceId === SOURCE &&
  'tile' in event &&
  typeof event.tile === 'object' &&
  event.tile !== null &&
  'tileID' in event.tile;
