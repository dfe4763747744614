import vtPbf from 'vt-pbf';
import { EXTENT, type TileFeature } from './points.rules.ts';

/** A tile as Mapbox vector tile bytes, with the layers `cluster` and `elevator`. */
export function encodeTile(features: readonly TileFeature[]): Uint8Array {
  const layer = (name: TileFeature['layer']) => ({
    features: features
      .filter((f) => f.layer === name)
      .map((f) => ({ type: 1 as const, geometry: [[f.x, f.y] as [number, number]], tags: tagsOf(f) })),
  });
  return vtPbf.fromGeojsonVt(
    { cluster: layer('cluster'), elevator: layer('elevator') },
    { version: 2, extent: EXTENT },
  );
}

function tagsOf(f: TileFeature): Record<string, string | number> {
  if (f.layer === 'elevator') return { id: f.id, state: f.state };
  return { count: f.count, worst: f.worst, faults: f.faults, trapped: f.trapped };
}
