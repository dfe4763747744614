import type { Notice } from '../../kernel/notify.ts';
import type { Event } from '../../kernel/outbox.ts';
import type { Note } from '../../kernel/trace.ts';
import type { Command } from './command.rules.ts';
import type { RescueEvent } from './events.ts';
import type { Loaded } from './incident.store.ts';

/** A change that was saved: what was, what is, and what did it. */
export type Told = { was: Loaded; is: Loaded; command: Command; now: Date };

const audienceOf = ({ row }: Loaded) => ({ areaCodes: row.area_codes, orgIds: row.org_ids });

const wrap =
  (told: { is: Loaded; now: Date }, newId: () => string) =>
  ({ type, v, data }: RescueEvent): Event => ({
    id: newId(),
    type,
    v,
    occurredAt: told.now,
    subject: told.is.incident.id,
    version: told.is.incident.version,
    audience: audienceOf(told.is),
    data,
  });

/** The event of a new incident. */
export function openedEvent(is: Loaded, now: Date, newId: () => string): Event {
  const { incident, row } = is;
  const data = {
    incidentId: incident.id,
    number: row.number,
    elevatorId: incident.elevatorId,
    drill: incident.drill,
    awareAt: incident.awareAt.toISOString(),
    reportedAt: incident.clocks.reported?.at.toISOString() ?? null,
    confidence: incident.confidence,
  };
  return wrap({ is, now }, newId)({ type: 'rescue.incident_opened', v: 1, data });
}

/** What other modules are promised to hear of a change. */
export function eventsOf(told: Told, newId: () => string): readonly Event[] {
  const { was, is, command, now } = told;
  const { incident, row } = is;
  const about = { incidentId: incident.id, elevatorId: incident.elevatorId, drill: incident.drill };
  const events: RescueEvent[] = [
    {
      type: 'rescue.incident_changed',
      v: 1,
      data: { ...about, phase: row.phase, level: incident.level, by: command.do },
    },
  ];
  if (incident.released && !was.incident.released)
    events.push({ type: 'rescue.people_released', v: 1, data: releaseOf(is) });
  if (incident.released && was.incident.released && isToldOtherwise(was, is))
    events.push({ type: 'rescue.release_corrected', v: 1, data: releaseOf(is) });
  if (incident.end && !was.incident.end) {
    const { name, reason } = incident.end;
    const data = { ...about, end: name, endedAt: incident.end.at.toISOString(), reason };
    events.push({ type: 'rescue.incident_closed', v: 1, data });
  }
  return events.map(wrap({ is, now }, newId));
}

/** Does what insurance pays by read otherwise than it was told: how many, hurt or not, since when out? */
function isToldOtherwise(was: Loaded, is: Loaded): boolean {
  const [before, now] = [releaseOf(was), releaseOf(is)];
  return (['people', 'injuries', 'releasedAt', 'releasedTrusted'] as const).some((what) => before[what] !== now[what]);
}

function releaseOf({ incident }: Loaded) {
  const { clocks, released } = incident;
  const text = (name: keyof typeof clocks) => clocks[name]?.at.toISOString() ?? null;
  return {
    incidentId: incident.id,
    elevatorId: incident.elevatorId,
    drill: incident.drill,
    stoppedAt: text('stop'),
    reportedAt: text('reported'),
    awareAt: incident.awareAt.toISOString(),
    arrivedAt: text('arrived'),
    releasedAt: (released?.at ?? incident.awareAt).toISOString(),
    releasedTrusted: clocks.released?.trusted ?? true,
    people: released?.people ?? null,
    injuries: incident.needs.injuries,
  };
}

/** The lines a change leaves on the elevator's trace page: its turning points, not every tick. */
export function notesOf({ was, is, now }: Told): readonly Note[] {
  if (is.incident.drill || was.row.phase === is.row.phase) return [];
  return [noteOf(is, now)];
}

export const noteOf = (is: Loaded, at: Date): Note => ({
  subject: is.incident.elevatorId,
  at,
  code: `rescue.trace.${is.row.phase}`,
  params: { number: is.row.number, level: is.incident.level, people: is.incident.released?.people ?? 0 },
  ref: is.incident.id,
  audience: audienceOf(is),
});

/** The use unit is told at once, whoever is sent. It sees the notice as far as the elevator is its own. */
export function noticeToUseUnit({ incident, row }: Loaded, at: Date): readonly Notice[] {
  if (incident.drill || row.use_org_id === null) return [];
  const audience = { areaCodes: [], orgIds: [row.use_org_id] };
  const roles = ['use_unit_head', 'safety_director', 'safety_officer'];
  const params = { number: row.number, address: row.address };
  const link = `/incidents/${incident.id}`;
  return [{ id: incident.id, at, to: { roles, audience }, code: 'rescue.notice.use_unit', params, link }];
}
