import type { CLOCK_NAMES } from '../../../contract/rescue-vocabulary.ts';
import type { ElevatorId, IncidentId } from '../../kernel/ids.ts';

/** One entrapment, from the first sign of it to the file's end. */
export type Incident = {
  id: IncidentId;
  elevatorId: ElevatorId;
  drill: boolean; // a rehearsal: nobody real is called and nothing is counted
  version: number; // +1 per saved change; guards against two dispatchers at once
  awareAt: Date; // the incident exists since then
  level: Level; // the highest level opened; 0: nobody has been offered it yet
  offers: readonly Offer[];
  handOff: HandOff | null; // level 3: who at 119 or 110 took it
  released: { at: Date; people: number | null } | null; // people null: nobody said how many
  clocks: Clocks;
  timers: readonly Timer[];
  needs: Needs;
  confidence: number; // 0–1: how sure we are that people are trapped
  byPerson: boolean; // somebody said so; false: sensors only
  mustLookAgain: boolean; // a report came that the file's end does not fit
  end: End | null;
};

export type Level = 0 | 1 | 2 | 3;

/** What is known of the people inside. Null: not asked or not answered. */
export type Needs = {
  people: number | null;
  infants: boolean | null;
  elders: boolean | null;
  patients: boolean | null;
  injuries: boolean | null;
  water: boolean | null;
  fire: boolean | null;
};

/** What one report says of them: it may leave anything out. */
export type SaidNeeds = { readonly [Fact in keyof Needs]?: Needs[Fact] | undefined };

/** One rescuer and this incident. A late answer to an expired or withdrawn offer still counts. */
export type Offer = {
  id: string;
  crewId: string; // the rescuer's person id, or the number of the service that came by itself
  level: Level;
  place: number; // 1: now; 2 and more: after the jobs already in the rescuer's plan
  state: OfferState;
  offeredAt: Date;
};

export type OfferState =
  | 'planned' // named, waits behind other jobs of the same rescuer
  | 'offered'
  | 'accepted'
  | 'departed'
  | 'arrived'
  | 'refused'
  | 'expired' // no answer in time; may still answer
  | 'withdrawn'; // another was first, or the desk took it back

export type HandOff = { service: '119' | '110'; takenBy: string; at: Date };
export type End = { name: 'closed' | 'dismissed' | 'joined'; at: Date; reason: string };

/** The instants that statistics and insurance read. Each is set once, by the first who reached it. */
export type ClockName = (typeof CLOCK_NAMES)[number];

/**
 * `at` is the instant that figures use. `sourceAt` is what the phone or the device said, null when it said nothing;
 * `receivedAt` is our clock. `trusted` false: the source's time did not fit, so ours was used.
 */
export type Clock = { at: Date; sourceAt: Date | null; receivedAt: Date; trusted: boolean };
export type Clocks = Partial<Readonly<Record<ClockName, Clock>>>;

/** A running timer. When it is due and still there, its effect happens once. */
export type TimerKind =
  | 'agent' // the agent's time to decide is over: offer anyway
  | 'answer' // nobody of this level accepted
  | 'arrival' // accepted, and nobody has arrived
  | 'hand_off_limit' // nobody accepted: level 3 at the latest
  | 'hand_off' // level 3: the desk has not reached 119 or 110 yet
  | 'watch' // people are still inside
  | 'close' // released, not yet closed
  | 'look_again'; // a report contradicts the end of the file
export type Timer = { kind: TimerKind; level: Level; dueAt: Date };

export type PhaseName = 'raised' | 'offered' | 'under_way' | 'on_site' | 'released' | 'closed' | 'dismissed' | 'joined';

/** Where an incident stands. It follows from what is known, so that no order of reports can contradict it. */
export function phaseOf({ end, released, offers }: Pick<Incident, 'end' | 'released' | 'offers'>): PhaseName {
  if (end) return end.name;
  if (released) return 'released';
  if (offers.some((o) => o.state === 'arrived')) return 'on_site';
  if (offers.some((o) => o.state === 'accepted' || o.state === 'departed')) return 'under_way';
  return offers.some((o) => o.state === 'offered' || o.state === 'planned') ? 'offered' : 'raised';
}

/** May people still be inside? */
export const isOpen = (incident: Incident): boolean => incident.end === null && incident.released === null;

/** Does this rescuer hold the job, as far as we know? */
export const isActive = ({ state }: Pick<Offer, 'state'>): boolean =>
  state === 'accepted' || state === 'departed' || state === 'arrived';

/** When the next timer is due; null when none runs. */
export const nextDueAt = (timers: readonly Timer[]): Date | null =>
  timers.reduce<Date | null>((next, { dueAt }) => (next && next <= dueAt ? next : dueAt), null);

/** Higher stands higher in the queue: fire, water and injuries first, then the weak, then everybody. */
export function dangerOf({ fire, water, injuries, patients, infants, elders, people }: Needs): number {
  const scores = [
    fire ? 100 : 0,
    water ? 60 : 0,
    injuries ? 50 : 0,
    patients ? 30 : 0,
    infants ? 20 : 0,
    elders ? 15 : 0,
  ];
  return scores.reduce((sum, score) => sum + score, Math.min(people ?? 0, 10));
}

/** What a further report adds: facts said once stay, later ones fill the gaps; the larger head count holds. */
export function needsWith(known: Needs, said: SaidNeeds): Needs {
  const either = (a: boolean | null, b: boolean | null | undefined) => (a || b ? true : (a ?? b ?? null));
  const counts = [known.people, said.people].filter((n) => n !== null && n !== undefined);
  return {
    people: counts.length > 0 ? Math.max(...counts) : null,
    infants: either(known.infants, said.infants),
    elders: either(known.elders, said.elders),
    patients: either(known.patients, said.patients),
    injuries: either(known.injuries, said.injuries),
    water: either(known.water, said.water),
    fire: either(known.fire, said.fire),
  };
}

export const NOTHING_KNOWN: Needs = {
  people: null,
  infants: null,
  elders: null,
  patients: null,
  injuries: null,
  water: null,
  fire: null,
};
