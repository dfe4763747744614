import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import type { IdentityTables } from './tables.ts';

/** How many rows each rule took away in one run. */
export type Retained = { signIns: number; sessions: number; people: number; flats: number };

/** Delete and erase what the retention rules no longer allow to be kept. Accounts and audit lines stay. */
export async function retain(tx: Tx<IdentityTables>, now: Date): Promise<Retained> {
  const until = sql`${now}::timestamptz - make_interval(days => r.keep_days)`;
  const signIns = await sql`delete from identity.sign_in s using identity.retention r
    where r.subject = 'sign_in' and s.at < ${until}`.execute(tx);
  const sessions = await sql`delete from identity.session s using identity.retention r
    where r.subject = 'session' and coalesce(s.ended_at, s.ends_at) < ${until}`.execute(tx);
  const people = await sql`update identity.person p
    set name = null, name_key = null, phone = null, phone_key = null, erased_at = ${now}, version = version + 1
    from identity.retention r
    where r.subject = 'person_left' and p.erased_at is null and p.left_on < (${until})::date`.execute(tx);
  const flats = await sql`update identity.household h set unit = null, unit_plain = null from identity.retention r
    where r.subject = 'household_ended' and h.unit is not null and h.ended_at < ${until}`.execute(tx);
  return {
    signIns: Number(signIns.numAffectedRows ?? 0n),
    sessions: Number(sessions.numAffectedRows ?? 0n),
    people: Number(people.numAffectedRows ?? 0n),
    flats: Number(flats.numAffectedRows ?? 0n),
  };
}
