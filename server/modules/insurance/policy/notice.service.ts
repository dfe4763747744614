import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { type Notice, type NoticeRefusal, noticesFor } from './notice.rules.ts';
import { type Account, accountOf, insertNotice, nextNoticeNo, noticeLines, noticeNames } from './notice.store.ts';
import { policiesFor, type StoredPolicy } from './policy.store.ts';

export type WriteRefusal =
  | NoticeRefusal
  | { code: 'insurance.policy_not_found' }
  | { code: 'insurance.account_missing' };

/** Write a notice for every payer who still owes a part of a policy: how much, to which account, by when. */
export const writeNotices = (
  deps: InsuranceDeps,
  viewer: Viewer,
  policyId: string,
): Promise<Result<{ notices: number }, WriteRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ notices: number }, WriteRefusal>> => {
    const [policy] = await policiesFor(tx, [policyId]);
    if (!policy || policy.leadOrgId !== viewer.orgId) return refuse({ code: 'insurance.policy_not_found' });
    const account = await accountOf(tx, policy.leadOrgId);
    if (!account) return refuse({ code: 'insurance.account_missing' });
    const at = deps.now();
    const found = noticesFor(
      {
        ...policy,
        agentOrgId: (await noticeNames(tx, policyId, [])).agent_org_id,
        arrived: (await arrivedFor(tx, [policyId])).get(policyId) ?? [],
        subsidisedPayers: deps.subsidisedPayers(policy.schemeCode),
        lines: await noticeLines(deps.db, policyId), // as the owner: who maintains an elevator is not the insurer's to see
      },
      dayOf(at),
    );
    if (!found.ok) return found;
    await keep(deps, tx, { policy, account, notices: found.value, by: viewer.accountId, at });
    return accept({ notices: found.value.length });
  });

type Keeping = { policy: StoredPolicy; account: Account; notices: readonly Notice[]; by: string; at: Date };

async function keep(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { policy, account, notices, by, at }: Keeping,
): Promise<void> {
  const orgs = [policy.holderOrgId, policy.leadOrgId, ...notices.map((n) => n.orgId)];
  const names = await noticeNames(tx, policy.id, orgs);
  const first = await nextNoticeNo(tx, policy.id);
  const elevators = (await noticeLines(tx, policy.id)).length;
  for (const [i, notice] of notices.entries()) {
    const content = {
      number: policy.number,
      no: first + i,
      product: names.product ?? '',
      holder: names.nameOf(policy.holderOrgId),
      insurer: names.nameOf(policy.leadOrgId),
      payer: notice.payer,
      payerName: names.nameOf(notice.orgId),
      amount: notice.amount,
      dueOn: notice.dueOn,
      from: policy.from,
      to: policy.to,
      elevators,
      account: { ...account },
      on: dayOf(at),
    };
    const orgIds = [...new Set([policy.leadOrgId, policy.holderOrgId, notice.orgId])];
    await insertNotice(tx, {
      id: deps.newId(),
      policyId: policy.id,
      payerOrgId: notice.orgId as OrgId,
      content,
      orgIds,
      by,
      at,
    });
  }
}
