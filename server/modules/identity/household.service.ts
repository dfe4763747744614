import type { Db, Tx } from '../../kernel/db.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Scoped, Viewer } from '../../kernel/scope.ts';
import type { AccountRefusal } from './account.rules.ts';
import { divisionCodes } from './division.store.ts';
import type { IdentityTables } from './tables.ts';

export type HouseholdDeps = { scoped: Scoped<IdentityTables>; now: () => Date; newId: () => string };

/** A building that an owner's account asks for, or is verified for. */
export type Household = {
  id: string;
  accountId: AccountId;
  username: string | null; // null where the viewer may not see the account
  buildingId: string;
  unit: string;
  askedAt: Date;
  verifiedAt: Date | null;
  endedAt: Date | null;
};

/** Households as far as the viewer sees them: an owner his own, an office those of its divisions. */
export const listHouseholds = (db: Db<IdentityTables>): Promise<Household[]> =>
  db
    .selectFrom('identity.household as h')
    .leftJoin('identity.account as a', 'a.id', 'h.account_id')
    .select(['h.id', 'h.account_id as accountId', 'a.username', 'h.building_id as buildingId', 'h.unit'])
    .select(['h.asked_at as askedAt', 'h.verified_at as verifiedAt', 'h.ended_at as endedAt'])
    .orderBy('h.asked_at', 'desc')
    .limit(500)
    .execute();

/** An owner asks to be known for a building. The street that it stands in decides. */
export async function askForBuilding(
  { scoped, newId }: HouseholdDeps,
  viewer: Viewer,
  asked: { buildingId: string; unit: string; area: string },
): Promise<Result<string, AccountRefusal>> {
  return scoped(viewer, async (tx) => {
    const codes = await divisionCodes(tx, asked.area);
    if (codes.length === 0) return refuse({ code: 'identity.area_unknown', value: asked.area } as const);
    const open = await tx
      .selectFrom('identity.household as h')
      .select('h.id')
      .where('h.account_id', '=', viewer.accountId)
      .where('h.building_id', '=', asked.buildingId)
      .where('h.ended_at', 'is', null)
      .executeTakeFirst();
    if (open) return refuse({ code: 'identity.household_exists' } as const);
    const id = newId();
    await insertHousehold(tx, { id, viewer, asked, codes });
    return accept(id);
  });
}

type NewHousehold = {
  id: string;
  viewer: Viewer;
  asked: { buildingId: string; unit: string };
  codes: readonly string[];
};

async function insertHousehold(tx: Tx<IdentityTables>, { id, viewer, asked, codes }: NewHousehold): Promise<void> {
  await tx
    .insertInto('identity.household')
    .values({
      id,
      account_id: viewer.accountId,
      building_id: asked.buildingId,
      unit: asked.unit,
      verified_at: null,
      verified_by: null,
      ended_at: null,
      area_codes: [...codes],
      org_ids: [],
    })
    .execute();
}

/** An office confirms that the household lives in the building, or ends what it confirmed. Sessions see it at once. */
export async function settleHousehold(
  { scoped, now }: HouseholdDeps,
  viewer: Viewer,
  { id, verified }: { id: string; verified: boolean },
): Promise<Result<null, AccountRefusal>> {
  return scoped(viewer, async (tx) => {
    const at = now();
    let update = tx
      .updateTable('identity.household')
      .set(verified ? { verified_at: at, verified_by: viewer.accountId } : { ended_at: at })
      .where('id', '=', id)
      .where('ended_at', 'is', null);
    if (verified) update = update.where('verified_at', 'is', null);
    const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
    return numUpdatedRows === 1n ? accept(null) : refuse({ code: 'identity.not_found' } as const);
  });
}
