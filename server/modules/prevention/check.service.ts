import type { Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { sha256 } from '../../kernel/secret-data.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { PreventionDeps } from './deps.ts';
import { scorecards } from './figures.views.ts';
import type { PreventionTables } from './tables.ts';
import { nextNumber } from './visit.store.ts';

export type NewCheck = {
  insurerOrgId: OrgId;
  from: Day;
  to: Day;
  opinion: string;
  demands: string;
  replyDueOn: Day;
};
export type CheckRefusal =
  | { code: 'prevention.check_span'; from: string; to: string }
  | { code: 'prevention.check_due'; on: string; earliest: string }
  | { code: 'prevention.check_no_figures' }
  | { code: 'prevention.check_not_found' }
  | { code: 'prevention.check_replied' }
  | { code: 'prevention.changed_meanwhile' };

/** An office checks an insurer's performance: the figures are counted, frozen and hashed; its opinion stands beside them. */
export const makeCheck = (
  deps: PreventionDeps,
  viewer: Viewer,
  given: NewCheck,
): Promise<Result<{ checkId: string; number: string }, CheckRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ checkId: string; number: string }, CheckRefusal>> => {
    const now = deps.now();
    const today = dayOf(now);
    if (given.to < given.from || given.to > today)
      return refuse({ code: 'prevention.check_span', from: given.from, to: given.to });
    if (given.replyDueOn <= today)
      return refuse({ code: 'prevention.check_due', on: given.replyDueOn, earliest: today });
    const figures = (await scorecards(tx, deps, given)).find((f) => f.insurerOrgId === given.insurerOrgId);
    if (!figures) return refuse({ code: 'prevention.check_no_figures' });
    const id = deps.newId();
    const number = await nextNumber(tx, 'LY', today.slice(0, 4));
    const content = JSON.stringify(figures);
    await tx
      .insertInto('prevention.performance_check')
      .values({
        id,
        number,
        insurer_org_id: given.insurerOrgId,
        from_on: given.from,
        to_on: given.to,
        figures: content,
        hash: sha256(content),
        opinion: given.opinion,
        demands: given.demands,
        reply_due_on: given.replyDueOn,
        made_at: now,
        office: (await officeOf(tx, viewer)) ?? viewer.displayName,
        actor: viewer.accountId,
        reply: '',
        replied_at: null,
        area_codes: [...viewer.scope.areas],
        org_ids: [given.insurerOrgId, ...(viewer.orgId ? [viewer.orgId] : [])],
      })
      .execute();
    return accept({ checkId: id, number });
  });

/** The office that answers for a check: the organisation of whoever made it. */
async function officeOf(tx: Tx<PreventionTables>, { orgId }: Viewer): Promise<string | undefined> {
  if (orgId === null) return undefined;
  const office = await tx.selectFrom('identity.org_card').select('name').where('id', '=', orgId).executeTakeFirst();
  return office?.name;
}

/** The insurer says what it did about it, once. */
export const replyToCheck = (
  deps: PreventionDeps,
  viewer: Viewer,
  said: { id: string; version: number; reply: string },
): Promise<Result<{ ok: true }, CheckRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ ok: true }, CheckRefusal>> => {
    const row = await tx
      .selectFrom('prevention.performance_check')
      .selectAll()
      .where('id', '=', said.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.insurer_org_id !== viewer.orgId) return refuse({ code: 'prevention.check_not_found' });
    if (row.replied_at) return refuse({ code: 'prevention.check_replied' });
    if (row.version !== said.version) return refuse({ code: 'prevention.changed_meanwhile' });
    await tx
      .updateTable('prevention.performance_check')
      .set({ reply: said.reply, replied_at: deps.now(), version: row.version + 1 })
      .where('id', '=', said.id)
      .execute();
    return accept({ ok: true as const });
  });
