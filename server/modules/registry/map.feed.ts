import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { PointMap } from './map.service.ts';
import { pointsAfter, pointsSince } from './map.store.ts';
import type { MapState } from './points.rules.ts';
import type { RegistryTables } from './tables.ts';

/** How elevators look by what their boxes say; `mark` goes back in to hear what changed after it. Null: all of them. */
export type LiveStates = (
  mark: string | null,
) => Promise<{ states: readonly { no: number; state: MapState }[]; mark: string }>;

type FeedDeps = { db: Db<RegistryTables>; log: Logger; map: PointMap; live: LiveStates | null };

const LOOK_EVERY_MS = 1_500;
/** A change carries the instant of its statement and is seen at its commit: look back as long as a change may take. */
const LOOK_BACK_MS = 10_000;

/** Fill the map, then keep it true. Resolves when the first filling is done; returns how to stop. */
export async function feedMap(deps: FeedDeps): Promise<() => Promise<void>> {
  let newest = new Date(0);
  let mark: string | null = null;
  let filled = -1;
  const started = () => deps.map.stateOf(-1);
  const fill = async () => {
    await started();
    filled = deps.map.fillings();
    [newest, mark] = [new Date(0), null];
    for (let no = -1; ; ) {
      const page = await pointsAfter(deps.db, no);
      deps.map.put(page.points, page.gone);
      newest = later(newest, page.newest);
      if (page.lastNo < 0) break;
      no = page.lastNo;
    }
    await started(); // answered after everything was put in
  };
  await fill();
  const look = async () => {
    await started(); // a thread that failed begins again with this question, and is seen by its count
    if (deps.map.fillings() !== filled) await fill();
    const page = await pointsSince(deps.db, new Date(newest.getTime() - LOOK_BACK_MS));
    // What was read before is read again until it is older than the look back; only news is put in.
    if (page.newest && page.newest > newest) deps.map.put(page.points, page.gone);
    newest = later(newest, page.newest);
    if (!deps.live) return;
    const heard = await deps.live(mark);
    deps.map.paint(heard.states);
    mark = heard.mark;
  };
  return every(LOOK_EVERY_MS, () =>
    look().catch((error: unknown) => {
      // The database is away or restarting: the map shows what it knew and looks again.
      deps.log.warn({ error }, 'the map could not be brought up to date');
    }),
  );
}

const later = (a: Date, b: Date | null): Date => (b && b > a ? b : a);

function every(ms: number, work: () => Promise<void>): () => Promise<void> {
  let stopped = false;
  let wake = () => {};
  const loop = (async () => {
    while (!stopped) {
      await work();
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, ms);
      });
    }
  })();
  return async () => {
    stopped = true;
    wake();
    await loop;
  };
}
