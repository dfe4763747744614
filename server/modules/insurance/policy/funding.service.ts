import type { Tx } from '../../../kernel/db.ts';
import type { ElevatorId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import { checkFunding, type FundingRefusal, ownMoney, type PartFunding } from '../product/funding.rules.ts';
import type { InsuranceTables } from '../tables.ts';
import {
  type FundedLine,
  fundedCoverages,
  keepFunding,
  keepSilentFunding,
  marksOf,
  quoteFunding,
  quotesFunding,
} from './funding.store.ts';
import type { AgencyRefusal } from './mandate.rules.ts';
import { agencyToday } from './mandate.service.ts';
import { findQuote, type StoredQuote } from './policy.store.ts';

export type FundingActRefusal =
  | FundingRefusal
  | AgencyRefusal
  | { code: 'insurance.quote_not_found' }
  | { code: 'insurance.quote_not_offered'; state: string };

const OPEN = ['offered', 'referred', 'released'];
type Naming = { quoteId: string; elevatorIds: readonly ElevatorId[] | null; funding: readonly PartFunding[] };

/** Name the money of a quote's elevators, part by part, while nobody has taken it. What may not pay is refused at once. */
export const nameFunding = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { quoteId, elevatorIds, funding }: Naming,
): Promise<Result<{ elevators: number }, FundingActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ elevators: number }, FundingActRefusal>> => {
    const quote = await findQuote(tx, quoteId);
    if (!quote) return refuse({ code: 'insurance.quote_not_found' });
    if (!OPEN.includes(quote.state)) return refuse({ code: 'insurance.quote_not_offered', state: quote.state });
    const agency = await agencyToday(deps, tx, { viewer, holderOrgId: quote.holderOrgId });
    if (!agency.ok) return agency;
    const lines = (await quoteFunding(tx, quoteId)).filter((l) => !elevatorIds || elevatorIds.includes(l.elevatorId));
    const wrong = await firstWrong(deps, tx, { quote, lines: lines.map((l) => ({ ...l, funding })) });
    if (wrong) return refuse(wrong);
    await keepFunding(tx, quoteId, { elevatorIds: lines.map((l) => l.elevatorId), funding });
    return accept({ elevators: lines.length });
  });

/**
 * The money of quotes as they are bound: where nothing was said it is the payer's own, and is kept as such. Looked at again with
 * the files as they stand now; for each quote the first line that may not be paid so, or nothing.
 */
export async function settleFunding(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  quotes: readonly StoredQuote[],
): Promise<ReadonlyMap<string, FundingRefusal>> {
  const wrong = new Map<string, FundingRefusal>();
  const lines = await quotesFunding(
    tx,
    quotes.map((q) => q.id),
  );
  for (const productId of new Set(quotes.map((q) => q.productId))) {
    const same = quotes.filter((q) => q.productId === productId);
    const coverages = await fundedCoverages(tx, productId);
    const own = ownMoney(coverages);
    const marks = await marksOf(
      deps.db,
      same.flatMap((q) => (lines.get(q.id) ?? []).map((l) => l.elevatorId)),
    );
    const check = checkerOf(deps, { coverages, marks });
    for (const quote of same) {
      const named = (lines.get(quote.id) ?? []).map((l) => (l.funding.length === 0 ? { ...l, funding: own } : l));
      const refusal = check(quote, named);
      if (refusal) wrong.set(quote.id, refusal);
    }
    const silent = same.filter((q) => !wrong.has(q.id) && lines.get(q.id)?.some((l) => l.funding.length === 0));
    await keepSilentFunding(
      tx,
      silent.map((q) => q.id),
      own,
    );
  }
  return wrong;
}

type Checking = { quote: StoredQuote; lines: readonly FundedLine[] };

async function firstWrong(deps: InsuranceDeps, tx: Tx<InsuranceTables>, { quote, lines }: Checking) {
  const coverages = await fundedCoverages(tx, quote.productId);
  const marks = await marksOf(
    deps.db,
    lines.map((l) => l.elevatorId),
  );
  return checkerOf(deps, { coverages, marks })(quote, lines);
}

type Rules = {
  coverages: Awaited<ReturnType<typeof fundedCoverages>>;
  marks: ReadonlyMap<ElevatorId, readonly string[]>;
};

/** Finds the first line of a quote that may not be paid as it says. */
const checkerOf =
  (deps: InsuranceDeps, { coverages, marks }: Rules) =>
  (quote: StoredQuote, lines: readonly FundedLine[]): FundingRefusal | undefined => {
    const purse = deps.subsidisedPayers(quote.schemeCode);
    for (const { elevatorId, code, parts, funding } of lines) {
      const isSubsidised = parts.some((p) => p.amount > 0 && purse.includes(p.payer));
      const wrong = checkFunding(coverages, funding, { code, marks: marks.get(elevatorId) ?? [], isSubsidised });
      if (wrong) return wrong;
    }
    return undefined;
  };
