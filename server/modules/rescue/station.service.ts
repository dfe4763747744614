import type { z } from 'zod';
import type { drillInput, rescuerInput, rosterInput, stationInput } from '../../../contract/rescue.ts';
import type { ElevatorId, OrgId, PersonId } from '../../kernel/ids.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { command } from './command.service.ts';
import type { RescueDeps } from './deps.ts';
import { type Sign, takeSign } from './intake.service.ts';

/** Where a station's rows are seen: its divisions by the viewer's own, and its organisation. */
const audienceOf = (viewer: Viewer, orgId: string) => ({
  area_codes: [...viewer.scope.areas],
  org_ids: [orgId as OrgId],
});

/** Open a station. In the viewer's scope: the database refuses one for an organisation he does not keep. */
export async function addStation(
  deps: RescueDeps,
  viewer: Viewer,
  given: z.output<typeof stationInput>,
): Promise<string> {
  const id = deps.newId();
  const { orgId, ...rest } = given;
  const row = { ...rest, id, org_id: orgId as OrgId, closed_on: null, ...audienceOf(viewer, orgId) };
  await deps.scoped(viewer, (tx) => tx.insertInto('rescue.station').values(row).execute());
  return id;
}

/** Register a person of an organisation the viewer sees as a rescuer. False: no such person there. */
export async function registerRescuer(
  deps: RescueDeps,
  { orgId, given }: { orgId: OrgId; given: z.output<typeof rescuerInput> },
): Promise<void> {
  const audience = { area_codes: [], org_ids: [orgId] };
  const { personId, stationId, label, kind, certifiedUntil } = given;
  const facts = { org_id: orgId, station_id: stationId, label, kind, certified_until: certifiedUntil, left_on: null };
  await deps.db
    .insertInto('rescue.rescuer')
    .values({ person_id: personId as PersonId, ...facts, lng: null, lat: null, position_at: null, ...audience })
    .onConflict((c) => c.column('person_id').doUpdateSet(facts))
    .execute();
}

/** Write the roster. People who are no rescuers, or not seen by the viewer, are left out; returns how many lines were taken. */
export async function writeRoster(
  deps: RescueDeps,
  viewer: Viewer,
  { entries }: z.output<typeof rosterInput>,
): Promise<number> {
  const known = await deps.scoped(viewer, (tx) =>
    tx
      .selectFrom('rescue.rescuer')
      .select(['person_id', 'area_codes', 'org_ids'])
      .where('person_id', 'in', [...new Set(entries.map((e) => e.personId as PersonId))])
      .execute(),
  );
  const byPerson = new Map<string, (typeof known)[number]>(known.map((k) => [k.person_id, k]));
  const rows = entries.flatMap((e) => {
    const rescuer = byPerson.get(e.personId);
    const [from_at, to_at] = [new Date(e.fromAt), new Date(e.toAt)];
    return rescuer && to_at > from_at
      ? [{ ...rescuer, id: deps.newId(), from_at, to_at, source: 'roster' as const }]
      : [];
  });
  if (rows.length > 0) await deps.db.insertInto('rescue.duty').values(rows).execute();
  return rows.length;
}

/** Begin a drill: an incident like any other, that calls nobody outside it and counts nowhere. */
export async function startDrill(
  deps: RescueDeps,
  viewer: Viewer,
  { elevatorId, orgId }: z.output<typeof drillInput>,
): Promise<string | null> {
  const seen = await deps.scoped(viewer, (tx) =>
    tx
      .selectFrom('registry.elevator_card')
      .select(['id', 'area_codes'])
      .where('id', '=', elevatorId as ElevatorId)
      .executeTakeFirst(),
  );
  if (!seen) return null;
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    const id = deps.newId();
    const audience = { area_codes: seen.area_codes, org_ids: [orgId as OrgId] };
    const row = {
      id,
      org_id: orgId as OrgId,
      elevator_id: seen.id,
      incident_id: null,
      started_at: deps.now(),
      ended_at: null,
    };
    await tx
      .insertInto('rescue.drill')
      .values({ ...row, outcome: '', summary: '', ...audience })
      .execute();
    const taken = await takeSign(tx, deps, drillSign(deps, { id, elevatorId: seen.id, actor: viewer.accountId }));
    await tx
      .updateTable('rescue.drill')
      .set({ incident_id: taken?.id ?? null })
      .where('id', '=', id)
      .execute();
    return id;
  });
}

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

/** End a drill with what was learned. False: no such drill, or over already. */
export async function finishDrill(
  deps: RescueDeps,
  viewer: Viewer,
  { id, summary }: { id: string; summary: string },
): Promise<boolean> {
  const drill = await deps.scoped(viewer, (tx) =>
    tx.selectFrom('rescue.drill').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  if (!drill || drill.ended_at) return false;
  if (drill.incident_id) {
    const by = { actor: viewer.accountId };
    await command(deps, drill.incident_id, {
      ...by,
      command: { do: 'report_release', crewId: null, people: 0, happenedAt: null },
    });
    await command(deps, drill.incident_id, { ...by, command: { do: 'close' } });
  }
  const ended = { ended_at: deps.now(), outcome: 'done' as const, summary };
  await deps.db.updateTable('rescue.drill').set(ended).where('id', '=', id).execute();
  return true;
}
