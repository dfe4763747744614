import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TileType } from 'pmtiles';
import { expect, test } from 'vitest';
import { coveredTile, plainPng, writePmtiles } from '../test/pmtiles.ts';
import { type Ground, openGround } from './base-map.ts';
import { describe as describeConfig, describeFaults, readConfig } from './config.ts';
import { outsideHosts } from './map-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'tian-base-map-'));
const mapOf = (environment: Record<string, string>) => {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(describeFaults(read.refusal));
  return read.value.map;
};
async function groundOf(environment: Record<string, string>): Promise<Ground> {
  const opened = await openGround(mapOf(environment));
  if (!opened.ok) throw new Error(opened.refusal.reason);
  return opened.value;
}
const KEY = { TIAN_MAP_TIANDITU_KEY: 'abcdef0123456789' };

test('with nothing set there is no base map, and nothing outside is opened', async () => {
  expect((await groundOf({})).map).toEqual({ kind: 'none' });
  expect(outsideHosts(mapOf({}))).toEqual([]);
});

test('a key of 天地图 gives its ground and its names in Web Mercator, asked for at its own hosts only', async () => {
  const { map } = await groundOf({ ...KEY, TIAN_MAP_ATTRIBUTION: '审图号：示例' });
  if (map.kind !== 'raster') throw new Error('pictures were expected');
  expect(map.attribution).toBe('© 天地图 · 审图号：示例');
  expect(map.pictures.map(({ addresses }) => addresses[0])).toEqual([
    expect.stringMatching(
      /^https:\/\/t0\.tianditu\.gov\.cn\/vec_w\/wmts\?.*LAYER=vec&.*TILEMATRIXSET=w&.*tk=abcdef0123456789$/,
    ),
    expect.stringMatching(
      /^https:\/\/t0\.tianditu\.gov\.cn\/cva_w\/wmts\?.*LAYER=cva&.*TILEMATRIXSET=w&.*tk=abcdef0123456789$/,
    ),
  ]);
  expect(outsideHosts(mapOf(KEY))).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((s) => `https://t${s}.tianditu.gov.cn`));
  expect(outsideHosts(mapOf({ ...KEY, TIAN_MAP_TIANDITU_URL: 'https://map.city.invalid' }))).toEqual([
    'https://map.city.invalid',
  ]);
});

test('the key is not printed with the settings', () => {
  const read = readConfig(KEY);
  if (!read.ok) throw new Error('the key is accepted');
  expect(describeConfig(read.value)).not.toContain('abcdef0123456789');
});

test.each([
  [{ TIAN_MAP_TIANDITU_KEY: "x' *" }, 'TIAN_MAP_TIANDITU_KEY=…: give the key (tk)'],
  [
    { ...KEY, TIAN_MAP_TIANDITU_URL: 'https://a.invalid/path' },
    'TIAN_MAP_TIANDITU_URL=https://a.invalid/path: give the',
  ],
  [{ ...KEY, TIAN_MAP_TIANDITU_URL: 'https://a.invalid; script-src *' }, 'give the address of a host'],
  [{ TIAN_MAP_PMTILES: '/maps/city.mbtiles' }, 'give the path of a .pmtiles file'],
  [{ ...KEY, TIAN_MAP_PMTILES: '/maps/city.pmtiles' }, 'one base map at a time'],
])('%o is refused with the remedy', (environment, line) => {
  const read = readConfig(environment);
  expect(read.ok ? '' : describeFaults(read.refusal)).toContain(line);
});

test('a PMTiles file of vector tiles is read tile by tile, unpacked, with its layers and its source', async () => {
  const path = join(folder, 'vector.pmtiles');
  const [ground, deep] = [coveredTile('earth'), coveredTile('water')];
  writePmtiles(path, {
    type: TileType.Mvt,
    metadata: {
      attribution: '<a href="javascript:alert(1)">© OSM</a>',
      vector_layers: [{ id: 'earth' }, { id: 'water' }],
    },
    tiles: [
      { z: 0, x: 0, y: 0, bytes: ground },
      { z: 3, x: 6, y: 3, bytes: deep },
    ],
  });
  const { map, tile, close } = await groundOf({ TIAN_MAP_PMTILES: path });
  expect(map).toEqual({
    kind: 'vector',
    tiles: { addresses: ['/api/v1/map/base/{z}/{x}/{y}'], minZoom: 0, maxZoom: 3 },
    layers: ['earth', 'water'],
    attribution: '© OSM',
  });
  const found = await tile({ z: 3, x: 6, y: 3 });
  expect(found?.bytes.equals(deep)).toBe(true);
  expect(found?.mediaType).toBe('application/vnd.mapbox-vector-tile');
  expect((await tile({ z: 0, x: 0, y: 0 }))?.bytes.equals(ground)).toBe(true);
  expect(await tile({ z: 3, x: 0, y: 0 })).toBeNull();
  expect(await tile({ z: 3, x: 8, y: 0 })).toBeNull(); // beyond the world
  expect(await tile({ z: 4, x: 1, y: 1 })).toBeNull(); // deeper than the file
  await close();
});

test('a PMTiles file of pictures is drawn as pictures', async () => {
  const path = join(folder, 'raster.pmtiles');
  const png = plainPng([20, 40, 200]);
  writePmtiles(path, { type: TileType.Png, metadata: {}, tiles: [{ z: 1, x: 1, y: 0, bytes: png }] });
  const { map, tile, close } = await groundOf({ TIAN_MAP_PMTILES: path, TIAN_MAP_ATTRIBUTION: '示例底图' });
  expect(map).toMatchObject({ kind: 'raster', pictures: [{ minZoom: 1, maxZoom: 1 }], attribution: '示例底图' });
  expect(await tile({ z: 1, x: 1, y: 0 })).toMatchObject({ mediaType: 'image/png', bytes: png });
  await close();
});

test('a file that is missing or no PMTiles stops the start with its name and the reason', async () => {
  const missing = join(folder, 'missing.pmtiles');
  const wrong = join(folder, 'wrong.pmtiles');
  writeFileSync(wrong, 'no map at all'.repeat(50));
  for (const file of [missing, wrong]) {
    const opened = await openGround(mapOf({ TIAN_MAP_PMTILES: file }));
    expect(opened).toMatchObject({ ok: false, refusal: { code: 'kernel.base_map_unreadable', file } });
  }
});
