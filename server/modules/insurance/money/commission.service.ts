import { createHash } from 'node:crypto';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Factor, fen } from '../../../kernel/money.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import { licencesOf, licensedOrgs } from '../../identity/index.ts';
import type { InsuranceDeps } from '../deps.ts';
import { policiesFor, type StoredPolicy } from '../policy/policy.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { payableLeft } from './bank.store.ts';
import {
  accrualOf,
  type CommissionRefusal,
  highestRate,
  type Licence,
  mayAgree,
  mayBePaid,
  statementOf,
  withinFiled,
} from './commission.rules.ts';
import {
  bookedOn,
  findCommissionStatement,
  findDeal,
  findDeals,
  insertDeal,
  insertRate,
  insertStatement,
  isStated,
  lastRateFrom,
  markReleased,
  ratesOn,
  type Statement,
  unstated,
} from './commission.store.ts';
import { commissionAccrued, commissionReleased } from './ledger.rules.ts';
import { book } from './ledger.store.ts';
import { endOf, insurerNames } from './pool.store.ts';

export type CommissionActRefusal =
  | CommissionRefusal
  | { code: 'insurance.policy_not_found' }
  | { code: 'insurance.scheme_not_found' }
  | { code: 'insurance.commission_payee_unknown' }
  | { code: 'insurance.commission_agreed' }
  | { code: 'insurance.commission_rate_order'; last: Day }
  | { code: 'insurance.commission_month_not_over'; month: string }
  | { code: 'insurance.commission_month_empty'; month: string }
  | { code: 'insurance.commission_month_closed'; month: string }
  | { code: 'insurance.commission_statement_not_found' }
  | { code: 'insurance.commission_statement_state'; state: string }
  | { code: 'insurance.commission_four_eyes' };

const LICENCES = ['agency', 'broking'];

/** An organisation as a payee: its name and the licences it holds or held. Undefined: there is none. */
export async function payeeOf(
  { db }: Pick<InsuranceDeps, 'db'>,
  id: OrgId,
): Promise<{ id: OrgId; name: string; licences: readonly Licence[] } | undefined> {
  const name = (await insurerNames(db, [id])).get(id);
  if (name === undefined) return undefined;
  const licences = await licencesOf(db, { orgIds: [id], kinds: LICENCES });
  return {
    id,
    name,
    licences: licences.map((l) => ({
      kind: l.kind === 'broking' ? 'broking' : 'agency',
      number: l.number,
      issuedOn: l.issuedOn as Day | null,
      expiresOn: l.expiresOn as Day | null,
      endedOn: l.endedOn as Day | null,
    })),
  };
}

const MOST_CANDIDATES = 500;

/** Who may be agreed on for a policy that still waits for its money: whoever holds a licence today, but its holder. Undefined: it is not seen. */
export async function candidatesFor(
  deps: InsuranceDeps,
  tx: Db<InsuranceTables>,
  policyId: string,
): Promise<{ orgId: OrgId; name: string }[] | undefined> {
  const [policy] = await policiesFor(tx, [policyId]);
  if (policy?.state !== 'awaiting_cash') return policy && [];
  const licensed = await licensedOrgs(deps.db, { kinds: LICENCES, on: dayOf(deps.now()), limit: MOST_CANDIDATES });
  return licensed.filter((o) => o.id !== policy.holderOrgId).map(({ id, name }) => ({ orgId: id, name }));
}

/** File the rate an insurer may pay for a scheme from a day on. Not before the day of the last one: what was paid stands. */
export const fileRate = (
  deps: InsuranceDeps,
  viewer: Viewer,
  filed: { schemeId: string; rate: Factor; filingNo: string; from: Day },
): Promise<Result<{ id: string }, CommissionActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, CommissionActRefusal>> => {
    const insurerOrgId = viewer.orgId;
    invariant(insurerOrgId, 'who files belongs to an insurer');
    const scheme = await tx
      .selectFrom('insurance.scheme')
      .select('id')
      .where('id', '=', filed.schemeId)
      .executeTakeFirst();
    if (!scheme) return refuse({ code: 'insurance.scheme_not_found' });
    const last = await lastRateFrom(tx, { schemeId: scheme.id, insurerOrgId });
    if (last !== undefined && filed.from <= last) return refuse({ code: 'insurance.commission_rate_order', last });
    const id = deps.newId();
    await insertRate(tx, { ...filed, id, insurerOrgId, at: deps.now(), by: viewer.accountId });
    return accept({ id });
  });

