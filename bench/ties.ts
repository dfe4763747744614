import { judge, marketOf } from '../server/modules/market/tie.fixtures.ts';
import { findTies } from '../server/modules/market/tie.rules.ts';

/** How true the tie finder's first fifty are, in invented markets in which the truth is known. */
export const about =
  'tie finder: precision of the first 50 and recall in held-out invented markets whose truth is known';
const SETTINGS = { leastHolders: 5, leastClaims: 3, workListBits: 9 };
/** Markets that were looked at when the rules were made (1 to 10), and three rows that never were. */
const SEEDS = [1, 50_001, 700_001, 900_001].flatMap((first) => Array.from({ length: 10 }, (_, n) => first + n));
const BUDGET = 0.8;

export async function run(): Promise<void> {
  process.stdout.write('market  pairs listed  precision@50  recall@50  true ties  ms\n');
  let worst = 1;
  for (const seed of SEEDS) {
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
