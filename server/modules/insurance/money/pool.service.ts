import { createHash } from 'node:crypto';
import type { Db } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { bordereauOf } from './bordereau.rules.ts';
import { poolShared } from './ledger.rules.ts';
import { book } from './ledger.store.ts';
import {
  endOf,
  insurerNames,
  isClosed,
  type PoolContent,
  type PoolMonth,
  type PoolSource,
  savePoolMonth,
  unshared,
} from './pool.store.ts';

export type PoolRefusal =
  | { code: 'insurance.pool_month_not_over'; month: string }
  | { code: 'insurance.pool_month_empty'; month: string }
  | { code: 'insurance.pool_month_closed'; month: string }
  | { code: 'insurance.pool_month_not_found' };

type Shared = { sources: readonly PoolSource[]; content: PoolContent; premium: number; claims: number };

/** A month as it would be closed now. */
export async function poolDraft(
  db: Db<InsuranceTables>,
  { feeBp, ...asked }: { leadOrgId: OrgId; month: string; feeBp: number; withCommission: boolean },
): Promise<Shared> {
  const sources = await unshared(db, asked);
  const { lines, totals, premium, claims } = bordereauOf(
    sources.map((s) => s.shared),
    feeBp,
  );
  const names = await insurerNames(
    db,
    totals.map((t) => t.insurer),
  );
  const content = {
    lines: lines.map((l) => ({ ...l, parts: l.parts.map((p) => ({ ...p })) })),
    totals: totals.map((t) => ({ ...t, name: names.get(t.insurer) ?? '' })),
  };
  return { sources, content, premium, claims };
}

/**
 * Close a month between co-insurers: its lines are shared for good, the true-up is booked once, and what each follower is
 * owed stands among the payments to make. What came late for an earlier month falls into this one.
 */
export const closePoolMonth = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { month, feeBp }: { month: string; feeBp: number },
): Promise<Result<PoolMonth, PoolRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<PoolMonth, PoolRefusal>> => {
    const leadOrgId = viewer.orgId;
    invariant(leadOrgId, 'who closes a month belongs to an insurer');
    const now = deps.now();
    if (endOf(month) > now) return refuse({ code: 'insurance.pool_month_not_over', month });
    if (await isClosed(tx, { leadOrgId, month })) return refuse({ code: 'insurance.pool_month_closed', month });
    const { sources, content, premium, claims } = await poolDraft(tx, {
      leadOrgId,
      month,
      feeBp,
      withCommission: deps.sharesCommission,
    });
    if (sources.length === 0) return refuse({ code: 'insurance.pool_month_empty', month });
    const postings = poolShared(
      bordereauOf(
        sources.map((s) => s.shared),
        feeBp,
      ).totals.filter((t) => t.insurer !== leadOrgId),
    );
    const entryId = postings.length > 0 ? deps.newId() : null;
    if (entryId) await book(tx, { id: entryId, kind: 'pool_shared', at: now, leadOrgId, note: month, postings });
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    const closed: PoolMonth = {
      id: deps.newId(),
      leadOrgId,
      month,
      feeBp,
      premium,
      claims,
      content,
      hash,
      closedAt: now,
    };
    await savePoolMonth(tx, { month: closed, entryId, by: viewer.accountId, sources });
    return accept(closed);
  });
