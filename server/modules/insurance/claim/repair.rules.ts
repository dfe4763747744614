import { type Fen, fen } from '../../../kernel/money.ts';

/** One part or work of a repair that the insurer pays first. */
export type RepairLine = { code: string; name: string; quantity: number; unitPrice: Fen; reason: string };

/** What the same part cost in other accepted claims; none where fewer than five stand behind it. */
export type Benchmark = { code: string; claims: number; median: Fen; upper: Fen };

export type RepairRefusal = {
  code: 'insurance.price_above_benchmark';
  line: number;
  name: string;
  unitPrice: Fen;
  upper: Fen;
};

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

/** The whole of a repair. */
export const repairTotal = (lines: readonly RepairLine[]): Fen =>
  fen(lines.reduce((at, { quantity, unitPrice }) => at + quantity * unitPrice, 0));
