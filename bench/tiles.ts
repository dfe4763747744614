import { openPointMap } from '../server/modules/registry/map.service.ts';
import {
  MAP_STATES,
  mercatorX,
  mercatorY,
  newPoints,
  putPoints,
  tileFeatures,
} from '../server/modules/registry/points.rules.ts';
import { seeded } from '../server/modules/registry/seeded.rules.ts';

export type TileFigures = {
  points: number;
  fillSeconds: number;
  scanMs: number;
  p50Ms: number;
  p95Ms: number;
  limitMs: number;
};

/** Draw tiles of a map with many points as three kinds of viewer; the limit beside it is one bare pass over the numbers. */
export async function benchTiles({ points: count, tiles }: { points: number; tiles: number }): Promise<TileFigures> {
  const random = seeded(20);
  const made = Array.from({ length: count }, (_, i) => ({
    no: i,
    id: `018f0000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`,
    lng: 119.6 + random.next(),
    lat: 31.2 + random.next() * 0.7,
    state: random.pick(MAP_STATES),
    areaCodes: [`3202${10 + (i % 7)}`],
    orgIds: [`org-${i % 400}`, `org-${400 + (i % 3_000)}`],
  }));
  const started = performance.now();
  const map = openPointMap();
  map.put(made, []);
  const fillSeconds = (performance.now() - started) / 1000;
  const scopes = [
    { all: true, areas: [], orgs: [] },
    { all: false, areas: ['320212'], orgs: [] },
    { all: false, areas: [], orgs: ['org-17' as never] },
  ];
  const times: number[] = [];
  for (let i = 0; i < tiles; i += 1) {
    const z = random.between(8, 17);
    const scale = 2 ** z;
    const [x, y] = [
      Math.floor(mercatorX(119.6 + random.next()) * scale),
      Math.floor(mercatorY(31.2 + random.next() * 0.7) * scale),
    ];
    const at = performance.now();
    await map.tile({ scope: scopes[i % scopes.length] ?? { all: true, areas: [], orgs: [] }, z, x, y });
    times.push(performance.now() - at);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { points: count, fillSeconds, ...passes(made), p50Ms: at(0.5), p95Ms: at(0.95) };
}

function passes(made: Parameters<typeof putPoints>[1]): { scanMs: number; limitMs: number } {
  const points = newPoints();
  putPoints(points, made);
  const median = (work: () => void) => {
    const ms = Array.from({ length: 15 }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }).sort((a, b) => a - b);
    return ms[7] ?? 0;
  };
  const far = { z: 17, x: 0, y: 0 };
  const scanMs = median(() => tileFeatures(points, null, far));
  let sum = 0;
  const limitMs = median(() => {
    for (let i = 0; i < points.size; i += 1) sum += points.x[i] ?? 0;
  });
  return { scanMs, limitMs: Number.isFinite(sum) ? limitMs : 0 };
}
