import type { z } from 'zod';
import type { workAnswer, workReport } from '../../../contract/telemetry-work.ts';
import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Keys } from '../../kernel/keys.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { type ElevatorCard, elevatorOfScan, elevatorsFor, findByIdentifier } from '../registry/index.ts';
import type { TelemetryTables } from './tables.ts';
import { judgeBeginning, type WorkRefusal } from './work.rules.ts';
import { keepWork, noteWork, onElevator, type WorkDeps } from './work.service.ts';
import { openKinds, openWindow } from './work.views.ts';
import { workEnd, workTimes } from './work-report.rules.ts';

type Deps = WorkDeps & { keys: Keys };
type Said = z.output<typeof workReport>;
type Answer = z.infer<typeof workAnswer>;
type Begin = Extract<Said, { do: 'begin' }>;
type End = Extract<Said, { do: 'end' }>;

/**
 * What a phone says of work at the car, now or out of its queue. The same report twice counts once. Beginning may be
 * refused, because it silences the alarm; that it is over is always taken.
 */
export async function reportWork(deps: Deps, viewer: Viewer, said: Said): Promise<Result<Answer, WorkRefusal>> {
  return said.do === 'begin' ? reportBeginning(deps, viewer, said) : reportEnd(deps, viewer, said);
}

async function reportBeginning(deps: Deps, viewer: Viewer, said: Begin): Promise<Result<Answer, WorkRefusal>> {
  const elevatorId = await deps.scoped(viewer, (tx) => elevatorAt(tx, deps.keys, said.scanned));
  if (!elevatorId) return refuse({ code: 'telemetry.work_unknown_plate' });
  return onElevator(deps, { viewer, elevatorId }, async (tx, card) => {
    const known = await findWork(tx, said.key);
    if (known) return accept(answerOf(card, known.ended_at ? null : known.ends_at));
    const now = deps.now();
    const times = workTimes({ happenedAt: new Date(said.happenedAt), minutes: said.minutes, now });
    const isOwn = viewer.orgId !== null && card.maintenance_org_id === viewer.orgId;
    const may = times.isOver
      ? isOwn || refuse({ code: 'telemetry.work_foreign' } as const)
      : judgeBeginning({
          maintenanceOrgId: card.maintenance_org_id,
          viewerOrgId: viewer.orgId,
          current: await openWindow(tx, elevatorId, now),
          openFindings: await openKinds(tx, elevatorId),
        });
    if (may !== true && !may.ok) return may;
    if (!viewer.orgId) return refuse({ code: 'telemetry.work_foreign' } as const);
    const { key: id, minutes, reason } = said;
    await keepWork(tx, card, { id, orgId: viewer.orgId, minutes, reason, ...times });
    return accept(answerOf(card, times.isOver ? null : times.endsAt));
  });
}

async function reportEnd(deps: Deps, viewer: Viewer, said: End): Promise<Result<Answer, WorkRefusal>> {
  const work = await deps.scoped(viewer, (tx) => findWork(tx, said.work));
  if (!work) return refuse({ code: 'telemetry.work_over' });
  return onElevator(deps, { viewer, elevatorId: work.elevator_id }, async (tx, card) => {
    const current = await findWork(tx, said.work);
    const isOwn = viewer.orgId !== null && (viewer.orgId === work.org_id || viewer.orgId === card.maintenance_org_id);
    if (!isOwn) return refuse({ code: 'telemetry.work_foreign' } as const);
    if (!current || current.ended_at) return accept(answerOf(card, null)); // said before: the first one counts
    const now = deps.now();
    const endedAt = workEnd({ happenedAt: new Date(said.happenedAt), startedAt: current.started_at, now });
    await tx
      .updateTable('telemetry.maintenance_window')
      .set({ ended_at: endedAt })
      .where('id', '=', current.id)
      .execute();
    await noteWork(tx, card, { id: current.id, at: endedAt, code: 'telemetry.trace.work_ended', params: {} });
    return accept(answerOf(card, null));
  });
}

/** The elevator whose plate was read, or whose six digits were typed; undefined outside the viewer's scope. */
async function elevatorAt(tx: Tx<TelemetryTables>, keys: Keys, scanned: string): Promise<ElevatorId | undefined> {
  const byPlate = elevatorOfScan(keys, scanned);
  if (byPlate) return byPlate;
  const value = /(?<!\d)(\d{6})(?!\d)/.exec(scanned)?.[1];
  if (!value) return undefined;
  const registry = tx as unknown as Parameters<typeof findByIdentifier>[0];
  const [found] = await findByIdentifier(registry, [{ type: 'rescue_code', value }]);
  const seen = found ? await elevatorsFor(registry, [found]) : undefined;
  return seen?.has(found as ElevatorId) ? (found as ElevatorId) : undefined;
}

const findWork = (tx: Tx<TelemetryTables>, id: string) =>
  tx.selectFrom('telemetry.maintenance_window').selectAll().where('id', '=', id).executeTakeFirst();

const answerOf = ({ id, address, rescue_code }: ElevatorCard, endsAt: Date | null): Answer => ({
  elevatorId: id,
  address,
  rescueCode: rescue_code,
  silentUntil: endsAt?.toISOString() ?? null,
});
