import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { needsSecondFactor, reachOf } from './roles.rules.ts';
import { roleIn } from './sign-in.store.ts';
import type { IdentityTables } from './tables.ts';

/** What the frame of every screen shows about the one who is signed in. */
export async function describeMe(db: Db<IdentityTables>, viewer: Viewer) {
  const row = await db
    .selectFrom('identity.account as a')
    .leftJoin('identity.credential as c', 'c.account_id', 'a.id')
    .leftJoin('identity.org_card as o', 'o.id', 'a.org_id')
    .select(['a.username', 'a.areas', 'c.totp_at', 'o.id as org_id', 'o.name as org_name', 'o.kind as org_kind'])
    .where('a.id', '=', viewer.accountId)
    .executeTakeFirstOrThrow();
  const role = roleIn(viewer.role);
  return {
    accountId: viewer.accountId,
    username: row.username,
    displayName: viewer.displayName,
    role,
    org: row.org_id ? { id: row.org_id, name: row.org_name ?? '', kind: row.org_kind ?? '' } : null,
    areas: await namesOf(db, row.areas),
    reach: reachOf(role),
    hasSecondFactor: row.totp_at !== null,
    needsSecondFactor: needsSecondFactor(role),
  };
}

async function namesOf(db: Db<IdentityTables>, codes: readonly string[]): Promise<{ code: string; name: string }[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .selectFrom('identity.division as d')
    .select(['d.code', 'd.name'])
    .where('d.code', 'in', [...codes])
    .execute();
  return codes.map((code) => ({ code, name: rows.find((r) => r.code === code)?.name ?? code }));
}

/** The living sessions of an account, newest use first. */
export async function listSessions(db: Db<IdentityTables>, accountId: AccountId, now: Date) {
  return db
    .selectFrom('identity.session as s')
    .select(['s.id', 's.started_at', 's.last_seen_at', 's.ends_at', 's.address', 's.agent'])
    .where('s.account_id', '=', accountId)
    .where('s.stage', '=', 'open')
    .where('s.ended_at', 'is', null)
    .where('s.ends_at', '>', now)
    .orderBy('s.last_seen_at', 'desc')
    .limit(100)
    .execute();
}

/** Is there no account of a person yet? Then the first administrator is to be made. */
export async function isEmpty(db: Db<IdentityTables>): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select from identity.account) as empty`.execute(db);
  return rows[0]?.empty ?? true;
}
