import { z } from 'zod';
import { pageQuery } from './prevention.ts';

/** The HTTP API of prevention, part two: scorecards, performance checks, letters, ratings, evaluations. */

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const text = z.string().trim().min(1).max(2_000);
const percent = z.number().nullable();

export const scoreQuery = z.object({ from: day, to: day });
export const insurerFigures = z.object({
  insurerOrgId: id,
  insurer: z.string(),
  payments: z.object({
    n: z.int(),
    amount: z.int(),
    min: z.number().nullable(), // hours, complete papers → money arrived
    p50: z.number().nullable(),
    p90: z.number().nullable(),
    max: z.number().nullable(),
    withoutStart: z.int(),
  }),
  promises: z.array(z.object({ id: z.string(), name: z.string(), due: z.int(), kept: z.int(), percent })),
  visits: z.int(),
  findings: z.object({ found: z.int(), ended: z.int(), due: z.int(), inTime: z.int(), percent }),
  letters: z.object({ received: z.int(), due: z.int(), inTime: z.int(), percent }),
  satisfaction: z.object({ n: z.int(), percent }), // null: too few answers
});
export const scorecard = z.object({ from: day, to: day, leastAnswers: z.int(), items: z.array(insurerFigures) });

export const checkInput = z.strictObject({
  insurerOrgId: id,
  from: day,
  to: day,
  opinion: text,
  demands: z.string().trim().max(2_000).default(''),
  replyDueOn: day,
});
export const checkRef = z.object({ checkId: id, number: z.string() });
export const checkItem = z.object({
  id,
  version: z.int(),
  number: z.string(),
  insurer: z.string(),
  from: day,
  to: day,
  office: z.string(),
  opinion: z.string(),
  demands: z.string(),
  replyDueOn: day,
  madeAt: instant,
  reply: z.string(),
  repliedAt: instant.nullable(),
  late: z.boolean(),
  hash: z.string(),
  figures: insurerFigures,
});
export const checkPage = z.object({ items: z.array(checkItem), next: z.string().nullable() });
export const checkReply = z.strictObject({ version: z.int(), reply: text });
export const printQuery = z.object({ format: z.enum(['pdf', 'xlsx']) });

/** Whom a letter or a rating is for: the insurer of this elevator, by the code on its plate. */
const rescueCode = z.string().regex(/^\d{6}$/, 'the six digits on the plate');
export const suggestionInput = z.strictObject({ rescueCode, text });
export const letterRef = z.object({ letterId: id, number: z.string(), dueOn: day });
export const letterItem = z.object({
  id,
  version: z.int(),
  number: z.string(),
  kind: z.enum(['suggestion', 'appeal']),
  insurer: z.string(),
  fromRole: z.string(),
  from: z.string().nullable(),
  text: z.string(),
  at: instant,
  dueOn: day,
  late: z.boolean(),
  answeredAt: instant.nullable(),
  outcome: z.string().nullable(),
  answer: z.string(),
});
export const letterQuery = pageQuery.extend({ show: z.enum(['open', 'answered']).optional() });
export const letterPage = z.object({ items: z.array(letterItem), next: z.string().nullable() });
export const letterAnswer = z.strictObject({
  version: z.int(),
  outcome: z.enum(['adopted', 'explained', 'declined', 'upheld', 'rejected']),
  answer: text,
});
export const ratingInput = z.strictObject({
  rescueCode,
  score: z.int().min(1).max(5),
  text: z.string().trim().max(1_000).default(''),
});
export const ratingTaken = z.object({ insurers: z.int(), year: z.int() });

export const evaluationRef = z.object({ evaluationId: id, number: z.string(), units: z.int(), shown: z.int() });
const parts = z.object({ qualification: z.number(), capacity: z.number(), record: z.number().nullable() });
const scoreLine = z.object({
  unitOrgId: id,
  unit: z.string(),
  checks: z.int(),
  parts,
  total: z.number(), // of 100
  shown: z.boolean(),
  withdrawn: z.boolean(),
});
export const evaluationItem = z.object({
  id,
  number: z.string(),
  insurer: z.string(),
  method: z.string(),
  from: day,
  to: day,
  madeAt: instant,
  publishedAt: instant.nullable(),
  scores: z.array(scoreLine),
});
export const evaluationList = z.object({ items: z.array(evaluationItem) });
/** What anybody may read: no ids but the units' own. */
export const publishedList = z.object({
  items: z.array(
    z.object({
      number: z.string(),
      insurer: z.string(),
      method: z.string(),
      weights: z.object({ qualification: z.int(), capacity: z.int(), record: z.int() }),
      leastChecks: z.int(),
      from: day,
      to: day,
      publishedAt: instant,
      unitOrgId: id,
      unit: z.string(),
      checks: z.int(),
      parts,
      total: z.number(),
      withdrawn: z.boolean(),
      appealUntil: day,
    }),
  ),
});
export const appealInput = z.strictObject({ evaluation: z.string().max(40), text });
