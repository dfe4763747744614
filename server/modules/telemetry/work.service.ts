import { sql } from 'kysely';
import type { z } from 'zod';
import type { windowAsk } from '../../../contract/telemetry-work.ts';
import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { addSeconds } from '../../kernel/time.ts';
import { note } from '../../kernel/trace.ts';
import { type ElevatorCard, elevatorsFor } from '../registry/index.ts';
import type { TelemetryDeps } from './deps.ts';
import { tellDirectory } from './directory.channel.ts';
import type { TelemetryTables } from './tables.ts';
import { judgeBeginning, judgeEnding, type WorkRefusal } from './work.rules.ts';
import { openKinds, openWindow } from './work.views.ts';
import type { WorkTimes } from './work-report.rules.ts';

/** What declared work is kept with. */
export type WorkDeps = Pick<TelemetryDeps, 'scoped' | 'now'> & { newId: () => string };
export type Begin = z.output<typeof windowAsk> & { elevatorId: ElevatorId };

/** Say that people work on an elevator: detection stays quiet until it is ended, at the latest when its time is over. */
export const beginWork = (
  deps: WorkDeps,
  viewer: Viewer,
  { elevatorId, minutes, reason }: Begin,
): Promise<Result<{ id: string }, WorkRefusal>> =>
  onElevator(deps, { viewer, elevatorId }, async (tx, card) => {
    const at = deps.now();
    const may = judgeBeginning({
      maintenanceOrgId: card.maintenance_org_id,
      viewerOrgId: viewer.orgId,
      current: await openWindow(tx, elevatorId, at),
      openFindings: await openKinds(tx, elevatorId),
    });
    if (!may.ok || !viewer.orgId) return may.ok ? refuse({ code: 'telemetry.work_foreign' } as const) : may;
    const id = deps.newId();
    const times = { startedAt: at, endsAt: addSeconds(at, minutes * 60), isOver: false };
    await keepWork(tx, card, { id, orgId: viewer.orgId, minutes, reason, ...times });
    return accept({ id });
  });

type Kept = { id: string; orgId: OrgId; minutes: number; reason: string } & WorkTimes;

/** Write work down, with a line on the elevator's trace. Work that was over before it was reported silences nothing. */
export async function keepWork(
  tx: Tx<TelemetryTables>,
  card: ElevatorCard,
  { id, orgId, minutes, reason, startedAt, endsAt, isOver }: Kept,
): Promise<void> {
  await tx
    .insertInto('telemetry.maintenance_window')
    .values({
      id,
      elevator_id: card.id,
      org_id: orgId,
      reason,
      started_at: startedAt,
      ends_at: endsAt,
      ended_at: isOver ? endsAt : null,
      area_codes: [...card.area_codes],
      org_ids: [...card.org_ids],
    })
    .execute();
  const code = isOver ? 'telemetry.trace.work_told_late' : 'telemetry.trace.work_begun';
  await noteWork(tx, card, { id, at: startedAt, code, params: { minutes, reason } });
}

type Noted = { id: string; at: Date; code: string; params: Readonly<Record<string, string | number>> };

/** A line on the trace, and the telemetry doors hear of it. */
export async function noteWork(
  tx: Tx<TelemetryTables>,
  card: ElevatorCard,
  { id, at, code, params }: Noted,
): Promise<void> {
  const audience = { areaCodes: card.area_codes, orgIds: card.org_ids };
  await note(tx, [{ subject: card.id, at, code, params, ref: id, audience }]);
  await tellDirectory(tx, [card.id]);
}

/** The work is done: detection looks again at once. */
export const endWork = (deps: WorkDeps, viewer: Viewer, elevatorId: ElevatorId): Promise<Result<null, WorkRefusal>> =>
  onElevator(deps, { viewer, elevatorId }, async (tx, card) => {
    const at = deps.now();
    const current = await openWindow(tx, elevatorId, at);
    const may = judgeEnding({ maintenanceOrgId: card.maintenance_org_id, viewerOrgId: viewer.orgId, current });
    if (!may.ok) return may;
    await tx.updateTable('telemetry.maintenance_window').set({ ended_at: at }).where('id', '=', may.value.id).execute();
    await noteWork(tx, card, { id: may.value.id, at, code: 'telemetry.trace.work_ended', params: {} });
    return accept(null);
  });

/** The shape of both acts: the elevator must be seen, and two who press at once come one after the other. */
export function onElevator<T>(
  { scoped }: WorkDeps,
  { viewer, elevatorId }: { viewer: Viewer; elevatorId: ElevatorId },
  act: (tx: Tx<TelemetryTables>, card: ElevatorCard) => Promise<Result<T, WorkRefusal>>,
): Promise<Result<T, WorkRefusal>> {
  return scoped(viewer, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`work ${elevatorId}`}, 0))`.execute(tx);
    const card = (await elevatorsFor(tx as unknown as Parameters<typeof elevatorsFor>[0], [elevatorId])).get(
      elevatorId,
    );
    return card ? act(tx, card) : refuse({ code: 'telemetry.not_found' } as const);
  });
}
