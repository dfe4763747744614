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

/** Was this quote seen beside others, where the market is open? */
export async function mayChoose(tx: Tx<InsuranceTables>, quote: StoredQuote): Promise<Result<null, ChoiceRefusal>> {
  if (quote.pool.length > 0) return accept(null); // a tender was held: there is one offer
  const onSale = await productsOnSale(tx, { kind: quote.kind, on: quote.from });
  const open = onSale.filter((p) => p.market === 'open').length;
  const row =
    quote.comparisonId === null
      ? undefined
      : await tx
          .selectFrom('insurance.comparison')
          .select('shown')
          .where('id', '=', quote.comparisonId)
          .executeTakeFirst();
  return open <= 1 ? accept(null) : mayBindCompared(row?.shown.length ?? 0, open);
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
