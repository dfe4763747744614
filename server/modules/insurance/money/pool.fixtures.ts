import { fen, split } from '../../../kernel/money.ts';

export type { Member } from './pool.rules.ts';

/** Whole basis points by any weights, each at least one, 10,000 together. */
export function split10000(weights: readonly number[]): readonly number[] {
  const rest = split(fen(10_000 - weights.length), weights);
  return rest.map((part) => part + 1);
}
