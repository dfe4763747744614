import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { type QuoteRefusal, quote } from './quote.service.ts';
import { nextTermOf, type RenewalRefusal } from './renewal.rules.ts';
import { coveredAtEnd, findRenewable, productOn } from './renewal.store.ts';

export type Renewed = {
  quoteId: string;
  from: Day;
  gapDays: number;
  elevators: number;
  refused: number;
  total: number;
};

/**
 * Quote the next year of a policy: the elevators it covers on its last day, from the day after, at the tariff then on sale.
 * Once; who takes it over binds the quote like any other.
 */
export const renew = (
  deps: InsuranceDeps,
  viewer: Viewer,
  policyId: string,
): Promise<Result<Renewed, QuoteRefusal | RenewalRefusal | { code: 'insurance.policy_not_found' }>> =>
  deps.scoped(viewer, async (tx) => {
    const policy = await findRenewable(tx, policyId, deps.now());
    if (!policy) return refuse({ code: 'insurance.policy_not_found' as const });
    const next = nextTermOf(policy, dayOf(deps.now()), policy.windowDays);
    if ('code' in next) return refuse(next);
    const productId = await productOn(tx, policy, next.from);
    if (!productId) return refuse({ code: 'insurance.product_not_sold' as const, on: next.from });
    const elevatorIds = await coveredAtEnd(tx, policy);
    const here: InsuranceDeps = { ...deps, scoped: (_, work) => work(tx) };
    const { holderOrgId } = policy;
    const asked = { productId, holderOrgId, leadOrgId: null, elevatorIds, from: next.from, renewedFrom: policyId };
    const done = await quote(here, viewer, asked);
    if (!done.ok) return done;
    const { quoteId, elevators, refused, total } = done.value;
    return accept({ quoteId, ...next, elevators, refused, total });
  });
