import type { EvidenceKind, Thresholds } from './pack.ts';

/** One piece of evidence that people are trapped. `factor` below 1: something speaks against it. */
export type Witness = { kind: EvidenceKind; factor?: number };

/** How sure several kinds of evidence make us together, and what they are, strongest first. */
export type Fused = { confidence: number; kinds: readonly EvidenceKind[] };

type Weights = Thresholds['confidence']['weights'];

/**
 * Fuse evidence into one confidence: one minus the product of what each kind leaves in doubt.
 * The same kind twice adds nothing: two phone calls are one kind, and a repeated alarm is no second witness.
 */
export function fuse(evidence: readonly Witness[], weights: Weights): Fused {
  const best = new Map<EvidenceKind, number>();
  for (const { kind, factor = 1 } of evidence) {
    best.set(kind, Math.max(best.get(kind) ?? 0, weights[kind] * factor));
  }
  const ranked = [...best].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const doubt = ranked.reduce((left, [, sure]) => left * (1 - sure), 1);
  return { confidence: Math.round((1 - doubt) * 1e6) / 1e6, kinds: ranked.map(([kind]) => kind) };
}
