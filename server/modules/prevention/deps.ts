import type { Db } from '../../kernel/db.ts';
import type { Scoped } from '../../kernel/scope.ts';
import type { Calendar } from '../../kernel/time.ts';
import type { PreventionSettings } from './pack.ts';
import type { PreventionTables } from './tables.ts';

/** What the module works with: its own tables, the viewer's scope, clock, ids, working days and the city's figures. */
export type PreventionDeps = {
  db: Db<PreventionTables>;
  scoped: Scoped<PreventionTables>;
  now: () => Date;
  newId: () => string;
  calendar: Calendar;
  settings: PreventionSettings;
  leastAnswers: number; // satisfaction below this many answers is held back
};
