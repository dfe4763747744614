import { sql } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import type { LiveMessage } from '../../../contract/telemetry.ts';
import { presentSchema } from '../../../contract/telemetry.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/log.ts';
import type { TelemetryTables } from './tables.ts';

/** Tells screens of the car they look at. The ingest process speaks only of cars on the watch list. */
export type LiveCars = {
  /** Hear of a car until the returned function is called. */
  watch: (car: { id: ElevatorId; no: number }, tell: (message: LiveMessage) => void) => () => void;
  stop: () => Promise<void>;
};

type LiveDeps = { pool: pg.Pool; db: Db<TelemetryTables>; now: () => Date; log: Logger };

/** A car stays on the list this long after somebody last looked; looked after more often than that. */
const WATCH_MS = 30_000;
const RENEW_MS = 10_000;
const RECONNECT_MS = 1_000;

const told = z.object({ elevatorId: z.uuid(), heardMs: z.number(), atMs: z.number(), present: presentSchema });

/** What the ingest process told of a car; null for anything else on the channel. */
function readTold(payload: string | undefined): { elevatorId: string; message: LiveMessage } | null {
  const read = told.safeParse(JSON.parse(payload ?? 'null'));
  if (!read.success) return null;
  const { elevatorId, heardMs, atMs, present } = read.data;
  return {
    elevatorId,
    message: { heardAt: new Date(heardMs).toISOString(), at: new Date(atMs).toISOString(), present },
  };
}

type Hearer = { no: number; tell: (message: LiveMessage) => void };

export function openLiveCars({ pool, db, now, log }: LiveDeps): LiveCars {
  const hearers = new Map<string, Set<Hearer>>();
  let client: pg.PoolClient | undefined;
  let stopped = false;

  const hear = (payload: string | undefined): void => {
    const read = readTold(payload);
    if (read) for (const { tell } of hearers.get(read.elevatorId) ?? []) tell(read.message);
  };
  /** A connection is held only while somebody looks. When it breaks, a new one is opened. */
  const listen = async (): Promise<void> => {
    if (client || stopped) return;
    client = await pool.connect();
    client.on('notification', ({ payload }) => hear(payload));
    client.on('error', () => {
      client?.release(true);
      client = undefined;
      setTimeout(() => void tryTo(listen), RECONNECT_MS).unref();
    });
    await client.query('listen tian_live');
  };
  const renew = (): Promise<void> => {
    const numbers = [...hearers.values()].flatMap((set) => [...set].map(({ no }) => no));
    return keepWatching(db, numbers, new Date(now().getTime() + WATCH_MS));
  };
  // The view is read again at the next turn; nothing is lost by a turn left out.
  const tryTo = (what: () => Promise<void>): Promise<void> =>
    what().catch((error: unknown) => log.warn({ error }, 'the live view waits for the database'));
  let timer: NodeJS.Timeout | undefined;

  return {
    watch: ({ id, no }, tell) => {
      const hearer = { no, tell };
      const there = hearers.get(id) ?? new Set();
      hearers.set(id, there.add(hearer));
      timer ??= setInterval(() => void tryTo(renew), RENEW_MS);
      void tryTo(async () => {
        await listen();
        await renew();
      });
      return () => {
        there.delete(hearer);
        if (there.size === 0) hearers.delete(id);
      };
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      client?.release(true);
      client = undefined;
    },
  };
}

/** Put these cars on the watch list, or leave them there for longer. */
async function keepWatching(db: Db<TelemetryTables>, numbers: readonly number[], until: Date): Promise<void> {
  if (numbers.length === 0) return;
  await sql`insert into telemetry.watch (elevator_no, until_at) select distinct no, ${until}::timestamptz
    from unnest(${[...numbers]}::integer[]) no on conflict (elevator_no) do update set until_at = excluded.until_at`.execute(
    db,
  );
}
