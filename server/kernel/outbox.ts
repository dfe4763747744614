import { sql } from 'kysely';
import type { AnyTx } from './db.ts';
import type { Audience } from './scope.ts';

/** The shape every event has. `type` and `v` together name one frozen schema, for ever. */
export type Event = {
  id: string; // UUIDv7, or derived from its cause; consumers drop repeats by it
  type: string; // '<module>.<what_happened>'
  v: number;
  occurredAt: Date;
  subject: string; // the elevator or incident it is about; order is promised only within one subject
  version: number; // of the subject, so that a reader can tell old from new; 0 when it has none
  audience: Audience; // who may hear that it happened (streams carry only type, subject and version)
  data: unknown;
};

/** Put events in the outbox: they leave if, and only if, `tx` commits. An id already there does nothing. */
export async function publish(tx: AnyTx, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(
    (e) => sql`(${e.id}::uuid, ${e.type}, ${e.v}::int, ${e.occurredAt}::timestamptz, ${e.subject}, ${e.version}::int,
      ${[...e.audience.areaCodes]}::text[], ${[...e.audience.orgIds]}::uuid[], ${JSON.stringify(e.data)}::jsonb)`,
  );
  await sql`with written as (
      insert into kernel.outbox (id, type, v, occurred_at, subject, version, area_codes, org_ids, data)
      values ${sql.join(rows)} on conflict (id) do nothing returning id)
    select pg_notify('tian_outbox', '') where exists (select from written)`.execute(tx);
}
