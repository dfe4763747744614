import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceSettings } from '../pack.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Tariff } from './rating.ts';
import { productBody, schemeMembers, tariffBody } from './scheme.rows.ts';
import type { Product, Scheme } from './scheme.rules.ts';

/** A product as it may be quoted on a day: its text, its tariff, the scheme it stands in. */
export type Offer = {
  productId: string;
  tariffId: string;
  schemeCode: string;
  schemeKind: Scheme['kind'];
  market: Scheme['market'];
  excludedAreas: readonly string[];
  insurers: readonly string[]; // the pool, lead first, or the one whose product it is
  leadOrgId: string | null;
  isUsed: boolean; // a quote was made of it: these texts do not change any more
  product: Omit<Product, 'tariff'>;
  tariff: Tariff;
};

/**
 * File the pack's schemes, products and tariffs that are not on file yet. What is there stays as it is: products and
 * tariffs live here once they are filed, the pack only begins them.
 */
export async function fileSchemes(
  tx: Tx<InsuranceTables>,
  { schemes }: InsuranceSettings,
  newId: () => string,
): Promise<void> {
  for (const scheme of schemes) {
    const id = await fileScheme(tx, scheme, newId());
    for (const product of scheme.products) await fileProduct(tx, { schemeId: id, product, newId });
  }
}

async function fileScheme(tx: Tx<InsuranceTables>, scheme: Scheme, id: string): Promise<string> {
  await tx
    .insertInto('insurance.scheme')
    .values({
      id,
      code: scheme.code,
      name: scheme.name,
      kind: scheme.kind,
      market: scheme.market,
      basis: scheme.basis,
      members: JSON.stringify([]),
      excluded_areas: [...scheme.excludedAreas],
      admission: JSON.stringify({ days: scheme.admissionDays, criteria: scheme.criteria }),
      source: 'pack',
      verified: false,
      opened_on: scheme.opened,
      closed_on: null,
    })
    .onConflict((c) => c.column('code').doNothing())
    .execute();
  const row = await tx
    .selectFrom('insurance.scheme')
    .select('id')
    .where('code', '=', scheme.code)
    .executeTakeFirstOrThrow();
  return row.id;
}

async function fileProduct(
  tx: Tx<InsuranceTables>,
  { schemeId, product, newId }: { schemeId: string; product: Product; newId: () => string },
): Promise<void> {
  const { tariff, ...body } = product;
  const productId = newId();
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('insurance.product')
    .values({
      id: productId,
      scheme_id: schemeId,
      insurer_org_id: null,
      code: product.code,
      version: 1,
      name: product.name,
      filing_no: product.filingNo,
      body: JSON.stringify(body),
      from_on: product.from,
      to_on: null,
      used_at: null,
      source: 'pack',
      verified: false,
    })
    .onConflict((c) => c.columns(['scheme_id', 'code', 'version']).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return;
  await tx
    .insertInto('insurance.tariff')
    .values({
      id: newId(),
      product_id: productId,
      version: 1,
      filing_no: tariff.filingNo,
      body: JSON.stringify(tariff),
      from_on: product.from,
      to_on: null,
      used_at: null,
      source: 'pack',
      verified: false,
    })
    .execute();
}

/** The product and its tariff in force on that day; undefined when the product is not sold then. */
export async function findOffer(db: Db<InsuranceTables>, productId: string, on: Day): Promise<Offer | undefined> {
  const row = await offers(db)
    .where('p.id', '=', productId)
    .where('p.from_on', '<=', on)
    .where((eb) => eb.or([eb('p.to_on', 'is', null), eb('p.to_on', '>=', on)]))
    .where('t.from_on', '<=', on)
    .where((eb) => eb.or([eb('t.to_on', 'is', null), eb('t.to_on', '>=', on)]))
    .orderBy('t.version', 'desc')
    .executeTakeFirst();
  return row && offerOf(row);
}

/** The product and the very tariff a policy was rated by, whatever is sold today. */
export async function offerOfTariff(db: Db<InsuranceTables>, tariffId: string): Promise<Offer | undefined> {
  const row = await offers(db).where('t.id', '=', tariffId).executeTakeFirst();
  return row && offerOf(row);
}

const offers = (db: Db<InsuranceTables>) =>
  db
    .selectFrom('insurance.product as p')
    .innerJoin('insurance.scheme as s', 's.id', 'p.scheme_id')
    .innerJoin('insurance.tariff as t', 't.product_id', 'p.id')
    .select([
      'p.id as productId',
      't.id as tariffId',
      's.code',
      's.kind',
      's.market',
      's.excluded_areas',
      's.members',
      'p.insurer_org_id',
      'p.body',
      't.body as tariff',
      't.version as tariffVersion',
      sql<boolean>`p.used_at is not null and t.used_at is not null`.as('isUsed'),
    ]);

type OfferRow = Awaited<ReturnType<ReturnType<typeof offers>['executeTakeFirstOrThrow']>>;

function offerOf(row: OfferRow): Offer {
  const pool = schemeMembers.parse(row.members).map((m) => m.insurer);
  const insurers = pool.length > 0 ? pool : row.insurer_org_id ? [row.insurer_org_id] : [];
  return {
    productId: row.productId,
    tariffId: row.tariffId,
    schemeCode: row.code,
    schemeKind: row.kind,
    market: row.market,
    excludedAreas: row.excluded_areas,
    insurers,
    leadOrgId: insurers[0] ?? null,
    isUsed: row.isUsed,
    product: productBody.parse(row.body),
    tariff: { id: row.tariffId, version: row.tariffVersion, ...tariffBody.parse(row.tariff) },
  };
}

/** From now on these filed texts may not change. As the owner: who quotes may not edit tariffs. */
export async function markUsed(db: Db<InsuranceTables>, { productId, tariffId }: Offer, at: Date): Promise<void> {
  await sql`update insurance.product set used_at = ${at} where id = ${productId} and used_at is null`.execute(db);
  await sql`update insurance.tariff set used_at = ${at} where id = ${tariffId} and used_at is null`.execute(db);
}
