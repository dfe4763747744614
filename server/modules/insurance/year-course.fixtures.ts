import { sql } from 'kysely';
import type { OrgId } from '../../kernel/ids.ts';
import { fen, sum } from '../../kernel/money.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { addDays, type Day } from '../../kernel/time.ts';
import { approveRule, setAuthority } from './claim/clean-rule.service.ts';
import { allocate, settle } from './money/bank.service.ts';
import { closePoolMonth } from './money/pool.service.ts';
import { bind } from './policy/bind.service.ts';
import { endorse, issueEndorsement } from './policy/endorsement.service.ts';
import { issue } from './policy/issue.service.ts';
import { giveMandate } from './policy/mandate.service.ts';
import { policiesFor } from './policy/policy.store.ts';
import { renew } from './policy/renewal.service.ts';
import { quoteRoster } from './policy/roster.service.ts';
import {
  after,
  at,
  bankLine,
  type Diary,
  type Fleet,
  lead,
  must,
  type OnPolicy,
  type YearCity,
} from './year.fixtures.ts';
import { accidents } from './year-claims.fixtures.ts';

/** Live the year 2026, policy by policy and month by month, through the same services that people's screens call. */
export async function liveYear(city: YearCity): Promise<Diary> {
  const diary: Diary = { written: new Map(), claims: new Map(), bank: 0, cancelled: new Set(), renewals: 0 };
  await prepare(city);
  const issued: { policyId: string; fleet: Fleet; no: number; first: Day }[] = [];
  for (let month = 1; month <= 12; month += 1) {
    const first = `2026-${String(month).padStart(2, '0')}-01` as Day;
    for (const [no, fleet] of city.fleets.entries()) {
      if (no % 12 !== month - 1) continue;
      const policyId = await insure(city, diary, { fleet, first });
      issued.push({ policyId, fleet, no, first });
      if (no % 3 === 0) await join(city, diary, { policyId, fleet, first });
      await accidents(city, diary, { policyId, fleet, no, first });
    }
    for (const { policyId, no, first: began } of issued) {
      if (no % 7 === 5 && began === twoMonthsBefore(first)) await cancel(city, diary, { policyId, first });
    }
    at(city, addDays(nextMonth(first), 1), 9);
    must(await closePoolMonth(city.deps, lead(city, 'cashier'), { month: first.slice(0, 7), feeBp: 300 }));
  }
  return diary;
}

/** Holders ask for the next year of covers that end soon; each becomes a quote that begins the day after. */
export async function renewAll(
  city: YearCity,
  diary: Diary,
  policies: readonly { id: string; holder_org_id: OrgId }[],
): Promise<void> {
  for (const { id, holder_org_id: holder } of policies) {
    must(await renew(city.deps, city.viewer(holder, 'use_unit_head'), id));
    diary.renewals += 1;
  }
}

const monthsOn = (first: Day, months: number): Day => {
  const [y = 0, m = 1] = first.split('-').map(Number);
  return new Date(Date.UTC(y, m - 1 + months, 1)).toISOString().slice(0, 10) as Day;
};
const nextMonth = (first: Day): Day => monthsOn(first, 1);
const twoMonthsBefore = (first: Day): Day => monthsOn(first, -2);

/** The insurer's house rules: what a rule pays by itself, and up to which sum an approver decides. */
async function prepare(city: YearCity): Promise<void> {
  at(city, '2026-01-01' as Day, 9);
  must(await approveRule(city.deps, lead(city, 'approver'), { mostPerHead: fen(50_000), mostHeads: 10 }));
  must(await setAuthority(city.deps, lead(city, 'approver'), { role: 'approver', amount: 10_000_000 }));
}

type Insuring = { fleet: Fleet; first: Day };

