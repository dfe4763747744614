import { accept, type Result, refuse } from '../../../kernel/result.ts';

/** When a quote needs an underwriter, as the product says. A rule that is null is not asked. */
export type ReferralRules = {
  elevatorsOver: number | null;
  totalOver: number | null; // fen
  refusedPercentOver: number | null; // of the elevators asked for
};
export type ReferralReason = { rule: keyof ReferralRules; value: number; limit: number };
export type Asked = { elevators: number; refused: number; total: number };

/** Why this quote goes to underwriting; empty: it is offered at once. */
export function reasonsFor(
  { elevators, refused, total }: Asked,
  rules: ReferralRules | null,
): readonly ReferralReason[] {
  if (!rules) return [];
  const all = elevators + refused;
  const measured = {
    elevatorsOver: elevators,
    totalOver: total,
    refusedPercentOver: all === 0 ? 0 : Math.floor((refused * 100) / all),
  };
  const names = Object.keys(measured) as (keyof ReferralRules)[];
  return names.flatMap((rule) => {
    const limit = rules[rule];
    return limit !== null && measured[rule] > limit ? [{ rule, value: measured[rule], limit }] : [];
  });
}

/** One underwriter's word on a referral. */
export type Decided = { by: string; name: string; at: string; decision: 'release' | 'decline'; note: string };
export type Referral = { reasons: readonly ReferralReason[]; decisions: readonly Decided[] };

/** Two pairs of eyes release; one declines. */
export const PEOPLE_NEEDED = 2;

export type ReferralRefusal =
  | { code: 'insurance.not_referred'; state: string }
  | { code: 'insurance.same_person' }
  | { code: 'insurance.quote_expired'; validUntil: string };

/** The quote's state after one more word. The same person is not two. */
export function decideReferral(
  quote: { state: string; validUntil: Date; referral: Referral },
  word: Decided,
  now: Date,
): Result<{ state: 'referred' | 'released' | 'declined'; referral: Referral; needs: number }, ReferralRefusal> {
  if (quote.state !== 'referred') return refuse({ code: 'insurance.not_referred', state: quote.state });
  if (now >= quote.validUntil) {
    return refuse({ code: 'insurance.quote_expired', validUntil: quote.validUntil.toISOString() });
  }
  if (quote.referral.decisions.some((d) => d.by === word.by)) return refuse({ code: 'insurance.same_person' });
  const referral = { ...quote.referral, decisions: [...quote.referral.decisions, word] };
  if (word.decision === 'decline') return accept({ state: 'declined', referral, needs: 0 });
  const needs = PEOPLE_NEEDED - referral.decisions.length;
  return accept({ state: needs > 0 ? 'referred' : 'released', referral, needs });
}
