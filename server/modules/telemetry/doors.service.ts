import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Kernel } from '../../kernel/module.ts';
import { openBetween, type SharedConfig, slotsBy } from './between.service.ts';
import { type Callers, openCallers } from './callers.service.ts';
import type { Car } from './car.rules.ts';
import type { Carrier } from './carrier.ts';
import { bookOf, KNOWN_CODE_SETS } from './codes.ts';
import { openCommitter } from './commit.service.ts';
import { hearDirectory } from './directory.channel.ts';
import { type Directory, type Known, openDirectory } from './directory.service.ts';
import type { Gathered, Ground } from './gather.ts';
import { type Intake, openIntake } from './intake.ts';
import { type Journal, openJournal } from './journal.ts';
import { openKeeper } from './keeper.service.ts';
import type { Thresholds } from './pack.ts';
import { openPlaces } from './place.ts';
import { reconcileFindings } from './reconcile.service.ts';
import { rememberCars } from './remember.service.ts';
import { holdSlots } from './slots.service.ts';
import type { TelemetryTables } from './tables.ts';
import { openWatch } from './watch.service.ts';
import { openWheel } from './wheel.ts';

/** Changes are heard at once by a channel; reading a whole city again is for what was missed. */
const DIRECTORY_MS = 300_000;
const CALLERS_MS = 30_000;
/** How often the present is written down; with the time it takes, well within two seconds. */
const KEEP_MS = 1_500;

/** Both doors' inner side: who may speak, where messages go, and what is remembered. */
export type Doors = {
  intake: Intake;
  callers: Callers;
  directory: Directory;
  journal: Journal;
  carrier: Carrier; // the journal itself, or JetStream before it
  cars: ReadonlyMap<number, Car>;
  /** Write everything that waits, and the present of every elevator. */
  stop: () => Promise<void>;
};

export type DoorsDeps = Pick<Kernel, 'db' | 'pool' | 'now' | 'newId' | 'keys' | 'log'> & {
  thresholds: Thresholds;
  takes: () => boolean; // false: nothing may be acknowledged
  config: SharedConfig;
  onCommit?: (gathered: Gathered) => void; // figures
};

/** Remember what was known at the last stop, take history after it again, then open. */
export async function openDoors(deps: DoorsDeps): Promise<Doors> {
  const { db, pool, now, log } = deps;
  const own = db.withTables<TelemetryTables>();
  const slots = slotsBy(deps.config);
  const letGo = await holdSlots({ pool, slots });
  const directory = await openDirectory({ db, now });
  const callers = await openCallers(deps);
  const store = await openStore({ ...deps, own, directory, callers, slots });
  const { journal, cars } = store;
  const book = bookOf([...KNOWN_CODE_SETS, ...deps.thresholds.codeSets]);
  const placeAt = openPlaces(store.lastPos);
  const between = await openBetween({ ...deps, db: own, directory, callers, journal, book, placeAt }, slots);
  const { carrier } = between;
  const intake = openIntake({ directory, carrier, book, now, placeAt, takes: deps.takes });
  const stopRefreshing = [
    refreshing({ what: directory, everyMs: DIRECTORY_MS, log }),
    refreshing({ what: callers, everyMs: CALLERS_MS, log }),
  ];
  const stopHearing = hearDirectory({
    pool,
    log,
    refresh: (ids) => (ids === 'all' ? directory.refresh() : directory.refreshOnly(ids as ElevatorId[])),
  });
  return {
    intake,
    callers,
    directory,
    journal,
    carrier,
    cars,
    stop: async () => {
      for (const stopOne of stopRefreshing) stopOne();
      await stopHearing();
      await between.stopTaking();
      await journal.stop();
      await between.close();
      await store.close();
      letGo();
    },
  };
}

type StoreDeps = DoorsDeps & {
  own: Db<TelemetryTables>;
  directory: Directory;
  callers: Callers;
  slots: readonly number[];
};

/** What is remembered of the elevators of these slots, and the journal that keeps it true. */
async function openStore(deps: StoreDeps) {
  const { pool, own, directory, slots, now, log } = deps;
  const cars = new Map<number, Car>();
  const dirty = new Map<number, Known>();
  const wheel = openWheel();
  const watch = await openWatch({ pool, db: own, now, log });
  const committer = openCommitter({ pool, log, now, sourceIds: deps.callers.sourceIds, glance: watch.glance });
  const groundOf = groundBy(deps);
  const keeper = openKeeper({ db: own, cars, dirty, slots, log });
  const lastPos = await rememberCars({ db: own, cars, dirty, directory, groundOf, committer, slots, log });
  await reconcileFindings({ db: own, cars, directory, committer, slots, now, log });
  await keeper.keep(lastPos);
  for (const car of cars.values()) wheel.set(car.elevatorNo, car.wakeMs);
  const onCommit = deps.onCommit ?? (() => undefined);
  const knownOf = directory.byNo;
  const journal = openJournal({ committer, cars, wheel, dirty, knownOf, groundOf, now, log, onCommit });
  const stopKeeping = keeper.every(KEEP_MS, journal.committedPos);
  return {
    journal,
    cars,
    lastPos,
    /** Once the journal has stopped. */
    close: async () => {
      await stopKeeping();
      await keeper.keep(journal.committedPos());
      watch.stop();
    },
  };
}

function groundBy({ now, thresholds }: DoorsDeps): (cars: Pick<Ground, 'carOf' | 'spare'>) => Ground {
  const listeningSince = now().getTime();
  const offlineMs = thresholds.offlineSeconds * 1000;
  return (cars) => {
    const nowMs = now().getTime();
    return {
      ...cars,
      contextOf: ({ facts, workUntilMs }) => ({
        facts: workUntilMs > nowMs ? { ...facts, inMaintenance: true } : facts,
        thresholds,
        listeningSince,
      }),
      offlineMs,
      listeningSinceMs: listeningSince,
      nowMs,
    };
  };
}

type Refreshed = { what: { refresh: () => Promise<void> }; everyMs: number; log: Logger };

/** The registry changes: files are opened, units change. Look again, by the clock. */
function refreshing({ what, everyMs, log }: Refreshed): () => void {
  const timer = setInterval(() => {
    what.refresh().catch((error: unknown) => {
      // What is in memory stays right enough until the database answers again.
      log.warn({ error }, 'what the doors know could not be refreshed');
    });
  }, everyMs);
  return () => clearInterval(timer);
}
