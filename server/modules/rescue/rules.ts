import { accept, never, refuse } from '../../kernel/result.ts';
import { addSeconds } from '../../kernel/time.ts';
import type { At, Change, Command, Decided } from './command.rules.ts';
import { type Incident, isOpen, type Offer, phaseOf } from './incident.rules.ts';
import { order } from './order.rules.ts';
import { record } from './report.rules.ts';
import { change, isSure, open, up, withState } from './step.rules.ts';
import { setTimer } from './timer.rules.ts';

/** Begin an incident: offered at once when the evidence is sure enough and the city wants it so, else the agent has a while. */
export function raise(incident: Incident, { now, plan }: At): Change {
  const waiting = setTimer(incident, 'hand_off_limit', { level: 0, dueAt: addSeconds(now, plan.handOffSeconds) });
  if (isSure(incident, plan)) return open(waiting, 1, { now, plan });
  return change(setTimer(waiting, 'agent', { level: 0, dueAt: addSeconds(now, plan.agentSeconds) }), { now, plan });
}

/** Decide what a command does to an incident. Pure: `now` is given, nothing is saved. */
export function decide(incident: Incident, command: Command, at: At): Decided {
  if (command.do === 'timer') return ring(incident, command, at);
  if (command.do === 'promote') return promote(incident, command.crewId, at);
  if (command.do === 'hasten') return hasten(incident, at);
  return 'happenedAt' in command ? accept(record(incident, command, at)) : order(incident, command, at);
}

/** A job that was planned behind others is the rescuer's first now. */
function promote(incident: Incident, crewId: string, at: At): Decided {
  const planned = incident.offers.find((o) => o.crewId === crewId && o.state === 'planned');
  if (!planned || !isOpen(incident)) return refuse({ code: 'rescue.no_such_offer' });
  const offers = incident.offers.map((o) => (o === planned ? { ...o, state: 'offered' as const, place: 1 } : o));
  return accept(change({ ...incident, offers }, at));
}

/** It waits for the agent no longer, where its plan finds the evidence sure enough by now. */
function hasten(incident: Incident, at: At): Decided {
  const waits = incident.level === 0 && phaseOf(incident) === 'raised';
  return waits && isSure(incident, at.plan) ? accept(open(incident, 1, at)) : refuse({ code: 'rescue.no_timer' });
}

/** A rescuer who has other jobs first was not asked yet: he keeps this one in his plan, whatever level opens meanwhile. */
const wasAsked = ({ state }: Offer): boolean => state === 'offered';

/** A timer has come due. One that is gone, or not due yet, does nothing. */
function ring(incident: Incident, { kind, level }: Extract<Command, { do: 'timer' }>, at: At): Decided {
  const timer = incident.timers.find((t) => t.kind === kind && t.level === level);
  if (!timer || timer.dueAt > at.now) return refuse({ code: 'rescue.no_timer' });
  const rung: Incident = { ...incident, timers: incident.timers.filter((t) => t !== timer) };
  switch (kind) {
    case 'agent':
      return accept(open(rung, 1, at));
    case 'answer': {
      const expired = withState(rung, wasAsked, 'expired');
      return accept(rung.level > level ? change(expired, at) : open(expired, up(level), at));
    }
    case 'hand_off_limit':
      return accept(open(withState(rung, wasAsked, 'expired'), 3, at));
    case 'arrival':
    case 'watch':
      return accept(rung.level === 3 ? change(rung, at) : open(rung, up(rung.level), at));
    case 'hand_off':
    case 'close':
    case 'look_again':
      return accept(change(rung, at)); // the reminder itself; settling sets the next one
    default:
      return never(kind);
  }
}
