import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import { activeRule } from './entrapment.store.ts';

export type CleanRuleRefusal =
  | { code: 'insurance.not_an_insurer' }
  | { code: 'insurance.clean_rule_exists' }
  | { code: 'insurance.clean_rule_not_found' }
  | { code: 'insurance.four_eyes' };

type Done = Result<{ id: string }, CleanRuleRefusal>;

/** Approve what is clean enough to be paid without a handler. This approval is the first pair of eyes of every such payment. */
export const approveRule = (
  deps: InsuranceDeps,
  viewer: Viewer,
  given: { mostPerHead: Fen; mostHeads: number },
): Promise<Done> =>
  deps.scoped(viewer, async (tx): Promise<Done> => {
    const { orgId } = viewer;
    if (!orgId) return refuse({ code: 'insurance.not_an_insurer' });
    if (await activeRule(tx, orgId)) return refuse({ code: 'insurance.clean_rule_exists' });
    const id = deps.newId();
    await tx
      .insertInto('insurance.clean_rule')
      .values({
        id,
        lead_org_id: orgId,
        most_per_head: given.mostPerHead,
        most_heads: given.mostHeads,
        approved_by: viewer.accountId,
        approved_at: deps.now(),
        release_by: null,
        release_set_at: null,
        withdrawn_at: null,
        withdrawn_by: null,
        area_codes: [],
        org_ids: [orgId],
      })
      .execute();
    return accept({ id });
  });

/** Up to which sum a day payments by rule may leave without a further look: set by a second person, never the approver. */
export const setReleaseLimit = (deps: InsuranceDeps, viewer: Viewer, limit: Fen): Promise<Done> =>
  deps.scoped(viewer, async (tx): Promise<Done> => {
    const rule = viewer.orgId ? await activeRule(tx, viewer.orgId) : undefined;
    if (!rule) return refuse({ code: 'insurance.clean_rule_not_found' });
    if (rule.approved_by === viewer.accountId) return refuse({ code: 'insurance.four_eyes' });
    await tx
      .updateTable('insurance.clean_rule')
      .set({
        release_limit: limit,
        release_by: viewer.accountId,
        release_set_at: deps.now(),
        version: rule.version + 1,
      })
      .where('id', '=', rule.id)
      .execute();
    return accept({ id: rule.id });
  });

/** Withdraw the rule: from now on every draft goes to a handler. What was decided stays decided. */
export const withdrawRule = (deps: InsuranceDeps, viewer: Viewer): Promise<Done> =>
  deps.scoped(viewer, async (tx): Promise<Done> => {
    const rule = viewer.orgId ? await activeRule(tx, viewer.orgId) : undefined;
    if (!rule) return refuse({ code: 'insurance.clean_rule_not_found' });
    await tx
      .updateTable('insurance.clean_rule')
      .set({ withdrawn_at: deps.now(), withdrawn_by: viewer.accountId, version: rule.version + 1 })
      .where('id', '=', rule.id)
      .execute();
    return accept({ id: rule.id });
  });

/** Up to which amount a role decides alone, from now on. Kept beside what it was. */
export const setAuthority = (
  deps: InsuranceDeps,
  viewer: Viewer,
  given: { role: 'handler' | 'approver'; amount: number },
): Promise<Done> =>
  deps.scoped(viewer, async (tx): Promise<Done> => {
    const orgId: OrgId | null = viewer.orgId;
    if (!orgId) return refuse({ code: 'insurance.not_an_insurer' });
    const id = deps.newId();
    await tx
      .insertInto('insurance.claim_authority')
      .values({
        id,
        lead_org_id: orgId,
        role: given.role,
        amount: fen(given.amount),
        set_by: viewer.accountId,
        set_at: deps.now(),
        area_codes: [],
        org_ids: [orgId],
      })
      .execute();
    return accept({ id });
  });
