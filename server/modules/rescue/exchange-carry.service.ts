import { sql } from 'kysely';
import type { ExchangeMessage } from '../../../contract/rescue-exchange.ts';
import { addSeconds } from '../../kernel/time.ts';
import type { ExchangeRow } from './call.tables.ts';
import type { RescueDeps } from './deps.ts';
import { secondsUntilNextTry } from './exchange.rules.ts';
import { type Ack, PEER_SECRET, type Peer } from './exchange.service.ts';

/** Carries one message to a peer and brings the acknowledgement back. Throws when there is none. */
export type Carry = (peer: Peer, message: ExchangeMessage) => Promise<Ack>;

type Waiting = ExchangeRow & { url: string; secret: string };

/**
 * Carry what waits, oldest first; a message of an incident waits for those before it. Peers side by side: one that is away keeps
 * no other waiting for more than its patience. Returns how many were acknowledged.
 */
export async function carryWaiting(deps: RescueDeps, carry: Carry): Promise<number> {
  await dropNeedless(deps);
  const { rows } = await sql<Waiting>`
    select distinct on (x.peer, x.incident_id) x.*, p.url, p.secret from rescue.exchange x join rescue.peer p on p.name = x.peer
    where x.state = 'waiting' and p.active order by x.peer, x.incident_id, x.at, x.id`.execute(deps.db);
  const due = rows.filter((row) => row.retry_at <= deps.now());
  const peers = [...new Set(due.map((row) => row.peer))];
  const carried = await Promise.all(
    peers.map((peer) =>
      carryTo(
        deps,
        carry,
        due.filter((row) => row.peer === peer),
      ),
    ),
  );
  return carried.reduce((sum, one) => sum + one, 0);
}

/** Nobody is sent to a car that is empty: what asks for help and has not arrived when the rescue is over stays here. */
async function dropNeedless({ db }: RescueDeps): Promise<void> {
  await sql`update rescue.exchange x set state = 'given_up' from rescue.incident i
    where x.state = 'waiting' and x.direction = 'out' and x.body ->> 'what' = 'incident' and i.id = x.incident_id
      and (i.released_at is not null or i.end_at is not null)`.execute(db);
}

/** What one peer is to hear, up to the first that it does not take: the rest is tried in the next round. */
async function carryTo(deps: RescueDeps, carry: Carry, line: readonly Waiting[]): Promise<number> {
  let acknowledged = 0;
  for (const row of line) {
    const message = { messageId: row.message_id, sentAt: deps.now().toISOString(), body: row.body } as ExchangeMessage;
    const peer = { name: row.peer, url: row.url, secret: deps.secret.open(PEER_SECRET, row.secret) };
    // A peer that is away is no fault of the rescue: the message waits, and the desk sees it wait.
    const answer = await carry(peer, message).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    await settle(deps, row, answer);
    if (typeof answer === 'string') break;
    acknowledged += 1;
  }
  return acknowledged;
}

async function settle({ db, now }: RescueDeps, row: ExchangeRow, answer: Ack | string): Promise<void> {
  const attempts = row.attempts + 1;
  const failed = typeof answer === 'string';
  const state = failed ? 'waiting' : 'acknowledged';
  const retry_at = addSeconds(now(), secondsUntilNextTry(attempts));
  const facts = { state, attempts, retry_at, last_error: failed ? answer.slice(0, 300) : '' } as const;
  await db
    .updateTable('rescue.exchange')
    .set(failed ? facts : { ...facts, peer_ref: answer.ref })
    .where('id', '=', row.id)
    .execute();
}
