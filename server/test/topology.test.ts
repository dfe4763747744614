import { expect, test } from 'vitest';
import {
  doubleArea,
  type Point,
  type Ring,
  simplifyAreas,
  thinned,
  withoutSpikes,
} from '../../packs/scripts/topology.ts';

/** A border between two squares that wobbles by one. */
const wobble: Point[] = [
  [10, 0],
  [11, 2],
  [10, 4],
  [11, 6],
  [10, 10],
];
const west: Ring = [[0, 0], ...wobble, [0, 10], [0, 0]];
const east: Ring = [[20, 0], [20, 10], ...wobble.toReversed(), [20, 0]];
const two = [
  { code: 'w', rings: [west] },
  { code: 'e', rings: [east] },
];
const whole = { share: 0, least: 2, snap: 0 };
const area = (rings: readonly Ring[]) => rings.reduce((sum, ring) => sum + Math.abs(doubleArea(ring)) / 2, 0);

test('neighbours keep one border: what one loses the other gains', () => {
  const [w, e] = simplifyAreas(two, whole);
  expect(area(w?.rings ?? [])).toBe(100);
  expect(area(e?.rings ?? [])).toBe(100);
  expect(w?.rings[0]?.length).toBe(5);
});

test('two areas that became one have no border between them', () => {
  const merged = simplifyAreas(two, { ...whole, merge: { e: 'w' } });
  expect(merged.length).toBe(1);
  expect(merged[0]?.rings.length).toBe(1);
  expect(area(merged[0]?.rings ?? [])).toBe(200);
});

test('points of two drawings of one border become one point', () => {
  const drawnAgain = east.map(([x, y]): Point => [x === 20 ? x : x + 1, y]);
  const [w, e] = simplifyAreas(
    [
      { code: 'w', rings: [west] },
      { code: 'e', rings: [drawnAgain] },
    ],
    { ...whole, snap: 1 },
  );
  expect(area(w?.rings ?? []) + area(e?.rings ?? [])).toBe(200);
});

test('an island that meets nothing keeps its shape; a crumb beside it is left out', () => {
  const island: Ring = [
    [0, 0],
    [40, 0],
    [40, 40],
    [0, 40],
    [0, 0],
  ];
  const crumb: Ring = [
    [50, 50],
    [51, 50],
    [51, 51],
    [50, 50],
  ];
  const [only] = simplifyAreas([{ code: 'i', rings: [island, crumb] }], { share: 0, least: 0.1, snap: 0 });
  expect(only?.rings.map((r) => r.length)).toEqual([5]);
  expect(area(only?.rings ?? [])).toBe(1_600);
});

test('a needle, there and back again, and a repeated point are taken out, and a ring is closed', () => {
  expect(
    withoutSpikes([
      [0, 0],
      [4, 0],
      [9, 0],
      [4, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]),
  ).toEqual([
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [0, 0],
  ]);
});

test('a dropped point lay no farther from the line than allowed', () => {
  const line: Point[] = [
    [0, 0],
    [1, 0.4],
    [2, 0],
    [3, 3],
    [4, 0],
  ];
  expect(thinned(line, 0.5)).toEqual([
    [0, 0],
    [2, 0],
    [3, 3],
    [4, 0],
  ]);
  expect(thinned(line, 5)).toEqual([
    [0, 0],
    [4, 0],
  ]);
});
