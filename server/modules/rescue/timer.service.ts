import type { IncidentId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { addSeconds } from '../../kernel/time.ts';
import { carryOut } from './command.service.ts';
import type { CommandDeps } from './deps.ts';
import { hastenEvents } from './event.service.ts';
import type { Timer } from './incident.rules.ts';
import { holdDue, type Loaded, loadHeld } from './incident.store.ts';

/** Incidents whose timer failed, and until when they are passed over. */
export type Aside = Map<IncidentId, Date>;

/** How long an incident whose timer failed is passed over, so that it holds up nobody else's. */
const ASIDE_SECONDS = 5;

/**
 * Let every timer that is due have its effect, in due order; returns how many did. The due instants stand in the incidents'
 * rows, so nothing is lost with the process: whoever sweeps next finds them. An effect is keyed (incident, level, kind,
 * version) in the transaction that moves the incident, so no timer has it twice, however many sweep at once. One that
 * fails is told to `failed`, passed over for a moment, and tried again.
 */
export async function sweep(
  deps: CommandDeps,
  { aside = new Map(), failed }: { aside?: Aside; failed?: (error: unknown) => void } = {},
): Promise<number> {
  for (let rung = 0; ; ) {
    for (const [id, until] of aside) if (until <= deps.now()) aside.delete(id);
    const found: { id?: IncidentId } = {};
    try {
      if (!(await ringNext(deps, { without: [...aside.keys()], found }))) return rung;
      rung += 1;
    } catch (error) {
      // Whatever is wrong with one incident, the people in all others are waiting too.
      if (!found.id || !failed) throw error;
      failed(error);
      aside.set(found.id, addSeconds(deps.now(), ASIDE_SECONDS));
    }
  }
}

type Ringing = { without: readonly IncidentId[]; found: { id?: IncidentId } };

async function ringNext(deps: CommandDeps, { without, found }: Ringing): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, 'timer');
    const now = deps.now();
    const row = await holdDue(tx, now, without);
    if (!row) return false;
    found.id = row.id;
    const held = await loadHeld(tx, row);
    const timer = firstDue(held, now);
    invariant(timer, 'an incident that is due has a timer that is');
    const { id, version } = held.incident;
    const { kind, level, dueAt } = timer;
    await tx
      .insertInto('rescue.timer_effect')
      .values({ incident_id: id, level, kind, version, due_at: dueAt, at: now })
      .execute();
    const acting = { command: { do: 'timer' as const, kind, level }, actor: 'timer', data: { dueAt } };
    const done = await carryOut(tx, deps, { held, acting });
    if (!done.ok) throw new Error(`A due timer was refused: ${done.refusal.code} on ${id}`);
    return true;
  });
}

const firstDue = ({ incident }: Loaded, now: Date): Timer | undefined =>
  incident.timers.filter((t) => t.dueAt <= now).sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())[0];

/**
 * Sweep now, in case timers came due while nobody ran, and then four times a second; and take up who waits in an event of
 * many. Returns how to stop.
 */
export function startSweeping(deps: CommandDeps, failed: (error: unknown) => void): () => Promise<void> {
  const state = { stopped: false };
  const aside: Aside = new Map();
  let wake = () => {};
  const loop = (async () => {
    while (!state.stopped) {
      await sweep(deps, { aside, failed }).catch(failed); // the database may be away: the next sweep finds the same timers
      await hastenEvents(deps, failed).catch(failed);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 250);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (state.stopped) wake();
      });
    }
  })();
  return async () => {
    state.stopped = true;
    wake();
    await loop;
  };
}
