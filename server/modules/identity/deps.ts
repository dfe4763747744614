import { isLoopback } from '../../kernel/config.ts';
import type { Db } from '../../kernel/db.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Kernel } from '../../kernel/module.ts';
import { type Scoped, scopedOn } from '../../kernel/scope.ts';
import { type SecretData, secretData } from '../../kernel/secret-data.ts';
import type { IdentityTables } from './tables.ts';

/** What the module works with: its own tables, the keys, the clock, and what of the configuration concerns it. */
export type IdentityDeps = {
  db: Db<IdentityTables>;
  scoped: Scoped<IdentityTables>;
  keys: Keys;
  secret: SecretData;
  now: () => Date;
  newId: () => string;
  city: string;
  dataDir: string;
  loopback: boolean;
  demo: boolean; // the demo's accounts may be shown
};

export function identityDeps({ config, db: anyDb, keys, now, newId }: Kernel): IdentityDeps {
  const db = anyDb.withTables<IdentityTables>();
  const loopback = isLoopback(config.host);
  return {
    db,
    scoped: scopedOn(db),
    keys,
    secret: secretData(keys, config.cipher),
    now,
    newId,
    city: config.city,
    dataDir: config.dataDir,
    loopback,
    demo: config.demo && !config.sandbox && loopback,
  };
}
