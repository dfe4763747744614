import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { Car } from './car.rules.ts';
import type { Known } from './directory.service.ts';
import { heardSources, saveCars, saveCheckpoints } from './live.store.ts';
import type { TelemetryTables } from './tables.ts';

/** Writes down what the doors remember. What is lost at a kill is taken from history again. */
export type Keeper = {
  /** Write every car that changed, and how far that reflects history. */
  keep: (pos: number) => Promise<void>;
  /** Do it again and again. The function stops it and waits for the last one. */
  every: (ms: number, posOf: () => number) => () => Promise<void>;
};

type KeeperDeps = {
  db: Db<TelemetryTables>;
  cars: ReadonlyMap<number, Car>;
  dirty: Map<number, Known>;
  slots: readonly number[]; // whose checkpoints these are
  log: Logger;
};

/** Made into text in one stretch: two thousand held the loop, and every acknowledgement with it, for 30 to 100 ms. */
const CARS_A_STATEMENT = 250;

/**
 * After a round it rests at least this many times as long as the round took: under load the live rows grow a few seconds
 * older, and the database's time belongs to the commits that senders wait for.
 */
const REST_PER_WORK = 3;

export function openKeeper({ db, cars, dirty, slots, log }: KeeperDeps): Keeper {
  const keep = async (pos: number): Promise<void> => {
    const taken = [...dirty];
    dirty.clear();
    const heard = new Map<number, number>();
    try {
      await db.transaction().execute(async (tx) => {
        for (let i = 0; i < taken.length; i += CARS_A_STATEMENT) {
          // Looked up now, not before the last statement: a car may be another's by then (`journal.ts`).
          const changed = carsOf(cars, taken.slice(i, i + CARS_A_STATEMENT));
          noteHeard(heard, changed);
          await saveCars(tx, changed);
        }
        await heardSources(tx, heard);
        if (pos > 0) await saveCheckpoints(tx, slots, pos);
      });
    } catch (error) {
      // Not lost: those that changed again since stand there already, the others are written next time.
      for (const [no, known] of taken) if (!dirty.has(no)) dirty.set(no, known);
      throw error;
    }
  };
  return {
    keep,
    every: (ms, posOf) => {
      let running: Promise<void> = Promise.resolve();
      let stopped = false;
      const round = async (): Promise<void> => {
        const begunMs = performance.now();
        // The rows stay marked as changed: the next round writes them, and history keeps everything meanwhile.
        await keep(posOf()).catch((error: unknown) =>
          log.warn({ error }, 'live rows could not be written; trying again'),
        );
        const tookMs = performance.now() - begunMs;
        if (!stopped) timer = setTimeout(start, Math.max(ms - tookMs, tookMs * REST_PER_WORK));
      };
      const start = () => {
        running = round();
      };
      let timer = setTimeout(start, ms);
      return async () => {
        stopped = true;
        clearTimeout(timer);
        await running;
      };
    },
  };
}

type Kept = { car: Car; known: Known };

const carsOf = (cars: ReadonlyMap<number, Car>, changed: readonly (readonly [number, Known])[]): readonly Kept[] =>
  changed.flatMap(([no, known]) => {
    const car = cars.get(no);
    return car && car.heardMs > 0 ? [{ car, known }] : [];
  });

/** When each sender was last heard, by its number. */
function noteHeard(heard: Map<number, number>, cars: readonly Kept[]): void {
  for (const { car } of cars) heard.set(car.sourceNo, Math.max(heard.get(car.sourceNo) ?? 0, car.heardMs));
}
