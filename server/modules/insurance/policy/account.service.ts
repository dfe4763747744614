import type { Db } from '../../../kernel/db.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Account } from './notice.store.ts';

export type AccountRefusal =
  | { code: 'insurance.no_organisation' }
  | { code: 'insurance.account_not_found' }
  | { code: 'insurance.account_confirmed' }
  | { code: 'insurance.account_four_eyes' };

/** Record the account premiums are to be paid to. It counts once another person of the insurer confirms it. */
export const recordAccount = (
  deps: InsuranceDeps,
  viewer: Viewer,
  account: Account,
): Promise<Result<{ accountId: string }, AccountRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ accountId: string }, AccountRefusal>> => {
    const { orgId } = viewer;
    if (orgId === null) return refuse({ code: 'insurance.no_organisation' });
    const accountId = deps.newId();
    await tx
      .insertInto('insurance.premium_account')
      .values({
        ...account,
        id: accountId,
        insurer_org_id: orgId,
        recorded_at: deps.now(),
        recorded_by: viewer.accountId,
        confirmed_at: null,
        confirmed_by: null,
        area_codes: [],
        org_ids: [orgId],
      })
      .execute();
    return accept({ accountId });
  });

/** The second pair of eyes on an account: from now on notices name it. */
export const confirmAccount = (
  deps: InsuranceDeps,
  viewer: Viewer,
  id: string,
): Promise<Result<null, AccountRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<null, AccountRefusal>> => {
    const row = await tx
      .selectFrom('insurance.premium_account')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.insurer_org_id !== viewer.orgId) return refuse({ code: 'insurance.account_not_found' });
    if (row.confirmed_at !== null) return refuse({ code: 'insurance.account_confirmed' });
    if (row.recorded_by === viewer.accountId) return refuse({ code: 'insurance.account_four_eyes' });
    await tx
      .updateTable('insurance.premium_account')
      .set({ confirmed_at: deps.now(), confirmed_by: viewer.accountId })
      .where('id', '=', id)
      .execute();
    return accept(null);
  });

/** Every account recorded, the newest first; the one confirmed last is in use. */
export async function listAccounts(db: Db<InsuranceTables>, viewer: Viewer) {
  const rows = await db
    .selectFrom('insurance.premium_account')
    .selectAll()
    .orderBy('recorded_at', 'desc')
    .limit(200)
    .execute();
  const confirmed = rows.filter((r) => r.confirmed_at !== null);
  const newest = confirmed.toSorted((a, b) => Number(b.confirmed_at) - Number(a.confirmed_at))[0];
  return rows.map((r) => ({
    id: r.id,
    bank: r.bank,
    holder: r.holder,
    number: r.number,
    recordedAt: r.recorded_at.toISOString(),
    confirmedAt: r.confirmed_at?.toISOString() ?? null,
    current: r.id === newest?.id,
    mayConfirm: r.confirmed_at === null && r.recorded_by !== viewer.accountId,
  }));
}
