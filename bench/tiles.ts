import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type PointMap } from '../server/modules/registry/map.service.ts';
import { openMapThread } from '../server/modules/registry/map.thread.ts';
import {
  MAP_STATES,
  mercatorX,
  mercatorY,
  newPoints,
  putPoints,
  tileFeatures,
} from '../server/modules/registry/points.rules.ts';
import { type Seeded as Random, seeded } from '../server/modules/registry/seeded.rules.ts';

/** Settings: `1000000 300`, points and tiles. */
export const about =
  'map tiles of a million points as three kinds of viewer, beside one bare pass over the numbers; drawn in a thread of their own';

const BUDGET_MS = 30;
const PAGE = 10_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function run([points = '1000000', tiles = '300']: readonly string[]): Promise<void> {
  const random = seeded(20);
  const made = pointsOf(Number(points), random);
  const started = performance.now();
  const map = openMapThread();
  for (let i = 0; i < made.length; i += PAGE) map.put(made.slice(i, i + PAGE), []);
  await map.stateOf(0);
  say(`${made.length.toLocaleString('en-US')} points put in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times = (await draw(map, Number(tiles), random)).toSorted((a, b) => a - b);
  delay.disable();
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  const { scanMs, limitMs } = passes(made);
  say(
    `a tile: p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, worst ${at(0.999).toFixed(1)} ms; budget ${BUDGET_MS} ms, ratio ${(at(0.95) / BUDGET_MS).toFixed(2)}`,
  );
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1);
  say(
    `meanwhile the server's own thread was late by p99 ${ms(delay.percentile(99))} ms, at most ${ms(delay.max)} ms, timer of 1 ms included`,
  );
  await map.stop();
  say(`a scan that finds nothing ${scanMs.toFixed(1)} ms; one bare pass over the numbers ${limitMs.toFixed(1)} ms`);
}

const pointsOf = (count: number, random: Random) =>
  Array.from({ length: count }, (_, i) => ({
    no: i,
    id: `018f0000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`,
    lng: 119.6 + random.next(),
    lat: 31.2 + random.next() * 0.7,
    state: random.pick(MAP_STATES),
    areaCodes: [`3202${10 + (i % 7)}`],
    orgIds: [`org-${i % 400}`, `org-${400 + (i % 3_000)}`],
  }));

async function draw(map: PointMap, tiles: number, random: Random): Promise<number[]> {
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
  return times;
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
