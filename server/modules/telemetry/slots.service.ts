import type pg from 'pg';
import { invariant } from '../../kernel/result.ts';

const WAIT_MS = 20_000;
const AGAIN_MS = 250;

type Slots = { pool: pg.Pool; slots: readonly number[] };

/**
 * Hold these slots of the city, so that no second ingest process works on the same elevators: two would each remember
 * half of what happens. Waits for one that is just ending; throws when it stays. Returns how to let go.
 */
export async function holdSlots(deps: Slots): Promise<() => void> {
  let letGo = false;
  let held: pg.PoolClient | null = null;
  const hold = async (): Promise<void> => {
    const client = await heldWithin(deps, WAIT_MS);
    held = client;
    client.once('error', () => {
      client.release(true);
      held = null;
      // The database went away and took our hold along. If somebody else has it when it is back, this throws, and the
      // process ends with it: nobody may go on with elevators that are another's.
      if (!letGo) void hold();
    });
  };
  await hold();
  return () => {
    letGo = true;
    held?.removeAllListeners('error').on('error', () => undefined);
    held?.release(true);
    held = null;
  };
}

/** Wait for the database as long as it takes, and for another holder so long. */
async function heldWithin({ pool, slots }: Slots, waitMs: number): Promise<pg.PoolClient> {
  const begunMs = performance.now();
  for (;;) {
    const client = await pool.connect().catch(() => undefined); // away: ask again
    const held = client && (await tryToHold(client, slots).catch(() => undefined));
    if (client && held === true) return client;
    client?.release(true); // and with it what it got of the slots
    const others = held === false && performance.now() - begunMs > waitMs;
    invariant(
      !others,
      'another ingest process serves these elevators: stop it, or share them by TIAN_INGEST_PROCESSES and TIAN_INGEST_SHARE',
    );
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
  }
}

async function tryToHold(client: pg.PoolClient, slots: readonly number[]): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select bool_and(pg_try_advisory_lock(hashtextextended('telemetry.slot.' || slot, 0))) as held
     from unnest($1::integer[]) as slot`,
    [slots],
  );
  return rows[0]?.held === true;
}
