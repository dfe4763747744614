import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { type Allocation, type AllocationRefusal, checkAllocations } from '../policy/policy.rules.ts';
import { policiesFor } from '../policy/policy.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { premiumMoved } from './arrival.service.ts';
import { type BankColumn, type BankFaultCode, type BankRow, readBankRow, sameLine } from './bank.rules.ts';
import {
  bankLinesKnown,
  findBankLine,
  insertBankLines,
  insertStatement,
  lineKey,
  madePayable,
  type PayableRef,
  payableLeft,
} from './bank.store.ts';
import type { CommissionRefusal } from './commission.rules.ts';
import { unlicensedAmong } from './commission.service.ts';
import { paymentMade, reversalOf, suspenseAllocated } from './ledger.rules.ts';
import { arrivedFor, book, findEntry, holdBooks } from './ledger.store.ts';

/** A row of a statement as it stands in the file, by column. */
export type RawBankRow = { row: number; cells: Readonly<Partial<Record<BankColumn, string>>> };
export type RowFault = { row: number; column: BankColumn; value: string; code: BankFaultCode };
export type StatementTaken = {
  statementId: string;
  rows: number;
  taken: number; // booked now
  known: number; // booked before, the same
  faults: readonly RowFault[];
};

type Statement = {
  fileHash: string | null;
  fileName: string;
  account: string; // for rows that name none
  rows: readonly RawBankRow[];
};

/**
 * Take a statement: from a file, or from a bank's interface. Every line is booked once, however often it is sent;
 * a row that cannot be read is reported and costs the others nothing. Money in and out waits in suspense.
 */
export async function takeStatement(
  deps: InsuranceDeps,
  viewer: Viewer,
  statement: Statement,
): Promise<StatementTaken> {
  const leadOrgId = viewer.orgId;
  invariant(leadOrgId, 'a cashier belongs to an insurer');
  const now = deps.now();
  const read = readAll(statement, now);
  return deps.scoped(viewer, async (tx) => {
    const known = await bankLinesKnown(
      tx,
      leadOrgId,
      read.rows.map((r) => r.line),
    );
    const fresh = read.rows.filter((r) => !known.has(lineKey(r.line)));
    const changed = read.rows.filter(({ line }) => {
      const was = known.get(lineKey(line));
      return was !== undefined && !sameLine(was, line);
    });
    const taken: StatementTaken = {
      statementId: deps.newId(),
      rows: statement.rows.length,
      taken: fresh.length,
      known: read.rows.length - fresh.length - changed.length,
      faults: [...read.faults, ...changed.map(knownDifferently)].toSorted((a, b) => a.row - b.row),
    };
    const { fileHash, fileName } = statement;
    await insertStatement(tx, { ...taken, fileHash, fileName, leadOrgId, takenAt: now, takenBy: viewer.accountId });
    const lines = fresh.map(({ line }) => ({ ...line, id: deps.newId(), entryId: deps.newId() }));
    await insertBankLines(tx, { leadOrgId, statementId: taken.statementId }, lines);
    return taken;
  });
}

const knownDifferently = ({ row, line }: { row: number; line: BankRow }): RowFault => ({
  row,
  column: 'ref',
  value: line.bankRef,
  code: 'insurance.bank.known_differently',
});

function readAll({ rows, account }: Statement, now: Date) {
  const good: { row: number; line: BankRow }[] = [];
  const faults: RowFault[] = [];
  const seen = new Set<string>();
  for (const { row, cells } of rows) {
    const read = readBankRow(cells, { account, now });
    if (!read.ok) faults.push(...read.refusal.map((f) => ({ row, ...f })));
    else if (seen.has(lineKey(read.value))) {
      faults.push({ row, column: 'ref', value: read.value.bankRef, code: 'insurance.bank.twice_in_file' });
    } else {
      seen.add(lineKey(read.value));
      good.push({ row, line: read.value });
    }
  }
  return { rows: good, faults };
}

export type BankRefusal =
  | AllocationRefusal
  | { code: 'insurance.bank_line_not_found' }
  | { code: 'insurance.bank_line_direction'; amount: Fen }
  | { code: 'insurance.allocation_empty' }
  | { code: 'insurance.payable_too_much'; owed: Fen; amount: Fen }
  | { code: 'insurance.claim_settled_at_claim'; bankRef: string }
  | CommissionRefusal
  | { code: 'insurance.same_person' }
  | { code: 'insurance.policy_state'; state: string }
  | { code: 'insurance.entry_not_found' }
  | { code: 'insurance.entry_kept'; kind: string }
  | { code: 'insurance.entry_reversed' };

type Booked = Result<{ entryId: string; left: Fen }, BankRefusal>;

/** Say for whom money in suspense was meant. What is left of the line stays where it is. */
export const allocate = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { lineId, allocations }: { lineId: string; allocations: readonly Allocation[] },
): Promise<Booked> =>
  deps.scoped(viewer, async (tx): Promise<Booked> => {
    const line = await findBankLine(tx, lineId);
    if (!line) return refuse({ code: 'insurance.bank_line_not_found' });
    if (allocations.length === 0) return refuse({ code: 'insurance.allocation_empty' });
    if (line.amount < 0) return refuse({ code: 'insurance.bank_line_direction', amount: line.amount });
    await holdBooks(tx, line.leadOrgId);
    const wrong = await wrongAllocation(tx, { ...line, amount: line.left }, allocations);
    if (wrong) return refuse(wrong);
    const entry = { kind: 'suspense_allocated', postings: suspenseAllocated(allocations) };
    const booked = await bookOn(deps, tx, { line, entry });
    await premiumMoved(
      deps,
      tx,
      allocations.map((a) => a.policyId),
    );
    return accept(booked);
  });

