import type { Db, Tx } from '../../kernel/db.ts';
import type { AccountId, OrgId, PersonId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { isRole, type Role } from './roles.rules.ts';
import type { Failures, Stage } from './sign-in.rules.ts';
import type { IdentityTables, SignInRow } from './tables.ts';

/** An account with what is needed to sign in, and nothing a request may see. */
export type Login = {
  id: AccountId;
  username: string;
  role: Role;
  active: boolean;
  demo: boolean;
  passwordHash: string;
  mustChange: boolean;
  totpSecret: string | null; // cipher text
  totpConfirmed: boolean;
  totpLastStep: number | null;
  recoveryHashes: readonly string[];
};

export async function findLogin(
  db: Db<IdentityTables>,
  by: { usernameKey: string } | { accountId: AccountId },
): Promise<Login | undefined> {
  const base = db
    .selectFrom('identity.account as a')
    .innerJoin('identity.credential as c', 'c.account_id', 'a.id')
    .select(['a.id', 'a.username', 'a.role', 'a.state', 'a.demo', 'c.password_hash', 'c.must_change'])
    .select(['c.totp_secret', 'c.totp_at', 'c.totp_last_step', 'c.recovery_hashes']);
  const row = await ('usernameKey' in by
    ? base.where('a.username_key', '=', by.usernameKey)
    : base.where('a.id', '=', by.accountId)
  ).executeTakeFirst();
  return (
    row && {
      id: row.id,
      username: row.username,
      role: roleIn(row.role),
      active: row.state === 'active',
      demo: row.demo,
      passwordHash: row.password_hash,
      mustChange: row.must_change,
      totpSecret: row.totp_secret,
      totpConfirmed: row.totp_at !== null,
      totpLastStep: row.totp_last_step,
      recoveryHashes: row.recovery_hashes,
    }
  );
}

export function roleIn(text: string): Role {
  invariant(isRole(text), `${text} is a role`);
  return text;
}

const WRONG = ['trying', 'refused', 'suspended'] as const;
const DAY_MS = 86_400_000;
const QUARTER_HOUR_MS = 900_000;

/** Failures of a name since it last came in, and of an address in the last quarter of an hour. */
export async function countFailures(
  db: Db<IdentityTables>,
  of: { usernameKey: string; address: string; now: Date },
): Promise<{ name: Failures; address: Failures }> {
  const failures = db
    .selectFrom('identity.sign_in as s')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('s.at').as('last_at')])
    .where('s.outcome', 'in', WRONG);
  const [name, address] = await Promise.all([
    failures
      .where('s.username_key', '=', of.usernameKey)
      .where('s.at', '>', new Date(of.now.getTime() - DAY_MS))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('identity.sign_in as later')
              .select('later.id')
              .whereRef('later.username_key', '=', 's.username_key')
              .whereRef('later.at', '>=', 's.at')
              .where('later.outcome', 'in', ['accepted', 'cleared']),
          ),
        ),
      )
      .executeTakeFirstOrThrow(),
    failures
      .where('s.address', '=', of.address)
      .where('s.at', '>', new Date(of.now.getTime() - QUARTER_HOUR_MS))
      .executeTakeFirstOrThrow(),
  ]);
  return {
    name: { count: name.count, lastAt: name.last_at },
    address: { count: address.count, lastAt: address.last_at },
  };
}

export async function insertSignIn(tx: Tx<IdentityTables>, row: SignInRow): Promise<void> {
  await tx.insertInto('identity.sign_in').values(row).execute();
}

export async function settleSignIn(
  db: Db<IdentityTables>,
  id: string,
  set: { outcome: SignInRow['outcome']; accountId: AccountId | null },
): Promise<void> {
  await db
    .updateTable('identity.sign_in')
    .set({ outcome: set.outcome, account_id: set.accountId })
    .where('id', '=', id)
    .execute();
}

/** A session with the account behind it: enough to know who is asking, in one read. */
export type SessionWithAccount = {
  id: string;
  stage: Stage;
  lastSeenAt: Date;
  endsAt: Date;
  endedAt: Date | null;
  accountId: AccountId;
  username: string;
  label: string;
  role: Role;
  active: boolean;
  orgId: OrgId | null;
  personId: PersonId | null;
  sealedName: string | null;
  areas: readonly string[];
  buildingIds: readonly string[];
};

