import type { Db } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { invariant } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import { duesOf } from '../policy/instalment.service.ts';
import { policiesFor } from '../policy/policy.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { premiumMoved } from './arrival.service.ts';
import { suspenseAllocated } from './ledger.rules.ts';
import { arrivedFor, bookAll, holdBooks } from './ledger.store.ts';
import { allocationsOf, type Match, matchLines, type NamedPolicy, numbersIn, type Verdicts } from './match.rules.ts';
import { holdWaiting, noticesOf, policiesNumbered, type WaitingRow, waitingLines, writtenWith } from './match.store.ts';

export type Matching = Verdicts & { lines: readonly WaitingRow[] };

/** What would be allocated of the money that waits, and what stays, why. Nothing changes. */
export const previewMatches = (deps: InsuranceDeps, viewer: Viewer): Promise<Matching> =>
  deps.scoped(viewer, (tx) => matchingOf(deps, tx, { leadOrgId: insurerOf(viewer) }));

export type Matched = {
  items: readonly (Pick<Match, 'lineId' | 'policyId' | 'number' | 'notice'> & { entryId: string; amount: Fen })[];
  left: number; // clear, but more than `most`
  unclear: number;
};

/**
 * Allocate every clear line, at most so many in one act. The rows of the lines are held first and the books after them, as
 * every single allocation does it: two cashiers who press at once allocate each line once.
 */
export const allocateClear = (deps: InsuranceDeps, viewer: Viewer, most: number): Promise<Matched> =>
  deps.scoped(viewer, async (tx) => {
    const leadOrgId = insurerOf(viewer);
    const held = await holdWaiting(tx, leadOrgId);
    await holdBooks(tx, leadOrgId);
    const { clear, unclear, lines } = await matchingOf(deps, tx, { leadOrgId, only: held });
    const rows = new Map(lines.map((line) => [line.id, line]));
    const done = clear.slice(0, most).map((match) => ({ match, entryId: deps.newId() }));
    await bookAll(
      tx,
      done.map(({ match, entryId }) => ({
        id: entryId,
        kind: 'suspense_allocated',
        at: deps.now(),
        leadOrgId,
        note: rows.get(match.lineId)?.bankRef ?? '',
        bankLineId: match.lineId,
        postings: suspenseAllocated(allocationsOf(match)),
      })),
    );
    await premiumMoved(deps, tx, [...new Set(done.map((d) => d.match.policyId))]);
    return {
      items: done.map(({ match: { lineId, policyId, number, notice, parts }, entryId }) => ({
        lineId,
        policyId,
        number,
        notice,
        entryId,
        amount: sum(parts.map((p) => p.amount)),
      })),
      left: clear.length - done.length,
      unclear: unclear.size,
    };
  });

function insurerOf({ orgId }: Viewer): OrgId {
  invariant(orgId, 'a cashier belongs to an insurer');
  return orgId;
}

async function matchingOf(
  deps: InsuranceDeps,
  tx: Db<InsuranceTables>,
  { leadOrgId, only }: { leadOrgId: OrgId; only?: ReadonlySet<string> },
): Promise<Matching> {
  const all = await waitingLines(tx, leadOrgId);
  const lines = only ? all.filter((line) => only.has(line.id)) : all;
  const numbers = [...new Set(lines.flatMap((line) => numbersIn(line.text)))];
  const policies = await namedPolicies(deps, tx, { leadOrgId, numbers });
  return { lines, ...matchLines(lines, policies) };
}

async function namedPolicies(
  deps: InsuranceDeps,
  tx: Db<InsuranceTables>,
  { leadOrgId, numbers }: { leadOrgId: OrgId; numbers: readonly string[] },
): Promise<readonly NamedPolicy[]> {
  const ids = await policiesNumbered(tx, numbers);
  const [arrived, notices, written] = [await arrivedFor(tx, ids), await noticesOf(tx, ids), await writtenWith(tx, ids)];
  const policies = await policiesFor(tx, ids);
  const dues = await duesOf(tx, policies);
  return policies.map((policy) => {
    const purse = deps.subsidisedPayers(policy.schemeCode);
    const come = arrived.get(policy.id) ?? [];
    const open = policy.owed
      .filter((part) => !purse.includes(part.payer))
      .map(({ payer, amount }) => ({
        payer,
        amount: fen(amount - sum(come.filter((a) => a.payer === payer).map((a) => a.amount))),
      }))
      .filter((part) => part.amount > 0);
    return {
      id: policy.id,
      number: policy.number,
      isOwn: policy.leadOrgId === leadOrgId,
      // Of a cancelled policy the days it covered are owed like any other premium.
      isOpen: policy.state !== 'void' && (policy.state !== 'cancelled' || open.length > 0),
      due: open,
      instalments: (dues.get(policy.id) ?? [])
        .filter((due) => due.unpaid > 0)
        .map(({ no, payer, unpaid }) => ({ no, payer, amount: unpaid })),
      notices: notices.get(policy.id) ?? [],
      used: written.get(policy.id) ?? [],
    };
  });
}