/** The first thing wrong with giving this money so: policies of other insurers are as unknown as none. */
export async function wrongAllocation(
  tx: Tx<InsuranceTables>,
  money: { leadOrgId: OrgId; amount: Fen },
  allocations: readonly Allocation[],
): Promise<AllocationRefusal | undefined> {
  const ids = [...new Set(allocations.map((a) => a.policyId))];
  const policies = new Map((await policiesFor(tx, ids)).map((p) => [p.id, p]));
  const paid = await arrivedFor(tx, ids);
  return checkAllocations(money.amount, allocations, (id) => {
    const policy = policies.get(id);
    if (policy?.leadOrgId !== money.leadOrgId) return undefined;
    return { owed: policy.owed, paid: paid.get(id) ?? [] };
  });
}

export type Settlement = PayableRef & { amount: Fen };

/**
 * Say what money that left the bank has paid: never more than is owed under that head. Claims are not paid here: only the
 * claim's own payment knows the order, stops the clocks at the bank's time and writes to whom the money went.
 */
export const settle = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { lineId, settlements }: { lineId: string; settlements: readonly Settlement[] },
): Promise<Booked> =>
  deps.scoped(viewer, async (tx): Promise<Booked> => {
    const line = await findBankLine(tx, lineId);
    if (!line) return refuse({ code: 'insurance.bank_line_not_found' });
    if (settlements.length === 0) return refuse({ code: 'insurance.allocation_empty' });
    if (line.amount > 0) return refuse({ code: 'insurance.bank_line_direction', amount: line.amount });
    if (settlements.some((s) => s.account === 'claims_payable'))
      return refuse({ code: 'insurance.claim_settled_at_claim', bankRef: line.bankRef });
    const payees = settlements.filter((s) => s.account === 'commission_payable').map((s) => s.party as OrgId);
    const unlicensed = await unlicensedAmong(deps, payees, dayOf(line.at)); // on the day the money went
    if (unlicensed) return refuse(unlicensed);
    const total = sum(settlements.map((s) => s.amount));
    if (total > -line.left) {
      return refuse({ code: 'insurance.allocation_too_much', allocated: total, amount: fen(-line.left) });
    }
    await holdBooks(tx, line.leadOrgId);
    for (const head of settlements) {
      // 双人: who made it payable is not who pays it
      if (await madePayable(tx, { leadOrgId: line.leadOrgId, actor: viewer.accountId, ref: head }))
        return refuse({ code: 'insurance.same_person' });
      const owed = await payableLeft(tx, line.leadOrgId, head);
      const amount = sum(settlements.filter((s) => headKey(s) === headKey(head)).map((s) => s.amount)); // also when named twice
      if (amount > owed) return refuse({ code: 'insurance.payable_too_much', owed, amount });
    }
    return accept(
      await bookOn(deps, tx, { line, entry: { kind: 'payment_made', postings: paymentMade(settlements) } }),
    );
  });

const headKey = ({ account, party, policyId, claimId }: PayableRef): string =>
  JSON.stringify([account, party, policyId, claimId]);

type Line = { id: string; leadOrgId: OrgId; bankRef: string };
type NewEntry = { kind: string; postings: ReturnType<typeof suspenseAllocated>; reverses?: string };

async function bookOn(deps: InsuranceDeps, tx: Tx<InsuranceTables>, { line, entry }: { line: Line; entry: NewEntry }) {
  const entryId = deps.newId();
  const { id: bankLineId, leadOrgId, bankRef: note } = line;
  await book(tx, { id: entryId, at: deps.now(), leadOrgId, note, bankLineId, ...entry });
  return { entryId, left: (await findBankLine(tx, line.id))?.left ?? fen(0) };
}

const UNDOABLE: Readonly<Record<string, string>> = {
  suspense_allocated: 'allocation_reversed',
  money_held: 'holding_reversed',
  payment_made: 'payment_reversed',
};

/**
 * Undo an allocation or a settlement by a counter-entry: the money waits in suspense again. Not once a policy was
 * issued on it: that money is the cover's.
 */
export const undo = (deps: InsuranceDeps, viewer: Viewer, entryId: string): Promise<Booked> =>
  deps.scoped(viewer, async (tx): Promise<Booked> => {
    const entry = await findEntry(tx, entryId);
    if (!entry) return refuse({ code: 'insurance.entry_not_found' });
    const kind = UNDOABLE[entry.kind];
    const line = entry.bankLineId && (await findBankLine(tx, entry.bankLineId));
    if (!kind || !line) return refuse({ code: 'insurance.entry_kept', kind: entry.kind });
    if (entry.reversedBy) return refuse({ code: 'insurance.entry_reversed' });
    const policies = await policiesFor(
      tx,
      entry.postings.flatMap((p) => p.policyId ?? []),
    );
    const issued = kind === 'allocation_reversed' && policies.find((p) => p.state !== 'awaiting_cash');
    if (issued) return refuse({ code: 'insurance.policy_state', state: issued.state });
    return accept(
      await bookOn(deps, tx, { line, entry: { kind, postings: reversalOf(entry.postings), reverses: entryId } }),
    );
  });
