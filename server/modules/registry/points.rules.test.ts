import { expect, test } from 'vitest';
import {
  dropPoints,
  EXTENT,
  maskOf,
  mercatorX,
  mercatorY,
  newPoints,
  type Point,
  paint,
  putPoints,
  tileFeatures,
} from './points.rules.ts';

const everything = { all: true, areas: [], orgs: [] };
const id = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const point = (no: number, given: Partial<Point> = {}): Point => ({
  no,
  id: id(no),
  lng: 120.3,
  lat: 31.5,
  state: 'normal',
  areaCodes: ['320211', '320211001', '320211001001'],
  orgIds: ['use', 'maintenance'],
  ...given,
});
const world = { z: 0, x: 0, y: 0 };

test('the map of the world is a square: the corners are where Web Mercator puts them', () => {
  expect(mercatorX(-180)).toBe(0);
  expect(mercatorX(180)).toBe(1);
  expect(mercatorY(0)).toBe(0.5);
  expect(mercatorY(85.051129)).toBeCloseTo(0, 6);
  expect(mercatorY(-90)).toBe(1);
});

test('one elevator alone is drawn as itself, several in a cell as a cluster with the worst state', () => {
  const points = newPoints();
  putPoints(points, [point(1)]);
  expect(tileFeatures(points, null, world)).toEqual([
    {
      layer: 'elevator',
      x: Math.floor(mercatorX(120.3) * EXTENT),
      y: Math.floor(mercatorY(31.5) * EXTENT),
      id: id(1),
      state: 'normal',
    },
  ]);
  putPoints(points, [point(2, { state: 'fault' }), point(3, { state: 'trapped' })]);
  const [cluster] = tileFeatures(points, null, world);
  expect(cluster).toMatchObject({ layer: 'cluster', count: 3, worst: 'trapped', faults: 1, trapped: 1 });
});

test('close up, every elevator of a building is drawn by itself', () => {
  const points = newPoints();
  putPoints(points, [point(1), point(2)]);
  const scale = 2 ** 17;
  const tile = { z: 17, x: Math.floor(mercatorX(120.3) * scale), y: Math.floor(mercatorY(31.5) * scale) };
  expect(tileFeatures(points, null, tile).map((f) => f.layer)).toEqual(['elevator', 'elevator']);
  expect(tileFeatures(points, null, { ...tile, x: tile.x + 1 })).toEqual([]);
});

test('a viewer sees the points of his divisions and organisations and no others', () => {
  const points = newPoints();
  putPoints(points, [
    point(1),
    point(2, { areaCodes: ['320205'], orgIds: [] }),
    point(3, { areaCodes: [], orgIds: Array.from({ length: 20 }, (_, i) => `org-${i}`) }),
  ]);
  const seen = (areas: string[], orgs: string[]) => [...(maskOf(points, { all: false, areas, orgs }) ?? [])];
  expect(maskOf(points, everything)).toBeNull();
  expect(seen(['320205'], [])).toEqual([0, 1, 0]);
  expect(seen(['320211001'], [])).toEqual([1, 0, 0]);
  expect(seen([], ['maintenance'])).toEqual([1, 0, 0]);
  expect(seen([], ['org-19'])).toEqual([0, 0, 1]);
  expect(seen(['999999'], ['nobody'])).toEqual([0, 0, 0]);
  const mask = maskOf(points, { all: false, areas: ['320205'], orgs: [] });
  expect(tileFeatures(points, mask, world)).toMatchObject([{ layer: 'elevator', id: id(2) }]);
});

test('an elevator that moves is drawn once, at its new place; one that lost its place not at all', () => {
  const points = newPoints();
  putPoints(points, [point(1), point(1, { lng: -60, lat: -30 })]);
  expect(tileFeatures(points, null, world)).toHaveLength(1);
  dropPoints(points, [1, 77]);
  expect(tileFeatures(points, null, world)).toEqual([]);
  putPoints(points, [point(1)]);
  expect(tileFeatures(points, null, world)).toHaveLength(1);
});

test('painting changes the version only when a state changes', () => {
  const points = newPoints();
  putPoints(points, [point(1)]);
  const before = points.version;
  expect(
    paint(points, [
      { no: 1, state: 'normal' },
      { no: 9, state: 'fault' },
    ]),
  ).toBe(0);
  expect(points.version).toBe(before);
  expect(paint(points, [{ no: 1, state: 'offline' }])).toBe(1);
  expect(points.version).toBe(before + 1);
});

test('more elevators than there was room for keep their places, scopes and names', () => {
  const points = newPoints(2);
  putPoints(
    points,
    Array.from({ length: 9 }, (_, i) => point(i + 1, { lng: i * 10, orgIds: [`org-${i}`] })),
  );
  expect(points.size).toBe(9);
  const mask = maskOf(points, { all: false, areas: [], orgs: ['org-8'] });
  expect(tileFeatures(points, mask, world)).toMatchObject([{ id: id(9) }]);
});
