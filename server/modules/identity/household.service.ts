import { keepAct } from '../../kernel/audit.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { maskFlat } from './directory.rules.ts';
import type { IdentityTables } from './tables.ts';

const UNIT = 'identity.household.unit';

/** A building that an owner's account asks for, or is verified for. */
export type Household = {
  id: string;
  buildingId: string;
  unit: string; // masked, but for the owner himself
  askedAt: Date;
  verifiedAt: Date | null;
  endedAt: Date | null;
  reason: string | null;
};

/** An account asks for a few buildings at a time: nobody keeps an office busy, or tries codes. */
const MOST_ASKED = 5;

type PageAsk = { open: boolean; after: string | null; limit: number; reader: AccountId };

/**
 * Households as far as the viewer sees them, the newest first: an owner his own, an office those of its divisions. Whoever
 * lives there reads his flat (`reader`); others see it masked.
 */
export async function listHouseholds(
  db: Db<IdentityTables>,
  secret: SecretData,
  { open, after, limit, reader }: PageAsk,
): Promise<Household[]> {
  let query = db
    .selectFrom('identity.household')
    .select(['id', 'account_id', 'building_id as buildingId', 'unit', 'asked_at as askedAt'])
    .select(['verified_at as verifiedAt', 'ended_at as endedAt', 'ended_reason as reason'])
    .orderBy('id', 'desc')
    .limit(limit);
  if (open) query = query.where('verified_at', 'is', null).where('ended_at', 'is', null);
  if (after) query = query.where('id', '<', after);
  const rows = await query.execute();
  return rows.map(({ account_id, unit, ...row }) => {
    const flat = unit === null ? '' : secret.open(UNIT, unit);
    return { ...row, unit: account_id === reader ? flat : maskFlat(flat) };
  });
}

/** The flat in full, for who compares it with a title deed. Who looked, when and why stays in the audit for ever. */
export async function unmaskFlat(
  tx: Tx<IdentityTables>,
  secret: SecretData,
  { id, reason }: { id: string; reason: string },
): Promise<Result<{ unit: string }, HouseholdRefusal>> {
  const row = await tx.selectFrom('identity.household').select('unit').where('id', '=', id).executeTakeFirst();
  if (!row) return refuse({ code: 'identity.not_found' });
  await keepAct(tx, { action: 'unmask', object: 'identity.household', rowId: id, after: { reason } });
  return accept({ unit: row.unit === null ? '' : secret.open(UNIT, row.unit) });
}

/** Seal the flats that an earlier version kept in plain text. */
export async function sealFlats(db: Db<IdentityTables>, secret: SecretData): Promise<number> {
  const plain = await db
    .selectFrom('identity.household')
    .select(['id', 'unit_plain'])
    .where('unit_plain', 'is not', null)
    .execute();
  for (const { id, unit_plain } of plain)
    await db
      .updateTable('identity.household')
      .set({ unit: secret.seal(UNIT, unit_plain ?? ''), unit_plain: null })
      .where('id', '=', id)
      .where('unit_plain', 'is not', null)
      .execute();
  return plain.length;
}

export type HouseholdRefusal =
  | { code: 'identity.household_exists' }
  | { code: 'identity.households_many'; most: number }
  | { code: 'identity.not_found' };

type Asked = { id: string; accountId: AccountId; buildingId: string; unit: string; areaCodes: readonly string[] };

/** An owner asks to be known for a building. The street that it stands in decides. */
export async function askForBuilding(
  tx: Tx<IdentityTables>,
  secret: SecretData,
  asked: Asked,
): Promise<Result<string, HouseholdRefusal>> {
  const open = await tx
    .selectFrom('identity.household')
    .select(['building_id', 'verified_at'])
    .where('account_id', '=', asked.accountId)
    .where('ended_at', 'is', null)
    .execute();
  if (open.some((one) => one.building_id === asked.buildingId)) return refuse({ code: 'identity.household_exists' });
  if (open.filter((one) => one.verified_at === null).length >= MOST_ASKED)
    return refuse({ code: 'identity.households_many', most: MOST_ASKED });
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('identity.household')
    .values({
      id: asked.id,
      account_id: asked.accountId,
      building_id: asked.buildingId,
      unit: secret.seal(UNIT, asked.unit),
      verified_at: null,
      verified_by: null,
      ended_at: null,
      ended_reason: null,
      area_codes: [...asked.areaCodes],
      org_ids: [],
    })
    .onConflict((oc) => oc.columns(['account_id', 'building_id']).where('ended_at', 'is', null).doNothing()) // asked twice at once
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? accept(asked.id) : refuse({ code: 'identity.household_exists' });
}

type Settled = { id: string; by: AccountId; at: Date; ended: string | null };

/**
 * An office confirms that the household lives in the building, or ends what was asked or confirmed and says why
 * (`ended`). Sessions see it at once.
 */
export async function settleHousehold(
  tx: Tx<IdentityTables>,
  { id, by, at, ended }: Settled,
): Promise<Result<null, HouseholdRefusal>> {
  let update = tx
    .updateTable('identity.household')
    .set(ended === null ? { verified_at: at, verified_by: by } : { ended_at: at, ended_reason: ended })
    .where('id', '=', id)
    .where('ended_at', 'is', null);
  if (ended === null) update = update.where('verified_at', 'is', null);
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  return numUpdatedRows === 1n ? accept(null) : refuse({ code: 'identity.not_found' });
}
