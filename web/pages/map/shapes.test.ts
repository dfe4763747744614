import { expect, test } from 'vitest';
import { boundsOf, type Districts, labelsOf } from './shapes.ts';
import { viewOf, viewText } from './view.ts';

const square = (west: number, size: number): [number, number][] => [
  [west, 30],
  [west + size, 30],
  [west + size, 30 + size],
  [west, 30],
];
const lake = { code: '990101', name: '湖区', centre: { lng: 122, lat: 32 }, elevators: 4, inUse: 3 };
const city: Districts = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: lake,
      geometry: { type: 'MultiPolygon', coordinates: [[square(110, 1)], [square(120, 4)]] },
    },
  ],
  undrawn: [
    { ...lake, code: '990102', name: '新区', centre: { lng: 126, lat: 33 } },
    { ...lake, code: null, name: '', centre: null },
  ],
};

test('the first view holds every outline and every district without one', () => {
  expect(boundsOf(city)).toEqual([110, 30, 126, 34]);
});

test('a city that nobody drew still opens', () => {
  expect(boundsOf({ type: 'FeatureCollection', features: [], undrawn: [] })).toEqual([73, 18, 135, 54]);
});

test('a district without an outline is still named, at its own seat', () => {
  expect(labelsOf(city).features.map(({ properties }) => properties?.['name'])).toEqual(['湖区', '新区']);
});

test('a view survives the address; half a view opens the whole city', () => {
  expect(viewOf(viewText({ lng: 120.3, lat: 31.5, zoom: 12 }))).toEqual({ lng: 120.3, lat: 31.5, zoom: 12 });
  expect(viewOf('120.3,31.5')).toBeNull();
  expect(viewOf('120.3,x,3')).toBeNull();
  expect(viewOf(null)).toBeNull();
});
