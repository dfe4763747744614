import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { ElevatorId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import type { FundedCoverage, PartFunding } from '../product/funding.rules.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';

const fundingRow = z.array(
  z.object({ coverage: z.string(), shares: z.array(z.object({ source: z.string(), bp: z.int() })) }),
);
const partRow = z.array(z.object({ payer: z.string(), amount: z.int().transform((n): Fen => fen(n)) }));

/** The parts of a product's cover, with the money each may be paid from. */
export async function fundedCoverages(db: Db<InsuranceTables>, productId: string): Promise<readonly FundedCoverage[]> {
  const row = await db
    .selectFrom('insurance.product')
    .select('body')
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
  return productBody.parse(row.body).coverages;
}

export type FundedLine = {
  elevatorId: ElevatorId;
  code: string;
  parts: readonly { payer: string; amount: Fen }[];
  funding: readonly PartFunding[]; // empty: nothing was said
};

/** The rated lines of a quote with the money that was named for them. */
export const quoteFunding = async (db: Db<InsuranceTables>, quoteId: string): Promise<readonly FundedLine[]> =>
  (await quotesFunding(db, [quoteId])).get(quoteId) ?? [];

/** The same of many quotes. */
export async function quotesFunding(
  db: Db<InsuranceTables>,
  quoteIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FundedLine[]>> {
  const { rows } = await sql<{
    quote_id: string;
    elevator_id: ElevatorId;
    code: string;
    parts: unknown;
    funding: unknown;
  }>`
    select quote_id, elevator_id, code, premium -> 'parts' as parts, funding from insurance.quoted_line
    where quote_id = any(${[...quoteIds]}::uuid[]) and refusal is null order by code, elevator_id`.execute(db);
  const found = new Map<string, FundedLine[]>();
  for (const r of rows) {
    const line = {
      elevatorId: r.elevator_id,
      code: r.code,
      parts: partRow.parse(r.parts),
      funding: fundingRow.parse(r.funding),
    };
    const lines = found.get(r.quote_id) ?? [];
    found.set(r.quote_id, lines);
    lines.push(line);
  }
  return found;
}

/** The money of a policy's lines. */
export async function policyFunding(db: Db<InsuranceTables>, policyId: string): Promise<readonly FundedLine[]> {
  const rows = await db
    .selectFrom('insurance.policy_line')
    .select(['elevator_id', 'code', 'parts', 'funding'])
    .where('policy_id', '=', policyId)
    .execute();
  return rows.map((r) => ({
    elevatorId: r.elevator_id,
    code: r.code,
    parts: partRow.parse(r.parts),
    funding: fundingRow.parse(r.funding),
  }));
}

/** What decides which money may insure these elevators. As the owner: an insurer binds without reading their files. */
export async function marksOf(
  db: Db<InsuranceTables>,
  ids: readonly ElevatorId[],
): Promise<ReadonlyMap<ElevatorId, readonly string[]>> {
  const { rows } = await sql<{ id: ElevatorId; marks: string[] }>`
    select id, marks from registry.elevator_card where id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((r) => [r.id, r.marks]));
}

/** Keep the money of these lines of a quote. */
export async function keepFunding(
  tx: Tx<InsuranceTables>,
  quoteId: string,
  { elevatorIds, funding }: { elevatorIds: readonly ElevatorId[]; funding: readonly PartFunding[] },
): Promise<void> {
  await sql`update insurance.quote_line set funding = ${JSON.stringify(funding)}::jsonb
    where quote_id = ${quoteId}::uuid and elevator_id = any(${[...elevatorIds]}::uuid[])`.execute(tx);
}

/** Keep the money of every line of these quotes for which nothing was said. */
export async function keepSilentFunding(
  tx: Tx<InsuranceTables>,
  quoteIds: readonly string[],
  funding: readonly PartFunding[],
): Promise<void> {
  if (quoteIds.length === 0) return;
  await sql`update insurance.quote_line set funding = ${JSON.stringify(funding)}::jsonb
    where quote_id = any(${[...quoteIds]}::uuid[]) and refusal is null and funding = '[]'`.execute(tx);
}
