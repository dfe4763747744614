import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { Car } from './car.rules.ts';
import type { Committer } from './commit.service.ts';
import type { Directory, Known } from './directory.service.ts';
import { emptyGathering, type Gathered, type Ground, replay } from './gather.ts';
import { findCheckpoint, historyAfter, loadCars } from './live.store.ts';
import { messageOf, type Reading } from './reading.rules.ts';
import type { TelemetryTables } from './tables.ts';

type RememberDeps = {
  db: Db<TelemetryTables>;
  cars: Map<number, Car>;
  dirty: Map<number, Known>;
  directory: Directory;
  groundOf: (cars: Pick<Ground, 'carOf' | 'spare'>) => Ground;
  committer: Committer;
  slots: readonly number[]; // only their elevators are ours
  log: Logger;
};

/**
 * Fill `cars` as they were when the doors closed: the live rows, and on them the history that came after. Findings
 * are told again; their ids are made from their causes, so none is doubled. Returns the last place in history.
 */
export async function rememberCars(deps: RememberDeps): Promise<number> {
  const { db, cars, slots, log } = deps;
  for (const car of await loadCars(db, slots)) cars.set(car.elevatorNo, car);
  const checkpoint = await findCheckpoint(db, slots);
  let last = checkpoint;
  let rows = 0;
  for await (const page of historyAfter(db, slots, checkpoint)) {
    await takePage(deps, page);
    last = page.at(-1)?.pos ?? last;
    rows += page.length;
  }
  log.info({ elevators: cars.size, replayed: rows }, 'remembered');
  return last;
}

async function takePage(
  { cars, dirty, directory, groundOf, committer }: RememberDeps,
  page: readonly Reading[],
): Promise<void> {
  const gathered: Gathered = emptyGathering([]);
  const ground = groundOf({ carOf: (no) => cars.get(no), spare: () => undefined });
  for (const row of page) {
    const known = directory.byNo(row.elevatorNo);
    if (known) replay(gathered, { known, message: messageOf(row), pos: row.pos }, ground);
  }
  if (gathered.learned.length > 0) await committer.commit(gathered);
  for (const [no, { car, known }] of gathered.cars) {
    cars.set(no, car);
    dirty.set(no, known);
  }
}
