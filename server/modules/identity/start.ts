import type { Logger } from 'pino';
import { v5 } from 'uuid';
import { tellSupervisor } from '../../kernel/child.ts';
import type { Db } from '../../kernel/db.ts';
import type { Tasks } from '../../kernel/jobs.ts';
import { notify } from '../../kernel/notify.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import type { DivisionRow } from './division.rules.ts';
import { saveDivisions } from './division.store.ts';
import { endingBy } from './expiry.views.ts';
import { sealFlats } from './household.service.ts';
import { isEmpty } from './me.views.ts';
import { retain } from './retention.views.ts';
import { openSetupCode } from './setup.service.ts';
import type { IdentityTables } from './tables.ts';

type StartDeps = { db: Db<IdentityTables>; secret: SecretData; dataDir: string; demo: boolean };

/** Take the city's divisions over and seal what an earlier version did not; on an empty system, say how the first administrator is made. */
export async function startIdentity(
  { db, secret, dataDir, demo }: StartDeps,
  { divisions, log }: { divisions: readonly DivisionRow[]; log: Logger },
): Promise<() => Promise<void>> {
  await db.transaction().execute((tx) => saveDivisions(tx, divisions));
  await sealFlats(db, secret);
  if (!demo && (await isEmpty(db))) {
    // Said at the terminal and kept in the data folder, never in a log: logs are read by more people.
    tellSupervisor({ kind: 'set_up', code: openSetupCode(dataDir) });
    log.warn('no account exists: open the console and make the first administrator with the code in setup-code.txt');
  }
  return () => Promise.resolve();
}

/** Those who answer for an organisation's papers. */
const KEEPERS = [
  'use_unit_head',
  'safety_director',
  'maintenance_manager',
  'rescue_station',
  'inspector',
  'maker',
  'installer',
];
/** Days ahead of which people are told. */
const SOON_DAYS = 60;

/** Tell organisations which of their licences and certificates end soon. Once a week: the notice is made from its Monday. */
export async function tellExpiry({ db, now }: { db: Db<IdentityTables>; now: () => Date }): Promise<number> {
  const today = dayOf(now());
  const ending = await endingBy(db, { today, by: addDays(today, SOON_DAYS) });
  await db.transaction().execute((tx) =>
    notify(
      tx,
      ending.map(({ orgId, count }) => ({
        id: v5(`expiry ${today}`, orgId),
        at: now(),
        to: { roles: KEEPERS, audience: { areaCodes: [], orgIds: [orgId] } },
        code: 'identity.notify.certificate_expiring',
        params: { count },
        link: '/people?expiring=1',
      })),
    ),
  );
  return ending.length;
}

/** Nightly, at 03:10 in the city: what the retention rules no longer allow to be kept goes. */
export const nightly = ({ db, now }: { db: Db<IdentityTables>; now: () => Date }): Tasks => ({
  identity_retain: {
    cron: '10 19 * * *',
    run: async () => {
      await db.transaction().execute((tx) => retain(tx, now()));
    },
  },
  identity_tell_expiry: {
    cron: '0 1 * * 1', // Mondays at 09:00 in the city
    run: async () => {
      await tellExpiry({ db, now });
    },
  },
});
