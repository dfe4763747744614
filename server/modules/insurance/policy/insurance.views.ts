import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../kernel/db.ts';
import { fen } from '../../../kernel/money.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import type { InsuranceTables, PolicyRow } from '../tables.ts';
import { policiesFor } from './policy.store.ts';

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
const premiumRow = z.object({
  base: z.int(),
  working: z.array(
    z.object({
      factorId: z.string(),
      name: z.string().default(''), // quotes before names were kept
      key: z.string(),
      factor: z.string(),
      source: z.string(),
      on: z.string(),
      exactYuan: z.string(),
    }),
  ),
  parts: z.array(z.object({ payer: z.string(), amount: z.int() })),
});
const refusalRow = z.looseObject({ code: z.string() });

/** A quote with its working, refused elevators first; undefined when it is not seen. */
export async function viewQuote(db: Db<InsuranceTables>, id: string) {
  const quote = await db
    .selectFrom('insurance.quote as q')
    .innerJoin('insurance.product as p', 'p.id', 'q.product_id')
    .innerJoin('identity.org_card as h', 'h.id', 'q.holder_org_id')
    .selectAll('q')
    .select(['p.name as product', 'p.filing_no', 'h.name as holder'])
    .where('q.id', '=', id)
    .executeTakeFirst();
  if (!quote) return undefined;
  const lines = await db
    .selectFrom('insurance.quote_line as l')
    .select(['l.elevator_id', 'l.total', 'l.premium', 'l.refusal', 'l.code', 'l.address'])
    .where('l.quote_id', '=', id)
    .orderBy(sql`l.refusal is null`)
    .orderBy('l.elevator_id')
    .limit(MOST_LINES)
    .execute();
  return {
    id: quote.id,
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
    lines: lines.map((line) => {
      const premium = line.premium === null ? null : premiumRow.parse(line.premium);
      return {
        elevatorId: line.elevator_id,
        rescueCode: line.code || null, // as the file stood: an insurer cannot read it there
        address: line.address,
        total: line.total,
        base: premium?.base ?? null,
        working: premium?.working ?? [],
        parts: premium?.parts ?? [],
        refusal: line.refusal === null ? null : refusalRow.parse(line.refusal),
      };
    }),
  };
}

/** Policies the viewer sees, those that end first on top, with what each payer owes and what has arrived. */
export async function listPolicies(
  db: Db<InsuranceTables>,
  { state, limit }: { state?: PolicyRow['state'] | undefined; limit: number },
) {
  const rows = await db
    .selectFrom('insurance.policy as p')
    .leftJoin('insurance.product as d', 'd.id', 'p.product_id')
    .innerJoin('identity.org_card as h', 'h.id', 'p.holder_org_id')
    .innerJoin('identity.org_card as i', 'i.id', 'p.lead_org_id')
    .select(['p.id', 'd.name as product', 'h.name as holder', 'i.name as lead'])
    .select((eb) =>
      eb
        .selectFrom('insurance.policy_line as l')
        .select(sql<number>`count(distinct l.elevator_id)::int`.as('n'))
        .whereRef('l.policy_id', '=', 'p.id')
        .as('elevators'),
    )
    .$if(state !== undefined, (q) => q.where('p.state', '=', state ?? 'issued'))
    .orderBy('p.to_on')
    .orderBy('p.id')
    .limit(limit)
    .execute();
  const ids = rows.map((r) => r.id);
  const [policies, arrived] = [await policiesFor(db, ids), await arrivedFor(db, ids)];
  return rows.flatMap((row) => {
    const policy = policies.find((p) => p.id === row.id);
    if (!policy) return [];
    const paid = arrived.get(row.id) ?? [];
    return [
      {
        id: row.id,
        number: policy.number,
        product: row.product,
        kind: policy.kind,
        holder: row.holder,
        lead: row.lead,
        state: policy.state,
        from: policy.from,
        to: policy.to,
        elevators: row.elevators ?? 0,
        premium: policy.premium,
        owed: policy.owed.map(({ payer, amount }) => ({
          payer,
          amount,
          arrived: fen(paid.filter((a) => a.payer === payer).reduce((total, a) => total + a.amount, 0)),
        })),
      },
    ];
  });
}
