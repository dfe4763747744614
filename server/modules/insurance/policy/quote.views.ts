import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { quoteQuery } from '../../../../contract/insurance-intake.ts';
import type { Db } from '../../../kernel/db.ts';
import { containing, isInstantKey, pageOf, readPlace } from '../../../kernel/page.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables, QuoteRow } from '../tables.ts';
import { quoteNumber, readQuoteNumber } from './quote-number.rules.ts';
import type { Referral } from './referral.rules.ts';

const reason = z.object({
  rule: z.enum(['elevatorsOver', 'totalOver', 'refusedPercentOver']),
  value: z.int(),
  limit: z.int(),
});
const decided = z.object({
  by: z.string(),
  name: z.string(),
  at: z.string(),
  decision: z.enum(['release', 'decline']),
  note: z.string(),
});
/** Why a quote was referred and what was said; older rows hold a bare list. */
export const referralRow = z
  .object({ reasons: z.array(reason), decisions: z.array(decided) })
  .or(z.array(z.unknown()).transform((): Referral => ({ reasons: [], decisions: [] })));

/** Why a quote was referred, and who decided what. */
export function referralOf(stored: unknown) {
  const { reasons, decisions } = referralRow.parse(stored);
  return { reasons: [...reasons], decisions: [...decisions] };
}

type QuoteAsk = z.infer<typeof quoteQuery> & { now: Date };
const OPEN = ['offered', 'referred', 'released'];

/** Quotes the viewer sees, the newest first. One whose time ran out says so. */
export async function listQuotes(db: Db<InsuranceTables>, { state, q, after, limit, now }: QuoteAsk) {
  const place = readPlace(after, isInstantKey);
  const like = containing(q ?? '');
  const no = readQuoteNumber(q ?? '');
  const rows = await db
    .selectFrom('insurance.quote as q')
    .innerJoin('insurance.product as p', 'p.id', 'q.product_id')
    .innerJoin('identity.org_card as h', 'h.id', 'q.holder_org_id')
    .selectAll('q')
    .select(['p.name as product', 'h.name as holder'])
    .$if(state !== undefined && state !== 'expired', (all) => all.where('q.state', '=', state ?? 'offered'))
    .$if(state !== undefined && OPEN.includes(state), (all) => all.where('q.valid_until', '>', now))
    .$if(state === 'expired', (all) => all.where('q.state', 'in', ['offered', 'referred', 'released', 'expired']))
    .$if(state === 'expired', (all) => all.where('q.valid_until', '<=', now))
    .$if(Boolean(q), (all) => all.where(sql<boolean>`(h.name ilike ${like} or p.name ilike ${like} or q.no = ${no})`))
    .$if(place !== null, (all) =>
      all.where(sql<boolean>`(q.asked_at, q.id) < (${place?.key}::timestamptz, ${place?.id}::uuid)`),
    )
    .orderBy('q.asked_at', 'desc')
    .orderBy('q.id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, {
    place: (row) => ({ key: row.asked_at.toISOString(), id: row.id }),
    item: (row) => quoteItemOf(row, now),
  });
}

const quoteItemOf = (q: Selectable<QuoteRow> & { product: string; holder: string }, now: Date) => ({
  id: q.id,
  number: quoteNumber(q.no, q.asked_at),
  product: q.product,
  holder: q.holder,
  state: OPEN.includes(q.state) && q.valid_until <= now ? 'expired' : q.state,
  askedAt: q.asked_at.toISOString(),
  validUntil: q.valid_until.toISOString(),
  from: q.from_on,
  to: q.to_on,
  elevators: q.elevators,
  refused: q.refused,
  total: q.total,
  ...referralOf(q.referral),
});

/** A comparison with its offers in the order drawn; undefined when it is not seen. */
export async function viewComparison(db: Db<InsuranceTables>, id: string) {
  const row = await db
    .selectFrom('insurance.comparison as c')
    .innerJoin('identity.org_card as h', 'h.id', 'c.holder_org_id')
    .selectAll('c')
    .select('h.name as holder')
    .where('c.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const offers = await db
    .selectFrom('insurance.quote as q')
    .innerJoin('insurance.product as p', 'p.id', 'q.product_id')
    .innerJoin('insurance.scheme as s', 's.id', 'p.scheme_id')
    .leftJoin('identity.org_card as i', 'i.id', 'q.lead_org_id')
    .selectAll('q')
    .select(['p.name as product', 'p.filing_no', 'p.body', 's.name as scheme', 'i.name as insurer'])
    .where('q.comparison_id', '=', id)
    .orderBy(sql`array_position(${row.shown}::uuid[], q.id)`)
    .execute();
  return {
    id,
    kind: row.kind,
    holder: row.holder,
    from: row.from_on,
    askedAt: row.asked_at.toISOString(),
    seed: row.seed,
    onSale: row.on_sale,
    chosenQuoteId: row.chosen_quote_id,
    offers: offers.map((o) => ({
      quoteId: o.id,
      productId: o.product_id,
      product: o.product,
      scheme: o.scheme,
      insurer: o.insurer ?? '',
      filingNo: o.filing_no,
      state: o.state,
      elevators: o.elevators,
      refused: o.refused,
      total: o.total,
      validUntil: o.valid_until.toISOString(),
      ...termsOf(o.body),
    })),
  };
}

function termsOf(body: unknown) {
  const { coverages, service } = productBody.parse(body);
  return {
    coverages: coverages.map(({ id, name, limits, benefit }) => ({
      id,
      name,
      perPerson: limits.perPerson,
      perAccident: limits.perAccident,
      aggregate: limits.aggregate,
      entrapmentFromSeconds: benefit?.steps[0]?.fromSeconds ?? null,
    })),
    services: service.map(({ name, perYear }) => ({ name, perYear })),
  };
}

/** How people name quotes: number, holder, and where the first of its elevators stands; those the viewer sees. */
export async function quoteLabels(db: Db<InsuranceTables>, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const { rows } = await sql<{
    id: string;
    no: number;
    asked_at: Date;
    holder: string;
    elevators: number;
    place: string;
  }>`
    select q.id, q.no, q.asked_at, h.name as holder, q.elevators,
      coalesce((select min(l.address) from insurance.quote_line l where l.quote_id = q.id), '') as place
    from insurance.quote q join identity.org_card h on h.id = q.holder_org_id
    where q.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(
    rows.map(({ id, no, asked_at, holder, elevators, place }) => [
      id,
      { number: quoteNumber(no, asked_at), holder, elevators, place },
    ]),
  );
}
