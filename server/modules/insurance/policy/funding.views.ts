import type { Db } from '../../../kernel/db.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { amountsBySource } from '../product/funding.rules.ts';
import type { InsuranceTables } from '../tables.ts';
import { fundedCoverages, policyFunding, quoteFunding } from './funding.store.ts';

/** The parts of a quote's cover with the money each may have, and what was named; lines that differ from the first are counted. */
export async function viewQuoteFunding(db: Db<InsuranceTables>, quote: { id: string; productId: string }) {
  const coverages = await fundedCoverages(db, quote.productId);
  const lines = await quoteFunding(db, quote.id);
  const [first] = lines;
  const named = first?.funding ?? [];
  const text = JSON.stringify(named);
  return {
    coverages: coverages.map(({ id, name, funding }) => ({ id, name, sources: [...funding] })),
    named: named.map(({ coverage, shares }) => ({ coverage, shares: shares.map((s) => ({ ...s })) })),
    differing: lines.filter((l) => JSON.stringify(l.funding) !== text).length,
  };
}

/** What each source pays of a policy, by part where the filing prices the parts. The public purse's part is government money. */
export async function viewPolicyFunding(
  db: Db<InsuranceTables>,
  { id, productId, purse }: { id: string; productId: string | null; purse: readonly string[] },
) {
  if (productId === null) return [];
  const coverages = await fundedCoverages(db, productId);
  const names = new Map(coverages.map((c) => [c.id, c.name]));
  const sums = new Map<string, { coverage: string | null; source: string; amount: number }>();
  const add = (coverage: string | null, source: string, amount: number) => {
    const key = `${coverage ?? ''} ${source}`;
    sums.set(key, { coverage, source, amount: (sums.get(key)?.amount ?? 0) + amount });
  };
  for (const { parts, funding } of await policyFunding(db, id)) {
    const own = sum(parts.filter((p) => !purse.includes(p.payer)).map((p) => p.amount));
    for (const a of amountsBySource(own, coverages, funding))
      add(a.coverage === null ? null : (names.get(a.coverage) ?? a.coverage), a.source, a.amount);
    add(null, 'subsidy', sum(parts.filter((p) => purse.includes(p.payer)).map((p) => p.amount)));
  }
  return [...sums.values()].filter((s) => s.amount !== 0).map((s) => ({ ...s, amount: fen(s.amount) }));
}
