import { z } from 'zod';

/**
 * What prevention tells other modules. Frozen: a change is a new version beside the old. Instants are ISO 8601 in UTC.
 * `subject` is the finding's id, or the survey's.
 */

const instant = z.iso.datetime();

/** An insurer found something wrong on site: a hazard in the making, with its clock and who must mend it. */
const findingOpenedV1 = z.object({
  type: z.literal('prevention.finding_opened'),
  v: z.literal(1),
  data: z.object({
    findingId: z.uuid(),
    number: z.string(),
    elevatorId: z.uuid(),
    insurerOrgId: z.uuid(),
    ownerOrgId: z.uuid().nullable(), // null: the elevator has no such party
    ownerKind: z.string(),
    category: z.string(), // an open list
    severity: z.enum(['general', 'serious', 'urgent']),
    description: z.string(),
    foundAt: instant,
    dueOn: z.iso.date(),
    areaCodes: z.array(z.string()), // where it stands: district, street, community
  }),
});

/** Gone: seen by the insurer's own people, or withdrawn as an error. */
const findingEndedV1 = z.object({
  type: z.literal('prevention.finding_ended'),
  v: z.literal(1),
  data: z.object({
    findingId: z.uuid(),
    elevatorId: z.uuid(),
    end: z.string(), // closed, withdrawn: an open list
    endedAt: instant,
    inTime: z.boolean(),
  }),
});

/** A satisfaction survey is counted: what annex 1 and the scorecard may use. */
const surveyCountedV1 = z.object({
  type: z.literal('prevention.survey_counted'),
  v: z.literal(1),
  data: z.object({
    surveyId: z.uuid(),
    useOrgId: z.uuid(),
    insurerOrgId: z.uuid(),
    closedAt: instant,
    valid: z.int().nonnegative(),
    satisfied: z.int().nonnegative(),
  }),
});

export type FindingOpened = z.infer<typeof findingOpenedV1>;
export type FindingEnded = z.infer<typeof findingEndedV1>;
export type SurveyCounted = z.infer<typeof surveyCountedV1>;

/** Readers take any version ever published and return the newest. They throw on anything else. */
export const readFindingOpened = (raw: unknown): FindingOpened => findingOpenedV1.parse(raw);
export const readFindingEnded = (raw: unknown): FindingEnded => findingEndedV1.parse(raw);
export const readSurveyCounted = (raw: unknown): SurveyCounted => surveyCountedV1.parse(raw);
