import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { newSecret, sha256 } from '../../kernel/secret-data.ts';
import { endsAt, nextStage } from './sign-in.rules.ts';
import type { Opened, SignInDeps } from './sign-in.service.ts';
import { advanceSession, endSessions, findLogin, type SessionWithAccount, saveCredential } from './sign-in.store.ts';
import { enrolmentSheet, newRecoveryCodes, newTotpSecret, recoveryHash, totpStep } from './totp.ts';

export type EnrolmentRefusal =
  | { code: 'identity.code_refused' }
  | { code: 'identity.no_sign_in' }
  | { code: 'identity.second_factor_exists' };

const USE = 'identity.credential.totp_secret';

/** Begin with a second factor: a new secret to scan. It counts only once a code of it was given. */
export async function beginEnrolment(
  deps: SignInDeps,
  session: SessionWithAccount,
): Promise<Result<{ secret: string; uri: string; qrSvg: string }, EnrolmentRefusal>> {
  const login = await findLogin(deps.db, { accountId: session.accountId });
  if (!login) return refuse({ code: 'identity.no_sign_in' });
  if (login.totpConfirmed) return refuse({ code: 'identity.second_factor_exists' });
  const secret = newTotpSecret();
  await deps.db
    .transaction()
    .execute((tx) => saveCredential(tx, login.id, { totpSecret: deps.secret.seal(USE, secret), totpAt: null }));
  return accept({ secret, ...(await enrolmentSheet(secret, login.username)) });
}

/**
 * Confirm the second factor with its first code. Answers with ten recovery codes, shown this once, and signs the account
 * out everywhere else.
 */
export async function confirmEnrolment(
  deps: SignInDeps,
  session: SessionWithAccount,
  code: string,
): Promise<Result<Opened & { recoveryCodes: readonly string[] }, EnrolmentRefusal>> {
  return deps.db.transaction().execute(async (tx) => {
    const login = await findLogin(tx, { accountId: session.accountId });
    if (!login?.totpSecret) return refuse({ code: 'identity.no_sign_in' } as const);
    if (login.totpConfirmed) return refuse({ code: 'identity.second_factor_exists' } as const);
    const now = deps.now();
    const step = totpStep(deps.secret.open(USE, login.totpSecret), code, now);
    if (step === null) return refuse({ code: 'identity.code_refused' } as const);
    await actAs(tx, login.id);
    const recoveryCodes = newRecoveryCodes();
    await saveCredential(tx, login.id, {
      totpAt: now,
      totpLastStep: step,
      recoveryHashes: recoveryCodes.map(recoveryHash),
    });
    await endSessions(tx, { accountId: login.id, except: session.id }, now);
    const token = newSecret();
    const stage = nextStage({ role: login.role, hasTotp: true, provedTotp: true, mustChange: login.mustChange });
    const ends = endsAt(login.role, stage, now);
    await advanceSession(tx, session.id, { stage, tokenHash: sha256(token), endsAt: ends });
    return accept({ token, stage, endsAt: ends, recoveryCodes });
  });
}
