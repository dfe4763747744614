import { Command } from 'commander';
import { say } from '../kernel/language.ts';
import type { Result } from '../kernel/result.ts';
import {
  createAccount,
  type Manager,
  resetPassword,
  resetSecondFactor,
  resumeAccount,
  suspendAccount,
} from '../modules/identity/account.service.ts';
import { listAccounts } from '../modules/identity/account.views.ts';
import { type IdentityDeps, identityDeps } from '../modules/identity/index.ts';
import { usernameKey } from '../modules/identity/sign-in.rules.ts';
import { findLogin, type Login } from '../modules/identity/sign-in.store.ts';
import { commandLanguage, refused, withHouse } from './context.ts';

/** Whoever holds the terminal; the audit says so. */
const TERMINAL: Manager = { actor: 'cli' };

/** `tian user`: make administrators and help people in, when the console cannot. */
export const userCommand = (): Command =>
  new Command('user')
    .description('accounts: make an administrator, reset passwords and second factors, suspend')
    .addCommand(listCommand())
    .addCommand(createCommand())
    .addCommand(
      actCommand('reset-password', 'give an account a new password for one use', async (deps, login) => {
        const done = valueOf(await resetPassword(deps, TERMINAL, login.id));
        return tell('identity.cli.password', { username: login.username, password: done.password });
      }),
    )
    .addCommand(
      actCommand(
        'reset-second-factor',
        'take the second factor away, to be set up at the next sign-in',
        async (deps, login) => {
          valueOf(await resetSecondFactor(deps, TERMINAL, login.id));
          return tell('identity.cli.second_factor', { username: login.username });
        },
      ),
    )
    .addCommand(
      actCommand('suspend', 'suspend an account; its sessions end at once', async (deps, login) => {
        valueOf(await suspendAccount(deps, TERMINAL, login.id));
        return tell('identity.cli.suspended', { username: login.username });
      }),
    )
    .addCommand(
      actCommand('resume', 'let a suspended account work again', async (deps, login) => {
        valueOf(await resumeAccount(deps, TERMINAL, login.id));
        return tell('identity.cli.resumed', { username: login.username });
      }),
    );

const listCommand = (): Command =>
  new Command('list')
    .description('all accounts: name, role, state, organisation')
    .option('-q, --query <text>', 'only those whose name, label or organisation contains this')
    .action(({ query }: { query?: string }) =>
      withHouse('tian user list', async ({ kernel }) => {
        const { db } = identityDeps(kernel);
        const lines = await db.transaction().execute((tx) => listAccounts(tx, { q: query, limit: 10_000 }));
        for (const a of lines) print([a.username, a.role, a.state, a.demo ? 'demo' : '', a.orgName ?? ''].join('\t'));
      }),
    );

const createCommand = (): Command =>
  new Command('create')
    .description('make an administrator; prints a password for one use')
    .argument('<username>', 'the name to sign in with')
    .action((username: string) =>
      withHouse('tian user create', async ({ kernel }) => {
        const input = { username, label: '', role: 'administrator' as const, orgId: null, personId: null, areas: [] };
        const done = valueOf(await createAccount(identityDeps(kernel), TERMINAL, input));
        print(tell('identity.cli.password', { username, password: done.password }));
      }),
    );

const actCommand = (name: string, about: string, act: (deps: IdentityDeps, login: Login) => Promise<string>): Command =>
  new Command(name)
    .description(about)
    .argument('<username>', 'the name to sign in with')
    .action((username: string) =>
      withHouse(`tian user ${name}`, async ({ kernel }) => {
        const deps = identityDeps(kernel);
        const login = await findLogin(deps.db, { usernameKey: usernameKey(username) });
        if (!login) throw refused({ code: 'identity.cli.unknown' });
        print(await act(deps, login));
      }),
    );

function valueOf<T>(result: Result<T, { code: string }>): T {
  if (!result.ok) throw refused(result.refusal);
  return result.value;
}

const tell = (code: string, params: Readonly<Record<string, string>>): string => say(code, commandLanguage, params);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
