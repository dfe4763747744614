import type { Db, Tx } from '../../../kernel/db.ts';
import { type Fen, sum } from '../../../kernel/money.ts';
import { type Notice, notify } from '../../../kernel/notify.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import { TAKERS } from '../roles.ts';
import type { InsuranceTables } from '../tables.ts';
import {
  type Due,
  dueBy,
  giveNotice,
  type Instalment,
  type InstalmentRefusal,
  type InstalmentTerms,
  mayEndUnpaid,
  mayPayInParts,
  type NoticeRefusal,
  type Payer,
  scheduleOf,
  standOf,
  type UnpaidEndRefusal,
} from './instalment.rules.ts';
import {
  cureNotice,
  insertDueNotice,
  insertSchedule,
  instalmentTermsOf,
  runningNotice,
  schedulesOf,
} from './instalment.store.ts';
import type { Arrived } from './policy.rules.ts';
import { policiesFor, type StoredPolicy } from './policy.store.ts';

type Asked = { productId: string; total: Fen; wanted: boolean };

/** May this quote be bound in parts? Null: it is paid at once. */
export async function partsFor(
  tx: Db<InsuranceTables>,
  { productId, total, wanted }: Asked,
): Promise<Result<InstalmentTerms | null, InstalmentRefusal>> {
  if (!wanted) return accept(null);
  const { product, terms } = await instalmentTermsOf(tx, productId);
  return mayPayInParts(terms, { product, total });
}

/** Lay down who pays how much by when, for every payer but the public purse, which settles by volume. */
export async function planParts(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { policyId, terms }: { policyId: string; terms: InstalmentTerms },
): Promise<void> {
  const [policy] = await policiesFor(tx, [policyId]);
  if (!policy) return;
  const purse = deps.subsidisedPayers(policy.schemeCode);
  const owed = policy.owed.filter((o) => !purse.includes(o.payer));
  await insertSchedule(tx, policyId, scheduleOf(terms, { from: policy.from, owed }));
}

const payersOf = (owed: readonly { payer: string; amount: Fen }[], arrived: readonly Arrived[]): readonly Payer[] =>
  owed.map(({ payer, amount }) => ({
    payer,
    owed: amount,
    arrived: sum(arrived.filter((a) => a.payer === payer).map((a) => a.amount)),
  }));

type Owing = { owed: StoredPolicy['owed']; arrived: readonly Arrived[]; day: Day };

/** What must be with the insurer by a day: everything owed, without the parts that are due later. */
export const owedOf = ({ owed, arrived, schedule, day }: Owing & { schedule: readonly Instalment[] }) =>
  dueBy(schedule, payersOf(owed, arrived), day);

/** The same of one policy, with the schedule on file. */
export async function owedBy(
  tx: Db<InsuranceTables>,
  { policyId, ...owing }: Owing & { policyId: string },
): Promise<StoredPolicy['owed']> {
  return owedOf({ ...owing, schedule: (await schedulesOf(tx, [policyId])).get(policyId) ?? [] });
}

/** The parts of policies as they stand against the money, by policy. */
export async function duesOf(
  tx: Db<InsuranceTables>,
  policies: readonly StoredPolicy[],
): Promise<ReadonlyMap<string, readonly Due[]>> {
  const ids = policies.map((p) => p.id);
  const [schedules, arrived] = [await schedulesOf(tx, ids), await arrivedFor(tx, ids)];
  return new Map(
    policies.flatMap((p) => {
      const schedule = schedules.get(p.id);
      return schedule ? [[p.id, standOf(schedule, payersOf(p.owed, arrived.get(p.id) ?? []))] as const] : [];
    }),
  );
}

export type InstalmentActRefusal =
  | NoticeRefusal
  | { code: 'insurance.policy_not_found' }
  | { code: 'insurance.policy_state'; state: string };

type Given = { id: string; policy: StoredPolicy; endsOn: Day; unpaid: Fen };

/** Give notice that the contract ends unless the overdue premium comes: the policyholder is told, and nothing else happens yet. */
export async function noticeUnpaid(
  deps: InsuranceDeps,
  viewer: Viewer,
  policyId: string,
): Promise<Result<{ endsOn: Day }, InstalmentActRefusal>> {
  const done = await deps.scoped(viewer, (tx) => keepNotice(deps, tx, { viewer, policyId }));
  if (!done.ok) return done;
  const { id, policy, endsOn, unpaid } = done.value;
  const notice: Notice = {
    id,
    at: deps.now(),
    to: { roles: TAKERS, audience: { areaCodes: [], orgIds: [policy.holderOrgId] } },
    code: 'insurance.notify.instalment_notice',
    params: { number: policy.number, endsOn, amount: yuanText(unpaid) },
    link: `/insurance/policies/${policyId}`,
  };
  // As the owner: an insurer writes to people of another organisation. Its id is the notice's own.
  await deps.db.transaction().execute((tx) => notify(tx, [notice]));
  return accept({ endsOn });
}

async function keepNotice(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { viewer, policyId }: { viewer: Viewer; policyId: string },
): Promise<Result<Given, InstalmentActRefusal>> {
  const [policy] = await policiesFor(tx, [policyId]);
  if (!policy?.productId || policy.leadOrgId !== viewer.orgId) return refuse({ code: 'insurance.policy_not_found' });
  if (policy.state !== 'issued') return refuse({ code: 'insurance.policy_state', state: policy.state });
  const { terms } = await instalmentTermsOf(tx, policy.productId);
  if (!terms) return refuse({ code: 'insurance.instalment_not_overdue', graceUntil: null });
  const dues = (await duesOf(tx, [policy])).get(policyId) ?? [];
  const at = deps.now();
  const given = giveNotice(terms, { dues, running: await runningNotice(tx, policyId), today: dayOf(at) });
  if (!given.ok) return given;
  const { areaCodes, orgIds } = policy;
  const id = deps.newId();
  await insertDueNotice(tx, { ...given.value, id, policyId, at, by: viewer.accountId, areaCodes, orgIds });
  return accept({ id, policy, endsOn: given.value.endsOn, unpaid: given.value.unpaid });
}

/** `1,234.56`: a message has no screen that formats it. */
export const yuanText = (amount: Fen): string =>
  (amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** May a policy be ended for an unpaid part, with this last day? The reason why not, or nothing. */
export async function whyNotEnd(
  tx: Db<InsuranceTables>,
  { policyId, lastOn, today }: { policyId: string; lastOn: Day; today: Day },
): Promise<UnpaidEndRefusal | undefined> {
  const policies = await policiesFor(tx, [policyId]);
  const dues = (await duesOf(tx, policies)).get(policyId) ?? [];
  return mayEndUnpaid({ dues, notice: await runningNotice(tx, policyId), lastOn, today });
}

/** Money came: a notice whose premium is there no longer runs. */
export async function cureNotices(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  policyIds: readonly string[],
): Promise<void> {
  const inParts = [...(await schedulesOf(tx, policyIds)).keys()];
  const policies = await policiesFor(tx, inParts);
  const today = dayOf(deps.now());
  for (const [policyId, dues] of await duesOf(tx, policies))
    if (!dues.some((d) => d.unpaid > 0 && d.dueOn <= today)) await cureNotice(tx, policyId, deps.now());
}
