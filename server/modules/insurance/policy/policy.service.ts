import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import { premiumMoved } from '../money/arrival.service.ts';
import { knownBankLine, saveBankLine } from '../money/bank.store.ts';
import { moneyArrived } from '../money/ledger.rules.ts';
import { arrivedFor, book, holdBooks } from '../money/ledger.store.ts';
import type { FundingRefusal } from '../product/funding.rules.ts';
import type { InstalmentRefusal } from './instalment.rules.ts';
import type { AgencyRefusal } from './mandate.rules.ts';
import {
  type Allocation,
  type AllocationRefusal,
  type BindRefusal,
  type ChoiceRefusal,
  checkAllocations,
  type IssueRefusal,
  type LeadRefusal,
} from './policy.rules.ts';
import { policiesFor } from './policy.store.ts';

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
    const own = new Map(policies.filter((p) => p.leadOrgId === line.leadOrgId).map((p) => [p.id, p]));
    const wrong = checkAllocations(line.amount, line.allocations, (id) => {
      const policy = own.get(id);
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
