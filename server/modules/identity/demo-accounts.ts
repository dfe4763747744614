import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRole } from './roles.rules.ts';
import type { DemoAccount } from './seed.service.ts';

/** The demo's accounts with this installation's own random passwords. They exist on loopback only. */
const DEMO_FILE = 'demo-accounts.txt';
const HEAD = ['role', 'username', 'password', 'second factor (base32)', 'organisation'];

export function writeDemoAccounts(dataDir: string, accounts: readonly DemoAccount[]): void {
  const path = join(dataDir, DEMO_FILE);
  const lines = accounts.map((a) => [a.role, a.username, a.password, a.totpSecret ?? '-', a.org].join('\t'));
  writeFileSync(path, `${[HEAD.join('\t'), ...lines].join('\n')}\n`, { mode: 0o600 });
  chmodSync(path, 0o600); // also when the file was there before
}

/** The demo's accounts as written at its making; none where there is no demo. */
export function readDemoAccounts(dataDir: string): DemoAccount[] {
  const path = join(dataDir, DEMO_FILE);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [role, username, password, secret, org] = line.split('\t');
      if (!role || !isRole(role) || !username || !password) return [];
      return [{ role, username, password, totpSecret: secret && secret !== '-' ? secret : null, org: org ?? '' }];
    });
}
