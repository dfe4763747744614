import type { Db, Tx } from '../../../kernel/db.ts';
import { accept, type Result } from '../../../kernel/result.ts';
import type { InsuranceTables } from '../tables.ts';
import { type ChoiceRefusal, mayBindCompared } from './policy.rules.ts';
import type { StoredQuote } from './policy.store.ts';
import type { ComparisonRow } from './underwriting.tables.ts';

/** Products anybody may buy on a day: filed, of this kind. */
export async function productsOnSale(
  db: Db<InsuranceTables>,
  { kind, on }: { kind: ComparisonRow['kind']; on: string },
): Promise<readonly { id: string; market: 'tender_pool' | 'open' }[]> {
  return db
    .selectFrom('insurance.product as p')
    .innerJoin('insurance.scheme as s', 's.id', 'p.scheme_id')
    .select(['p.id', 's.market'])
    .where('s.kind', '=', kind)
    .where('p.filing_no', '!=', '')
    .where('p.from_on', '<=', on)
    .where((eb) => eb.or([eb('p.to_on', 'is', null), eb('p.to_on', '>=', on)]))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('insurance.tariff as t')
          .select('t.id')
          .whereRef('t.product_id', '=', 'p.id')
          .where('t.filing_no', '!=', '')
          .where('t.from_on', '<=', on),
      ),
    )
    .orderBy('p.id')
    .execute();
}

export const insertComparison = (tx: Tx<InsuranceTables>, row: ComparisonRow) =>
  tx.insertInto('insurance.comparison').values(row).execute();

export const setShown = (tx: Tx<InsuranceTables>, id: string, shown: readonly string[]) =>
  tx
    .updateTable('insurance.comparison')
    .set({ shown: [...shown] })
    .where('id', '=', id)
    .execute();

/** Says of quotes whether each was seen beside others, where the market is open; what is on sale is asked once a kind and day. */
export function choosing(tx: Tx<InsuranceTables>): (quote: StoredQuote) => Promise<Result<null, ChoiceRefusal>> {
  const open = new Map<string, number>();
  const openOffers = async ({ kind, from }: StoredQuote): Promise<number> => {
    const key = `${kind} ${from}`;
    const known = open.get(key);
    if (known !== undefined) return known;
    const onSale = await productsOnSale(tx, { kind, on: from });
    const count = onSale.filter((p) => p.market === 'open').length;
    open.set(key, count);
    return count;
  };
  return async (quote) => {
    if (quote.pool.length > 0) return accept(null); // a tender was held: there is one offer
    const offers = await openOffers(quote);
    if (offers <= 1) return accept(null);
    const row =
      quote.comparisonId === null
        ? undefined
        : await tx
            .selectFrom('insurance.comparison')
            .select('shown')
            .where('id', '=', quote.comparisonId)
            .executeTakeFirst();
    return mayBindCompared(row?.shown.length ?? 0, offers);
  };
}

/** Which offer was taken, and when. */
export async function keepChoice(
  tx: Tx<InsuranceTables>,
  { quote, at }: { quote: Pick<StoredQuote, 'id' | 'comparisonId'>; at: Date },
): Promise<void> {
  if (quote.comparisonId === null) return;
  await tx
    .updateTable('insurance.comparison')
    .set({ chosen_quote_id: quote.id, chosen_at: at })
    .where('id', '=', quote.comparisonId)
    .execute();
}
