import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { daysUsed } from '../policy/term.rules.ts';
import type { InsuranceTables } from '../tables.ts';
import { findBankLine } from './bank.store.ts';
import { reversalOf, subsidyArrived, subsidyAsked } from './ledger.rules.ts';
import { book } from './ledger.store.ts';
import { clawBackOf, subsidyBatch } from './subsidy.rules.ts';
import {
  approvedIn,
  type Batch,
  type BatchLine,
  batchLines,
  budgetOf,
  type Candidate,
  findBatch,
  insertBatch,
  nextBatchNo,
  partsToAsk,
  partsToGiveBack,
} from './subsidy.store.ts';

export type SubsidyRefusal =
  | { code: 'insurance.scheme_not_found' }
  | { code: 'insurance.subsidy_nothing' }
  | { code: 'insurance.subsidy_day'; untilOn: Day }
  | { code: 'insurance.subsidy_not_found' }
  | { code: 'insurance.subsidy_state'; state: string }
  | { code: 'insurance.subsidy_four_eyes' }
  | { code: 'insurance.subsidy_reason_missing' }
  | { code: 'insurance.subsidy_no_budget'; year: number }
  | { code: 'insurance.subsidy_over_budget'; left: Fen; net: Fen }
  | { code: 'insurance.bank_line_not_found' }
  | { code: 'insurance.subsidy_bank_amount'; net: Fen; left: Fen };

/** What goes back of one elevator's part: the days its cover did not run. */
function backOf(part: Candidate): BatchLine {
  const used = daysUsed(part, part.endedOn ?? part.to);
  return { ...part, kind: 'claw_back', daysUsed: used, amount: clawBackOf({ ...part, daysUsed: used }) };
}

/**
 * Ask for the public part by real insured volume: every elevator's part not asked for yet, less what goes back by the day for
 * covers that ended early. What each payer's part was on the policies becomes one claim against the purse.
 */
export const submitBatch = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { schemeId, untilOn }: { schemeId: string; untilOn: Day },
): Promise<Result<Batch, SubsidyRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<Batch, SubsidyRefusal>> => {
    const leadOrgId = viewer.orgId;
    invariant(leadOrgId, 'who asks belongs to an insurer');
    const now = deps.now();
    if (untilOn > dayOf(now)) return refuse({ code: 'insurance.subsidy_day', untilOn });
    const scheme = await tx.selectFrom('insurance.scheme').select('code').where('id', '=', schemeId).executeTakeFirst();
    if (!scheme) return refuse({ code: 'insurance.scheme_not_found' });
    const asking = { leadOrgId, schemeId, untilOn, payers: deps.subsidisedPayers(scheme.code) };
    const parts = (await partsToAsk(tx, asking)).map((p): BatchLine => ({ ...p, kind: 'part', amount: p.premiumPart }));
    const backs = (await partsToGiveBack(tx, asking)).map(backOf);
    const lines = [...parts, ...backs];
    if (lines.length === 0) return refuse({ code: 'insurance.subsidy_nothing' });
    const sums = subsidyBatch(
      parts,
      backs.map((b) => ({ ...b, daysUsed: b.daysUsed ?? 0 })),
    );
    const entryId = deps.newId();
    const batch: Batch = {
      ...sums,
      id: deps.newId(),
      leadOrgId,
      schemeId,
      no: await nextBatchNo(tx, leadOrgId, schemeId),
      untilOn,
      state: 'submitted',
      elevators: new Set(parts.map((p) => p.elevatorId)).size,
      hash: createHash('sha256').update(JSON.stringify(lines)).digest('hex'),
      submittedAt: now,
      submittedBy: viewer.accountId,
      verifiedBy: null,
      paidAt: null,
      reason: '',
      version: 0,
    };
    const postings = subsidyAsked(schemeId, lines);
    await book(tx, { id: entryId, kind: 'subsidy_asked', at: now, leadOrgId, note: String(batch.no), postings });
    await insertBatch(tx, batch, { lines, entryId });
    return accept(batch);
  });

