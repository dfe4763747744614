import { expect, test } from 'vitest';
import { boxAround, shapesOf } from './desk-map.rules.ts';
import type { Candidate } from './rescue-types.ts';

const candidate = (over: Partial<Candidate>) => ({ lng: 120.32, lat: 31.5, way: null, ...over }) as Candidate;
const to = { lng: 120.3, lat: 31.5 };

test('five rescuers are drawn under their keys, by road where there is one, else straight', () => {
  const way: [number, number][] = [
    [120.32, 31.5],
    [120.31, 31.51],
    [120.3, 31.5],
  ];
  const candidates = [candidate({ way }), candidate({ lng: null }), ...Array.from({ length: 6 }, () => candidate({}))];
  const { crews, ways } = shapesOf({ to, candidates, gaps: [] });
  expect(crews.features.map((f) => f.properties?.['n'])).toEqual(['1', '3', '4', '5']);
  const first = ways.features.at(-1);
  expect(first).toMatchObject({ properties: { first: true, byRoads: true }, geometry: { coordinates: way } });
  expect(ways.features[0]?.geometry).toEqual({
    type: 'LineString',
    coordinates: [
      [120.32, 31.5],
      [120.3, 31.5],
    ],
  });
});

test('the map shows the car and everybody who is drawn, and never less than some streets', () => {
  expect(boxAround({ to, candidates: [candidate({ lng: 120.5 })], gaps: [] })).toEqual([
    120.294, 31.494, 120.5, 31.506,
  ]);
});
