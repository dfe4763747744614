import { addSeconds } from '../../kernel/time.ts';
import { type Incident, isOpen, type Level, phaseOf, type Timer, type TimerKind } from './incident.rules.ts';

/** How long things may take in this city, at this place. Made from the city pack. */
export type Plan = {
  mode: 'automatic' | 'agent';
  agentSeconds: number;
  offerAtOnceConfidence: number;
  answerSeconds: Readonly<Record<Level, number>>;
  handOffSeconds: number;
  handOffReminderSeconds: number;
  arrivalSeconds: number;
  onSiteSeconds: number;
  closeSeconds: number;
};

/** Set a timer; one of the same kind and level is replaced. */
export function setTimer(
  incident: Incident,
  kind: TimerKind,
  { level, dueAt }: { level: Level; dueAt: Date },
): Incident {
  const others = incident.timers.filter((t) => t.kind !== kind || t.level !== level);
  return { ...incident, timers: [...others, { kind, level, dueAt }] };
}

export const dropTimers = (incident: Incident, kinds: readonly TimerKind[]): Incident => ({
  ...incident,
  timers: incident.timers.filter((t) => !kinds.includes(t.kind)),
});

/**
 * Keep the timers that make sense where the incident now stands, and start one where none would run:
 * while people may be inside, or the file waits for the desk, something always comes due.
 */
export function settle(incident: Incident, { now, plan }: { now: Date; plan: Plan }): Incident {
  const timers = incident.timers.filter((timer) => makesSense(incident, timer));
  const missing = missingTimer({ ...incident, timers }, { now, plan });
  return { ...incident, timers: missing ? [...timers, missing] : timers };
}

function makesSense(incident: Incident, { kind, level }: Timer): boolean {
  if (kind === 'look_again') return incident.mustLookAgain;
  if (kind === 'close') return incident.released !== null && incident.end === null;
  if (!isOpen(incident)) return false;
  const phase = phaseOf(incident);
  switch (kind) {
    case 'agent':
      return incident.level === 0 && phase === 'raised';
    case 'answer':
      return phase !== 'on_site' && level === incident.level && level < 3;
    case 'hand_off_limit':
      return phase === 'raised' || phase === 'offered';
    case 'hand_off':
      return incident.handOff === null && phase !== 'on_site';
    case 'arrival':
      return phase === 'under_way';
    case 'watch':
      return phase === 'on_site' || phase === 'under_way' || incident.handOff !== null;
    default:
      return false;
  }
}

function missingTimer(incident: Incident, { now, plan }: { now: Date; plan: Plan }): Timer | null {
  const { level, timers } = incident;
  const has = (kind: TimerKind) => timers.some((t) => t.kind === kind);
  const timer = (kind: TimerKind, seconds: number): Timer => ({ kind, level, dueAt: addSeconds(now, seconds) });
  if (incident.mustLookAgain && !has('look_again')) return timer('look_again', plan.handOffReminderSeconds);
  if (incident.end) return null;
  if (incident.released) return has('close') ? null : timer('close', plan.closeSeconds);
  const phase = phaseOf(incident);
  if (phase === 'on_site') return has('watch') ? null : timer('watch', plan.onSiteSeconds);
  if (level === 3 && phase !== 'under_way') {
    if (incident.handOff) return has('watch') ? null : timer('watch', plan.onSiteSeconds);
    return has('hand_off') ? null : timer('hand_off', plan.handOffReminderSeconds);
  }
  if (phase === 'under_way') return has('arrival') || has('watch') ? null : timer('watch', plan.arrivalSeconds);
  if (has('agent') || has('answer')) return null;
  return level === 0 ? timer('agent', plan.agentSeconds) : timer('answer', plan.answerSeconds[level]);
}
