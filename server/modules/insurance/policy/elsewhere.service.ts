import type { Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { type Fen, split } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables, SchemeRow } from '../tables.ts';
import { insertElsewhere } from './elsewhere.store.ts';
import { plainCode } from './roster.rules.ts';
import { cardsOfCodes } from './roster.store.ts';

export type Elsewhere = {
  insurerOrgId: OrgId;
  number: string;
  kind: SchemeRow['kind'];
  from: Day;
  to: Day;
  premium: Fen;
  codes: readonly string[];
};
export type ElsewhereRefusal =
  | { code: 'insurance.insurer_unknown' }
  | { code: 'insurance.number_taken'; number: string }
  | { code: 'insurance.nothing_to_insure' }
  | { code: 'insurance.policy_not_found' }
  | { code: 'insurance.not_elsewhere' }
  | { code: 'insurance.confirmed_before' };

/**
 * Record a policy issued elsewhere. It counts for cover and for double insurance from now on, marked as unconfirmed until its
 * insurer says so. A code that means no elevator is named and left out; the others are recorded.
 */
export const recordElsewhere = (
  deps: InsuranceDeps,
  viewer: Viewer,
  wish: Elsewhere,
): Promise<Result<{ policyId: string; elevators: number; unknown: readonly string[] }, ElsewhereRefusal>> =>
  deps.scoped(viewer, async (tx) => {
    if (!(await isInsurer(tx, wish.insurerOrgId))) return refuse({ code: 'insurance.insurer_unknown' as const });
    const cards = await cardsOfCodes(tx, wish.codes);
    const known = new Set(cards.flatMap((c) => c.codes.map(plainCode)));
    const unknown = wish.codes.filter((code) => !known.has(plainCode(code)));
    const holder = cards.find((c) => c.useOrgId !== null)?.useOrgId;
    if (!holder) return refuse({ code: 'insurance.nothing_to_insure' as const });
    const ids = [...new Set(cards.map((c) => c.elevatorId as ElevatorId))];
    const policyId = deps.newId();
    const holderOrgId = holder as OrgId;
    // Who records it sees it: a maintenance unit or a broker as well as the holder.
    const orgIds = [...new Set([holderOrgId, wish.insurerOrgId, ...(viewer.orgId ? [viewer.orgId] : [])])];
    const shares = split(
      wish.premium,
      ids.map(() => 1),
    );
    const lines = ids.map((elevatorId, i) => ({ policyId, elevatorId, premium: shares[i] ?? 0 }));
    const made = await insertElsewhere(tx, [{ ...wish, id: policyId, holderOrgId, orgIds }], lines);
    if (made.size === 0) return refuse({ code: 'insurance.number_taken' as const, number: wish.number });
    return accept({ policyId, elevators: ids.length, unknown });
  });

async function isInsurer(tx: Tx<InsuranceTables>, id: OrgId): Promise<boolean> {
  const row = await tx.selectFrom('identity.org_card').select('kinds').where('id', '=', id).executeTakeFirst();
  return row?.kinds.includes('insurer') ?? false;
}

/** The insurer says whether a policy recorded in its name is its own. One that is not is void from the beginning. */
export const confirmElsewhere = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { policyId, confirmed, note }: { policyId: string; confirmed: boolean; note: string },
): Promise<Result<null, ElsewhereRefusal>> =>
  deps.scoped(viewer, async (tx) => {
    const row = await tx
      .selectFrom('insurance.policy')
      .select(['elsewhere', 'confirmed_at', 'state', 'version'])
      .where('id', '=', policyId)
      .where('lead_org_id', '=', viewer.orgId as OrgId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse({ code: 'insurance.policy_not_found' as const });
    if (!row.elsewhere) return refuse({ code: 'insurance.not_elsewhere' as const });
    if (row.confirmed_at !== null || row.state !== 'issued')
      return refuse({ code: 'insurance.confirmed_before' as const });
    await tx
      .updateTable('insurance.policy')
      .set(confirmed ? { confirmed_at: deps.now() } : { state: 'void', end_reason: note || 'not_ours' })
      .set({ version: row.version + 1 })
      .where('id', '=', policyId)
      .execute();
    return accept(null);
  });
