import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { addDays, type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { cashBefore, type EndorseRefusal, findAwaiting } from './endorsement.service.ts';
import type { Instalment, InstalmentTerms } from './instalment.rules.ts';
import { owedBy, owedOf } from './instalment.service.ts';
import { instalmentTermsOf, schedulesOf } from './instalment.store.ts';
import { type Notice, type NoticeRefusal, noticesFor } from './notice.rules.ts';
import {
  type Account,
  accountOf,
  endorsedLines,
  insertNotice,
  type NoticeContent,
  nextNoticeNo,
  noticeLines,
  noticeNames,
} from './notice.store.ts';
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
    const arrived = (await arrivedFor(tx, [policyId])).get(policyId) ?? [];
    const schedule = (await schedulesOf(tx, [policyId])).get(policyId) ?? [];
    const found = noticesFor(
      {
        ...policy,
        owed: owedOf({ owed: policy.owed, arrived, schedule, day: policy.from }), // in parts: the first
        part: schedule.length > 0 ? 1 : null,
        agentOrgId: (await noticeNames(tx, policyId, [])).agent_org_id,
        arrived,
        subsidisedPayers: deps.subsidisedPayers(policy.schemeCode),
        lines: await noticeLines(deps.db, policyId), // as the owner: who maintains an elevator is not the insurer's to see
      },
      dayOf(at),
    );
    if (!found.ok) return found;
    const { from } = policy;
    const elevators = (await noticeLines(tx, policyId)).length;
    const about = { endorsement: null, endorsementId: null, from, elevators, ...(await planOf(tx, policy, schedule)) };
    await keepNotices(deps, tx, { policy, account, notices: found.value, by: viewer.accountId, at, about });
    return accept({ notices: found.value.length });
  });

/** Write a notice for every payer who still owes what an endorsement costs (批改加费), before it can be issued. */
export const writeEndorsementNotices = (
  deps: InsuranceDeps,
  viewer: Viewer,
  endorsementId: string,
): Promise<Result<{ notices: number }, WriteRefusal | EndorseRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ notices: number }, WriteRefusal | EndorseRefusal>> => {
    const found = await findAwaiting(tx, endorsementId);
    if (!found.ok) return found;
    const { stored, effect } = found.value;
    const { act, policyId } = stored;
    const [policy] = await policiesFor(tx, [policyId]);
    if (!policy || policy.leadOrgId !== viewer.orgId) return refuse({ code: 'insurance.endorsement_not_found' });
    const account = await accountOf(tx, policy.leadOrgId);
    if (!account) return refuse({ code: 'insurance.account_missing' });
    const at = deps.now();
    const day = dayOf(at);
    const arrived = (await arrivedFor(tx, [policyId])).get(policyId) ?? [];
    const rated = 'elevators' in act ? act.elevators : [];
    const asked = noticesFor(
      {
        ...policy,
        state: stored.state,
        from: cashBefore(found.value),
        owed: await owedBy(tx, { policyId, owed: effect.after.owed, arrived, day }),
        arrived,
        agentOrgId: (await noticeNames(tx, policyId, [])).agent_org_id,
        subsidisedPayers: deps.subsidisedPayers(policy.schemeCode),
        lines: rated.length > 0 ? await endorsedLines(deps.db, rated) : await noticeLines(deps.db, policyId),
      },
      day,
    );
    if (!asked.ok) return asked;
    const endorsement = { no: stored.no, kind: act.kind, on: act.on };
    const about = {
      endorsement,
      endorsementId,
      from: act.on,
      elevators: rated.length || (await noticeLines(tx, policyId)).length,
    };
    await keepNotices(deps, tx, { policy, account, notices: asked.value, by: viewer.accountId, at, about });
    return accept({ notices: asked.value.length });
  });

/** What the money is for: the policy, or one of its endorsements. */
type About = {
  endorsement: NoticeContent['endorsement'];
  endorsementId: string | null;
  from: Day;
  elevators: number;
  plan?: Plan | null;
};
/** How a policy is paid in parts, as its notices say it. */
export type Plan = { of: number; terms: InstalmentTerms };

export async function planOf(
  tx: Tx<InsuranceTables>,
  { productId }: StoredPolicy,
  schedule: readonly Instalment[],
): Promise<{ plan: Plan | null }> {
  const { terms } = productId && schedule.length > 0 ? await instalmentTermsOf(tx, productId) : { terms: null };
  return { plan: terms && { terms, of: Math.max(...schedule.map((i) => i.no)) } };
}

export type Keeping = {
  policy: StoredPolicy;
  account: Account;
  notices: readonly Notice[];
  by: string;
  at: Date;
  about: About;
};

/** Keep notices as they are written, each with the next number of its policy. */
export async function keepNotices(
  deps: Pick<InsuranceDeps, 'newId'>,
  tx: Tx<InsuranceTables>,
  { policy, account, notices, by, at, about }: Keeping,
): Promise<void> {
  const orgs = [policy.holderOrgId, policy.leadOrgId, ...notices.map((n) => n.orgId)];
  const names = await noticeNames(tx, policy.id, orgs);
  const first = await nextNoticeNo(tx, policy.id);
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
      from: about.from,
      to: policy.to,
      elevators: about.elevators,
      endorsement: about.endorsement,
      part: partOf(notice, about.plan),
      account: { ...account },
      on: dayOf(at),
    };
    const orgIds = [...new Set([policy.leadOrgId, policy.holderOrgId, notice.orgId])];
    await insertNotice(tx, {
      id: deps.newId(),
      policyId: policy.id,
      endorsementId: about.endorsementId,
      payerOrgId: notice.orgId as OrgId,
      content,
      orgIds,
      by,
      at,
    });
  }
}

/** What a notice says of its part: how many there are, and what follows when it does not come. */
const partOf = ({ part, dueOn }: Notice, plan: Plan | null | undefined): NoticeContent['part'] =>
  part && plan
    ? {
        no: part,
        of: plan.of,
        graceUntil: part === 1 ? null : addDays(dueOn, plan.terms.graceDays),
        noticeDays: plan.terms.noticeDays,
      }
    : null;
