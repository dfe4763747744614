import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Tariff } from './rating.ts';
import type { Product } from './scheme.rules.ts';

/** A product with its tariff as it is to be filed. */
export type Filing = {
  ids: { product: string; tariff: string };
  schemeId: string;
  insurerOrgId: OrgId | null; // null: the pool's own
  version: number;
  body: Omit<Product, 'tariff'>;
  tariff: Omit<Tariff, 'id' | 'version'>;
  from: Day;
  to: Day | null; // its last day of sale, where that is fixed beforehand
  source: string; // who filed it, or where it was read
};

/** File a version of a product with the first version of its tariff. */
export async function insertFiling(tx: Tx<InsuranceTables>, filing: Filing): Promise<void> {
  const { ids, schemeId, insurerOrgId, version, body, tariff, from, to, source } = filing;
  await tx
    .insertInto('insurance.product')
    .values({
      id: ids.product,
      scheme_id: schemeId,
      insurer_org_id: insurerOrgId,
      code: body.code,
      version,
      name: body.name,
      filing_no: body.filingNo,
      body: JSON.stringify({ ...body, from }),
      from_on: from,
      to_on: to,
      used_at: null,
      source,
      verified: false,
    })
    .execute();
  await insertTariff(tx, { id: ids.tariff, productId: ids.product, version: 1, tariff, from, source });
}

export type TariffFiling = {
  id: string;
  productId: string;
  version: number;
  tariff: Omit<Tariff, 'id' | 'version'>;
  from: Day;
  source: string;
};

/** File a version of a product's price list. */
export async function insertTariff(tx: Tx<InsuranceTables>, filing: TariffFiling): Promise<void> {
  await tx
    .insertInto('insurance.tariff')
    .values({
      id: filing.id,
      product_id: filing.productId,
      version: filing.version,
      filing_no: filing.tariff.filingNo,
      body: JSON.stringify(filing.tariff),
      from_on: filing.from,
      to_on: null,
      used_at: null,
      source: filing.source,
      verified: false,
    })
    .execute();
}

/** The versions of a product before this one are sold to the eve of its first day; those that never began, not at all. */
export async function endEarlierProducts(
  tx: Tx<InsuranceTables>,
  { schemeId, code, version, from }: { schemeId: string; code: string; version: number; from: Day },
): Promise<void> {
  await tx
    .updateTable('insurance.product')
    .set({ to_on: addDays(from, -1) })
    .where('scheme_id', '=', schemeId)
    .where('code', '=', code)
    .where('version', '<', version)
    .where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', from)]))
    .execute();
}

/** The version after the newest of a product. */
export async function nextVersion(
  db: Db<InsuranceTables>,
  { schemeId, code }: { schemeId: string; code: string },
): Promise<number> {
  const row = await db
    .selectFrom('insurance.product')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('scheme_id', '=', schemeId)
    .where('code', '=', code)
    .executeTakeFirst();
  return 1 + (row?.version ?? 0);
}

/** Was this insurer admitted to this scheme, and not refused since? */
export async function isAdmitted(
  db: Db<InsuranceTables>,
  { schemeId, orgId }: { schemeId: string; orgId: OrgId },
): Promise<boolean> {
  const row = await db
    .selectFrom('insurance.admission')
    .select('admitted')
    .where('scheme_id', '=', schemeId)
    .where('insurer_org_id', '=', orgId)
    .where('decided_at', 'is not', null)
    .orderBy('decided_at', 'desc')
    .executeTakeFirst();
  return row?.admitted ?? false;
}
