import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { note } from '../../../kernel/trace.ts';
import type { InsuranceDeps } from '../deps.ts';
import { premiumMoved } from '../money/arrival.service.ts';
import { knownBankLine, saveBankLine } from '../money/bank.store.ts';
import { moneyArrived, premiumWritten } from '../money/ledger.rules.ts';
import { arrivedFor, book, holdBooks } from '../money/ledger.store.ts';
import type { FundingRefusal } from '../product/funding.rules.ts';
import type { InsuranceTables } from '../tables.ts';
import { keepChoice, mayChoose } from './comparison.store.ts';
import { keepDocument } from './document.store.ts';
import { settleFunding } from './funding.service.ts';
import type { InstalmentRefusal } from './instalment.rules.ts';
import { owedBy, partsFor, planParts } from './instalment.service.ts';
import type { AgencyRefusal } from './mandate.rules.ts';
import { agencyToday } from './mandate.service.ts';
import { takeNumber } from './number.store.ts';
import {
  type Allocation,
  type AllocationRefusal,
  type BindRefusal,
  type ChoiceRefusal,
  checkAllocations,
  type IssueRefusal,
  type LeadRefusal,
  mayBind,
  mayIssue,
  membersOf,
} from './policy.rules.ts';
import {
  coverAlready,
  elevatorsOf,
  findQuote,
  insertPolicy,
  markBound,
  markIssued,
  policiesFor,
  type StoredPolicy,
} from './policy.store.ts';

export type Binding = {
  number: string | null; // the insurer's own; null: the next of those it allotted
  leadOrgId: OrgId | null; // null: the pool's lead, or the insurer whose product it is
  doubleCoverDisclosed: boolean;
  instalments?: boolean; // in the parts the filed contract allows
};
export type PolicyRefusal =
  | BindRefusal
  | LeadRefusal
  | AgencyRefusal
  | ChoiceRefusal
  | { code: 'insurance.number_missing' }
  | IssueRefusal
  | InstalmentRefusal
  | FundingRefusal
  | AllocationRefusal
  | { code: 'insurance.quote_not_found' }
  | { code: 'insurance.number_taken'; number: string }
  | { code: 'insurance.double_cover'; elevators: number; number: string }
  | { code: 'insurance.policy_not_found' }
  | { code: 'insurance.policy_state'; state: string }
  | { code: 'insurance.bank_line_known'; bankRef: string }
  | { code: 'insurance.bank_line_in_future'; at: string }
  | { code: 'insurance.not_the_lead' }
  | { code: 'insurance.proof_missing' };

/**
 * Turn a quote into a policy that waits for its money. The number is the insurer's own. Cover of the same kind that
 * the elevators already have must be disclosed (保险法 56).
 */
export const bind = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { quoteId, ...binding }: Binding & { quoteId: string },
): Promise<Result<{ policyId: string }, PolicyRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ policyId: string }, PolicyRefusal>> => {
    const quote = await findQuote(tx, quoteId); // held until the end: nobody else binds it meanwhile
    if (!quote) return refuse({ code: 'insurance.quote_not_found' });
    const may = mayBind(quote, deps.now());
    if (!may.ok) return may;
    const agency = await agencyToday(deps, tx, { viewer, holderOrgId: quote.holderOrgId });
    if (!agency.ok) return agency;
    if (viewer.role === 'broker' && agency.value === null)
      return refuse({ code: 'insurance.no_mandate', agent: viewer.orgId ?? '' });
    const compared = await mayChoose(tx, quote);
    if (!compared.ok) return compared;
    // As the owner: cover counts that another took out for these elevators, whether or not this person sees that policy.
    const already = binding.doubleCoverDisclosed ? undefined : await coverAlready(deps.db, quote);
    if (already) return refuse({ code: 'insurance.double_cover', ...already });
    const parts = await partsFor(tx, { ...quote, wanted: binding.instalments ?? false });
    if (!parts.ok) return parts;
    const unfunded = await settleFunding(deps, tx, quote);
    if (unfunded) return refuse(unfunded);
    const policyId = deps.newId();
    const members = membersOf({ pool: quote.pool, soldBy: quote.soldBy, chosen: binding.leadOrgId ?? quote.leadOrgId });
    if (!members.ok) return members;
    const leadOrgId = members.value[0]?.insurer as OrgId;
    const number = binding.number ?? (await takeNumber(tx, leadOrgId, policyId));
    if (number === null) return refuse({ code: 'insurance.number_missing' });
    const policy = { id: policyId, number, leadOrgId, members: members.value };
    if (!(await insertPolicy(tx, quote, policy))) return refuse({ code: 'insurance.number_taken', number });
    if (parts.value) await planParts(deps, tx, { policyId, terms: parts.value });
    await markBound(tx, quote);
    await keepChoice(tx, { quote, at: deps.now() });
    return accept({ policyId });
  });

