import type { z } from 'zod';
import type { drillInput, drillPlan } from '../../../contract/rescue-field.ts';
import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import { command } from './command.service.ts';
import type { RescueDeps } from './deps.ts';
import { openIncidentsOf } from './incident.store.ts';
import { type Sign, takeSign } from './intake.service.ts';
import type { FieldRefusal } from './status.ts';
import type { RescueTables } from './tables.ts';

type Made = Result<{ id: string }, FieldRefusal>;
type Asked = { elevatorId: string; orgId: string };

/** Plan a drill for a day: which unit, at which elevator. */
export async function planDrill(
  deps: RescueDeps,
  viewer: Viewer,
  { plannedOn, ...asked }: z.output<typeof drillPlan>,
): Promise<Made> {
  if (plannedOn < dayOf(deps.now())) return refuse({ code: 'rescue.drill_in_past' });
  return insertDrill(deps, viewer, { ...asked, plannedOn });
}

/** Begin a drill at once. */
export async function startDrill(deps: RescueDeps, viewer: Viewer, asked: z.output<typeof drillInput>): Promise<Made> {
  const made = await insertDrill(deps, viewer, { ...asked, plannedOn: dayOf(deps.now()) });
  if (!made.ok) return made;
  const begun = await beginDrill(deps, viewer, made.value.id);
  return begun.ok ? made : begun;
}

async function insertDrill(
  deps: RescueDeps,
  viewer: Viewer,
  { elevatorId, orgId, plannedOn }: Asked & { plannedOn: string },
): Promise<Made> {
  const seen = await deps.scoped(viewer, (tx) =>
    tx
      .selectFrom('registry.elevator_card')
      .select(['id', 'area_codes'])
      .where('id', '=', elevatorId as ElevatorId)
      .executeTakeFirst(),
  );
  if (!seen) return refuse({ code: 'rescue.no_elevator' });
  if (!viewer.scope.all && !viewer.scope.orgs.includes(orgId as OrgId)) return refuse({ code: 'rescue.not_your_unit' });
  const id = deps.newId();
  const audience = { area_codes: seen.area_codes, org_ids: [orgId as OrgId] };
  const facts = { org_id: orgId as OrgId, elevator_id: seen.id, incident_id: null, planned_on: plannedOn };
  await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    await tx
      .insertInto('rescue.drill')
      .values({ id, ...facts, ...audience, started_at: null, ended_at: null, outcome: '', summary: '' })
      .execute();
  });
  return accept({ id });
}

/**
 * Begin a planned drill: an incident like any other, that calls nobody outside it and counts nowhere. An elevator with
 * people in it, or with a drill that runs, is left alone.
 */
export async function beginDrill(deps: RescueDeps, viewer: Viewer, id: string): Promise<Result<null, FieldRefusal>> {
  const drill = await seenDrill(deps, viewer, id);
  if (!drill) return refuse({ code: 'rescue.no_drill' });
  if (drill.ended_at || drill.started_at) return refuse({ code: 'rescue.drill_over' });
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    if (await isBusy(tx, drill.elevator_id)) return refuse({ code: 'rescue.elevator_busy' });
    const taken = await takeSign(
      tx,
      deps,
      drillSign(deps, { id, elevatorId: drill.elevator_id, actor: viewer.accountId }),
    );
    await tx
      .updateTable('rescue.drill')
      .set({ incident_id: taken?.id ?? null, started_at: deps.now() })
      .where('id', '=', id)
      .execute();
    return accept(null);
  });
}

const isBusy = async (tx: Tx<RescueTables>, elevatorId: ElevatorId): Promise<boolean> =>
  Object.values(await openIncidentsOf(tx, elevatorId)).some((id) => id !== undefined);

const seenDrill = (deps: RescueDeps, viewer: Viewer, id: string) =>
  deps.scoped(viewer, (tx) => tx.selectFrom('rescue.drill').selectAll().where('id', '=', id).executeTakeFirst());

/** A drill begins as if somebody had called. */
const drillSign = (
  { now }: RescueDeps,
  { id, elevatorId, actor }: { id: string; elevatorId: ElevatorId; actor: string },
): Sign => ({
  elevatorId,
  kind: 'drill',
  sourceRef: id,
  at: now(),
  confidence: 1,
  reasons: ['rescue.evidence.drill'],
  detail: {},
  needs: {},
  byPerson: true,
  stoppedAt: null,
  reportedAt: now(),
  actor,
  drillId: id,
});

/** End a drill that runs, with what was learned. */
export async function finishDrill(
  deps: RescueDeps,
  viewer: Viewer,
  { id, summary }: { id: string; summary: string },
): Promise<Result<null, FieldRefusal>> {
  const drill = await seenDrill(deps, viewer, id);
  if (!drill) return refuse({ code: 'rescue.no_drill' });
  if (drill.ended_at || !drill.started_at) return refuse({ code: 'rescue.drill_over' });
  if (drill.incident_id) {
    const by = { actor: viewer.accountId };
    await command(deps, drill.incident_id, {
      ...by,
      command: { do: 'report_release', crewId: null, people: 0, happenedAt: null },
    });
    await command(deps, drill.incident_id, { ...by, command: { do: 'close' } });
  }
  return endWith(deps, viewer, { id, outcome: 'done', summary });
}

/** Call a planned drill off. */
export async function callOffDrill(
  deps: RescueDeps,
  viewer: Viewer,
  { id, reason }: { id: string; reason: string },
): Promise<Result<null, FieldRefusal>> {
  const drill = await seenDrill(deps, viewer, id);
  if (!drill) return refuse({ code: 'rescue.no_drill' });
  if (drill.ended_at || drill.started_at) return refuse({ code: 'rescue.drill_over' });
  return endWith(deps, viewer, { id, outcome: 'called_off', summary: reason });
}

async function endWith(
  deps: RescueDeps,
  viewer: Viewer,
  { id, ...end }: { id: string; outcome: 'done' | 'called_off'; summary: string },
): Promise<Result<null, FieldRefusal>> {
  await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    await tx
      .updateTable('rescue.drill')
      .set({ ...end, ended_at: deps.now() })
      .where('id', '=', id)
      .execute();
  });
  return accept(null);
}
