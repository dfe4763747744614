import { z } from 'zod';

/**
 * What rescue tells other modules. Frozen: a change is a new version beside the old. Instants are ISO 8601 in UTC.
 * `subject` of every event is the incident's id unless it says otherwise. Drills are told with `drill: true`: readers that count leave them out.
 */

const instant = z.iso.datetime();

const incidentOpenedV1 = z.object({
  type: z.literal('rescue.incident_opened'),
  v: z.literal(1),
  data: z.object({
    incidentId: z.uuid(),
    number: z.string(),
    elevatorId: z.uuid(),
    drill: z.boolean(),
    awareAt: instant,
    reportedAt: instant.nullable(), // null: found by sensors only
    confidence: z.number().min(0).max(1),
  }),
});

const incidentChangedV1 = z.object({
  type: z.literal('rescue.incident_changed'),
  v: z.literal(1),
  data: z.object({
    incidentId: z.uuid(),
    elevatorId: z.uuid(),
    drill: z.boolean(),
    phase: z.string(), // an open list
    level: z.int().min(0).max(3),
    by: z.string(), // the command that changed it
  }),
});

/** A release with the clocks that insurance pays by. */
const releaseV1 = z.object({
  incidentId: z.uuid(),
  elevatorId: z.uuid(),
  drill: z.boolean(),
  stoppedAt: instant.nullable(), // null: nobody saw the stop
  reportedAt: instant.nullable(), // null: found by sensors only; then `awareAt` counts
  awareAt: instant,
  arrivedAt: instant.nullable(),
  releasedAt: instant,
  releasedTrusted: z.boolean(), // false: the phone's time did not fit, ours was used
  people: z.int().nonnegative().nullable(), // null: nobody said; 0: nobody was inside
  injuries: z.boolean().nullable(),
});

/** The people are out. */
const peopleReleasedV1 = z.object({
  type: z.literal('rescue.people_released'),
  v: z.literal(1),
  data: releaseV1,
});

/** The release was told again: more people than first said, somebody hurt after all, or another time. */
const releaseCorrectedV1 = z.object({
  type: z.literal('rescue.release_corrected'),
  v: z.literal(1),
  data: releaseV1,
});

const incidentClosedV1 = z.object({
  type: z.literal('rescue.incident_closed'),
  v: z.literal(1),
  data: z.object({
    incidentId: z.uuid(),
    elevatorId: z.uuid(),
    drill: z.boolean(),
    end: z.string(), // closed, dismissed, joined: an open list
    endedAt: instant,
    reason: z.string(),
  }),
});

/** A call for help of which nobody knows yet which elevator it means. `subject` is the call. */
const callUnplacedV1 = z.object({
  type: z.literal('rescue.call_unplaced'),
  v: z.literal(1),
  data: z.object({ callId: z.uuid(), channel: z.string() }),
});

/** A volunteer force (社会力量) stands no more: its people, and the organisation it was in the register. `subject` is the force. */
const volunteersEndedV1 = z.object({
  type: z.literal('rescue.volunteers_ended'),
  v: z.literal(1),
  data: z.object({
    orgId: z.uuid(),
    personIds: z.array(z.uuid()),
    state: z.string(), // withdrawn, ended, expired: an open list
  }),
});

export type CallUnplaced = z.infer<typeof callUnplacedV1>;
export type VolunteersEnded = z.infer<typeof volunteersEndedV1>;
export type IncidentOpened = z.infer<typeof incidentOpenedV1>;
export type IncidentChanged = z.infer<typeof incidentChangedV1>;
export type PeopleReleased = z.infer<typeof peopleReleasedV1>;
export type IncidentClosed = z.infer<typeof incidentClosedV1>;
type ReleaseCorrected = z.infer<typeof releaseCorrectedV1>;
export type RescueEvent = IncidentOpened | IncidentChanged | PeopleReleased | ReleaseCorrected | IncidentClosed;

/** Readers take any version ever published and return the newest. They throw on anything else. */
export const readIncidentOpened = (raw: unknown): IncidentOpened => incidentOpenedV1.parse(raw);
export const readIncidentChanged = (raw: unknown): IncidentChanged => incidentChangedV1.parse(raw);
export const readPeopleReleased = (raw: unknown): PeopleReleased => peopleReleasedV1.parse(raw);
export const readReleaseCorrected = (raw: unknown): ReleaseCorrected => releaseCorrectedV1.parse(raw);
export const readIncidentClosed = (raw: unknown): IncidentClosed => incidentClosedV1.parse(raw);
