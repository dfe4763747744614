import { sql } from 'kysely';
import type { z } from 'zod';
import { needs } from '../../../contract/rescue.ts';
import type { ExchangeMessage, exchangeAck } from '../../../contract/rescue-exchange.ts';
import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId, IncidentId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { type CallTaken, elevatorByCode, takeCall } from './call.service.ts';
import { holdCall } from './call-act.service.ts';
import { type Acting, command } from './command.service.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';
import { placeHeld } from './unplaced.service.ts';

export type Ack = z.input<typeof exchangeAck>;

/** The two platforms send each other the same two kinds of message, so either may be the older one. */
export type Peer = { name: string; url: string; secret: string };
export const PEER_SECRET = 'rescue.peer.secret';

/** Take a message in. A repeat is acknowledged as before and does nothing. */
export async function takeMessage(
  deps: RescueDeps,
  { peer, message }: { peer: string; message: ExchangeMessage },
): Promise<Ack> {
  const { messageId, body } = message;
  const known = await deps.db
    .selectFrom('rescue.exchange as x')
    .leftJoin('rescue.incident as i', 'i.id', 'x.incident_id')
    .select(['x.id', 'i.number'])
    .where('x.peer', '=', peer)
    .where('x.direction', '=', 'in')
    .where('x.message_id', '=', messageId)
    .executeTakeFirst();
  if (known) return { messageId, repeated: true, ref: known.number };
  const taken =
    body.what === 'incident' ? await takeIncident(deps, peer, body) : await takeState(deps, { peer, messageId, body });
  const now = deps.now();
  const row = {
    id: deps.newId(),
    peer,
    direction: 'in' as const,
    message_id: messageId,
    incident_id: taken?.id ?? null,
    peer_ref: body.ref,
    body: JSON.stringify(body),
    at: now,
    state: 'acknowledged' as const,
    attempts: 1,
    retry_at: now,
  };
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('rescue.exchange')
      .values(row)
      .onConflict((c) => c.columns(['peer', 'direction', 'message_id']).doNothing())
      .execute();
    // Its incident may have changed before anybody here knew whose it is; and one that was open already may be far on.
    if (body.what === 'incident' && taken) await queueState(tx, deps, taken.id);
  });
  return { messageId, repeated: false, ref: taken?.number ?? null };
}

type Taken = { id: IncidentId; number: string } | null;
type IncidentBody = Extract<ExchangeMessage['body'], { what: 'incident' }>;
type StateBody = Extract<ExchangeMessage['body'], { what: 'state' }>;
type StateTold = { peer: string; messageId: string; body: StateBody };

/**
 * The other platform asks us to rescue: an incident like any other, known by its number there. One whose code nobody knew is
 * placed by a later message that names the elevator.
 */
async function takeIncident(deps: RescueDeps, peer: string, body: IncidentBody): Promise<Taken> {
  const elevatorId = await elevatorByCode(deps.db, body.code);
  const actor = `peer:${peer}`;
  const call = await takeCall(deps, {
    channel: 'exchange',
    kind: 'entrapment',
    key: `${peer}:${body.ref}`,
    elevatorId,
    connectedAt: new Date(body.reportedAt),
    caller: '',
    callBackWanted: false,
    recordingRef: null,
    routedTo: '',
    partnerRef: body.ref,
    said: elevatorId ? body.said : `${body.code} ${body.said}`.trim(), // the desk must see what was given, to find it
    needs: body.needs,
    actor,
  });
  if (!call.incidentId && elevatorId) {
    const placed = await deps.db.transaction().execute(async (tx) => {
      await actAs(tx, actor);
      return placeHeld(tx, deps, { held: await holdCall(tx, call.callId), elevatorId, actor });
    });
    // Settled by the desk meanwhile: a person has looked, and his word stands.
    return placed.ok ? takenOf(placed.value) : null;
  }
  return takenOf(call);
}

const takenOf = (call: CallTaken): Taken =>
  call.incidentId && call.number ? { id: call.incidentId, number: call.number } : null;

/** The other platform tells how far its rescue of our passenger is. `peerRef` is our own number. */
async function takeState(deps: RescueDeps, told: StateTold): Promise<Taken> {
  const row = await deps.db
    .selectFrom('rescue.incident as i')
    .innerJoin('rescue.exchange as x', 'x.incident_id', 'i.id')
    .select(['i.id', 'i.number'])
    .where('i.number', '=', told.body.peerRef)
    .where('x.peer', '=', told.peer)
    .where('x.direction', '=', 'out')
    .where(sql<boolean>`x.body ->> 'what' = 'incident'`)
    .executeTakeFirst();
  if (!row) return null; // a number that nobody gave this platform: kept with the message, and nobody's rescue ends by it
  const acting = actingOf(deps, told);
  if (acting) {
    const done = await command(deps, row.id, acting);
    invariant(done.ok, 'a report is never refused');
  }
  return row;
}

