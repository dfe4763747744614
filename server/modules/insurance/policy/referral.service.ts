import type { OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import { referralRow } from './quote.views.ts';
import { decideReferral, type ReferralRefusal } from './referral.rules.ts';

export type Word = { quoteId: string; decision: 'release' | 'decline'; note: string };

/** An underwriter of the quote's insurer says his word on a referral; a second one completes it. */
export const sayOnReferral = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { quoteId, decision, note }: Word,
): Promise<Result<{ state: string; needs: number }, ReferralRefusal | { code: 'insurance.quote_not_found' }>> =>
  deps.scoped(viewer, async (tx) => {
    const row = await tx
      .selectFrom('insurance.quote')
      .select(['id', 'state', 'valid_until', 'referral', 'version', 'lead_org_id'])
      .where('id', '=', quoteId)
      .where('lead_org_id', '=', viewer.orgId as OrgId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse({ code: 'insurance.quote_not_found' as const });
    const now = deps.now();
    const word = { by: viewer.accountId, name: viewer.displayName, at: now.toISOString(), decision, note };
    const referral = referralRow.parse(row.referral);
    const done = decideReferral({ state: row.state, validUntil: row.valid_until, referral }, word, now);
    if (!done.ok) return done;
    await tx
      .updateTable('insurance.quote')
      .set({
        state: done.value.state,
        referral: JSON.stringify(done.value.referral),
        version: row.version + 1,
      })
      .where('id', '=', quoteId)
      .execute();
    return accept({ state: done.value.state, needs: done.value.needs });
  });
