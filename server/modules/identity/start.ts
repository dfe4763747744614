import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { Tasks } from '../../kernel/jobs.ts';
import type { DivisionRow } from './division.rules.ts';
import { saveDivisions } from './division.store.ts';
import { isEmpty } from './me.views.ts';
import { retain } from './retention.views.ts';
import { openSetupCode } from './setup.service.ts';
import type { IdentityTables } from './tables.ts';

type StartDeps = { db: Db<IdentityTables>; dataDir: string; demo: boolean };

/** Take the city's divisions over; on an empty system, say how the first administrator is made. */
export async function startIdentity(
  { db, dataDir, demo }: StartDeps,
  { divisions, log }: { divisions: readonly DivisionRow[]; log: Logger },
): Promise<() => Promise<void>> {
  await db.transaction().execute((tx) => saveDivisions(tx, divisions));
  if (!demo && (await isEmpty(db)))
    log.warn(
      { setupCode: openSetupCode(dataDir) },
      'no account exists: open the console and make the first administrator with this code',
    );
  return () => Promise.resolve();
}

/** Nightly, at 03:10 in the city: what the retention rules no longer allow to be kept goes. */
export const nightly = ({ db, now }: { db: Db<IdentityTables>; now: () => Date }): Tasks => ({
  identity_retain: {
    cron: '10 19 * * *',
    run: async () => {
      await db.transaction().execute((tx) => retain(tx, now()));
    },
  },
});
