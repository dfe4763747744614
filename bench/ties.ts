import { judge, marketOf } from '../server/modules/market/tie.fixtures.ts';
import { findTies } from '../server/modules/market/tie.rules.ts';

/** How true the tie finder's first fifty are, in invented markets in which the truth is known. */
export const about = 'tie finder: precision of the first 50 and recall in ten invented markets whose truth is known';
const SETTINGS = { leastHolders: 5, leastClaims: 3, workListBits: 5 };
const MARKETS = 10;
const BUDGET = 0.8;

export async function run(): Promise<void> {
  process.stdout.write('market  pairs listed  precision@50  recall@50  true ties  ms\n');
  let worst = 1;
  for (let seed = 1; seed <= MARKETS; seed += 1) {
    const { input, tied } = marketOf(seed);
    const start = performance.now();
    const found = findTies(input, SETTINGS);
    const ms = performance.now() - start;
    const { precision, recall } = judge(found, tied, 50);
    worst = Math.min(worst, precision);
    const cells = [seed, found.length, precision.toFixed(2), recall.toFixed(2), tied.size, ms.toFixed(0)];
    process.stdout.write(`${cells.map((c) => String(c).padStart(9)).join('  ')}\n`);
  }
  process.stdout.write(`worst precision ${worst.toFixed(2)}, wanted ${BUDGET} ${worst >= BUDGET ? 'ok' : 'MISSED'}\n`);
  await Promise.resolve();
}
