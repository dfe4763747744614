import type { ElevatorId, IncidentId } from '../../kernel/ids.ts';
import type { At, Change } from './command.rules.ts';
import { type Incident, NOTHING_KNOWN } from './incident.rules.ts';
import { raise } from './rules.ts';
import type { Plan } from './timer.rules.ts';

export const t0 = new Date('2026-11-20T13:00:00Z');

/** The default city's times. */
export const plan = (over: Partial<Plan> = {}): Plan => ({
  mode: 'automatic',
  agentSeconds: 30,
  offerAtOnceConfidence: 0.9,
  answerSeconds: { 0: 120, 1: 120, 2: 120, 3: 60 },
  handOffSeconds: 300,
  handOffReminderSeconds: 60,
  arrivalSeconds: 1_800,
  onSiteSeconds: 1_800,
  closeSeconds: 1_800,
  ...over,
});

/** An incident before it is raised. */
export const incident = (over: Partial<Incident> = {}): Incident => ({
  id: 'i1' as IncidentId,
  elevatorId: 'e1' as ElevatorId,
  drill: false,
  version: 0,
  awareAt: t0,
  level: 0,
  offers: [],
  handOff: null,
  released: null,
  clocks: {},
  timers: [],
  needs: NOTHING_KNOWN,
  confidence: 0.95,
  byPerson: true,
  mustLookAgain: false,
  end: null,
  ...over,
});

export const at = (seconds: number, over: Partial<Plan> = {}): At => ({
  now: new Date(t0.getTime() + seconds * 1000),
  plan: plan(over),
});

/** An incident just raised. */
export const raised = (over: Partial<Incident> = {}): Change => raise(incident(over), at(0));
