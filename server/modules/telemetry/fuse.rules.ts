import type { EvidenceKind, Thresholds } from './pack.ts';

/** One piece of evidence that people are trapped. `factor` below 1: something speaks against it. */
export type Witness = { kind: EvidenceKind; factor?: number };

/** How sure several kinds of evidence make us together, and what they are, strongest first. */
export type FusedOf<Kind extends string> = { confidence: number; kinds: readonly Kind[] };
export type Fused = FusedOf<EvidenceKind>;

type Weights = Thresholds['confidence']['weights'];

/** Fuse what devices show into one confidence, each kind by its weight. */
export const fuse = (evidence: readonly Witness[], weights: Weights): Fused =>
  fuseShares(evidence.map(({ kind, factor = 1 }) => ({ kind, share: weights[kind] * factor })));

/**
 * Fuse evidence of any kind, each as sure as its share says (0–1): one minus the product of what each kind leaves in
 * doubt. The same kind twice adds nothing: two phone calls are one kind, and a repeated alarm is no second witness.
 */
export function fuseShares<Kind extends string>(evidence: readonly { kind: Kind; share: number }[]): FusedOf<Kind> {
  const best = new Map<Kind, number>();
  for (const { kind, share } of evidence) best.set(kind, Math.max(best.get(kind) ?? 0, share));
  const ranked = [...best].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const doubt = ranked.reduce((left, [, sure]) => left * (1 - sure), 1);
  return { confidence: Math.round((1 - doubt) * 1e6) / 1e6, kinds: ranked.map(([kind]) => kind) };
}
