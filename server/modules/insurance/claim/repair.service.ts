import { sql } from 'kysely';
import { type Fen, fen } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimToActOn } from './claim.service.ts';
import { addStep } from './claim.store.ts';
import type { ActRefusal } from './claim-act.rules.ts';
import { BENCHMARK_DAYS, repeatsOf } from './claim-parts.views.ts';
import { checkPrices, checkRepeats, type RepairLine, type RepairRefusal, repairTotal } from './repair.rules.ts';

export type RepairOutcome = Result<{ total: Fen }, ActRefusal | RepairRefusal | { code: 'insurance.repair_listed' }>;

/**
 * List what a repair is made of, so that the insurer can pay the workshop first (保险公司先行垫付维修). Each price is
 * held against what the same part cost elsewhere, each part against this elevator's other claims of the last days; what stands
 * out says why, or nothing is kept.
 */
export const listRepair = (
  deps: ClaimDeps,
  viewer: Viewer,
  { claimId, lines }: { claimId: string; lines: readonly RepairLine[] },
): Promise<RepairOutcome> =>
  deps.scoped(viewer, async (tx): Promise<RepairOutcome> => {
    const claim = await claimToActOn(tx, viewer, { id: claimId, role: 'repair' });
    if (!claim.ok) return claim;
    const listed = await tx
      .selectFrom('insurance.repair_line')
      .select('id')
      .where('claim_id', '=', claimId)
      .executeTakeFirst();
    if (listed) return refuse({ code: 'insurance.repair_listed' });
    const at = deps.now();
    const since = new Date(at.getTime() - BENCHMARK_DAYS * 86_400_000);
    const { rows } = await sql<{ code: string; claims: number; median: number; upper: number }>`
      select * from insurance.repair_benchmark(${lines.map((l) => l.code)}::text[], ${since})`.execute(tx);
    const wrong = checkPrices(
      lines,
      rows.map((r) => ({ ...r, median: fen(r.median), upper: fen(r.upper) })),
    );
    if (wrong) return refuse(wrong);
    const again = checkRepeats(lines, await repeatsOf(tx, { claimId, codes: lines.map((l) => l.code), until: at }));
    if (again) return refuse(again);
    const values = lines.map((line, i) => ({
      id: deps.newId(),
      claim_id: claimId,
      line: i + 1,
      code: line.code,
      name: line.name,
      quantity: line.quantity,
      unit_price: line.unitPrice,
      accepted: null,
      reason: line.reason,
      at,
    }));
    await tx.insertInto('insurance.repair_line').values(values).execute();
    const total = repairTotal(lines);
    const after = { lines: lines.length, total };
    await addStep(tx, { claimId, at, actor: viewer.accountId, name: 'list_repair', before: {}, after });
    return accept({ total });
  });
