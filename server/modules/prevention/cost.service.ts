import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import { policyCard } from '../insurance/index.ts';
import type { PreventionDeps } from './deps.ts';

export type Cost = {
  id: string;
  policyId: string;
  service: string;
  visitId: string | null;
  on: string;
  amount: number; // fen
  payee: string;
  voucher: string;
};
export type CostRefusal =
  | { code: 'prevention.policy_not_found' }
  | { code: 'prevention.cost_not_found' }
  | { code: 'prevention.cost_of_other' }
  | { code: 'prevention.cost_in_future'; on: string; today: string }
  | { code: 'prevention.cost_known'; voucher: string }
  | { code: 'prevention.cost_reversed' };

type Booked = Result<{ costId: string }, CostRefusal>;

/** Book what a service cost, once per voucher, policy and service. Sent again with its own id it changes nothing. */
export const bookCost = (deps: PreventionDeps, viewer: Viewer, cost: Cost): Promise<Booked> =>
  deps.scoped(viewer, async (tx): Promise<Booked> => {
    const policy = await policyCard(tx, cost.policyId);
    if (!policy) return refuse({ code: 'prevention.policy_not_found' });
    if (policy.leadOrgId !== viewer.orgId) return refuse({ code: 'prevention.cost_of_other' });
    const today = dayOf(deps.now());
    if (cost.on > today) return refuse({ code: 'prevention.cost_in_future', on: cost.on, today });
    const known = await tx
      .selectFrom('prevention.service_cost')
      .select(['id', 'voucher'])
      .where('policy_id', '=', cost.policyId)
      .where('service', '=', cost.service)
      .where('voucher', '=', cost.voucher)
      .where('reverses', 'is', null)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('prevention.service_cost as r')
              .select('r.id')
              .whereRef('r.reverses', '=', 'prevention.service_cost.id'),
          ),
        ),
      )
      .executeTakeFirst();
    if (known)
      return known.id === cost.id
        ? accept({ costId: cost.id })
        : refuse({ code: 'prevention.cost_known', voucher: cost.voucher });
    await tx
      .insertInto('prevention.service_cost')
      .values({
        id: cost.id,
        insurer_org_id: policy.leadOrgId,
        policy_id: cost.policyId,
        service: cost.service,
        visit_id: cost.visitId,
        on_day: cost.on,
        amount: cost.amount,
        payee: cost.payee,
        voucher: cost.voucher,
        reverses: null,
        written_at: deps.now(),
        actor: viewer.accountId,
        area_codes: policy.areaCodes,
        org_ids: policy.orgIds,
      })
      .execute();
    return accept({ costId: cost.id });
  });

/** Undo an entry by its opposite. The first entry stays as it was. */
export const reverseCost = (
  deps: PreventionDeps,
  viewer: Viewer,
  { costId, id, reason }: { costId: string; id: string; reason: string },
): Promise<Booked> =>
  deps.scoped(viewer, async (tx): Promise<Booked> => {
    const row = await tx.selectFrom('prevention.service_cost').selectAll().where('id', '=', costId).executeTakeFirst();
    if (!row) return refuse({ code: 'prevention.cost_not_found' });
    if (row.insurer_org_id !== viewer.orgId) return refuse({ code: 'prevention.cost_of_other' });
    const undone = await tx
      .selectFrom('prevention.service_cost')
      .select('id')
      .where('reverses', '=', costId)
      .executeTakeFirst();
    if (undone?.id === id) return accept({ costId: id });
    if (undone || row.reverses) return refuse({ code: 'prevention.cost_reversed' });
    const opposite = { ...row, id, amount: -row.amount, reverses: costId, payee: reason, written_at: deps.now() };
    await tx
      .insertInto('prevention.service_cost')
      .values({ ...opposite, on_day: dayOf(deps.now()), actor: viewer.accountId })
      .execute();
    return accept({ costId: id });
  });
