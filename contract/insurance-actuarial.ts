import { z } from 'zod';

/** The HTTP API of the actuarial view: fed from the books at an instant. Amounts in fen. */

export const actuarialQuery = z.object({ at: z.iso.datetime({ offset: true }).optional() });
export const actuarialAnswer = z.object({
  at: z.iso.datetime(),
  premium: z.object({ written: z.int(), earned: z.int(), unearned: z.int(), unearned24: z.int() }),
  products: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      version: z.int(),
      thresholdSeconds: z.int().nullable(), // from when a trapped person is paid
      written: z.int(),
      earned: z.int(),
      unearned: z.int(),
      claims: z.int(),
      paid: z.int(),
      outstanding: z.int(),
      lossRatioPercent: z.number().nullable(), // (paid + outstanding) / earned
    }),
  ),
  triangle: z.array(z.object({ origin: z.string(), cumulative: z.array(z.number()) })), // by accident quarter
  reserve: z
    .object({
      factors: z.array(z.number()),
      ibnr: z.array(z.int()),
      standardErrors: z.array(z.int()),
      totalIbnr: z.int(),
      totalStandardError: z.int(),
    })
    .optional(), // absent where there is too little to learn from
  advice: z.array(
    z.object({
      unit: z.uuid(),
      name: z.string(),
      exposureYears: z.number(), // elevator-years
      own: z.int(), // fen per elevator-year
      portfolio: z.int(),
      weight: z.number(), // credibility, 0 to 1
      indicated: z.number(),
      filed: z.object({ factor: z.string(), capped: z.boolean() }).nullable(), // only this may be charged
    }),
  ),
});
