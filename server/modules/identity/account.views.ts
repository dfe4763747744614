import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import type { AccountId, OrgId } from '../../kernel/ids.ts';
import { countAdministrators } from './account.store.ts';
import type { Role } from './roles.rules.ts';
import { usernameKey } from './sign-in.rules.ts';
import { roleIn } from './sign-in.store.ts';
import type { IdentityTables } from './tables.ts';

export type AccountFilter = {
  q?: string | undefined;
  role?: Role | undefined;
  orgId?: string | undefined;
  state?: 'active' | 'suspended' | undefined;
  after?: string | undefined; // the name after which to go on
  limit: number;
};

/** A line of the list of accounts. Names are still sealed. */
export type AccountLine = {
  id: AccountId;
  username: string;
  label: string;
  role: Role;
  orgId: OrgId | null;
  orgName: string | null;
  personId: string | null;
  sealedName: string | null;
  areas: string[];
  state: 'active' | 'suspended';
  demo: boolean;
  version: number;
};

/** Accounts by name, as far as the viewer of the transaction may see any. */
export async function listAccounts(tx: Tx<IdentityTables>, filter: AccountFilter): Promise<AccountLine[]> {
  const key = filter.q ? usernameKey(filter.q) : '';
  let query = lines(tx)
    .orderBy('a.username_key')
    .limit(filter.limit + 1);
  if (key) {
    query = query.where((eb) =>
      eb.or([
        eb(sql<number>`strpos(a.username_key, ${key})`, '>', 0),
        eb(sql<number>`strpos(lower(a.label), ${key})`, '>', 0),
        eb(sql<number>`strpos(lower(o.name), ${key})`, '>', 0),
      ]),
    );
  }
  if (filter.role) query = query.where('a.role', '=', filter.role);
  if (filter.orgId) query = query.where('a.org_id', '=', filter.orgId as OrgId);
  if (filter.state) query = query.where('a.state', '=', filter.state);
  if (filter.after) query = query.where('a.username_key', '>', filter.after);
  const rows = await query.execute();
  return rows.map((r) => ({ ...r, role: roleIn(r.role) }));
}

export async function findAccountLine(tx: Tx<IdentityTables>, id: AccountId): Promise<AccountLine | undefined> {
  const row = await lines(tx).where('a.id', '=', id).executeTakeFirst();
  return row && { ...row, role: roleIn(row.role) };
}

const lines = (tx: Tx<IdentityTables>) =>
  tx
    .selectFrom('identity.account as a')
    .leftJoin('identity.org_card as o', 'o.id', 'a.org_id')
    .leftJoin('identity.person as p', 'p.id', 'a.person_id')
    .select(['a.id', 'a.username', 'a.label', 'a.role', 'a.org_id as orgId', 'o.name as orgName'])
    .select(['a.person_id as personId', 'p.name as sealedName', 'a.areas', 'a.state', 'a.demo', 'a.version']);

/** What proves the accounts and when they last came in. Read as the owner: requests never see these tables. */
export async function standingOf(db: Tx<IdentityTables>, ids: readonly AccountId[], now: Date) {
  if (ids.length === 0) return { byId: new Map<AccountId, AccountStanding>(), activeAdministrators: 0 };
  const { rows } = await sql<AccountStanding & { id: AccountId }>`
    select a.id, c.totp_at is not null as "hasSecondFactor",
      (select max(s.at) from identity.sign_in s where s.account_id = a.id and s.outcome = 'accepted') as "lastSignInAt",
      (select count(*)::int from identity.session s where s.account_id = a.id and s.stage = 'open'
        and s.ended_at is null and s.ends_at > ${now}) as "openSessions"
    from identity.account a left join identity.credential c on c.account_id = a.id
    where a.id = any(${[...ids]}::uuid[])`.execute(db);
  return {
    byId: new Map(rows.map((r) => [r.id, r])),
    activeAdministrators: await countAdministrators(db),
  };
}
export type AccountStanding = { hasSecondFactor: boolean; lastSignInAt: Date | null; openSessions: number };

/** Tries to sign in, newest first: of one account's name, or of all. */
export async function listSignIns(
  db: Tx<IdentityTables>,
  of: { accountId?: string | undefined; limit: number; before?: Date | undefined },
) {
  let query = db
    .selectFrom('identity.sign_in as s')
    .select(['s.at', 's.username_key as username', 's.account_id as accountId', 's.address', 's.agent', 's.outcome'])
    .orderBy('s.at', 'desc')
    .limit(of.limit);
  if (of.accountId) {
    const id = of.accountId as AccountId;
    query = query.where((eb) =>
      eb(
        's.username_key',
        'in',
        eb.selectFrom('identity.account as a').select('a.username_key').where('a.id', '=', id),
      ),
    );
  }
  if (of.before) query = query.where('s.at', '<', of.before);
  return query.execute();
}
