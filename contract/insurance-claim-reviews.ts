import { z } from 'zod';
import { lossKind } from './insurance-claims.ts';
import { REVIEW_OUTCOMES, REVIEW_REASONS } from './insurance-vocabulary.ts';

/** The HTTP API of claim reviews: a sample of what was decided, drawn so that anybody can draw it again. Amounts in fen. */

const day = z.iso.date();
export const reviewQuery = z.strictObject({
  from: day,
  to: day, // both days count, by the day of the decision
  seed: z.string().trim().min(1).max(80), // the same seed over the same claims draws the same sample
  percent: z.coerce.number().int().min(0).max(100).default(5), // of the rest, by lot
  above: z.coerce.number().int().min(0).max(1e13).default(4_000_000), // every claim of at least this sum
  variance: z.coerce.number().int().min(1).max(10_000).default(50), // per cent away from the mean of its kind in the year before
});
export const reviewSample = z.object({
  decided: z.int(), // claims of the span
  items: z.array(
    z.object({
      id: z.uuid(),
      number: z.string(),
      kind: lossKind,
      address: z.string(),
      amount: z.int(),
      decidedAt: z.iso.datetime(),
      why: z.enum(REVIEW_REASONS),
      mean: z.int().nullable(), // of its kind in the year before; null: too few
      review: z.object({ at: z.iso.datetime(), outcome: z.enum(REVIEW_OUTCOMES), note: z.string() }).nullable(), // the newest
    }),
  ),
});
export const reviewInput = z.strictObject({
  outcome: z.enum(REVIEW_OUTCOMES),
  note: z.string().trim().min(1).max(1_000),
  seed: z.string().trim().max(80).default(''), // of the sample it was found in
});
