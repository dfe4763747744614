import { needs } from '../../../contract/rescue.ts';
import { keepAct } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId, IncidentId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { type CallDeps, type CallTaken, signOf } from './call.service.ts';
import { actOnCall, type HeldCall, isUnplaced } from './call-act.service.ts';
import type { RescueDeps } from './deps.ts';
import type { FieldRefusal } from './status.ts';
import type { RescueTables } from './tables.ts';

/**
 * The desk found out which elevator a call means: it opens an incident there, or joins the open one, with the time at which
 * the call came. Whoever places it a second time is told what became of it.
 */
export async function placeCall(
  deps: RescueDeps,
  viewer: Viewer,
  { id, elevatorId }: { id: string; elevatorId: ElevatorId },
): Promise<Result<CallTaken, FieldRefusal>> {
  const car = await deps.scoped(viewer, (tx) =>
    tx.selectFrom('registry.elevator_card').select('id').where('id', '=', elevatorId).executeTakeFirst(),
  );
  return actOnCall(deps, { viewer, id }, async (tx, held) =>
    car ? placeHeld(tx, deps, { held, elevatorId, actor: viewer.accountId }) : refuse({ code: 'rescue.no_elevator' }),
  );
}

type Placing = { held: HeldCall; elevatorId: ElevatorId; actor: string };

/** Place a call that is held, whoever found out: the desk, or the platform that sent it. */
export async function placeHeld(
  tx: Tx<RescueTables>,
  deps: CallDeps,
  { held, elevatorId, actor }: Placing,
): Promise<Result<CallTaken, FieldRefusal>> {
  if (held.incident_id) return accept(await becameOf(tx, held));
  if (!isUnplaced(held)) return refuse({ code: 'rescue.call_settled' });
  const said = { channel: held.channel, elevatorId, needs: needs.parse(held.needs), actor };
  const told = { ...said, connectedAt: held.connected_at ?? held.at };
  const sign = await signOf(tx, deps, { told, callId: held.id });
  if (!sign) return refuse({ code: 'rescue.no_elevator' });
  await keepPlace(tx, { held, elevatorId, incidentId: sign.id, joined: sign.joined });
  return accept({ callId: held.id, incidentId: sign.id, number: sign.number, joined: sign.joined });
}

/** Nobody has to be looked for: not an entrapment after all, or rescued under another number. Kept with the reason. */
export const settleCall = (
  deps: RescueDeps,
  viewer: Viewer,
  { id, reason }: { id: string; reason: string },
): Promise<Result<null, FieldRefusal>> =>
  actOnCall(deps, { viewer, id }, async (tx, held) => {
    if (!isUnplaced(held)) return refuse({ code: 'rescue.call_settled' });
    const settled = { settled_at: deps.now(), settled_why: reason };
    await tx.updateTable('rescue.call').set(settled).where('id', '=', id).execute();
    await keepAct(tx, { action: 'settle', object: 'rescue.call', rowId: id, after: { reason } });
    return accept(null);
  });

async function becameOf(tx: Tx<RescueTables>, { id, incident_id, joined }: HeldCall): Promise<CallTaken> {
  const row = await tx.selectFrom('rescue.incident').select('number').where('id', '=', incident_id).executeTakeFirst();
  return { callId: id, incidentId: incident_id, number: row?.number ?? null, joined };
}

type Placed = { held: HeldCall; elevatorId: ElevatorId; incidentId: IncidentId; joined: boolean };

async function keepPlace(tx: Tx<RescueTables>, { held, elevatorId, incidentId, joined }: Placed): Promise<void> {
  const parties = await tx
    .selectFrom('registry.elevator_card')
    .select(['area_codes', 'org_ids'])
    .where('id', '=', elevatorId)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('rescue.call')
    .set({ elevator_id: elevatorId, incident_id: incidentId, joined, ...parties })
    .where('id', '=', held.id)
    .execute();
  await keepAct(tx, { action: 'place', object: 'rescue.call', rowId: held.id, after: { elevatorId, incidentId } });
  if (held.channel !== 'exchange' || held.partner_ref === null) return;
  // The platform that asked is told from here on how far its passenger is.
  await tx
    .updateTable('rescue.exchange')
    .set({ incident_id: incidentId })
    .where('direction', '=', 'in')
    .where('peer', '=', held.actor.replace(/^peer:/, ''))
    .where('peer_ref', '=', held.partner_ref)
    .where('incident_id', 'is', null)
    .execute();
}
