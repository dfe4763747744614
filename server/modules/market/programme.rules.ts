import { accept, type Result, refuse } from '../../kernel/result.ts';

/** The three steps of notice 2 三, in their order. */
export const PHASES = ['pilot', 'rollout', 'routine'] as const;
export type Phase = (typeof PHASES)[number];
export type PhaseState = 'planned' | 'running' | 'closed';

export type PhasePlan = { phase: Phase; from: string; to: string; targetBp: number };
export type ProgrammeRefusal =
  | { code: 'market.phase_missing'; phase: Phase }
  | { code: 'market.phase_order'; phase: Phase; from: string; after: string }
  | { code: 'market.phase_state'; state: PhaseState }
  | { code: 'market.items_open'; open: number; first: string }
  | { code: 'market.evaluation_missing' }
  | { code: 'market.lessons_missing' }
  | { code: 'market.item_future'; on: string; today: string }
  | { code: 'market.item_note' };

/** Every phase once, each after the one before: pilot, rollout, routine. */
export function checkPlan(plan: readonly PhasePlan[]): ProgrammeRefusal | undefined {
  let before = '';
  for (const phase of PHASES) {
    const own = plan.find((p) => p.phase === phase);
    if (!own) return { code: 'market.phase_missing', phase };
    if (own.from <= before || own.to < own.from)
      return { code: 'market.phase_order', phase, from: own.from, after: before };
    before = own.to;
  }
  return undefined;
}

type Closing = { evaluation: string; lessons: string };
type Item = { title: string; doneOn: string | null };

/**
 * May a phase be closed? Only the running one, with everything done that it needed, evaluated, and with what was learned
 * written down (总结评估, 提炼总结好的做法和经验).
 */
export function closePhase(
  state: PhaseState,
  items: readonly Item[],
  { evaluation, lessons }: Closing,
): Result<{ next: 'closed' }, ProgrammeRefusal> {
  if (state !== 'running') return refuse({ code: 'market.phase_state', state });
  const open = items.filter((i) => i.doneOn === null);
  if (open[0]) return refuse({ code: 'market.items_open', open: open.length, first: open[0].title });
  if (evaluation.trim() === '') return refuse({ code: 'market.evaluation_missing' });
  if (lessons.trim() === '') return refuse({ code: 'market.lessons_missing' });
  return accept({ next: 'closed' });
}

/** A thing to do is done on a day that has come, and somebody says what was done. */
export function doneItem(
  state: PhaseState,
  done: { on: string; note: string },
  today: string,
): ProgrammeRefusal | undefined {
  if (state === 'closed') return { code: 'market.phase_state', state };
  if (done.on > today) return { code: 'market.item_future', on: done.on, today };
  return done.note.trim() === '' ? { code: 'market.item_note' } : undefined;
}

/** Insured share of the scope in basis points, rounded half up; null when there is nothing in scope. */
export const coverageBp = (insured: number, inScope: number): number | null =>
  inScope === 0 ? null : Math.round((insured * 10_000) / inScope);

export const phaseAfter = (phase: Phase): Phase | undefined => PHASES[PHASES.indexOf(phase) + 1];
