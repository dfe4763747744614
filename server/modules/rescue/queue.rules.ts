import type { IncidentId } from '../../kernel/ids.ts';
import { isActive, type Level, type Needs, type Offer, type PhaseName } from './incident.rules.ts';

/** What the queue must know of an incident to give it its place. */
export type Standing = {
  id: IncidentId;
  drill: boolean;
  groupId: string | null;
  phase: PhaseName;
  level: Level;
  danger: number;
  needs: Needs;
  awareAt: Date;
  dueAt: Date | null;
  handedOver: boolean; // 119 or 110 has it
  mustLookAgain: boolean;
  offers: readonly Pick<Offer, 'state' | 'level'>[];
};

/** Why an incident needs the agent now, the weightiest first. */
export type CallCode = 'injury' | 'look_again' | 'refused' | 'climbed';

/** How far an incident of the queue is: as its phase, and apart those whose rescuer has other jobs first. */
export type Stand = 'raised' | 'planned' | 'offered' | 'under_way' | 'on_site' | 'released';
export const STANDS: readonly Stand[] = ['raised', 'planned', 'offered', 'under_way', 'on_site', 'released'];

export type Call = { why: CallCode; standing: Standing };

/** One line of the queue. The members of an event are in the order of their urgency. */
export type Entry =
  | { kind: 'incident'; standing: Standing }
  | { kind: 'event'; groupId: string; members: readonly Standing[]; calls: readonly Call[] };

/** People are out: the file waits, nobody inside does. */
export const isOut = ({ phase }: Pick<Standing, 'phase'>): boolean =>
  phase === 'released' || phase === 'closed' || phase === 'dismissed' || phase === 'joined';

export function standOf({ phase, offers }: Pick<Standing, 'phase' | 'offers'>): Stand {
  if (isOut({ phase })) return 'released';
  if (phase === 'offered' && !offers.some((o) => o.state === 'offered')) return 'planned';
  return phase as Stand;
}

/**
 * Does this incident need a person's judgement now, however many others stand around it? Life in danger does until they are
 * out, refusals and a level that climbed do until somebody has it.
 */
export function callOf(standing: Standing): CallCode | null {
  const { needs, phase, level, offers, handedOver, mustLookAgain } = standing;
  if (mustLookAgain) return 'look_again';
  if (isOut(standing)) return null;
  if (needs.fire || needs.water || needs.injuries || needs.patients) return 'injury';
  if (handedOver || offers.some((o) => isActive(o) && o.level >= level)) return null;
  if (phase === 'raised' && offers.some((o) => o.state === 'refused')) return 'refused';
  return level >= 2 ? 'climbed' : null;
}

/** Those inside before those who are out, real ones before drills, danger before waiting time. */
export function byUrgency(a: Standing, b: Standing): number {
  return (
    Number(isOut(a)) - Number(isOut(b)) ||
    Number(a.drill) - Number(b.drill) ||
    b.danger - a.danger ||
    a.awareAt.getTime() - b.awareAt.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}

const WEIGHT: readonly CallCode[] = ['injury', 'look_again', 'refused', 'climbed'];

const callsOf = (members: readonly Standing[]): readonly Call[] =>
  members
    .flatMap((standing) => {
      const why = callOf(standing);
      return why ? [{ why, standing }] : [];
    })
    .toSorted((a, b) => WEIGHT.indexOf(a.why) - WEIGHT.indexOf(b.why)); // stable: urgency decides among equals

function held(events: Map<string, Standing[]>, groupId: string): Standing[] {
  const members = events.get(groupId) ?? [];
  events.set(groupId, members);
  return members;
}

/**
 * The queue as the desk reads it: an event of many is one entry, at the place of its most urgent member; every other
 * incident stands by itself. No incident is lost, none stands twice.
 */
export function fold(standings: readonly Standing[], isMass: (groupId: string) => boolean): readonly Entry[] {
  const ordered = standings.toSorted(byUrgency);
  const events = new Map<string, Standing[]>();
  for (const standing of ordered) {
    const { groupId } = standing;
    if (groupId !== null && isMass(groupId)) held(events, groupId).push(standing);
  }
  return ordered.flatMap((standing): readonly Entry[] => {
    const members = events.get(standing.groupId ?? '');
    if (!members || standing.groupId === null) return [{ kind: 'incident', standing }];
    if (members[0] !== standing) return [];
    return [{ kind: 'event', groupId: standing.groupId, members, calls: callsOf(members) }];
  });
}
