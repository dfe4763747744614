import { timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId } from '../../kernel/ids.ts';
import { holdLock } from '../../kernel/lock.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { sha256 } from '../../kernel/secret-data.ts';
import type { AccountRefusal } from './account.rules.ts';
import { newPassword } from './account.service.ts';
import { insertAccounts, usernameTaken } from './account.store.ts';
import { isEmpty } from './me.views.ts';
import { judgePassword, type PasswordRefusal } from './password.rules.ts';
import { isUsername, usernameKey } from './sign-in.rules.ts';
import { hashPassword, type SignInDeps } from './sign-in.service.ts';

/** The code that shows that whoever makes the first administrator also holds the machine. */
const SETUP_FILE = 'setup-code.txt';

/** The set-up code of an empty system, made at its first start and kept in the data folder; read again later. */
export function openSetupCode(dataDir: string): string {
  const path = join(dataDir, SETUP_FILE);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const code = newPassword();
  writeFileSync(path, `${code}\n`, { mode: 0o600 });
  return code;
}

export const closeSetup = (dataDir: string): void => rmSync(join(dataDir, SETUP_FILE), { force: true });

/** Make the first administrator of an empty system. Works once, and only with the code from the data folder. */
export async function createFirstAdministrator(
  deps: SignInDeps & { dataDir: string },
  input: { setupCode: string; username: string; password: string },
): Promise<Result<AccountId, AccountRefusal | PasswordRefusal>> {
  if (!(await isEmpty(deps.db))) return refuse({ code: 'identity.setup_done' });
  if (!sameText(input.setupCode.trim(), openSetupCode(deps.dataDir)))
    return refuse({ code: 'identity.setup_code_wrong' });
  const made = await createAdministrator(deps, { ...input, actor: 'setup', onlyFirst: true });
  if (made.ok) closeSetup(deps.dataDir);
  return made;
}

/** Make an administrator with a password of their own choosing: at set-up, or at the terminal. */
export async function createAdministrator(
  deps: SignInDeps,
  input: { username: string; password: string; actor: string; onlyFirst: boolean },
): Promise<Result<AccountId, AccountRefusal | PasswordRefusal>> {
  if (!isUsername(input.username)) return refuse({ code: 'identity.username_bad' });
  const good = judgePassword(input.password, input.username);
  if (!good.ok) return good;
  const passwordHash = await hashPassword(input.password);
  const key = usernameKey(input.username);
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, input.actor);
    await holdLock(tx, 'identity accounts');
    if (input.onlyFirst && !(await isEmpty(tx))) return refuse({ code: 'identity.setup_done' } as const);
    if (await usernameTaken(tx, key)) return refuse({ code: 'identity.username_taken' } as const);
    const id = deps.newId() as AccountId;
    await insertAccounts(tx, [
      {
        id,
        username: input.username.normalize('NFKC').trim(),
        usernameKey: key,
        label: '',
        role: 'administrator',
        orgId: null,
        personId: null,
        areas: [],
        state: 'active',
        demo: false,
        passwordHash,
        at: deps.now(),
        mustChange: false,
        totpSecret: null,
      },
    ]);
    return accept(id);
  });
}

const sameText = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
