import { type RawBuilder, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../kernel/db.ts';
import { containing, type PageOf, pageOf, readPlace } from '../../../kernel/page.ts';
import { workingFor } from '../product/risk.rules.ts';
import type { InsuranceTables, PolicyLineRow, QuotedLineRow } from '../tables.ts';

/** Which lines: by the rescue code or part of the address, from a place on. */
type Asked = { q?: string | undefined; after?: string | undefined; limit: number };

const parts = z.array(z.object({ payer: z.string(), amount: z.int() }));
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
      record: z.string().nullable().default(null),
      exactYuan: z.string(),
    }),
  ),
  parts,
});
const refusalRow = z.looseObject({ code: z.string() });

/** Does the viewer of the transaction see this quote? */
export const seesQuote = async (db: Db<InsuranceTables>, id: string): Promise<boolean> =>
  (await db.selectFrom('insurance.quote').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/** Does the viewer of the transaction see this policy? */
export const seesPolicy = async (db: Db<InsuranceTables>, id: string): Promise<boolean> =>
  (await db.selectFrom('insurance.policy').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/** Elevators of a quote as far as the viewer sees it, refused ones first, each with its working. */
export async function quoteLines(db: Db<InsuranceTables>, quoteId: string, asked: Asked) {
  const after = readPlace(asked.after, (key) => key === '0' || key === '1');
  const rows = await db
    .selectFrom('insurance.quoted_line as l')
    .select(['l.elevator_id', 'l.in_use_on', 'l.total', 'l.premium', 'l.refusal', 'l.code', 'l.address'])
    .where('l.quote_id', '=', quoteId)
    .$if(Boolean(asked.q), (q) => q.where(names(asked.q ?? '')))
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`((l.refusal is null)::int, l.elevator_id) > (${after?.key}::int, ${after?.id}::uuid)`),
    )
    .orderBy(sql`(l.refusal is null)::int`)
    .orderBy('l.elevator_id')
    .limit(asked.limit + 1)
    .execute();
  return pageOf(rows, asked.limit, {
    place: (row) => ({ key: row.refusal === null ? '1' : '0', id: row.elevator_id }),
    item: quoteLineOf,
  });
}

type RatedLine = Omit<Selectable<QuotedLineRow>, 'quote_id' | 'area_codes' | 'org_ids' | 'funding'>;

function quoteLineOf(line: RatedLine) {
  const premium = line.premium === null ? null : premiumRow.parse(line.premium);
  return {
    elevatorId: line.elevator_id,
    rescueCode: line.code || null, // as the file stood: an insurer cannot read it there
    address: line.address,
    total: line.total,
    base: premium?.base ?? null,
    working: workingFor(premium?.working ?? [], { elevatorId: line.elevator_id, inUseOn: line.in_use_on }),
    parts: premium?.parts ?? [],
    refusal: line.refusal === null ? null : refusalRow.parse(line.refusal),
  };
}

/** Stretches of cover of a policy as far as the viewer sees it, by address. */
export async function policyLines(
  db: Db<InsuranceTables>,
  policyId: string,
  asked: Asked,
): Promise<PageOf<ReturnType<typeof policyLineOf>>> {
  const after = readPlace(asked.after, () => true);
  const rows = await db
    .selectFrom('insurance.policy_line as l')
    .selectAll()
    .where('l.policy_id', '=', policyId)
    .$if(Boolean(asked.q), (q) => q.where(names(asked.q ?? '')))
    .$if(after !== null, (q) => q.where(sql<boolean>`(l.address, l.id) > (${after?.key}, ${after?.id}::uuid)`))
    .orderBy('l.address')
    .orderBy('l.id')
    .limit(asked.limit + 1)
    .execute();
  return pageOf(rows, asked.limit, { place: (row) => ({ key: row.address, id: row.id }), item: policyLineOf });
}

const policyLineOf = (line: Selectable<PolicyLineRow>) => ({
  id: line.id,
  elevatorId: line.elevator_id,
  code: line.code,
  address: line.address,
  from: line.from_on,
  to: line.to_on,
  annual: line.annual,
  premium: line.premium,
  parts: parts.parse(line.parts),
  endorsement: line.endorsement,
});

const names = (q: string): RawBuilder<boolean> => sql<boolean>`(l.code = ${q} or l.address ilike ${containing(q)})`;
