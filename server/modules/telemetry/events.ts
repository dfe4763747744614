import { z } from 'zod';

/**
 * What telemetry tells other modules. Frozen: a change is a new version beside the old. Instants are ISO 8601 in UTC.
 * `subject` of every event is the elevator's id, except for power cuts (the cut's id) and silent sources (the source's id).
 */

const instant = z.iso.datetime();

/** One thing that speaks for a finding: what kind of evidence, when, from whom, and what exactly was said. */
const evidence = z.object({
  kind: z.string(), // 'status_pattern', 'vendor_alarm', 'button', …: an open list
  at: instant, // on the corrected clock of the sender
  sourceId: z.string().nullable(), // null: our own clock or another door than telemetry
  detail: z.string(), // a code of words/telemetry.ts, or the sender's own code
});

const findingOpenedV1 = z.object({
  type: z.literal('telemetry.finding_opened'),
  v: z.literal(1),
  data: z.object({
    findingId: z.uuid(),
    elevatorId: z.uuid(),
    kind: z.string(), // an open list: readers ignore kinds they do not know
    confidence: z.number().min(0).max(1),
    reasons: z.array(z.string()), // codes of words/telemetry.ts, strongest first
    evidence: z.array(evidence),
    evidenceAt: instant, // the message or tick that completed the evidence
    startedAt: instant, // when the condition itself began, as far as we know
  }),
});

const findingClosedV1 = z.object({
  type: z.literal('telemetry.finding_closed'),
  v: z.literal(1),
  data: z.object({
    findingId: z.uuid(),
    elevatorId: z.uuid(),
    kind: z.string(),
    startedAt: instant,
    closedAt: instant,
    reason: z.string(), // a code of words/telemetry.ts
  }),
});

/** Sent again for the same finding, with a higher `version` of the event, when further evidence changes the confidence. */
const entrapmentSuspectedV1 = z.object({
  type: z.literal('telemetry.entrapment_suspected'),
  v: z.literal(1),
  data: z.object({
    findingId: z.uuid(),
    elevatorId: z.uuid(),
    kind: z.enum(['entrapment_levelled', 'entrapment_not_levelled', 'entrapment']),
    confidence: z.number().min(0).max(1),
    reasons: z.array(z.string()),
    evidence: z.array(evidence),
    evidenceAt: instant,
    stoppedAt: instant.nullable(), // null: the stop itself was not seen
    occupied: z.boolean().nullable(), // null: no person sensor
  }),
});

/** The car opened at a floor, or ran again: nobody is held any more, as far as the messages say. */
const entrapmentClearedV1 = z.object({
  type: z.literal('telemetry.entrapment_cleared'),
  v: z.literal(1),
  data: z.object({ findingId: z.uuid(), elevatorId: z.uuid(), clearedAt: instant, reason: z.string() }),
});

const buttonAlarmV1 = z.object({
  type: z.literal('telemetry.button_alarm'),
  v: z.literal(1),
  data: z.object({
    findingId: z.uuid(),
    elevatorId: z.uuid(),
    pressedAt: instant,
    occupied: z.boolean().nullable(),
    moving: z.boolean().nullable(),
  }),
});

/** Many elevators of one feeder, or of one community where the feeder is not known, lost mains power together. */
const powerCutV1 = z.object({
  type: z.literal('telemetry.power_cut'),
  v: z.literal(1),
  data: z.object({
    cutId: z.uuid(),
    feeder: z.string().nullable(),
    communityCode: z.string().nullable(),
    elevatorIds: z.array(z.uuid()), // those known so far; sent again with a higher event `version` when more follow
    startedAt: instant,
  }),
});

/** Not one elevator of this sender has been heard for longer than the city's limit. */
const sourceSilentV1 = z.object({
  type: z.literal('telemetry.source_silent'),
  v: z.literal(1),
  data: z.object({
    sourceId: z.uuid(),
    name: z.string(),
    orgId: z.uuid(),
    silentSince: instant,
    elevators: z.int().nonnegative(),
  }),
});

export type FindingOpened = z.infer<typeof findingOpenedV1>;
export type FindingClosed = z.infer<typeof findingClosedV1>;
export type EntrapmentSuspected = z.infer<typeof entrapmentSuspectedV1>;
export type EntrapmentCleared = z.infer<typeof entrapmentClearedV1>;
export type ButtonAlarm = z.infer<typeof buttonAlarmV1>;
export type PowerCut = z.infer<typeof powerCutV1>;
export type SourceSilent = z.infer<typeof sourceSilentV1>;

export type TelemetryEvent =
  | FindingOpened
  | FindingClosed
  | EntrapmentSuspected
  | EntrapmentCleared
  | ButtonAlarm
  | PowerCut
  | SourceSilent;

/** Readers take any version ever published and return the newest. They throw on anything else. */
export const readFindingOpened = (raw: unknown): FindingOpened => findingOpenedV1.parse(raw);
export const readFindingClosed = (raw: unknown): FindingClosed => findingClosedV1.parse(raw);
export const readEntrapmentSuspected = (raw: unknown): EntrapmentSuspected => entrapmentSuspectedV1.parse(raw);
export const readEntrapmentCleared = (raw: unknown): EntrapmentCleared => entrapmentClearedV1.parse(raw);
export const readButtonAlarm = (raw: unknown): ButtonAlarm => buttonAlarmV1.parse(raw);
export const readPowerCut = (raw: unknown): PowerCut => powerCutV1.parse(raw);
export const readSourceSilent = (raw: unknown): SourceSilent => sourceSilentV1.parse(raw);
