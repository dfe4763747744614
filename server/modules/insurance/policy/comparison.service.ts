import { createHash, randomBytes } from 'node:crypto';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { insertComparison, productsOnSale, setShown } from './comparison.store.ts';
import { type QuoteRefusal, quote } from './quote.service.ts';
import type { ComparisonRow } from './underwriting.tables.ts';

export type ComparisonWish = {
  kind: ComparisonRow['kind'];
  holderOrgId: OrgId;
  elevatorIds: readonly ElevatorId[] | null;
  from: Day;
};

/** Things in an order drawn by lot: by the hash of seed and id, so that whoever knows the seed draws the same. */
export const drawn = (ids: readonly string[], seed: string): readonly string[] => {
  const lot = (id: string) => createHash('sha256').update(`${seed}:${id}`).digest('hex');
  return ids.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1));
};

/**
 * Lay the offers of every product on sale side by side, in an order drawn by lot. Nobody is put first, left out or chosen
 * beforehand; the seed and the order are kept. It stands or falls as a whole.
 */
export const compare = (
  deps: InsuranceDeps,
  viewer: Viewer,
  wish: ComparisonWish,
): Promise<Result<{ comparisonId: string }, QuoteRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ comparisonId: string }, QuoteRefusal>> => {
    const { kind, holderOrgId, from } = wish;
    const onSale = await productsOnSale(tx, { kind, on: from });
    if (onSale.length === 0) return refuse({ code: 'insurance.product_not_sold', on: from });
    const [id, seed] = [deps.newId(), randomBytes(16).toString('hex')];
    const orgIds = [...new Set([holderOrgId, ...(viewer.orgId ? [viewer.orgId] : [])])];
    await insertComparison(tx, {
      id,
      holder_org_id: holderOrgId,
      kind,
      from_on: from,
      asked_by: viewer.accountId,
      asked_at: deps.now(),
      seed,
      shown: [],
      on_sale: onSale.length,
      chosen_quote_id: null,
      chosen_at: null,
      area_codes: [],
      org_ids: orgIds,
    });
    const here: InsuranceDeps = { ...deps, scoped: (_, work) => work(tx) };
    const shown: string[] = [];
    let none: Result<never, QuoteRefusal> | undefined; // a product under which nothing can be insured is no offer
    for (const productId of drawn(
      onSale.map((p) => p.id),
      seed,
    )) {
      const asked = { productId, holderOrgId, leadOrgId: null, elevatorIds: wish.elevatorIds, from, comparisonId: id };
      const done = await quote(here, viewer, asked);
      if (done.ok) shown.push(done.value.quoteId);
      else if (done.refusal.code === 'insurance.quote_none_insurable') none = done;
      else return done;
    }
    if (shown.length === 0 && none) return none;
    await setShown(tx, id, shown);
    return accept({ comparisonId: id });
  });
