import type { Result } from '../../kernel/result.ts';
import type { HandOff, Incident, Level, PhaseName, SaidNeeds, TimerKind } from './incident.rules.ts';
import type { Plan } from './timer.rules.ts';

/** A rescuer chosen for an offer, and the place of this job in his plan. */
export type Chosen = { offerId: string; crewId: string; place: number };

/** What the desk, or the system in its place, wants. May be refused. */
export type Order =
  | { do: 'offer'; level: Level; chosen: readonly Chosen[] } // nobody chosen: the next level is opened
  | { do: 'escalate' }
  | { do: 'hand_off'; service: HandOff['service']; takenBy: string }
  | { do: 'withdraw'; offerId: string }
  | { do: 'take' } // an agent answers
  | { do: 'dismiss'; reason: string }
  | { do: 'merge'; reason: string }
  | { do: 'look' } // the desk has looked again
  | { do: 'reopen'; reason: string }
  | { do: 'close' };

/** Facts about the world. Never refused, whatever the phase. */
export type Report =
  | { do: 'report_accept' | 'report_departure' | 'report_arrival'; crewId: string; offerId: string } // offerId: used when nobody had sent this crew
  | { do: 'report_refuse'; crewId: string; reason: string }
  | { do: 'report_release'; crewId: string | null; people: number | null; injuries?: boolean | null } // people 0: nobody was inside
  | { do: 'report_evidence'; needs: SaidNeeds; confidence: number; byPerson: boolean }
  | { do: 'report_clear' } // the device says that nobody is held any more
  | { do: 'report_confirmation'; outcome: 'all_out' | 'not_out' | 'unreachable' }
  | { do: 'report_cause' };

export type Command =
  | Order
  | (Report & { happenedAt: Date | null })
  | { do: 'timer'; kind: TimerKind; level: Level }
  | { do: 'hasten' } // so many are trapped at its place that it no longer waits for the agent
  | { do: 'promote'; crewId: string }; // the jobs before this one in the rescuer's plan are done

/** Something out of the usual order, kept for the review afterwards. */
export type Remark =
  | 'reported_after_close'
  | 'accepted_late'
  | 'gave_up'
  | 'came_unsent'
  | 'released_before_arrival'
  | 'released_again'
  | 'nobody_inside'
  | 'still_inside'
  | 'device_says_clear'
  | 'nobody_available'
  | 'time_not_plausible';

/** `wants`: rescuers of this level must now be chosen, by an `offer` in the same transaction. */
export type Change = { incident: Incident; remarks: readonly Remark[]; wants: Level | null };

export type RescueRefusal =
  | { code: 'rescue.not_found' }
  | { code: 'rescue.changed_meanwhile' }
  | { code: 'rescue.ended'; phase: PhaseName }
  | { code: 'rescue.crew_on_site' }
  | { code: 'rescue.crew_under_way' }
  | { code: 'rescue.top_level' }
  | { code: 'rescue.already_offered' }
  | { code: 'rescue.no_such_offer' }
  | { code: 'rescue.not_released' }
  | { code: 'rescue.still_open' }
  | { code: 'rescue.already_open' }
  | { code: 'rescue.must_look_again' }
  | { code: 'rescue.nothing_to_look_at' }
  | { code: 'rescue.no_timer' };

export type Decided = Result<Change, RescueRefusal>;

/** When it is decided, and by which plan. */
export type At = { now: Date; plan: Plan };
