import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { Compression, type Header, PMTiles, TileType } from 'pmtiles';
import { z } from 'zod';
import type { BaseMap } from '../../contract/kernel.ts';
import type { MapConfig } from './map-config.ts';
import { accept, type Result, refuse } from './result.ts';

type TileAddress = { z: number; x: number; y: number };

/** The ground below the elevators: how the console draws it, and its tiles if they lie on this machine. */
export type Ground = {
  map: BaseMap;
  /** The tile's bytes; null where the file has none, and where the ground is not a file. */
  tile: (at: TileAddress) => Promise<{ bytes: Buffer; mediaType: string; version: string } | null>;
  close: () => Promise<void>;
};

type GroundRefusal = { code: 'kernel.base_map_unreadable'; file: string; reason: string };

/** Open the configured ground. A file that cannot be used is refused with the reason; nothing configured is no fault. */
export async function openGround({
  tianditu,
  pmtiles,
  attribution,
}: MapConfig): Promise<Result<Ground, GroundRefusal>> {
  if (tianditu) return accept(without(tiandituMap(tianditu, attribution)));
  if (pmtiles === null) return accept(without({ kind: 'none' }));
  const handle = await open(pmtiles).catch((error: Error) => error.message);
  if (typeof handle === 'string') return refuse({ code: 'kernel.base_map_unreadable', file: pmtiles, reason: handle });
  try {
    return accept(await groundOf(handle, attribution));
  } catch (error) {
    await handle.close();
    const reason = error instanceof Error ? error.message : String(error);
    return refuse({ code: 'kernel.base_map_unreadable', file: pmtiles, reason });
  }
}

const without = (map: BaseMap): Ground => ({ map, tile: async () => null, close: async () => undefined });

const TIANDITU_ZOOM = { minZoom: 1, maxZoom: 18 };

/** 天地图's ground and its names, as WMTS in Web Mercator (`_w`): CGCS2000, so nothing has to be moved. */
function tiandituMap({ key, hosts }: NonNullable<MapConfig['tianditu']>, attribution: string): BaseMap {
  const layer = (name: string) => ({
    addresses: hosts.map(
      (host) =>
        `${host}/${name}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${name}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${key}`,
    ),
    ...TIANDITU_ZOOM,
  });
  return { kind: 'raster', pictures: [layer('vec'), layer('cva')], attribution: join(['© 天地图', attribution]) };
}

async function groundOf(handle: FileHandle, attribution: string): Promise<Ground> {
  const { size, mtimeMs } = await handle.stat();
  const file = new PMTiles(sourceOf(handle), undefined, unpack);
  const header = await file.getHeader();
  const mediaType = MEDIA[header.tileType];
  if (!mediaType) throw new Error('its tiles are neither vector tiles (MVT) nor PNG, JPEG, WebP or AVIF');
  const about = metadata.parse(await file.getMetadata());
  return {
    map: mapOf(header, { layers: about.vector_layers, attribution: join([plain(about.attribution), attribution]) }),
    tile: async ({ z: zoom, x, y }) => {
      if (zoom < header.minZoom || zoom > header.maxZoom || x >= 2 ** zoom || y >= 2 ** zoom) return null;
      const found = await file.getZxy(zoom, x, y);
      return found ? { bytes: Buffer.from(found.data), mediaType, version: `${size}-${Math.trunc(mtimeMs)}` } : null;
    },
    close: () => handle.close(),
  };
}

const MEDIA: Readonly<Partial<Record<TileType, string>>> = {
  [TileType.Mvt]: 'application/vnd.mapbox-vector-tile',
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
  [TileType.Avif]: 'image/avif',
};

const metadata = z.object({
  attribution: z.string().catch(''),
  vector_layers: z.array(z.object({ id: z.string() })).catch([]),
});

/** Where the console finds the tiles of a file. */
const TILES = '/api/v1/map/base/{z}/{x}/{y}';

function mapOf(header: Header, about: { layers: readonly { id: string }[]; attribution: string }): BaseMap {
  const tiles = { addresses: [TILES], minZoom: header.minZoom, maxZoom: header.maxZoom };
  const { attribution } = about;
  return header.tileType === TileType.Mvt
    ? { kind: 'vector', tiles, layers: about.layers.map(({ id }) => id), attribution }
    : { kind: 'raster', pictures: [tiles], attribution };
}

const sourceOf = (handle: FileHandle) => ({
  getKey: () => 'base map',
  getBytes: async (offset: number, length: number) => {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    return { data: bytes.buffer.slice(0, bytesRead) };
  },
});

const gunzipped = promisify(gunzip);
const unbrotlied = promisify(brotliDecompress);

async function unpack(packed: ArrayBuffer, how: Compression): Promise<ArrayBuffer> {
  if (how === Compression.None || how === Compression.Unknown) return packed;
  if (how !== Compression.Gzip && how !== Compression.Brotli) throw new Error('its tiles are packed with Zstandard');
  const bytes = await (how === Compression.Gzip ? gunzipped : unbrotlied)(new Uint8Array(packed));
  return new Uint8Array(bytes).buffer;
}

/** What a file says about its source is often a link: the words alone are shown. */
const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, '').replaceAll(/[<>]/g, '');
const join = (parts: readonly string[]): string => parts.filter((part) => part.trim() !== '').join(' · ');
