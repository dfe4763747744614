import { randomBytes } from 'node:crypto';
import { keepAct } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/db.ts';
import type { AccountId, OrgId, PersonId } from '../../kernel/ids.ts';
import { holdLock } from '../../kernel/lock.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import {
  type AccountRefusal,
  areasFor,
  judgeAccount,
  maySuspend,
  mayTakeRole,
  type Standing,
} from './account.rules.ts';
import {
  type Account,
  countAdministrators,
  findAccount,
  findPersonOrg,
  insertAccounts,
  orgExists,
  saveAccount,
  usernameTaken,
} from './account.store.ts';
import { unknownDivisions } from './division.store.ts';
import type { Role } from './roles.rules.ts';
import { usernameKey } from './sign-in.rules.ts';
import { hashPassword, type SignInDeps } from './sign-in.service.ts';
import { endSessions, findLogin, insertSignIn, saveCredential } from './sign-in.store.ts';
import type { IdentityTables } from './tables.ts';

/** Who manages: an administrator's account, 'cli' at the terminal, or 'demo' while the demo city is made. */
export type Manager = { actor: string };
export type AccountInput = {
  label: string;
  role: Role;
  orgId: OrgId | null;
  personId: PersonId | null;
  areas: readonly string[];
};

const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz';

/** A password to hand over once: sixteen signs that nobody confuses, about 91 bits. */
export const newPassword = (): string => [...randomBytes(16)].map((byte) => SIGNS[byte % SIGNS.length] ?? '').join('');

/** Make an account with a password for one use. */
export async function createAccount(
  deps: SignInDeps,
  by: Manager,
  input: AccountInput & { username: string },
): Promise<Result<{ id: AccountId; password: string }, AccountRefusal>> {
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, by.actor);
    const judged = await judge(tx, input);
    if (!judged.ok) return judged;
    const key = usernameKey(input.username);
    await holdLock(tx, `username ${key}`);
    if (await usernameTaken(tx, key)) return refuse({ code: 'identity.username_taken' } as const);
    const id = deps.newId() as AccountId;
    await insertAccounts(tx, [
      {
        ...input,
        id,
        username: input.username.normalize('NFKC').trim(),
        usernameKey: key,
        areas: areasFor(input.role, input.areas),
        state: 'active',
        demo: false,
        passwordHash,
        at: deps.now(),
        mustChange: true,
        totpSecret: null,
      },
    ]);
    return accept({ id, password });
  });
}

async function judge(
  tx: Tx<IdentityTables>,
  input: AccountInput & { username: string },
): Promise<Result<null, AccountRefusal>> {
  const person = input.personId ? await findPersonOrg(tx, input.personId) : null;
  if (person === undefined) return refuse({ code: 'identity.not_found' });
  if (input.orgId && !(await orgExists(tx, input.orgId))) return refuse({ code: 'identity.not_found' });
  return judgeAccount({ ...input, person, unknownAreas: await unknownDivisions(tx, input.areas) });
}

/** Change what an account is. Its sessions end, because they were opened for another role or reach. */
export async function changeAccount(
  deps: SignInDeps,
  by: Manager,
  { id, version, ...input }: AccountInput & { id: AccountId; version: number },
): Promise<Result<null, AccountRefusal>> {
  return manage(deps, { by, id }, async (tx, account, standing) => {
    if (account.version !== version) return refuse({ code: 'identity.changed_meanwhile' });
    const may = mayTakeRole(standing, input.role);
    if (!may.ok) return may;
    const judged = await judge(tx, { ...input, username: account.username });
    if (!judged.ok) return judged;
    const to = { ...input, areas: areasFor(input.role, input.areas), state: account.state };
    if (!(await saveAccount(tx, account, to))) return refuse({ code: 'identity.changed_meanwhile' });
    await endSessions(tx, { accountId: id }, deps.now());
    return accept(null);
  });
}

/** Suspend an account: its sessions end in the same moment. */
export const suspendAccount = (deps: SignInDeps, by: Manager, id: AccountId): Promise<Result<null, AccountRefusal>> =>
  manage(deps, { by, id }, async (tx, account, standing) => {
    const may = maySuspend(standing);
    if (!may.ok) return may;
    if (!(await saveAccount(tx, account, { ...account, state: 'suspended' })))
      return refuse({ code: 'identity.changed_meanwhile' });
    await endSessions(tx, { accountId: id }, deps.now());
    return accept(null);
  });

export const resumeAccount = (deps: SignInDeps, by: Manager, id: AccountId): Promise<Result<null, AccountRefusal>> =>
  manage(deps, { by, id }, async (tx, account) => {
    if (account.state === 'active') return refuse({ code: 'identity.is_active' });
    const saved = await saveAccount(tx, account, { ...account, state: 'active' });
    return saved ? accept(null) : refuse({ code: 'identity.changed_meanwhile' });
  });

/** Give an account a new password for one use, end its sessions, and let its name try again at once. */
export async function resetPassword(
  deps: SignInDeps,
  by: Manager,
  id: AccountId,
): Promise<Result<{ id: AccountId; password: string }, AccountRefusal>> {
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  return manage(deps, { by, id }, async (tx, account) => {
    const at = deps.now();
    await saveCredential(tx, id, { passwordHash, passwordAt: at, mustChange: true });
    await endSessions(tx, { accountId: id }, at);
    const key = usernameKey(account.username);
    await insertSignIn(tx, {
      id: deps.newId(),
      at,
      username_key: key,
      account_id: id,
      address: '',
      agent: by.actor,
      outcome: 'cleared',
    });
    await keepAct(tx, { action: 'reset_password', object: 'identity.account', rowId: id, after: {} });
    return accept({ id, password });
  });
}

/** Take an account's second factor away, so that a new one can be set up at the next sign-in. */
export const resetSecondFactor = (
  deps: SignInDeps,
  by: Manager,
  id: AccountId,
): Promise<Result<null, AccountRefusal>> =>
  manage(deps, { by, id }, async (tx) => {
    const login = await findLogin(tx, { accountId: id });
    if (!login?.totpSecret) return refuse({ code: 'identity.no_second_factor' });
    await saveCredential(tx, id, { totpSecret: null, totpAt: null, totpLastStep: null, recoveryHashes: [] });
    await endSessions(tx, { accountId: id }, deps.now());
    await keepAct(tx, { action: 'reset_second_factor', object: 'identity.account', rowId: id, after: {} });
    return accept(null);
  });

/** End every session of an account without touching the account. */
export const signOutEverywhere = (
  deps: SignInDeps,
  by: Manager,
  id: AccountId,
): Promise<Result<number, AccountRefusal>> =>
  manage(deps, { by, id }, async (tx) => {
    const ended = await endSessions(tx, { accountId: id }, deps.now());
    await keepAct(tx, { action: 'end_sessions', object: 'identity.account', rowId: id, after: { ended } });
    return accept(ended);
  });

type Act<T> = (tx: Tx<IdentityTables>, account: Account, standing: Standing) => Promise<Result<T, AccountRefusal>>;

/** The shape of every act on an account: one at a time, so that two administrators cannot suspend each other. */
async function manage<T>(
  deps: SignInDeps,
  { by, id }: { by: Manager; id: AccountId },
  act: Act<T>,
): Promise<Result<T, AccountRefusal>> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, by.actor);
    await holdLock(tx, 'identity accounts');
    const account = await findAccount(tx, id);
    if (!account) return refuse({ code: 'identity.not_found' } as const);
    return act(tx, account, {
      isOwn: by.actor === id,
      role: account.role,
      active: account.state === 'active',
      activeAdministrators: await countAdministrators(tx),
    });
  });
}
