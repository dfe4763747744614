import { sql } from 'kysely';
import type { AnyTx, Db, Tx } from '../../kernel/db.ts';
import type { Event } from '../../kernel/outbox.ts';
import { type Scope, sees } from '../../kernel/scope.ts';
import type { IdentityTables } from './tables.ts';
import type { Told } from './webhook.rules.ts';

/** Put an event in the line of every webhook that asked for it and may see it. A repeat does nothing. */
export async function queueCalls(
  tx: Tx<IdentityTables>,
  event: Event,
  { newId, now }: { newId: () => string; now: Date },
): Promise<number> {
  const asked = await tx
    .selectFrom('identity.webhook')
    .select(['id', 'scope'])
    .where('active', '=', true)
    .where(sql<boolean>`${event.type} = any (events)`)
    .execute();
  const told = asked.filter((w) => sees(w.scope as Scope, event.audience));
  if (told.length === 0) return 0;
  const rows = told.map((w) => ({
    id: newId(),
    webhook_id: w.id,
    event_id: event.id,
    type: event.type,
    v: event.v,
    subject: event.subject,
    subject_version: event.version,
    occurred_at: event.occurredAt,
    state: 'waiting' as const,
    retry_at: now,
    done_at: null,
  }));
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('identity.webhook_call')
    .values(rows)
    .onConflict((c) => c.columns(['webhook_id', 'event_id']).doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0n);
}

export type DueCall = Told & { id: string; url: string; secret: string; attempts: number };

/** Calls that are due, held for this transaction, so that two processes never make one at a time. */
export async function takeDueCalls(tx: AnyTx, now: Date, limit: number): Promise<DueCall[]> {
  const { rows } = await sql<DueCall>`select c.id, c.event_id as "eventId", c.type, c.v, c.subject,
      c.subject_version as version, c.occurred_at as "occurredAt", c.attempts, w.url, w.secret
    from identity.webhook_call c join identity.webhook w on w.id = c.webhook_id
    where c.state = 'waiting' and c.retry_at <= ${now} and w.active
    order by c.retry_at limit ${limit} for update of c skip locked`.execute(tx);
  return rows;
}

/** Calls of a webhook, those given up first. */
export const callsOf = (db: Db<IdentityTables>, webhookId: string, state: 'waiting' | 'sent' | 'dead' | undefined) =>
  db
    .selectFrom('identity.webhook_call')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .$if(state !== undefined, (q) => q.where('state', '=', state ?? 'dead'))
    .orderBy((e) => e('state', '=', 'dead'), 'desc')
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();

/** Webhooks with what waits and what was given up. */
export async function listWebhooks(tx: Tx<IdentityTables>) {
  const { rows } = await sql<{
    id: string;
    name: string;
    url: string;
    events: string[];
    org: string;
    active: boolean;
    version: number;
    created: Date;
    waiting: number;
    dead: number;
  }>`select w.id, w.name, w.url, w.events, g.name as org, w.active, w.version, w.created_at as created,
      (select count(*)::int from identity.webhook_call c where c.webhook_id = w.id and c.state = 'waiting') as waiting,
      (select count(*)::int from identity.webhook_call c where c.webhook_id = w.id and c.state = 'dead') as dead
    from identity.webhook w join identity.org_card g on g.id = w.org_id order by w.name, w.id`.execute(tx);
  return rows;
}