/** Mandate, roster, binding, money by a line of the statement, issue. */
async function insure(city: YearCity, diary: Diary, { fleet, first }: Insuring): Promise<string> {
  const { deps, productId } = city;
  const { holder, agent, elevators } = fleet;
  at(city, addDays(first, 1), 10);
  const mandate = { agentOrgId: agent, contractRef: '示例合同', from: first, to: addDays(first, 400), proof: null };
  must(await giveMandate(deps, city.viewer(holder, 'use_unit_head'), mandate));
  const manager = city.viewer(agent, 'maintenance_manager');
  const rows = elevators.slice(0, -1).map(({ code }, i) => ({ row: i + 2, codes: [code] }));
  const done = await quoteRoster(deps, manager, { rows, productId, from: addDays(first, 5), dry: false });
  const [group] = done.groups;
  if (!group?.quoteId || done.taken !== rows.length) throw new Error(JSON.stringify(done));
  const binding = { number: null, leadOrgId: null, doubleCoverDisclosed: false };
  const { policyId } = must(
    await bind(deps, manager, { quoteId: group.quoteId, ...binding, number: `N-${first}-${rows[0]?.codes[0] ?? ''}` }),
  );
  await payPremium(city, diary, policyId);
  after(city, 60);
  must(await issue(deps, lead(city, 'underwriter'), policyId));
  diary.written.set(policyId, group.total);
  return policyId;
}

/** Everything owed in cash on a policy arrives in one line and is given to its payers. */
async function payPremium(city: YearCity, diary: Diary, policyId: string): Promise<void> {
  const [policy] = await policiesFor(city.deps.db, [policyId]);
  const { rows } = await sql<{ payer: string; paid: number }>`select party as payer, -sum(amount)::bigint as paid
    from insurance.posting where policy_id = ${policyId} and account = 'premium_receivable' and amount < 0 group by 1`.execute(
    city.deps.db,
  );
  const paid = new Map(rows.map((r) => [r.payer, r.paid]));
  const cash = (policy?.owed ?? [])
    .filter((o) => !city.deps.subsidisedPayers(policy?.schemeCode ?? null).includes(o.payer))
    .map((o) => ({ policyId, payer: o.payer, amount: fen(o.amount - (paid.get(o.payer) ?? 0)) }))
    .filter((o) => o.amount > 0);
  if (cash.length === 0) return;
  const line = await bankLine(city, diary, sum(cash.map((c) => c.amount)));
  must(await allocate(city.deps, lead(city, 'cashier'), { lineId: line.id, allocations: cash }));
}

const addTo = (map: Map<string, number>, key: string, amount: number): void =>
  void map.set(key, (map.get(key) ?? 0) + amount);

/** The fleet's last elevator joins on the fifteenth, once its money is there. */
async function join(city: YearCity, diary: Diary, { policyId, fleet, first }: OnPolicy & { fleet: Fleet }) {
  at(city, addDays(first, 8), 10);
  const elevatorIds = fleet.elevators.slice(-1).map((e) => e.id);
  const agent = city.viewer(city.lead, 'underwriter');
  const own: Viewer = { ...agent, scope: { ...agent.scope, orgs: [city.lead, fleet.holder] } };
  const ask = { kind: 'add' as const, on: addDays(first, 14), elevatorIds };
  const done = must(await endorse(city.deps, own, { policyId, ask, note: '新梯加入', dry: false }));
  await payPremium(city, diary, policyId);
  if (done.state === 'awaiting_cash' && done.id) must(await issueEndorsement(city.deps, own, done.id));
  addTo(diary.written, policyId, done.delta);
}

/** The holder leaves in the third month: what goes back is owed payer by payer, and leaves by the bank. */
async function cancel(city: YearCity, diary: Diary, { policyId, first }: OnPolicy): Promise<void> {
  at(city, addDays(first, 11), 10);
  const ask = { kind: 'cancel' as const, lastOn: addDays(first, 12), reason: 'by_policyholder' as const };
  const done = must(await endorse(city.deps, lead(city, 'underwriter'), { policyId, ask, note: '退保', dry: false }));
  addTo(diary.written, policyId, done.delta);
  diary.cancelled.add(policyId);
  const { rows } = await sql<{ party: string; owed: number }>`select party, -sum(amount)::bigint as owed
    from insurance.posting where policy_id = ${policyId} and account = 'premium_refundable' group by 1 having sum(amount) < 0`.execute(
    city.deps.db,
  );
  if (rows.length === 0) return;
  after(city, 3_600);
  const line = await bankLine(city, diary, -sum(rows.map((r) => fen(r.owed))));
  const heads = rows.map(({ party, owed }) => ({ party, amount: fen(owed), policyId, claimId: null }));
  const settlements = heads.map((head) => ({ ...head, account: 'premium_refundable' as const }));
  must(await settle(city.deps, lead(city, 'cashier'), { lineId: line.id, settlements }));
}