/** The most that may be paid for a policy on a day: the lowest rate its members filed for its scheme. */
async function mostFor(tx: Db<InsuranceTables>, policy: StoredPolicy, on: Day) {
  const scheme = await tx
    .selectFrom('insurance.scheme')
    .select('id')
    .where('code', '=', policy.schemeCode ?? '')
    .executeTakeFirst();
  if (!scheme) return refuse({ code: 'insurance.scheme_not_found' as const });
  const insurers = policy.members.map((m) => m.insurer);
  const names = await insurerNames(tx, insurers);
  const filings = await ratesOn(tx, { schemeId: scheme.id, insurers, on });
  const members = insurers.map((insurer) => ({ insurer, name: names.get(insurer) ?? '' }));
  const most = highestRate(members, filings, on);
  return most.ok ? accept({ most: most.value, filings }) : most;
}

/**
 * Agree who is paid for a policy, before it is issued: a licensed agent or broker, never the policyholder, at most the lowest
 * filed rate of the pool (保险法 116, 119, 130). What it rests on is kept with it.
 */
export const agree = (
  deps: InsuranceDeps,
  viewer: Viewer,
  asked: { policyId: string; payeeOrgId: OrgId; rate: Factor | null },
): Promise<Result<{ rate: Factor }, CommissionActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ rate: Factor }, CommissionActRefusal>> => {
    const [policy] = await policiesFor(tx, [asked.policyId]);
    if (!policy || policy.leadOrgId !== viewer.orgId) return refuse({ code: 'insurance.policy_not_found' });
    const payee = await payeeOf(deps, asked.payeeOrgId);
    if (!payee) return refuse({ code: 'insurance.commission_payee_unknown' });
    const wrong = mayAgree({ state: policy.state, holder: policy.holderOrgId, insured: policy.holderOrgId }, payee);
    if (wrong) return refuse(wrong);
    const [at, today] = [deps.now(), dayOf(deps.now())];
    const licence = mayBePaid(payee, today);
    if (!licence.ok) return licence;
    const allowed = await mostFor(tx, policy, today);
    if (!allowed.ok) return allowed;
    const { most, filings } = allowed.value;
    const rate = withinFiled(asked.rate ?? most.rate, most);
    if (!rate.ok) return rate;
    if (await findDeal(tx, policy.id, { hold: true })) return refuse({ code: 'insurance.commission_agreed' });
    const deal = { policyId: policy.id, leadOrgId: policy.leadOrgId, payeeOrgId: payee.id, rate: rate.value };
    await insertDeal(tx, { ...deal, filings, licence: licence.value, at, by: viewer.accountId });
    return accept({ rate: rate.value });
  });

/**
 * Bring the commission of policies to what their premium received so far is worth. Called wherever such money moves: at issue,
 * at an endorsement, when money is given to a policy or taken back. Calling it again books nothing.
 */
export async function accrueCommission(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  policyIds: readonly string[],
): Promise<void> {
  const deals = await findDeals(tx, policyIds, { hold: true });
  for (const policy of await policiesFor(tx, [...deals.keys()])) {
    const policyId = policy.id;
    const deal = deals.get(policyId);
    if (!deal || policy.state === 'awaiting_cash') continue; // no cover, no premium, no commission
    const amount = accrualOf(await bookedOn(tx, policyId), deal.rate);
    if (amount === 0) continue;
    const postings = commissionAccrued(policyId, deal.payeeOrgId, amount);
    const entry = { kind: 'commission_accrued', at: deps.now(), leadOrgId: deal.leadOrgId, note: policy.number };
    await book(tx, { ...entry, id: deps.newId(), postings });
  }
}