export type BatchStepAsk = { id: string; do: 'verify' | 'approve' | 'return'; reason: string };
const FROM = { verify: ['submitted'], approve: ['verified'], return: ['submitted', 'verified'] } as const;
const TO = { verify: 'verified', approve: 'approved', return: 'returned' } as const;

/** The purse checks, approves within the year's budget by a second person, or returns a batch with the reason. */
export const stepBatch = (
  deps: InsuranceDeps,
  viewer: Viewer,
  ask: BatchStepAsk,
): Promise<Result<Batch, SubsidyRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<Batch, SubsidyRefusal>> => {
    const batch = await findBatch(tx, ask.id);
    if (!batch) return refuse({ code: 'insurance.subsidy_not_found' });
    const allowed: readonly string[] = FROM[ask.do];
    if (!allowed.includes(batch.state)) return refuse({ code: 'insurance.subsidy_state', state: batch.state });
    if (ask.do === 'return' && !ask.reason) return refuse({ code: 'insurance.subsidy_reason_missing' });
    if (ask.do === 'approve') {
      if (batch.verifiedBy === viewer.accountId) return refuse({ code: 'insurance.subsidy_four_eyes' });
      const year = Number(dayOf(deps.now()).slice(0, 4));
      const budget = await budgetOf(tx, batch.schemeId, year);
      if (budget === undefined) return refuse({ code: 'insurance.subsidy_no_budget', year });
      const left = fen(budget - (await approvedIn(tx, batch.schemeId, year)));
      if (batch.net > left) return refuse({ code: 'insurance.subsidy_over_budget', left, net: batch.net });
    }
    const [state, at, by] = [TO[ask.do], deps.now(), viewer.accountId];
    const stamp = {
      verify: sql`verified_at = ${at}, verified_by = ${by},`,
      approve: sql`approved_at = ${at}, approved_by = ${by},`,
      return: sql``,
    };
    await sql`update insurance.subsidy_batch set ${stamp[ask.do]} state = ${state}, reason = ${ask.do === 'return' ? ask.reason : ''},
      version = version + 1 where id = ${batch.id}`.execute(tx);
    if (ask.do === 'return') await takeBack(deps, tx, batch);
    return accept({ ...batch, state });
  });

/** A returned batch frees its lines for the next one, and the books go back, together with its state. */
async function takeBack(deps: InsuranceDeps, tx: Tx<InsuranceTables>, batch: Batch): Promise<void> {
  const lines = await batchLines(tx, batch.id);
  const postings = reversalOf(subsidyAsked(batch.schemeId, lines));
  const entry = {
    kind: 'subsidy_returned',
    at: deps.now(),
    leadOrgId: batch.leadOrgId,
    note: String(batch.no),
    postings,
  };
  await book(tx, { ...entry, id: deps.newId() });
  await sql`update insurance.subsidy_line set live = false where batch_id = ${batch.id}`.execute(tx);
}

/** The purse's money arrived: a bank line in suspense settles an approved batch, at the bank's time. */
export const payBatch = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { id, bankLineId }: { id: string; bankLineId: string },
): Promise<Result<Batch, SubsidyRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<Batch, SubsidyRefusal>> => {
    const batch = await findBatch(tx, id);
    if (!batch) return refuse({ code: 'insurance.subsidy_not_found' });
    if (batch.state !== 'approved') return refuse({ code: 'insurance.subsidy_state', state: batch.state });
    const line = await findBankLine(tx, bankLineId);
    if (!line || line.leadOrgId !== batch.leadOrgId) return refuse({ code: 'insurance.bank_line_not_found' });
    if (line.left < batch.net)
      return refuse({ code: 'insurance.subsidy_bank_amount', net: batch.net, left: line.left });
    const postings = subsidyArrived(batch.schemeId, batch.net);
    const entry = { kind: 'subsidy_arrived', at: line.at, leadOrgId: batch.leadOrgId, note: line.bankRef };
    await book(tx, { ...entry, id: deps.newId(), bankLineId: line.id, postings });
    await sql`update insurance.subsidy_batch set state = 'paid', paid_at = ${line.at}, version = version + 1 where id = ${id}`.execute(
      tx,
    );
    return accept({ ...batch, state: 'paid', paidAt: line.at });
  });
