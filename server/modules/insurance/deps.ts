import type { Db } from '../../kernel/db.ts';
import type { Scoped } from '../../kernel/scope.ts';
import type { InsuranceTables } from './tables.ts';

/** What the module works with: its own tables, the viewer's scope, clock and ids. */
export type InsuranceDeps = {
  db: Db<InsuranceTables>;
  scoped: Scoped<InsuranceTables>;
  now: () => Date;
  newId: () => string;
  sharesCommission: boolean; // co-insurers bear commission by their shares; else the lead alone
  subsidisedPayers: (schemeCode: string | null) => readonly string[]; // whose parts the public purse settles later
};
