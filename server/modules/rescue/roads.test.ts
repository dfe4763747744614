import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { byLine } from './candidate.rules.ts';
import { readRoads } from './roads.import.ts';
import { buildRoads, openRoads, packRoads, secondsTo, waysTo } from './roads.ts';
import { travelOn } from './travel.ts';

// A square of about 1 km: 0 – 1 – 2 – 3, and back to 0 only by a one-way street.
const lng = new Float64Array([120.3, 120.31, 120.31, 120.3]);
const lat = new Float64Array([31.5, 31.5, 31.51, 31.51]);
const metresPerS = 10;
const square = buildRoads(lng, lat, [
  { nodes: [0, 1, 2, 3], metresPerS, oneWay: false },
  { nodes: [3, 0], metresPerS, oneWay: true },
]);
const at = (n: number) => ({ lng: lng[n] ?? 0, lat: lat[n] ?? 0 });

test('a one-way street helps in its direction only', () => {
  const [there] = secondsTo(square, [at(3)], at(0));
  const [back] = secondsTo(square, [at(0)], at(3));
  expect(there?.metres).toBeGreaterThan(1_000);
  expect(there?.metres).toBeLessThan(1_200);
  expect(back?.metres).toBeGreaterThan(2_900);
});

test('the way of a rescuer runs from his place along the roads to the car, in the direction he may drive', () => {
  const [there, back] = [waysTo(square, [at(3)], at(0))[0], waysTo(square, [at(0)], at(3))[0]];
  expect(there).toEqual([at(3), at(3), at(0), at(0)]);
  expect(back).toEqual([at(0), at(0), at(1), at(2), at(3), at(3)]);
  expect(waysTo(square, [{ lng: 121.9, lat: 32.5 }, at(1)], at(2))).toEqual([null, [at(1), at(1), at(2), at(2)]]);
});

test('the network survives its way to the disk and back', () => {
  const again = openRoads(packRoads(square));
  expect(secondsTo(again, [at(0), at(1)], at(3))).toEqual(secondsTo(square, [at(0), at(1)], at(3)));
});

test('where no road is near, the straight line stands in and says so', () => {
  const far = { lng: 121.9, lat: 32.5 };
  const line = { factor: 1.4, speedKmPerH: 25 };
  expect(travelOn(square, line)([far, at(3)], at(0)).map((t) => t.by)).toEqual(['line', 'roads']);
  expect(travelOn(null, line)([at(3)], at(0))).toEqual([byLine(at(3), at(0), line)]);
});

const XML = `<?xml version="1.0"?><osm>
  <node id="1" lat="31.5" lon="120.3"/><node id="2" lat="31.5" lon="120.31"/><node id="3" lat="31.51" lon="120.31"/>
  <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
  <way id="8"><nd ref="1"/><nd ref="3"/><tag k="highway" v="footway"/></way></osm>`;

test('maps are read plain and gzipped; ways for people on foot are left out', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tian-roads-'));
  writeFileSync(join(dir, 'a.osm'), XML);
  writeFileSync(join(dir, 'a.osm.gz'), gzipSync(XML));
  for (const name of ['a.osm', 'a.osm.gz'])
    expect(await readRoads(join(dir, name))).toMatchObject({ nodes: 3, arcs: 4 });
});

test('maps in the binary format are read as the same network', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tian-roads-'));
  writeFileSync(join(dir, 'a.osm.pbf'), pbf());
  const roads = await readRoads(join(dir, 'a.osm.pbf'));
  expect(roads).toMatchObject({ nodes: 3, arcs: 4 });
  expect(roads.lng[0]).toBeCloseTo(120.3);
});

/** The same three nodes and way, written by the rules of the format. */
function pbf(): Buffer {
  const varint = (n: number): number[] => (n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))]);
  const zigzag = (n: number) => varint(n >= 0 ? n * 2 : -n * 2 - 1);
  const field = (n: number, body: readonly number[]) => [...varint(n * 8 + 2), ...varint(body.length), ...body];
  const text = (s: string) => [...Buffer.from(s)];
  const table = field(1, [...field(1, text('')), ...field(1, text('highway')), ...field(1, text('residential'))]);
  const nodes = field(2, [
    ...field(1, [1, 1, 1].flatMap(zigzag)),
    ...field(8, [315_000_000, 0, 100_000].flatMap(zigzag)),
    ...field(9, [1_203_000_000, 100_000, 0].flatMap(zigzag)),
  ]);
  const way = field(3, [8, 7, ...field(2, [1]), ...field(3, [2]), ...field(8, [1, 1, 1].flatMap(zigzag))]);
  const block = deflateSync(Buffer.from([...table, ...field(2, nodes), ...field(2, way)]));
  const blob = field(3, [...block]);
  const head = [...field(1, text('OSMData')), 24, ...varint(blob.length)];
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, Buffer.from(head), Buffer.from(blob)]);
}

const huangpu = join(process.env['TIAN_TEST_DATA'] ?? '', 'osm_shanghai_huangpu_roads.osm.gz');

test.skipIf(!existsSync(huangpu))(
  'a real district: ways by road are longer than the straight line, and never shorter',
  async () => {
    const roads = await readRoads(huangpu);
    expect(roads.arcs).toBeGreaterThan(3_000);
    const places = Array.from({ length: 40 }, (_, i) => {
      const n = Math.floor((i * roads.nodes) / 40);
      return { lng: roads.lng[n] ?? 0, lat: roads.lat[n] ?? 0 };
    });
    const [to = { lng: 0, lat: 0 }, ...from] = places;
    const travels = secondsTo(roads, from, to);
    const reached = travels.flatMap((t, i) =>
      t ? [{ t, line: byLine(from[i] ?? to, to, { factor: 1, speedKmPerH: 25 }) }] : [],
    );
    expect(reached.length).toBeGreaterThan(20);
    for (const { t, line } of reached) expect(t.metres).toBeGreaterThanOrEqual(line.metres * 0.99 - 1);
  },
);
