import type { IncidentId } from '../../kernel/ids.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import type { RescueDeps } from './deps.ts';
import { seesIncident } from './desk.service.ts';
import { holdIncident } from './incident.store.ts';
import { appendLines } from './log.store.ts';

/** Connect the desk with the car. What the adapter answers stands on the timeline, also when it failed. */
export async function startTalk(
  deps: RescueDeps,
  { id, viewer }: { id: IncidentId; viewer: Viewer },
): Promise<{ talkId: string; ok: boolean; reason: string } | undefined> {
  if (!(await seesIncident(deps, { id, viewer }))) return undefined;
  const talkId = deps.newId();
  const incident = await deps.db
    .selectFrom('rescue.incident')
    .select(['elevator_id', 'rescue_code'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const startedAt = deps.now();
  const call = { talkId, elevatorId: incident.elevator_id, rescueCode: incident.rescue_code, incidentId: id };
  // A telephone that does not answer is part of the story: the failure goes on the timeline.
  const started = await deps.voice.start(call).catch((error: unknown) => ({ ok: false, reason: String(error) }));
  const now = deps.now();
  await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    await holdIncident(tx, id);
    const failed = started.ok ? { ended_at: null, outcome: null } : { ended_at: now, outcome: 'failed' as const };
    const row = {
      id: talkId,
      incident_id: id,
      started_at: startedAt,
      ...failed,
      reason: started.reason,
      adapter: deps.voice.name,
    };
    await tx.insertInto('rescue.talk').values(row).execute();
    const what = started.ok ? 'talk_started' : 'talk_failed';
    const data = { adapter: deps.voice.name, reason: started.reason };
    const said = { at: now, happenedAt: null, actor: viewer.accountId, what, data };
    await appendLines(tx, id, [{ ...said, remarks: [], reportKey: null, corrects: null }]);
  });
  return { talkId, ...started };
}

/** Hang up. False: no such talk, or not seen. */
export async function endTalk(
  deps: RescueDeps,
  { talkId, viewer }: { talkId: string; viewer: Viewer },
): Promise<boolean> {
  const seen = await deps.scoped(viewer, (tx) =>
    tx.selectFrom('rescue.talk').select('incident_id').where('id', '=', talkId).executeTakeFirst(),
  );
  if (!seen) return false;
  await deps.voice.end(talkId);
  const now = deps.now();
  await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    await holdIncident(tx, seen.incident_id);
    const { numUpdatedRows } = await tx
      .updateTable('rescue.talk')
      .set({ ended_at: now, outcome: 'ended' })
      .where('id', '=', talkId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    const entry = { at: now, happenedAt: null, actor: viewer.accountId, what: 'talk_ended', data: {}, remarks: [] };
    await appendLines(tx, seen.incident_id, [{ ...entry, reportKey: null, corrects: null }]);
  });
  return true;
}