export async function findSession(db: Db<IdentityTables>, tokenHash: string): Promise<SessionWithAccount | undefined> {
  const row = await db
    .selectFrom('identity.session as s')
    .innerJoin('identity.account as a', 'a.id', 's.account_id')
    .leftJoin('identity.person as p', 'p.id', 'a.person_id')
    .select(['s.id', 's.stage', 's.last_seen_at', 's.ends_at', 's.ended_at', 's.account_id'])
    .select(['a.username', 'a.label', 'a.role', 'a.state', 'a.org_id', 'a.person_id', 'a.areas', 'p.name'])
    .where('s.token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (!row) return undefined;
  const role = roleIn(row.role);
  return {
    id: row.id,
    stage: row.stage,
    lastSeenAt: row.last_seen_at,
    endsAt: row.ends_at,
    endedAt: row.ended_at,
    accountId: row.account_id,
    username: row.username,
    label: row.label,
    role,
    active: row.state === 'active',
    orgId: row.org_id,
    personId: row.person_id,
    sealedName: row.name,
    areas: row.areas,
    buildingIds: role === 'owner' ? await verifiedBuildings(db, row.account_id) : [],
  };
}

async function verifiedBuildings(db: Db<IdentityTables>, accountId: AccountId): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('identity.household as h')
    .select('h.building_id')
    .where('h.account_id', '=', accountId)
    .where('h.verified_at', 'is not', null)
    .where('h.ended_at', 'is', null)
    .execute();
  return rows.map((r) => r.building_id);
}

export type NewSession = {
  id: string;
  tokenHash: string;
  accountId: AccountId;
  stage: Stage;
  startedAt: Date;
  endsAt: Date;
  address: string;
  agent: string;
};

export async function insertSession(tx: Tx<IdentityTables>, s: NewSession): Promise<void> {
  await tx
    .insertInto('identity.session')
    .values({
      id: s.id,
      token_hash: s.tokenHash,
      account_id: s.accountId,
      stage: s.stage,
      started_at: s.startedAt,
      last_seen_at: s.startedAt,
      ends_at: s.endsAt,
      ended_at: null,
      address: s.address,
      agent: s.agent,
    })
    .execute();
}

/** The token changes with the stage: one that was known before the second factor opens nothing after it. */
export async function advanceSession(
  tx: Tx<IdentityTables>,
  id: string,
  to: { stage: Stage; tokenHash: string; endsAt: Date },
): Promise<void> {
  await tx
    .updateTable('identity.session')
    .set({ stage: to.stage, token_hash: to.tokenHash, ends_at: to.endsAt })
    .where('id', '=', id)
    .execute();
}

export async function touchSession(db: Db<IdentityTables>, id: string, at: Date): Promise<void> {
  await db.updateTable('identity.session').set({ last_seen_at: at }).where('id', '=', id).execute();
}

/** End one session of an account, or all but one. Returns how many ended. */
export async function endSessions(
  tx: Tx<IdentityTables>,
  of: { accountId: AccountId; only?: string; except?: string },
  at: Date,
): Promise<number> {
  let update = tx
    .updateTable('identity.session')
    .set({ ended_at: at })
    .where('account_id', '=', of.accountId)
    .where('ended_at', 'is', null);
  if (of.only) update = update.where('id', '=', of.only);
  if (of.except) update = update.where('id', '<>', of.except);
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

export type CredentialChange = {
  passwordHash?: string;
  passwordAt?: Date;
  mustChange?: boolean;
  totpSecret?: string | null;
  totpAt?: Date | null;
  totpLastStep?: number | null;
  recoveryHashes?: readonly string[];
};

export async function saveCredential(
  tx: Tx<IdentityTables>,
  accountId: AccountId,
  change: CredentialChange,
): Promise<void> {
  const set = {
    ...(change.passwordHash !== undefined && { password_hash: change.passwordHash }),
    ...(change.passwordAt !== undefined && { password_at: change.passwordAt }),
    ...(change.mustChange !== undefined && { must_change: change.mustChange }),
    ...(change.totpSecret !== undefined && { totp_secret: change.totpSecret }),
    ...(change.totpAt !== undefined && { totp_at: change.totpAt }),
    ...(change.totpLastStep !== undefined && { totp_last_step: change.totpLastStep }),
    ...(change.recoveryHashes !== undefined && { recovery_hashes: [...change.recoveryHashes] }),
  };
  await tx.updateTable('identity.credential').set(set).where('account_id', '=', accountId).execute();
}

/** Note that the code of this time step was used. False when this step, or a later one, was used already. */
export async function takeTotpStep(tx: Tx<IdentityTables>, accountId: AccountId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.credential')
    .set({ totp_last_step: step })
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', step)]))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Use up a recovery code. False when it is not one of the account's, or was used. */
export async function takeRecovery(tx: Tx<IdentityTables>, login: Login, hash: string): Promise<boolean> {
  const left = login.recoveryHashes.filter((h) => h !== hash);
  if (left.length === login.recoveryHashes.length) return false;
  const { numUpdatedRows } = await tx
    .updateTable('identity.credential')
    .set({ recovery_hashes: left })
    .where('account_id', '=', login.id)
    .where((eb) => eb('recovery_hashes', '@>', eb.val([hash])))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
