import { addSeconds } from '../../kernel/time.ts';
import type { At, Change, Remark } from './command.rules.ts';
import type { Clock, Clocks, Incident, Level, Offer, OfferState } from './incident.rules.ts';
import { dropTimers, setTimer, settle } from './timer.rules.ts';

/** The small steps that every decision is put together from. */

/** The answer timer of a level runs from its first offer; a repeat offer does not stretch it. */
export function waitForAnswer(incident: Incident, level: Level, { now, plan }: At): Incident {
  if (incident.timers.some((t) => t.kind === 'answer' && t.level >= level)) return incident;
  return setTimer(incident, 'answer', {
    level,
    dueAt: addSeconds(now, plan.answerSeconds[level] ?? plan.handOffReminderSeconds),
  });
}

/** Open a level: levels 1 and 2 want rescuers chosen, level 3 is the desk's call to 119 or 110. Stands nobody down. */
export function open(incident: Incident, level: Level, at: At): Change {
  const begun = { ...dropTimers(stamp(incident, 'decided', at.now), ['agent', 'answer']), level };
  if (level < 3) return { ...change(waitForAnswer(begun, level, at), at), wants: level };
  const dueAt = addSeconds(at.now, at.plan.handOffReminderSeconds);
  const calling = dropTimers(begun, ['hand_off_limit']);
  return change(incident.handOff ? calling : setTimer(calling, 'hand_off', { level: 3, dueAt }), at);
}

export const up = (level: Level): Level => (level === 0 ? 1 : level === 1 ? 2 : 3);

export const isUnanswered = ({ state }: Offer): boolean => state === 'offered' || state === 'planned';

export const withState = (incident: Incident, which: (o: Offer) => boolean, state: OfferState): Incident => ({
  ...incident,
  offers: incident.offers.map((o) => (which(o) ? { ...o, state } : o)),
});

const ours = (now: Date): Clock => ({ at: now, sourceAt: null, receivedAt: now, trusted: true });

/** Set one of our own clocks, unless it already stands. */
export const stamp = (incident: Incident, name: keyof Clocks, now: Date): Incident =>
  incident.clocks[name] ? incident : { ...incident, clocks: { ...incident.clocks, [name]: ours(now) } };

export const change = (incident: Incident, at: At, ...remarks: Remark[]): Change => ({
  incident: settle(incident, at),
  remarks,
  wants: null,
});

/** Is the evidence sure enough to offer without waiting for the agent? */
export const isSure = ({ confidence }: Incident, { mode, offerAtOnceConfidence }: At['plan']): boolean =>
  mode === 'automatic' && confidence >= offerAtOnceConfidence;
