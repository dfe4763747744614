import { hash, verify } from '@node-rs/argon2';
import type { Db, Tx } from '../../kernel/db.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { holdLock } from '../../kernel/lock.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { newSecret, type SecretData, sha256 } from '../../kernel/secret-data.ts';
import { judgePassword, type PasswordRefusal, passwordText } from './password.rules.ts';
import { endsAt, mayTry, nextStage, type SignInRefusal, type Stage, usernameKey } from './sign-in.rules.ts';
import {
  advanceSession,
  countFailures,
  endSessions,
  findLogin,
  insertSession,
  insertSignIn,
  type Login,
  type SessionWithAccount,
  saveCredential,
  settleSignIn,
  takeRecovery,
  takeTotpStep,
} from './sign-in.store.ts';
import type { IdentityTables } from './tables.ts';
import { recoveryHash, totpStep } from './totp.ts';

export type SignInDeps = { db: Db<IdentityTables>; secret: SecretData; now: () => Date; newId: () => string };

/** Where a try comes from. */
export type From = { address: string; agent: string };
/** A session that has come this far; the token goes to the browser and nowhere else. */
export type Opened = { token: string; stage: Stage; endsAt: Date };

/** What a password of nobody is compared with, so that an unknown name takes as long as a known one. */
const NOBODY = hash(newSecret());

export const hashPassword = (password: string): Promise<string> => hash(passwordText(password));

/** Sign in with name and password. The session that results may still ask for a second factor. */
export async function signIn(
  deps: SignInDeps,
  { username, password }: { username: string; password: string },
  from: From,
): Promise<Result<Opened, SignInRefusal>> {
  const key = usernameKey(username);
  const trying = await beginTry(deps, key, from);
  if (!trying.ok) return trying;
  const login = await findLogin(deps.db, { usernameKey: key });
  const right = await verify(login?.passwordHash ?? (await NOBODY), passwordText(password));
  if (!login || !right || !login.active) {
    const outcome = login && right ? 'suspended' : 'refused';
    await settleSignIn(deps.db, trying.value, { outcome, accountId: login?.id ?? null });
    return refuse({ code: 'identity.sign_in_refused' });
  }
  const stage = stageOf(login, false);
  await settleSignIn(deps.db, trying.value, {
    outcome: stage === 'second_factor' ? 'half' : 'accepted',
    accountId: login.id,
  });
  return accept(await openSession(deps, { login, stage, from }));
}

/** Take note of a try before it is judged, so that tries side by side count one another. */
async function beginTry(deps: SignInDeps, key: string, from: From): Promise<Result<string, SignInRefusal>> {
  return deps.db.transaction().execute(async (tx) => {
    await holdLock(tx, `sign-in ${key}`);
    const now = deps.now();
    const may = mayTry(await countFailures(tx, { usernameKey: key, address: from.address, now }), now);
    if (!may.ok) return may;
    const id = deps.newId();
    await insertSignIn(tx, { id, at: now, username_key: key, account_id: null, ...from, outcome: 'trying' });
    return accept(id);
  });
}

const stageOf = (login: Login, provedTotp: boolean): Stage =>
  nextStage({ role: login.role, hasTotp: login.totpConfirmed, provedTotp, mustChange: login.mustChange });

async function openSession(
  deps: SignInDeps,
  { login, stage, from }: { login: Login; stage: Stage; from: From },
): Promise<Opened> {
  const token = newSecret();
  const now = deps.now();
  const ends = endsAt(login.role, stage, now);
  await deps.db.transaction().execute((tx) =>
    insertSession(tx, {
      id: deps.newId(),
      tokenHash: sha256(token),
      accountId: login.id,
      stage,
      startedAt: now,
      endsAt: ends,
      ...from,
    }),
  );
  return { token, stage, endsAt: ends };
}

/** Go on to what the session still needs, under a new token. */
async function advance(
  deps: SignInDeps,
  tx: Tx<IdentityTables>,
  { session, stage }: { session: SessionWithAccount; stage: Stage },
): Promise<Opened> {
  const token = newSecret();
  const ends = endsAt(session.role, stage, deps.now());
  await advanceSession(tx, session.id, { stage, tokenHash: sha256(token), endsAt: ends });
  return { token, stage, endsAt: ends };
}

/** Give the code of the authenticator app, or one of the recovery codes. */
export async function proveSecondFactor(
  deps: SignInDeps,
  session: SessionWithAccount,
  { code, from }: { code: string; from: From },
): Promise<Result<Opened, SignInRefusal>> {
  if (session.stage !== 'second_factor') return refuse({ code: 'identity.no_sign_in' });
  const trying = await beginTry(deps, usernameKey(session.username), from);
  if (!trying.ok) return trying;
  return deps.db.transaction().execute(async (tx) => {
    const login = await findLogin(tx, { accountId: session.accountId });
    const right = login !== undefined && login.active && (await checkCode(deps, tx, { login, code }));
    await settleSignIn(tx, trying.value, { outcome: right ? 'accepted' : 'refused', accountId: session.accountId });
    if (!right) return refuse({ code: 'identity.code_refused' } as const);
    return accept(await advance(deps, tx, { session, stage: stageOf(login, true) }));
  });
}

async function checkCode(
  deps: SignInDeps,
  tx: Tx<IdentityTables>,
  { login, code }: { login: Login; code: string },
): Promise<boolean> {
  if (!login.totpSecret) return false;
  const step = totpStep(deps.secret.open('identity.credential.totp_secret', login.totpSecret), code, deps.now());
  if (step === null) return takeRecovery(tx, login, recoveryHash(code));
  // The demo shows its codes on the sign-in page, and several browsers may use the same one at once.
  return login.demo || takeTotpStep(tx, login.id, step);
}

export type ChangeRefusal =
  | PasswordRefusal
  | { code: 'identity.password_wrong' }
  | { code: 'identity.password_same' }
  | { code: 'identity.no_sign_in' };

/**
 * Change one's own password. Everywhere else the account is signed out. A password given out by an administrator is
 * replaced in this way before the session opens.
 */
export async function changePassword(
  deps: SignInDeps,
  session: SessionWithAccount,
  { current, next }: { current: string; next: string },
): Promise<Result<Opened, ChangeRefusal>> {
  if (session.stage === 'second_factor') return refuse({ code: 'identity.no_sign_in' });
  const login = await findLogin(deps.db, { accountId: session.accountId });
  if (!login || !(await verify(login.passwordHash, passwordText(current))))
    return refuse({ code: 'identity.password_wrong' });
  const good = judgePassword(next, login.username);
  if (!good.ok) return good;
  if (passwordText(next) === passwordText(current)) return refuse({ code: 'identity.password_same' });
  const passwordHash = await hashPassword(next);
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, login.id);
    const now = deps.now();
    await saveCredential(tx, login.id, { passwordHash, passwordAt: now, mustChange: false });
    await endSessions(tx, { accountId: login.id, except: session.id }, now);
    const stage = stageOf({ ...login, mustChange: false }, true);
    return accept(await advance(deps, tx, { session, stage }));
  });
}

/** End sessions: this one, or another one of the same account. */
export const signOut = (deps: SignInDeps, accountId: AccountId, sessionId: string): Promise<number> =>
  deps.db.transaction().execute((tx) => endSessions(tx, { accountId, only: sessionId }, deps.now()));
