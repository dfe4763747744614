import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { Car } from './car.rules.ts';
import type { Committer } from './commit.service.ts';
import type { Directory } from './directory.service.ts';
import { isEntrapment } from './finding.rules.ts';
import { emptyGathering } from './gather.ts';
import { slotOf } from './slot.rules.ts';
import type { TelemetryTables } from './tables.ts';

type ReconcileDeps = {
  db: Db<TelemetryTables>;
  cars: ReadonlyMap<number, Car>;
  directory: Directory;
  committer: Committer;
  slots: readonly number[]; // whose elevators this process remembers
  now: () => Date;
  log: Logger;
};

/**
 * At a start: findings that stand open although no detector remembers them would stay open for ever, because nobody
 * waits for their end. They are closed and say so. An entrapment is left to people: it may be true.
 */
export async function reconcileFindings({
  db,
  cars,
  directory,
  committer,
  slots,
  now,
  log,
}: ReconcileDeps): Promise<number> {
  const open = await db
    .selectFrom('telemetry.finding')
    .select(['id', 'elevator_no', 'kind', 'started_at'])
    .where('closed_at', 'is', null)
    .execute();
  const forgotten = open.filter(
    (row) =>
      slots.includes(slotOf(row.elevator_no)) &&
      !cars.get(row.elevator_no)?.detector.open.some((remembered) => remembered.id === row.id),
  );
  const gathered = emptyGathering([]);
  const nowMs = now().getTime();
  for (const { id, elevator_no, kind, started_at } of forgotten) {
    const known = directory.byNo(elevator_no);
    if (!known || isEntrapment(kind)) continue;
    const beganAt = started_at.getTime();
    const change = { change: 'closed', id, kind, beganAt, closedAt: nowMs, why: 'reconciled' } as const;
    gathered.learned.push({ known, sourceNo: 0, learned: { change, learnedMs: nowMs } });
  }
  if (gathered.learned.length > 0) await committer.commit(gathered);
  const left = forgotten.length - gathered.learned.length;
  if (forgotten.length > 0)
    log.warn({ closed: gathered.learned.length, left }, 'open findings that no detector remembers');
  return gathered.learned.length;
}
