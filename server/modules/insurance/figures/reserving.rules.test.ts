import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chainLadder, type Triangle } from './reserving.rules.ts';

const folder = process.env['TIAN_TEST_DATA'];

/** Read a triangle of (development year, origin year, value) rows. */
function read(name: string, column = 'values'): Triangle {
  const [head = '', ...lines] = readFileSync(join(folder ?? '', 'triangles', name), 'utf8')
    .trim()
    .split(/\r?\n/);
  const columns = head.split(',');
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((v, i) => [columns[i] ?? '', v])));
  const origins = [...new Set(rows.map((r) => r['origin'] ?? ''))].sort();
  return origins.map((origin) =>
    rows
      .filter((r) => r['origin'] === origin)
      .sort((a, b) => Number(a['development']) - Number(b['development']))
      .map((r) => Number(r[column])),
  );
}

test.skipIf(!folder)('the Taylor–Ashe triangle: reserve 18,680,856 with Mack’s error 2,447,095', () => {
  const done = chainLadder(read('genins.csv'));
  expect(Math.round(done?.totalIbnr ?? 0)).toBe(18_680_856);
  expect(Math.round(done?.totalStandardError ?? 0)).toBe(2_447_095);
});

test.skipIf(!folder)('the RAA triangle: reserve 52,135 with Mack’s error 26,909', () => {
  const done = chainLadder(read('raa.csv'));
  expect(Math.round(done?.totalIbnr ?? 0)).toBe(52_135);
  expect(Math.round(done?.totalStandardError ?? 0)).toBe(26_909);
});

test('a triangle of one constant growth has no error, and its reserve is plain arithmetic', () => {
  const done = chainLadder([[100, 200, 300], [100, 200], [100]]);
  expect(done?.factors).toEqual([2, 1.5]);
  expect(done?.ibnr).toEqual([0, 100, 200]);
  expect(done?.totalStandardError).toBe(0);
});

test('a step nobody has taken yet cannot be learned', () => {
  expect(chainLadder([[undefined, 5], [1]])).toBeUndefined();
});
