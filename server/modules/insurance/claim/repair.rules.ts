import { type Fen, fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';

/** One part or work of a repair that the insurer pays first. */
export type RepairLine = { code: string; name: string; quantity: number; unitPrice: Fen; reason: string };

/** What the same part cost in other accepted claims; none where fewer than five stand behind it. */
export type Benchmark = { code: string; claims: number; median: Fen; upper: Fen };

/** The same part of this elevator in another claim, not long ago. */
export type Repeat = { code: string; on: Day };

/** How long a part is held against itself: who replaces it again within these days says why. */
export const REPEAT_DAYS = 30;

export type RepairRefusal =
  | { code: 'insurance.part_repeated'; line: number; name: string; on: Day }
  | { code: 'insurance.price_above_benchmark'; line: number; name: string; unitPrice: Fen; upper: Fen };

/**
 * A price above the upper quartile of what others paid needs a reason in words; without a benchmark nothing is held
 * against it. The first line that lacks its reason, or none.
 */
export function checkPrices(lines: readonly RepairLine[], known: readonly Benchmark[]): RepairRefusal | undefined {
  for (const [i, { code, name, unitPrice, reason }] of lines.entries()) {
    const upper = known.find((k) => k.code === code)?.upper;
    if (upper !== undefined && unitPrice > upper && reason.trim() === '')
      return { code: 'insurance.price_above_benchmark', line: i + 1, name, unitPrice, upper };
  }
  return undefined;
}

/** A part that was replaced on this elevator a short while ago needs a reason in words: the same work may not be paid twice. */
export function checkRepeats(lines: readonly RepairLine[], repeats: readonly Repeat[]): RepairRefusal | undefined {
  for (const [i, { code, name, reason }] of lines.entries()) {
    const on = repeats.find((r) => r.code === code)?.on;
    if (on !== undefined && reason.trim() === '') return { code: 'insurance.part_repeated', line: i + 1, name, on };
  }
  return undefined;
}

/** The whole of a repair. */
export const repairTotal = (lines: readonly RepairLine[]): Fen =>
  fen(lines.reduce((at, { quantity, unitPrice }) => at + quantity * unitPrice, 0));
