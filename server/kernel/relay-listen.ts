import type pg from 'pg';
import type { Logger } from 'pino';

type ListenDeps = { pool: pg.Pool; log: Logger };

const LISTEN_AGAIN_MS = 1_000;

/**
 * Hear of commits at once. When the connection breaks, polling carries on and a new one is opened: one at a time, and
 * each is given back exactly once, however it ends. A connection kept by nobody would be missing from the pool for ever.
 */
export async function listen({ pool, log }: ListenDeps, wake: () => void): Promise<{ stop: () => void }> {
  let giveBack: () => void = () => undefined;
  let stopped = false;
  const again = (): void => void (stopped || setTimeout(() => void open(), LISTEN_AGAIN_MS).unref());
  const open = async (): Promise<void> => {
    try {
      const client = await pool.connect();
      let isHeld = true;
      const end = (): void => {
        if (!isHeld) return;
        isHeld = false;
        client.release(true);
        again();
      };
      giveBack = end;
      client.on('error', end);
      client.on('notification', wake);
      if (stopped) return end();
      await client.query('listen tian_outbox').catch(end); // it broke while it was being opened: the next one is on its way
    } catch (error) {
      // The database is away: polling looks in the meantime.
      log.warn({ error }, 'cannot listen for events; polling instead');
      again();
    }
  };
  await open();
  return {
    stop: () => {
      stopped = true;
      giveBack();
    },
  };
}
