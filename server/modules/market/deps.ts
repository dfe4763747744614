import type { Db } from '../../kernel/db.ts';
import type { Scoped } from '../../kernel/scope.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import type { Calendar } from '../../kernel/time.ts';
import type { MarketSettings } from './pack.ts';
import type { MarketTables } from './tables.ts';

/** What the module works with. */
export type MarketDeps = {
  db: Db<MarketTables>;
  scoped: Scoped<MarketTables>;
  now: () => Date;
  newId: () => string;
  secret: SecretData;
  calendar: Calendar;
  settings: MarketSettings;
};
