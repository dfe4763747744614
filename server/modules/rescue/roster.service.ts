import type { z } from 'zod';
import type { rosterInput, rosterTaken } from '../../../contract/rescue-field.ts';
import type { PersonId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import type { RescueDeps } from './deps.ts';
import { judgeRoster } from './roster.rules.ts';
import type { FieldRefusal } from './status.ts';

/** Write a roster: the good lines are taken, every bad one is told. Rescuers the viewer does not see are none. */
export async function writeRoster(
  deps: RescueDeps,
  viewer: Viewer,
  { entries }: z.output<typeof rosterInput>,
): Promise<z.input<typeof rosterTaken>> {
  const ids = [...new Set(entries.map((e) => e.personId as PersonId))];
  const lines = entries.map((e) => ({ personId: e.personId, fromAt: new Date(e.fromAt), toAt: new Date(e.toAt) }));
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    const seen = await rescuersSeen(deps, viewer, ids);
    const standing = await tx
      .selectFrom('rescue.duty')
      .select(['person_id', 'from_at as fromAt', 'to_at as toAt'])
      .where('person_id', 'in', ids)
      .where('to_at', '>', deps.now())
      .execute();
    const known = new Map(
      seen.map((r) => [String(r.person_id), { ...r, standing: standing.filter((d) => d.person_id === r.person_id) }]),
    );
    const { good, faults } = judgeRoster(lines, known);
    const rows = good.map(({ line, rescuer }) => ({
      id: deps.newId(),
      person_id: rescuer.person_id,
      from_at: line.fromAt,
      to_at: line.toAt,
      source: 'roster' as const,
      area_codes: rescuer.area_codes,
      org_ids: rescuer.org_ids,
    }));
    if (rows.length > 0) await tx.insertInto('rescue.duty').values(rows).execute();
    return { taken: rows.length, faults: [...faults] };
  });
}

const rescuersSeen = (deps: RescueDeps, viewer: Viewer, ids: readonly PersonId[]) =>
  deps.scoped(viewer, (tx) =>
    tx
      .selectFrom('rescue.rescuer')
      .select(['person_id', 'area_codes', 'org_ids'])
      .where('person_id', 'in', ids)
      .where('left_on', 'is', null)
      .execute(),
  );

/** Take a line out of the roster. One that runs ends now: what was on duty stays on record. */
export async function endDuty(deps: RescueDeps, viewer: Viewer, id: string): Promise<Result<null, FieldRefusal>> {
  const line = await deps.scoped(viewer, (tx) =>
    tx.selectFrom('rescue.duty').select(['from_at', 'to_at']).where('id', '=', id).executeTakeFirst(),
  );
  const now = deps.now();
  if (!line || line.to_at <= now) return refuse({ code: 'rescue.no_duty' });
  await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    if (line.from_at >= now) await tx.deleteFrom('rescue.duty').where('id', '=', id).execute();
    else await tx.updateTable('rescue.duty').set({ to_at: now }).where('id', '=', id).execute();
  });
  return accept(null);
}
