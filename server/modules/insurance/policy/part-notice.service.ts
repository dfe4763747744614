import type { Tx } from '../../../kernel/db.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { duesOf } from './instalment.service.ts';
import { schedulesOf } from './instalment.store.ts';
import { type Notice, type PartRefusal, partNoticesFor } from './notice.rules.ts';
import { keepNotices, planOf, type WriteRefusal } from './notice.service.ts';
import { accountOf, holdNotices, noticeLines, noticeNames, partNoticesOf } from './notice.store.ts';
import { leavesOn } from './policy.rules.ts';
import { policiesFor, type StoredPolicy } from './policy.store.ts';

type Written = Result<{ notices: number }, WriteRefusal | PartRefusal>;

/** Write the notices of a policy's later parts, for every payer whose part is not paid and was not asked for as it stands. */
export const writePartNotices = (deps: InsuranceDeps, viewer: Viewer, policyId: string): Promise<Written> =>
  deps.scoped(viewer, async (tx): Promise<Written> => {
    const [policy] = await policiesFor(tx, [policyId]);
    if (!policy || policy.leadOrgId !== viewer.orgId) return refuse({ code: 'insurance.policy_not_found' });
    const done = await keepPartNotices(deps, tx, { policy, by: viewer.accountId, parts: null });
    return done.ok ? accept({ notices: done.value.length }) : done;
  });

type Asking = {
  policy: StoredPolicy;
  by: string;
  parts: ReadonlySet<number> | null; // null: every part that is not paid
};

/** The same inside a transaction; whoever asks for it (a person of the insurer, or the clock) has seen to it that he may. */
export async function keepPartNotices(
  deps: Pick<InsuranceDeps, 'db' | 'now' | 'newId'>,
  tx: Tx<InsuranceTables>,
  { policy, by, parts }: Asking,
): Promise<Result<readonly Notice[], PartRefusal | { code: 'insurance.account_missing' }>> {
  await holdNotices(tx, policy.id); // what was asked for is read after nobody else can ask
  const dues = ((await duesOf(tx, [policy])).get(policy.id) ?? []).filter((due) => !parts || parts.has(due.no));
  const lines = await noticeLines(deps.db, policy.id); // as the owner: who maintains an elevator is not the insurer's to see
  const agentOrgId = (await noticeNames(tx, policy.id, [])).agent_org_id;
  const isOver = policy.state !== 'issued' && leavesOn(policy, dayOf(deps.now())) === null;
  const found = partNoticesFor(
    { ...policy, isOver, agentOrgId, lines },
    { dues, given: await partNoticesOf(tx, policy.id) },
  );
  if (!found.ok) return found;
  const account = await accountOf(tx, policy.leadOrgId);
  if (!account) return refuse({ code: 'insurance.account_missing' });
  const schedule = (await schedulesOf(tx, [policy.id])).get(policy.id) ?? [];
  const { plan } = await planOf(tx, policy, schedule);
  const about = { endorsement: null, endorsementId: null, from: policy.from, elevators: lines.length, plan };
  await keepNotices(deps, tx, { policy, account, notices: found.value, by, at: deps.now(), about });
  return found;
}
