import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { type AgencyRefusal, agencyOf, type Mandate } from './mandate.rules.ts';
import { endMandate, insertMandate, listBrokers, mandatesOf, partnersOf } from './mandate.store.ts';

export type MandateRefusal =
  | { code: 'insurance.mandate_not_found' }
  | { code: 'insurance.mandate_overlaps'; from: Day; to: Day }
  | { code: 'insurance.not_a_partner' }
  | { code: 'insurance.no_organisation' };

export type MandateWish = { agentOrgId: OrgId; contractRef: string; from: Day; to: Day; proof: string | null };

/**
 * A use unit lets its maintenance unit take out cover for it, by their contract; only one that maintains its elevators. Or it
 * appoints a broker (经纪委托).
 */
export const giveMandate = (
  deps: InsuranceDeps,
  viewer: Viewer,
  wish: MandateWish,
): Promise<Result<{ mandateId: string }, MandateRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ mandateId: string }, MandateRefusal>> => {
    const giver = viewer.orgId;
    if (giver === null) return refuse({ code: 'insurance.no_organisation' });
    const partners = [...(await partnersOf(tx, giver, 'use')), ...(await listBrokers(tx))];
    if (!partners.some((p) => p.orgId === wish.agentOrgId)) return refuse({ code: 'insurance.not_a_partner' });
    const standing = await mandatesOf(tx, { giverOrgId: giver, agentOrgId: wish.agentOrgId });
    const clash = standing.find((m) => m.from <= wish.to && wish.from <= (m.endedOn ?? m.to));
    if (clash) return refuse({ code: 'insurance.mandate_overlaps', from: clash.from, to: clash.endedOn ?? clash.to });
    const id = deps.newId();
    await insertMandate(tx, { ...wish, id, giverOrgId: giver, by: viewer.accountId, at: deps.now() });
    return accept({ mandateId: id });
  });

/** End a mandate one gave. What was taken out under it stands. */
export const withdrawMandate = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { id, on }: { id: string; on: Day },
): Promise<Result<null, MandateRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<null, MandateRefusal>> => {
    if (viewer.orgId === null) return refuse({ code: 'insurance.no_organisation' });
    const done = await endMandate(tx, { id, giverOrgId: viewer.orgId, on });
    return done ? accept(null) : refuse({ code: 'insurance.mandate_not_found' });
  });

/** By which mandate this person acts for the holder today; null when he needs none. */
export const agencyToday = async (
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { viewer, holderOrgId }: { viewer: Viewer; holderOrgId: OrgId },
): Promise<Result<Mandate | null, AgencyRefusal>> => (await agenciesToday(deps, tx, viewer))(holderOrgId);

/** The same for any holder, asked once for all of them. */
export async function agenciesToday(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { role, orgId }: Viewer,
): Promise<(holderOrgId: string) => Result<Mandate | null, AgencyRefusal>> {
  const acts = orgId !== null && ['maintenance_manager', 'broker'].includes(role);
  const mandates = acts ? await mandatesOf(tx, { agentOrgId: orgId }) : [];
  const byGiver = new Map<string, Mandate[]>();
  for (const m of mandates) byGiver.set(m.giverOrgId, [...(byGiver.get(m.giverOrgId) ?? []), m]);
  const on = dayOf(deps.now());
  return (holderOrgId) => {
    const found = agencyOf({ role, orgId, holderOrgId, mandates: byGiver.get(holderOrgId) ?? [], on });
    return found !== null && 'code' in found ? refuse(found) : accept(found);
  };
}
