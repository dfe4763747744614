import type { FindingId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Scoped, Viewer } from '../../kernel/scope.ts';
import { note } from '../../kernel/trace.ts';
import type { TelemetryTables } from './tables.ts';
import { mayTake, type TakeRefusal } from './take.rules.ts';

type Refusal = TakeRefusal | { code: 'telemetry.not_found' } | { code: 'telemetry.changed_meanwhile' };
type TakeDeps = { scoped: Scoped<TelemetryTables>; now: () => Date };
type Take = { id: FindingId; version: number; remark: string };

/** Take a finding in hand: from now on it has a person's name. */
export const takeFinding = (
  { scoped, now }: TakeDeps,
  viewer: Viewer,
  { id, version, remark }: Take,
): Promise<Result<null, Refusal>> =>
  scoped(viewer, async (tx) => {
    const finding = await tx
      .selectFrom('telemetry.finding')
      .select(['elevator_id', 'kind', 'closed_at', 'taken_by', 'area_codes', 'org_ids'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!finding) return refuse({ code: 'telemetry.not_found' });
    const decided = mayTake({ closed: finding.closed_at !== null, takenBy: finding.taken_by }, viewer.accountId);
    if (!decided.ok) return decided;
    const at = now();
    const { numUpdatedRows } = await tx
      .updateTable('telemetry.finding')
      .set({ taken_by: decided.value.takenBy, taken_at: at, taken_remark: remark, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) return refuse({ code: 'telemetry.changed_meanwhile' });
    await note(tx, [
      {
        subject: finding.elevator_id,
        at,
        code: 'telemetry.trace.finding_taken',
        params: { kind: finding.kind },
        ref: id,
        audience: { areaCodes: finding.area_codes, orgIds: finding.org_ids },
      },
    ]);
    return accept(null);
  });