/** Close a payee's month: what was earned and clawed back by policy, for good. What came late falls into the next one. */
export const closeMonth = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { payeeOrgId, month }: { payeeOrgId: OrgId; month: string },
): Promise<Result<{ id: string }, CommissionActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, CommissionActRefusal>> => {
    const leadOrgId = viewer.orgId;
    invariant(leadOrgId, 'who closes a month belongs to an insurer');
    const now = deps.now();
    if (endOf(month) > now) return refuse({ code: 'insurance.commission_month_not_over', month });
    if (await isStated(tx, { leadOrgId, payeeOrgId, month }))
      return refuse({ code: 'insurance.commission_month_closed', month });
    const movements = await unstated(tx, { leadOrgId, month, payeeOrgId });
    if (movements.length === 0) return refuse({ code: 'insurance.commission_month_empty', month });
    const sums = statementOf(movements);
    const rates = new Map(movements.map((m) => [m.policyId, m.rate]));
    const lines = sums.lines.map((l) => ({ ...l, rate: rates.get(l.policyId) ?? '' }));
    const head = { account: 'commission_payable' as const, party: payeeOrgId, policyId: null, claimId: null };
    const statement: Statement = {
      id: deps.newId(),
      leadOrgId,
      payeeOrgId,
      month,
      carried: await payableLeft(tx, leadOrgId, head),
      accrued: sums.accrued,
      clawedBack: sums.clawedBack,
      lines,
      hash: createHash('sha256').update(JSON.stringify(lines)).digest('hex'),
      state: 'closed',
      closedAt: now,
      closedBy: viewer.accountId,
    };
    await insertStatement(tx, { statement, movements });
    return accept({ id: statement.id });
  });

/**
 * Let a statement be paid: by a second person, to who holds a licence today, and for no policy at more than what its members
 * have filed. Only now does the sum stand among the payments to make.
 */
export const releaseStatement = (
  deps: InsuranceDeps,
  viewer: Viewer,
  id: string,
): Promise<Result<{ id: string }, CommissionActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ id: string }, CommissionActRefusal>> => {
    const statement = await findCommissionStatement(tx, id);
    if (!statement || statement.leadOrgId !== viewer.orgId)
      return refuse({ code: 'insurance.commission_statement_not_found' });
    if (statement.state !== 'closed')
      return refuse({ code: 'insurance.commission_statement_state', state: statement.state });
    if (statement.closedBy === viewer.accountId) return refuse({ code: 'insurance.commission_four_eyes' });
    const payee = await payeeOf(deps, statement.payeeOrgId);
    invariant(payee, 'who was agreed on is on file');
    const [at, by] = [deps.now(), viewer.accountId];
    const licence = mayBePaid(payee, dayOf(at));
    if (!licence.ok) return licence;
    const above = await aboveFiled(tx, statement);
    if (above) return refuse(above);
    const lines = statement.lines.map((l) => ({ policyId: l.policyId, amount: fen(l.accrued - l.clawedBack) }));
    const postings = commissionReleased(payee.id, lines);
    const entryId = postings.length > 0 ? deps.newId() : null;
    const entry = { kind: 'commission_released', at, leadOrgId: statement.leadOrgId, note: statement.month };
    if (entryId) await book(tx, { ...entry, id: entryId, postings });
    await markReleased(tx, { id, entryId, licence: licence.value, at, by });
    return accept({ id });
  });

/** The first policy of a statement whose rate stands above the filings of the day it was agreed. */
async function aboveFiled(
  tx: Tx<InsuranceTables>,
  { lines }: Statement,
): Promise<CommissionRefusal | { code: 'insurance.scheme_not_found' } | undefined> {
  const policies = await policiesFor(
    tx,
    lines.map((l) => l.policyId),
  );
  for (const policy of policies) {
    const deal = await findDeal(tx, policy.id);
    invariant(deal, 'a movement rests on what was agreed');
    const allowed = await mostFor(tx, policy, deal.agreedOn);
    if (!allowed.ok) return allowed.refusal;
    const within = withinFiled(deal.rate, allowed.value.most);
    if (!within.ok) return within.refusal;
  }
  return undefined;
}

/** Whom of these the money may not reach on that day: the first payee without a licence. */
export async function unlicensedAmong(
  deps: InsuranceDeps,
  payees: readonly OrgId[],
  on: Day,
): Promise<CommissionRefusal | undefined> {
  for (const id of new Set(payees)) {
    const payee = await payeeOf(deps, id);
    const may = mayBePaid(payee ?? { name: '', licences: [] }, on);
    if (!may.ok) return may.refusal;
  }
  return undefined;
}
