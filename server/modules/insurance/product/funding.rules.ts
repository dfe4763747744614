import { type Fen, fen, split } from '../../../kernel/money.ts';
import { REPAIR_COVER, REPAIR_MONEY } from './scheme.rules.ts';

/** A part of the cover as far as its money is concerned. */
export type FundedCoverage = {
  id: string;
  name: string;
  kind: string;
  funding: readonly string[]; // sources the filed product allows
  premiumBp?: number | undefined; // its filed part of the premium
};
/** Which money pays a part: shares in basis points that sum to 10,000. */
export type PartFunding = { coverage: string; shares: readonly { source: string; bp: number }[] };

/** An elevator as far as its money is concerned. */
export type FundedElevator = {
  code: string;
  marks: readonly string[]; // 'resettlement', 'affordable_housing', 'fiscal'
  isSubsidised: boolean; // the public purse pays a part of this line already
};

type Where = { elevator: string; coverage: string };
export type FundingRefusal =
  | ({ code: 'insurance.funding_forbidden'; source: string } & Where)
  | ({ code: 'insurance.funding_repair_only'; source: string } & Where)
  | ({ code: 'insurance.funding_developer'; source: string } & Where)
  | ({ code: 'insurance.funding_public_twice'; source: string } & Where)
  | ({ code: 'insurance.funding_not_whole'; sumBp: number } & Where)
  | ({ code: 'insurance.funding_missing' } & Where)
  | { code: 'insurance.funding_no_part_premium'; elevator: string };

/** Nothing said: every part from the payer's own money. */
export const ownMoney = (coverages: readonly FundedCoverage[]): readonly PartFunding[] =>
  coverages.map((c) => ({ coverage: c.id, shares: [{ source: 'self', bp: 10_000 }] }));

/**
 * May this elevator's cover be paid so? The first part and source that may not, with the rule: repair money buys repair cover
 * only (广州、福州、温州), a developer pays for resettlement and affordable housing only (无锡 2014 五(二)), public money does
 * not pay twice, and the filed product decides the rest.
 */
export function checkFunding(
  coverages: readonly FundedCoverage[],
  funding: readonly PartFunding[],
  elevator: FundedElevator,
): FundingRefusal | undefined {
  for (const coverage of coverages) {
    const where = { elevator: elevator.code, coverage: coverage.name };
    const shares = (funding.find((f) => f.coverage === coverage.id)?.shares ?? []).filter((s) => s.bp !== 0);
    if (shares.length === 0) return { code: 'insurance.funding_missing', ...where };
    for (const { source } of shares) {
      const code = whyNot(coverage, source, elevator);
      if (code) return { code, ...where, source };
    }
    const sumBp = shares.reduce((at, s) => at + s.bp, 0);
    if (sumBp !== 10_000 || shares.some((s) => s.bp < 0))
      return { code: 'insurance.funding_not_whole', ...where, sumBp };
  }
  const isPriced = coverages.every((c) => c.premiumBp !== undefined);
  return isPriced || isUniform(coverages, funding)
    ? undefined
    : { code: 'insurance.funding_no_part_premium', elevator: elevator.code };
}

function whyNot(coverage: FundedCoverage, source: string, { marks, isSubsidised }: FundedElevator) {
  if (REPAIR_MONEY.includes(source) && !REPAIR_COVER.includes(coverage.kind))
    return 'insurance.funding_repair_only' as const;
  if (source === 'developer' && !marks.includes('resettlement') && !marks.includes('affordable_housing'))
    return 'insurance.funding_developer' as const;
  if (source === 'government' && isSubsidised && !marks.includes('fiscal'))
    return 'insurance.funding_public_twice' as const;
  return coverage.funding.includes(source) ? undefined : ('insurance.funding_forbidden' as const);
}

const sharesOf = (funding: readonly PartFunding[], coverage: string) =>
  (funding.find((f) => f.coverage === coverage)?.shares ?? []).filter((s) => s.bp > 0);

/** Are all parts paid by the same sources in the same shares? Then nobody needs to know what each part costs. */
function isUniform(coverages: readonly FundedCoverage[], funding: readonly PartFunding[]): boolean {
  const texts = coverages.map(({ id }) =>
    sharesOf(funding, id)
      .map((s) => `${s.source} ${s.bp}`)
      .toSorted()
      .join(),
  );
  return new Set(texts).size <= 1;
}

export type FundedAmount = { coverage: string | null; source: string; amount: Fen };

/**
 * What each source pays of a premium, by part where the filing prices the parts (null: the premium as a whole). Largest
 * remainder twice, so that parts sum to the premium and sources to their part.
 */
export function amountsBySource(
  premium: Fen,
  coverages: readonly FundedCoverage[],
  funding: readonly PartFunding[],
): readonly FundedAmount[] {
  const bps = coverages.map((c) => c.premiumBp ?? -1);
  const isPriced = coverages.length > 0 && bps.every((bp) => bp >= 0) && bps.some((bp) => bp > 0);
  const parts = isPriced
    ? split(premium, bps).map((amount, i) => ({
        coverage: coverages[i]?.id ?? null,
        of: coverages[i]?.id ?? '',
        amount,
      }))
    : [{ coverage: null, of: coverages[0]?.id ?? '', amount: premium }];
  return parts.flatMap(({ coverage, of, amount }) => {
    const shares = sharesOf(funding, of);
    const known = shares.length > 0 ? shares : [{ source: 'self', bp: 10_000 }];
    const amounts = split(
      amount,
      known.map((s) => s.bp),
    );
    return known.map(({ source }, i) => ({ coverage, source, amount: amounts[i] ?? fen(0) }));
  });
}
