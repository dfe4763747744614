import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { note } from '../../../kernel/trace.ts';
import type { InsuranceDeps } from '../deps.ts';
import { premiumMoved } from '../money/arrival.service.ts';
import { premiumWritten } from '../money/ledger.rules.ts';
import { arrivedFor, bookAll } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { keepDocuments } from './document.store.ts';
import type { Instalment } from './instalment.rules.ts';
import { owedOf } from './instalment.service.ts';
import { schedulesOf } from './instalment.store.ts';
import { elevatorsOf, holdPolicies, markIssued, waitingWithMoney } from './issue.store.ts';
import { type Arrived, mayIssue } from './policy.rules.ts';
import type { PolicyRefusal } from './policy.service.ts';
import { policiesFor, type StoredPolicy } from './policy.store.ts';
import { namesOfOrgs } from './roster.store.ts';

type Issued = Result<{ policyId: string }, PolicyRefusal>;

/** Issue a policy whose money has arrived (见费出单): premium is written, cover begins with its first day. */
export async function issue(deps: InsuranceDeps, viewer: Viewer, policyId: string): Promise<Issued> {
  const done = (await issueAll(deps, viewer, [policyId])).get(policyId);
  invariant(done, 'who asks is answered');
  return done;
}

/** The same for many, each issued or refused by itself: one whose money is missing costs the others nothing. */
export const issueAll = (
  deps: InsuranceDeps,
  viewer: Viewer,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, Issued>> =>
  deps.scoped(viewer, async (tx): Promise<ReadonlyMap<string, Issued>> => {
    await holdPolicies(tx, policyIds);
    const policies = new Map((await policiesFor(tx, policyIds)).map((p) => [p.id, p]));
    const arrived = await arrivedFor(tx, policyIds);
    const schedules = await schedulesOf(tx, policyIds);
    const answers = new Map<string, Issued>();
    const due: StoredPolicy[] = [];
    for (const id of policyIds) {
      const policy = policies.get(id);
      const money = { arrived: arrived.get(id) ?? [], schedule: schedules.get(id) ?? [] };
      const may = policy ? mayIssueNow(deps, policy, money) : refuse({ code: 'insurance.policy_not_found' as const });
      if (!may.ok) answers.set(id, may);
      else if (policy && !due.includes(policy)) due.push(policy);
    }
    const at = deps.now();
    const marked = await markIssued(tx, due, at);
    for (const { id } of due) {
      answers.set(
        id,
        marked.has(id) ? accept({ policyId: id }) : refuse({ code: 'insurance.policy_state', state: 'changed' }),
      );
    }
    await writePremium(deps, tx, { policies: due.filter((p) => marked.has(p.id)), by: viewer.accountId, at });
    return new Map(policyIds.map((id) => [id, answers.get(id) ?? refuse({ code: 'insurance.policy_not_found' })]));
  });

const SET = 5_000;

/** One of many, as it was answered. */
export type IssuedOne = { policyId: string; number: string | null; holder: string; refusal: PolicyRefusal | null };

/**
 * Issue those named, or at most so many of all that the viewer's organisation leads and that are paid, the next to begin first.
 * `left`: how many more are paid.
 */
export const issueMany = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { policyIds, most }: { policyIds: readonly string[] | null; most: number },
): Promise<{ left: number; items: readonly IssuedOne[] }> =>
  deps.scoped(viewer, async (tx) => {
    const asked = policyIds ?? (await waitingPaid(deps, tx, viewer.orgId));
    const now = asked.slice(0, most);
    const answers = await issueAll({ ...deps, scoped: (_, work) => work(tx) }, viewer, now);
    const policies = new Map((await policiesFor(tx, now)).map((p) => [p.id, p]));
    const names = await namesOfOrgs(
      tx,
      [...policies.values()].map((p) => p.holderOrgId),
    );
    const items = [...answers].map(([policyId, done]) => ({
      policyId,
      number: policies.get(policyId)?.number ?? null,
      holder: names.get(policies.get(policyId)?.holderOrgId ?? '') ?? '',
      refusal: done.ok ? null : done.refusal,
    }));
    return { left: asked.length - now.length, items };
  });

/** Policies an insurer leads that may be issued now. */
async function waitingPaid(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  leadOrgId: OrgId | null,
): Promise<readonly string[]> {
  const ids = await waitingWithMoney(tx, leadOrgId);
  const paid: string[] = [];
  for (let at = 0; at < ids.length; at += SET) paid.push(...(await paidAmong(deps, tx, ids.slice(at, at + SET))));
  return paid;
}

async function paidAmong(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  ids: readonly string[],
): Promise<readonly string[]> {
  const arrived = await arrivedFor(tx, ids);
  const schedules = await schedulesOf(tx, ids);
  const policies = new Map((await policiesFor(tx, ids)).map((p) => [p.id, p]));
  return ids.filter((id) => {
    const policy = policies.get(id);
    return (
      policy && mayIssueNow(deps, policy, { arrived: arrived.get(id) ?? [], schedule: schedules.get(id) ?? [] }).ok
    );
  });
}

type Money = { arrived: readonly Arrived[]; schedule: readonly Instalment[] };

function mayIssueNow(
  deps: InsuranceDeps,
  policy: StoredPolicy,
  { arrived, schedule }: Money,
): Result<null, PolicyRefusal> {
  if (policy.state !== 'awaiting_cash') return refuse({ code: 'insurance.policy_state', state: policy.state });
  const owed = owedOf({ owed: policy.owed, arrived, schedule, day: policy.from }); // in parts: the first
  return mayIssue({ from: policy.from, owed, subsidisedPayers: deps.subsidisedPayers(policy.schemeCode) }, arrived);
}

type Writing = { policies: readonly StoredPolicy[]; by: string; at: Date };

/** What becomes true with the issue: the elevators say so, the books hold the premium, the papers are kept. */
async function writePremium(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { policies, by, at }: Writing,
): Promise<void> {
  if (policies.length === 0) return;
  await tellInsured(tx, policies, at);
  await bookAll(
    tx,
    policies.map((p) => ({
      id: deps.newId(),
      kind: 'premium_written',
      at,
      leadOrgId: p.leadOrgId,
      note: p.number,
      postings: premiumWritten(p.id, p.owed),
    })),
  );
  await premiumMoved(
    deps,
    tx,
    policies.map((p) => p.id),
  );
  const papers = policies.flatMap((policy) =>
    (['policy', 'receipt'] as const).map((kind) => ({ policy, kind, no: 0, change: null, by, at })),
  );
  await keepDocuments(deps, tx, papers);
}

/** Every elevator of a policy says on its trace page that it is insured. */
async function tellInsured(tx: Tx<InsuranceTables>, policies: readonly StoredPolicy[], at: Date): Promise<void> {
  const elevators = await elevatorsOf(
    tx,
    policies.map((p) => p.id),
  );
  await note(
    tx,
    policies.flatMap(({ id, number, from, to, areaCodes, orgIds }) =>
      (elevators.get(id) ?? []).map((subject) => ({
        subject,
        at,
        code: 'insurance.trace.insured',
        params: { number, from, to },
        ref: id,
        audience: { areaCodes, orgIds },
      })),
    ),
  );
}
