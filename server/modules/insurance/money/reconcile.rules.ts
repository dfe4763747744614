import { type Fen, fen } from '../../../kernel/money.ts';

/** One thing that must be the same in two places. */
export type Tie = { id: string; left: Fen; right: Fen };
export type Difference = Tie & { difference: Fen };

/** The ties that do not hold, the largest difference first. */
export const differencesOf = (ties: readonly Tie[]): readonly Difference[] =>
  ties
    .filter((t) => t.left !== t.right)
    .map((t) => ({ ...t, difference: fen(t.left - t.right) }))
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.id < b.id ? -1 : 1));

/** Pair what two registers say of the same records; a record that one of them lacks counts as zero there. */
export function tiesOf(left: ReadonlyMap<string, Fen>, right: ReadonlyMap<string, Fen>): readonly Tie[] {
  const ids = [...new Set([...left.keys(), ...right.keys()])];
  return ids.map((id) => ({ id, left: left.get(id) ?? fen(0), right: right.get(id) ?? fen(0) }));
}
