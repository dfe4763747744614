type Paper = { kind: string; validity: 'valid' | 'expires_soon' | 'expired' | 'open_ended' | 'ended' };
type Standing = Exclude<Paper['validity'], 'ended'>;

const BEST_FIRST: readonly Standing[] = ['valid', 'open_ended', 'expires_soon', 'expired'];

/**
 * How a person's papers stand, in one word: of each kind the best counts, since a renewed certificate makes up for the
 * one before, and of these the worst is said. Null: none that was not ended.
 */
export function standingOf(papers: readonly Paper[]): Standing | null {
  const best = new Map<string, number>();
  for (const { kind, validity } of papers) {
    const rank = BEST_FIRST.findIndex((one) => one === validity);
    if (rank >= 0) best.set(kind, Math.min(rank, best.get(kind) ?? rank));
  }
  return best.size === 0 ? null : (BEST_FIRST[Math.max(...best.values())] ?? null);
}