export type BankLine = {
  leadOrgId: OrgId;
  account: string; // masked
  bankRef: string;
  at: Date; // the bank's time
  amount: Fen;
  counterparty: string;
  proof: string | null; // a file's hash; needed when it was typed in by hand
  byHand: boolean;
  allocations: readonly Allocation[];
};

/** Book one line of a bank statement, once: what is known goes to its payers and policies, the rest into suspense. */
export const receive = (
  deps: InsuranceDeps,
  viewer: Viewer,
  line: BankLine,
): Promise<Result<{ entryId: string; suspense: Fen }, PolicyRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ entryId: string; suspense: Fen }, PolicyRefusal>> => {
    if (line.byHand && !line.proof) return refuse({ code: 'insurance.proof_missing' });
    if (line.leadOrgId !== viewer.orgId) return refuse({ code: 'insurance.not_the_lead' });
    if (line.at > deps.now()) return refuse({ code: 'insurance.bank_line_in_future', at: line.at.toISOString() });
    await holdBooks(tx, line.leadOrgId);
    if (await knownBankLine(tx, line)) return refuse({ code: 'insurance.bank_line_known', bankRef: line.bankRef });
    const ids = [...new Set(line.allocations.map((a) => a.policyId))];
    const policies = await policiesFor(tx, ids);
    const paid = await arrivedFor(tx, ids);
    const wrong = checkAllocations(line.amount, line.allocations, (id) => {
      const policy = policies.find((p) => p.id === id && p.leadOrgId === line.leadOrgId);
      return policy && { owed: policy.owed, paid: paid.get(id) ?? [] };
    });
    if (wrong) return refuse(wrong);
    const postings = moneyArrived(line.amount, line.allocations);
    const entryId = deps.newId();
    await book(tx, {
      id: entryId,
      kind: 'money_arrived',
      at: line.at,
      leadOrgId: line.leadOrgId,
      note: line.bankRef,
      postings,
    });
    await saveBankLine(tx, { ...line, id: deps.newId(), entryId });
    await premiumMoved(deps, tx, ids);
    const suspense = fen(-(postings.find((p) => p.account === 'suspense')?.amount ?? 0));
    return accept({ entryId, suspense });
  });

/** Issue a policy whose money has arrived (见费出单): premium is written, cover begins with its first day. */
export const issue = (
  deps: InsuranceDeps,
  viewer: Viewer,
  policyId: string,
): Promise<Result<{ policyId: string }, PolicyRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ policyId: string }, PolicyRefusal>> => {
    const [policy] = await policiesFor(tx, [policyId]);
    if (!policy) return refuse({ code: 'insurance.policy_not_found' });
    if (policy.state !== 'awaiting_cash') return refuse({ code: 'insurance.policy_state', state: policy.state });
    const arrived = (await arrivedFor(tx, [policyId])).get(policyId) ?? [];
    const owed = await owedBy(tx, { policyId, owed: policy.owed, arrived, day: policy.from }); // in parts: the first
    const may = mayIssue(
      { from: policy.from, owed, subsidisedPayers: deps.subsidisedPayers(policy.schemeCode) },
      arrived,
    );
    if (!may.ok) return may;
    const at = deps.now();
    if (!(await markIssued(tx, policy, at))) return refuse({ code: 'insurance.policy_state', state: 'changed' });
    await tellInsured(tx, policy, at);
    const postings = premiumWritten(policy.id, policy.owed);
    await book(tx, {
      id: deps.newId(),
      kind: 'premium_written',
      at,
      leadOrgId: policy.leadOrgId,
      note: policy.number,
      postings,
    });
    await premiumMoved(deps, tx, [policyId]);
    const paper = { policyId, no: 0, change: null, by: viewer.accountId, at };
    await keepDocument(deps, tx, { ...paper, kind: 'policy' });
    await keepDocument(deps, tx, { ...paper, kind: 'receipt' });
    return accept({ policyId });
  });

/** Every elevator of the policy says on its trace page that it is insured. */
async function tellInsured(tx: Tx<InsuranceTables>, policy: StoredPolicy, at: Date): Promise<void> {
  const { id, number, from, to, areaCodes, orgIds } = policy;
  const elevators = await elevatorsOf(tx, id);
  const params = { number, from, to };
  const audience = { areaCodes, orgIds };
  await note(
    tx,
    elevators.map((subject) => ({ subject, at, code: 'insurance.trace.insured', params, ref: id, audience })),
  );
}
