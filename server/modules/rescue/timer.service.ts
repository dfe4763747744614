import { actAs } from '../../kernel/scope.ts';
import { carryOut } from './command.service.ts';
import type { CommandDeps } from './deps.ts';
import type { Timer } from './incident.rules.ts';
import { holdDue, type Loaded } from './incident.store.ts';

/**
 * Let every timer that is due have its effect, in due order; returns how many did. The due instants stand in the incidents'
 * rows, so nothing is lost with the process: whoever sweeps next finds them. An effect is keyed (incident, level, kind,
 * version) in the transaction that moves the incident, so no timer has it twice, however many sweep at once.
 */
export async function sweep(deps: CommandDeps): Promise<number> {
  for (let rung = 0; ; rung += 1) {
    if (!(await ringNext(deps))) return rung;
  }
}

async function ringNext(deps: CommandDeps): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, 'timer');
    const now = deps.now();
    const held = await holdDue(tx, now);
    const timer = held && firstDue(held, now);
    if (!timer) return false;
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

/** Sweep now, in case timers came due while nobody ran, and then four times a second. Returns how to stop. */
export function startSweeping(deps: CommandDeps, failed: (error: unknown) => void): () => Promise<void> {
  const state = { stopped: false };
  let wake = () => {};
  const loop = (async () => {
    while (!state.stopped) {
      await sweep(deps).catch(failed); // the database may be away: the next sweep finds the same timers
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
