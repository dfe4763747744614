import { expect, test } from 'vitest';
import type { BaseMap } from '../../../contract/kernel.ts';
import type { Ground } from './ground.ts';
import { mapStyle } from './map-style.ts';

const districts: Ground['districts'] = { type: 'FeatureCollection', features: [], undrawn: [] };
const styleOf = (base: BaseMap, theme: 'light' | 'dark' = 'light') =>
  mapStyle('https://tian.invalid', theme, { districts, base });
const namesOf = (base: BaseMap): string[] => styleOf(base).layers.map(({ id }) => id);
const vector = (layers: string[]): BaseMap => ({
  kind: 'vector',
  tiles: { addresses: ['/api/v1/map/base/{z}/{x}/{y}'], minZoom: 0, maxZoom: 15 },
  layers,
  attribution: '© 示例',
});
const pictures: BaseMap = {
  kind: 'raster',
  pictures: [
    { addresses: ['https://t0.invalid/vec'], minZoom: 1, maxZoom: 18 },
    { addresses: ['https://t0.invalid/cva'], minZoom: 1, maxZoom: 18 },
  ],
  attribution: '© 示例',
};

test('without a base map districts are filled and nothing but our own server is named', () => {
  const style = styleOf({ kind: 'none' });
  expect(namesOf({ kind: 'none' })).toContain('land');
  expect(JSON.stringify(style.sources)).not.toMatch(/https?:\/\/(?!tian\.invalid)/);
});

test('pictures lie below districts and elevators, the names above the ground, and no filled district hides them', () => {
  const names = namesOf(pictures);
  expect(names.slice(0, 3)).toEqual(['page', 'base-0', 'base-1']);
  expect(names).not.toContain('land');
  expect(names.indexOf('elevator')).toBeGreaterThan(names.indexOf('base-1'));
  expect(styleOf(pictures).sources['base-0']).toMatchObject({ attribution: '© 示例', maxzoom: 18 });
});

test.each([
  ['Protomaps', ['earth', 'water', 'landuse', 'roads', 'buildings', 'places']],
  ['OpenMapTiles', ['water', 'landcover', 'transportation', 'transportation_name', 'building', 'place']],
])('vector tiles of %s are drawn with water, roads, buildings and names', (_, layers) => {
  const drawn = namesOf(vector(layers));
  for (const what of ['water', 'road', 'building', 'road-name', 'place'])
    expect(
      drawn.some((name) => name.startsWith(`base-${what}-`)),
      what,
    ).toBe(true);
  expect(new Set(drawn).size).toBe(drawn.length);
  expect(styleOf(vector(layers)).sources['base']).toMatchObject({
    tiles: ['https://tian.invalid/api/v1/map/base/{z}/{x}/{y}'],
  });
});

test('vector tiles of another schema are drawn as thin lines, so that the map is not empty', () => {
  expect(namesOf(vector(['surface', 'tracks']))).toEqual(expect.arrayContaining(['base-surface', 'base-tracks']));
});
