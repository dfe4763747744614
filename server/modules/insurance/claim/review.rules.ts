import type { REVIEW_REASONS } from '../../../../contract/insurance-vocabulary.ts';
import type { Fen } from '../../../kernel/money.ts';
import type { LossKind } from './cover.rules.ts';

/** A decided claim with its lot: a number from 0 up to 1 that seed and claim give it, for ever the same. */
export type DrawnClaim = { id: string; kind: LossKind; amount: Fen; lot: number };

export type ReviewTerms = {
  percent: number; // of the claims that nothing else chose, by lot
  above: Fen; // every claim of at least this sum
  variance: number; // every claim this many per cent away from the mean of its kind
};

export type ReviewReason = (typeof REVIEW_REASONS)[number];

/**
 * Which claims are looked at again, and why: the large ones, those far from what their kind cost the year before, and of the
 * others as many as the lot says. A kind with no mean has nothing to be far from.
 */
export function sampleOf<Claim extends DrawnClaim>(
  claims: readonly Claim[],
  means: ReadonlyMap<LossKind, Fen>,
  terms: ReviewTerms,
): readonly (Claim & { why: ReviewReason })[] {
  return claims.flatMap((claim) => {
    const why = reasonFor(claim, means.get(claim.kind), terms);
    return why ? [{ ...claim, why }] : [];
  });
}

function reasonFor(
  { amount, lot }: DrawnClaim,
  mean: Fen | undefined,
  { percent, above, variance }: ReviewTerms,
): ReviewReason | undefined {
  if (amount >= above) return 'value';
  if (mean !== undefined && Math.abs(amount - mean) * 100 > mean * variance) return 'variance';
  return lot * 100 < percent ? 'random' : undefined;
}
