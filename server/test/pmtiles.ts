import { writeFileSync } from 'node:fs';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { TileType, zxyToTileId } from 'pmtiles';
import vtPbf from 'vt-pbf';

type Tile = { z: number; x: number; y: number; bytes: Uint8Array };
type Archive = { type: TileType; metadata: object; tiles: readonly Tile[] };

/** Write a PMTiles archive (version 3) as its specification lays it out: header, one directory, metadata, tiles. */
export function writePmtiles(path: string, { type, metadata, tiles }: Archive): void {
  const sorted = tiles
    .map(({ z, x, y, bytes }) => ({ id: zxyToTileId(z, x, y), bytes: gzipSync(bytes) }))
    .toSorted((a, b) => a.id - b.id);
  const root = gzipSync(directoryOf(sorted));
  const about = gzipSync(JSON.stringify(metadata));
  const data = Buffer.concat(sorted.map(({ bytes }) => bytes));
  const zooms = tiles.map(({ z }) => z);
  const offsets = { root: 127, about: 127 + root.length, data: 127 + root.length + about.length };
  const header = Buffer.alloc(127);
  header.write('PMTiles', 0, 'latin1');
  header.writeUInt8(3, 7);
  const places = [offsets.root, root.length, offsets.about, about.length, offsets.data, 0, offsets.data, data.length];
  const counts = [sorted.length, sorted.length, sorted.length];
  for (const [i, value] of [...places, ...counts].entries()) header.writeBigUInt64LE(BigInt(value), 8 + i * 8);
  const [clustered, gzip] = [1, 2];
  for (const [i, value] of [clustered, gzip, gzip, type, Math.min(...zooms), Math.max(...zooms)].entries())
    header.writeUInt8(value, 96 + i);
  writeFileSync(path, Buffer.concat([header, root, about, data]));
}

/** Tile ids as differences, run lengths of one, lengths, and offsets: the first one given, the others follow on. */
function directoryOf(tiles: readonly { id: number; bytes: Uint8Array }[]): Uint8Array {
  const steps = tiles.map(({ id }, i) => id - (tiles[i - 1]?.id ?? 0));
  const numbers = [
    tiles.length,
    ...steps,
    ...tiles.map(() => 1),
    ...tiles.map(({ bytes }) => bytes.length),
    ...tiles.map((_, i) => (i === 0 ? 1 : 0)),
  ];
  return Uint8Array.from(numbers.flatMap(varint));
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];

/** A vector tile that one layer covers wholly, beyond its edges. */
export const coveredTile = (layer: string): Uint8Array => {
  const ring: [number, number][] = [
    [-64, -64],
    [4160, -64],
    [4160, 4160],
    [-64, 4160],
    [-64, -64],
  ];
  return vtPbf.fromGeojsonVt(
    { [layer]: { features: [{ type: 3, geometry: [ring], tags: { kind: layer } }] } },
    { version: 2, extent: 4096 },
  );
};

/** A picture of 256 by 256 points in one colour. */
export function plainPng([red, green, blue]: readonly [number, number, number]): Buffer {
  const side = 256;
  const row = Buffer.from([0, ...Array.from({ length: side }, () => [red, green, blue]).flat()]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8); // eight bits, red green blue
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
