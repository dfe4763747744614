import { sql } from 'kysely';
import type { z } from 'zod';
import type { ExchangeMessage, exchangeAck } from '../../../contract/rescue-exchange.ts';
import type { Tx } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { elevatorByCode, takeCall } from './call.service.ts';
import type { ExchangeRow } from './call.tables.ts';
import { type Acting, command } from './command.service.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

type Ack = z.input<typeof exchangeAck>;

/** The two platforms send each other the same two kinds of message, so either may be the older one. */
export type Peer = { name: string; url: string; secret: string };
export const PEER_SECRET = 'rescue.peer.secret';

/** Carries one message to a peer and brings the acknowledgement back. Throws when there is none. */
export type Carry = (peer: Peer, message: ExchangeMessage) => Promise<Ack>;

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
  const taken = body.what === 'incident' ? await takeIncident(deps, peer, body) : await takeState(deps, peer, body);
  const now = deps.now();
  await deps.db
    .insertInto('rescue.exchange')
    .values({
      id: deps.newId(),
      peer,
      direction: 'in',
      message_id: messageId,
      incident_id: taken?.id ?? null,
      peer_ref: body.ref,
      body: JSON.stringify(body),
      at: now,
      state: 'acknowledged',
      attempts: 1,
      retry_at: now,
    })
    .onConflict((c) => c.columns(['peer', 'direction', 'message_id']).doNothing())
    .execute();
  return { messageId, repeated: false, ref: taken?.number ?? null };
}

type Taken = { id: IncidentId; number: string } | null;
type IncidentBody = Extract<ExchangeMessage['body'], { what: 'incident' }>;
type StateBody = Extract<ExchangeMessage['body'], { what: 'state' }>;

/** The other platform asks us to rescue: an incident like any other, known by its number there. */
async function takeIncident(deps: RescueDeps, peer: string, body: IncidentBody): Promise<Taken> {
  const call = await takeCall(deps, {
    channel: 'exchange',
    kind: 'entrapment',
    key: `${peer}:${body.ref}`,
    elevatorId: await elevatorByCode(deps.db, body.code),
    connectedAt: new Date(body.reportedAt),
    caller: '',
    callBackWanted: false,
    recordingRef: null,
    routedTo: '',
    partnerRef: body.ref,
    said: body.said,
    needs: body.needs,
    actor: `peer:${peer}`,
  });
  return call.incidentId && call.number ? { id: call.incidentId, number: call.number } : null;
}

/** The other platform tells how far its rescue of our passenger is. `peerRef` is our own number. */
async function takeState(deps: RescueDeps, peer: string, body: StateBody): Promise<Taken> {
  const row = await deps.db
    .selectFrom('rescue.incident')
    .select(['id', 'number'])
    .where('number', '=', body.peerRef)
    .executeTakeFirst();
  if (!row) return null;
  const acting = actingOf(deps, peer, body);
  if (acting) {
    const done = await command(deps, row.id, acting);
    invariant(done.ok, 'a report is never refused');
  }
  return row;
}

function actingOf(deps: RescueDeps, peer: string, body: StateBody): Acting | null {
  const happenedAt = new Date(body.at);
  const crew = { crewId: `peer:${peer}`, offerId: deps.newId(), happenedAt };
  const by = { actor: `peer:${peer}`, data: { peerPhase: body.phase, peerCrew: body.crew } };
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
      code: row.rescue_code ?? '',
      reportedAt: row.aware_at.toISOString(),
      said: row.address,
      needs: {},
    };
    await queue(tx, deps, { peer, incidentId: id, messageId: `${id}:incident`, body });
    return true;
  });
}

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

const MOST_ATTEMPTS = 40;

/** Carry what waits, oldest first; a message of an incident waits for those before it. Returns how many were acknowledged. */
export async function carryWaiting(deps: RescueDeps, carry: Carry): Promise<number> {
  const { secret } = deps;
  let acknowledged = 0;
  const { rows } = await sql<ExchangeRow & { url: string; secret: string }>`
    select distinct on (x.peer, x.incident_id) x.*, p.url, p.secret from rescue.exchange x join rescue.peer p on p.name = x.peer
    where x.state = 'waiting' and p.active order by x.peer, x.incident_id, x.at, x.id`.execute(deps.db);
  for (const row of rows.filter((r) => r.retry_at <= deps.now())) {
    const message = { messageId: row.message_id, sentAt: deps.now().toISOString(), body: row.body } as ExchangeMessage;
    const peer = { name: row.peer, url: row.url, secret: secret.open(PEER_SECRET, row.secret) };
    // A peer that is away is no fault of the rescue: the message waits, and the desk sees it wait.
    const answer = await carry(peer, message).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    if (typeof answer !== 'string') acknowledged += 1;
    await settle(deps, row, answer);
  }
  return acknowledged;
}

async function settle({ db, now }: RescueDeps, row: ExchangeRow, answer: Ack | string): Promise<void> {
  const attempts = row.attempts + 1;
  const failed = typeof answer === 'string';
  const state = !failed ? 'acknowledged' : attempts >= MOST_ATTEMPTS ? 'given_up' : 'waiting';
  const retry_at = new Date(now().getTime() + Math.min(60, 2 ** attempts) * 1_000);
  const facts = { state, attempts, retry_at, last_error: failed ? answer.slice(0, 300) : '' } as const;
  await db
    .updateTable('rescue.exchange')
    .set(failed ? facts : { ...facts, peer_ref: answer.ref })
    .where('id', '=', row.id)
    .execute();
}