function actingOf(deps: RescueDeps, { peer, messageId, body }: StateTold): Acting | null {
  const happenedAt = new Date(body.at);
  const crew = { crewId: `peer:${peer}`, offerId: deps.newId(), happenedAt };
  const data = { peerPhase: body.phase, peerCrew: body.crew };
  const by = { actor: `peer:${peer}`, data, reportKey: `peer:${peer}:${messageId}` };
  switch (body.phase) {
    case 'under_way':
      return { ...by, command: { do: 'report_accept', ...crew } };
    case 'on_site':
      return { ...by, command: { do: 'report_arrival', ...crew } };
    case 'released':
      return { ...by, command: { do: 'report_release', crewId: crew.crewId, people: body.people, happenedAt } };
    case 'raised':
    case 'offered':
    case 'closed':
    case 'dismissed':
    case 'joined':
      return null; // kept with the message; changes nothing here
  }
}

/**
 * Tell the peers concerned of a change, in the transaction of the reaction that hears of it. An incident that came from a
 * peer is answered with its states; one of ours that was handed to a peer is sent there first.
 */
export async function queueState(
  tx: Tx<RescueTables>,
  deps: Pick<RescueDeps, 'now' | 'newId'>,
  id: string,
): Promise<void> {
  const incidentId = id as IncidentId;
  const origins = await tx
    .selectFrom('rescue.exchange')
    .select(['peer', 'peer_ref'])
    .distinct()
    .where('incident_id', '=', incidentId)
    .where('direction', '=', 'in')
    .where(sql<boolean>`body ->> 'what' = 'incident'`)
    .execute();
  if (origins.length === 0) return; // nearly always
  const row = await tx.selectFrom('rescue.incident').selectAll().where('id', '=', incidentId).executeTakeFirst();
  if (!row || row.drill) return;
  for (const { peer, peer_ref } of origins) {
    const body = {
      what: 'state' as const,
      ref: row.number,
      peerRef: peer_ref ?? '',
      phase: row.phase,
      level: row.level,
      at: (row.released_at ?? deps.now()).toISOString(),
      crew: '',
      people: row.people,
    };
    await queue(tx, deps, { peer, incidentId: row.id, messageId: `${row.id}:${row.version}`, body });
  }
}

/** Ask a peer to rescue for us. */
export async function handToPeer(
  deps: RescueDeps,
  { id, peer, actor }: { id: IncidentId; peer: string; actor: string },
): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, actor);
    const row = await tx.selectFrom('rescue.incident').selectAll().where('id', '=', id).executeTakeFirst();
    const known = await tx
      .selectFrom('rescue.peer')
      .select('name')
      .where('name', '=', peer)
      .where('active', '=', true)
      .executeTakeFirst();
    if (!row || !known) return false;
    const body = {
      what: 'incident' as const,
      ref: row.number,
      code: await codeOf(tx, row),
      reportedAt: row.aware_at.toISOString(),
      said: row.address,
      needs: needs.parse(row.needs),
    };
    await queue(tx, deps, { peer, incidentId: id, messageId: `${id}:incident`, body });
    return true;
  });
}

/** The six digits of the plate, else the registration code; a car that has neither is found by its address. */
async function codeOf(
  tx: Tx<RescueTables>,
  { rescue_code, elevator_id }: { rescue_code: string | null; elevator_id: ElevatorId },
): Promise<string> {
  if (rescue_code) return rescue_code;
  const card = await tx
    .selectFrom('registry.elevator_card')
    .select('registration_code')
    .where('id', '=', elevator_id)
    .executeTakeFirst();
  return card?.registration_code ?? NO_CODE;
}
const NO_CODE = '-';

type Queued = { peer: string; incidentId: IncidentId; messageId: string; body: ExchangeMessage['body'] };

async function queue(
  tx: Tx<RescueTables>,
  { now, newId }: Pick<RescueDeps, 'now' | 'newId'>,
  q: Queued,
): Promise<void> {
  await tx
    .insertInto('rescue.exchange')
    .values({
      id: newId(),
      peer: q.peer,
      direction: 'out',
      message_id: q.messageId,
      incident_id: q.incidentId,
      peer_ref: null,
      body: JSON.stringify(q.body),
      at: now(),
      state: 'waiting',
      attempts: 0,
      retry_at: now(),
    })
    .onConflict((c) => c.columns(['peer', 'direction', 'message_id']).doNothing())
    .execute();
}
