import type { Db, Tx } from '../../kernel/db.ts';
import type { AccountId, OrgId, PersonId } from '../../kernel/ids.ts';
import type { Role } from './roles.rules.ts';
import { roleIn } from './sign-in.store.ts';
import type { IdentityTables } from './tables.ts';

export type Account = {
  id: AccountId;
  username: string;
  label: string;
  role: Role;
  orgId: OrgId | null;
  personId: PersonId | null;
  areas: readonly string[];
  state: 'active' | 'suspended';
  demo: boolean;
  version: number;
};

export async function findAccount(db: Db<IdentityTables>, id: AccountId): Promise<Account | undefined> {
  const row = await db
    .selectFrom('identity.account as a')
    .select(['a.id', 'a.username', 'a.label', 'a.role', 'a.org_id as orgId', 'a.person_id as personId'])
    .select(['a.areas', 'a.state', 'a.demo', 'a.version'])
    .where('a.id', '=', id)
    .executeTakeFirst();
  return row && { ...row, role: roleIn(row.role) };
}

/** Is this name taken, whatever its width and case? */
export async function usernameTaken(db: Db<IdentityTables>, usernameKey: string): Promise<boolean> {
  const row = await db
    .selectFrom('identity.account as a')
    .select('a.id')
    .where('a.username_key', '=', usernameKey)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertAccounts(
  tx: Tx<IdentityTables>,
  accounts: readonly (Omit<Account, 'version'> & {
    usernameKey: string;
    passwordHash: string;
    at: Date;
    mustChange: boolean;
    totpSecret: string | null;
  })[],
): Promise<void> {
  if (accounts.length === 0) return;
  await tx
    .insertInto('identity.account')
    .values(
      accounts.map((a) => ({
        id: a.id,
        username: a.username,
        username_key: a.usernameKey,
        label: a.label,
        person_id: a.personId,
        org_id: a.orgId,
        role: a.role,
        areas: [...a.areas],
        state: a.state,
        demo: a.demo,
      })),
    )
    .execute();
  await tx
    .insertInto('identity.credential')
    .values(
      accounts.map((a) => ({
        account_id: a.id,
        password_hash: a.passwordHash,
        password_at: a.at,
        must_change: a.mustChange,
        totp_secret: a.totpSecret,
        totp_at: a.totpSecret ? a.at : null,
        totp_last_step: null,
        recovery_hashes: [],
      })),
    )
    .execute();
}

/** Save a change. False when someone else saved first. */
export async function saveAccount(
  tx: Tx<IdentityTables>,
  was: Account,
  to: Pick<Account, 'label' | 'role' | 'orgId' | 'personId' | 'areas' | 'state'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.account')
    .set({
      label: to.label,
      role: to.role,
      org_id: to.orgId,
      person_id: to.personId,
      areas: [...to.areas],
      state: to.state,
      version: was.version + 1,
    })
    .where('id', '=', was.id)
    .where('version', '=', was.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** How many administrators could act now. */
export async function countAdministrators(db: Db<IdentityTables>): Promise<number> {
  const row = await db
    .selectFrom('identity.account as a')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('a.role', '=', 'administrator')
    .where('a.state', '=', 'active')
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The organisation of a person; undefined when there is no such person. */
export const findPersonOrg = (db: Db<IdentityTables>, id: PersonId): Promise<{ orgId: OrgId | null } | undefined> =>
  db.selectFrom('identity.person as p').select('p.org_id as orgId').where('p.id', '=', id).executeTakeFirst();

/** What an organisation is, held until the transaction ends; null when there is none. */
export async function holdOrgKinds(tx: Tx<IdentityTables>, id: OrgId): Promise<readonly string[] | null> {
  const row = await tx.selectFrom('identity.org').select('kinds').where('id', '=', id).forUpdate().executeTakeFirst();
  return row?.kinds ?? null;
}

export async function orgExists(db: Db<IdentityTables>, id: OrgId): Promise<boolean> {
  const row = await db.selectFrom('identity.org_card as o').select('o.id').where('o.id', '=', id).executeTakeFirst();
  return row !== undefined;
}
