import type pg from 'pg';
import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { Gathered } from './gather.ts';
import type { TelemetryTables } from './tables.ts';

/** The cars somebody looks at. Only of these is every message told to the server process. */
export type Watch = {
  /** What to tell of a car that is being watched; null for the rest. */
  glance: (no: number, gathered: Gathered) => string | null;
  stop: () => void;
};

type WatchDeps = { pool: pg.Pool; db: Db<TelemetryTables>; now: () => Date; log: Logger };

const POLL_MS = 2_000;

export async function openWatch({ db, now, log }: WatchDeps): Promise<Watch> {
  let watched: ReadonlySet<number> = new Set();
  const look = async (): Promise<void> => {
    const rows = await db.selectFrom('telemetry.watch').select('elevator_no').where('until_at', '>', now()).execute();
    watched = new Set(rows.map((row) => row.elevator_no));
  };
  await look();
  // The last list holds until the next look.
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ error }, 'the list of watched cars could not be read'));
  }, POLL_MS);
  return {
    glance: (no, { cars }) => {
      if (!watched.has(no)) return null;
      const one = cars.get(no);
      if (!one) return null;
      const { car, known } = one;
      return JSON.stringify({ elevatorId: known.id, heardMs: car.heardMs, atMs: car.atMs, present: car.present });
    },
    stop: () => clearInterval(timer),
  };
}
