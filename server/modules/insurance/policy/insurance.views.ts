import { z } from 'zod';
import type { Db } from '../../../kernel/db.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';
import { viewQuoteFunding } from './funding.views.ts';
import { quoteLines } from './line.views.ts';
import { referralOf } from './quote.views.ts';
import { quoteNumber } from './quote-number.rules.ts';

const coverages = z.object({ coverages: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })) });

/** Products on sale on a day, scheme by scheme, in no insurer's favour: by name. */
export async function listProducts(db: Db<InsuranceTables>, on: string) {
  const rows = await db
    .selectFrom('insurance.product as p')
    .innerJoin('insurance.scheme as s', 's.id', 'p.scheme_id')
    .select(['p.id', 'p.name', 'p.filing_no', 'p.body', 's.name as scheme', 's.kind', 's.market'])
    .where('p.from_on', '<=', on)
    .where((eb) => eb.or([eb('p.to_on', 'is', null), eb('p.to_on', '>=', on)]))
    .orderBy('s.name')
    .orderBy('p.name')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    scheme: row.scheme,
    kind: row.kind,
    market: row.market,
    name: row.name,
    filingNo: row.filing_no,
    coverages: coverages.parse(row.body).coverages,
  }));
}

const MOST_LINES = 500;

/** A quote with its working, refused elevators first; undefined when it is not seen. */
export async function viewQuote(db: Db<InsuranceTables>, id: string) {
  const quote = await db
    .selectFrom('insurance.quote as q')
    .innerJoin('insurance.product as p', 'p.id', 'q.product_id')
    .innerJoin('identity.org_card as h', 'h.id', 'q.holder_org_id')
    .selectAll('q')
    .select(['p.name as product', 'p.filing_no', 'p.body', 'h.name as holder'])
    .where('q.id', '=', id)
    .executeTakeFirst();
  if (!quote) return undefined;
  const { items: lines } = await quoteLines(db, id, { limit: MOST_LINES });
  return {
    id: quote.id,
    number: quoteNumber(quote.no, quote.asked_at),
    product: quote.product,
    filingNo: quote.filing_no,
    holder: quote.holder,
    state: quote.state,
    from: quote.from_on,
    to: quote.to_on,
    validUntil: quote.valid_until.toISOString(),
    elevators: quote.elevators,
    refused: quote.refused,
    total: quote.total,
    instalments: productBody.parse(quote.body).instalments,
    funding: await viewQuoteFunding(db, { id: quote.id, productId: quote.product_id }),
    ...referralOf(quote.referral),
    lines,
  };
}
