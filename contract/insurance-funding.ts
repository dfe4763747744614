import { z } from 'zod';

/** Which money pays which part of the cover. Shares in basis points, amounts in fen. */

const id = z.uuid();
const parts = z.array(
  z.strictObject({
    coverage: z.string().min(1).max(60),
    shares: z
      .array(z.strictObject({ source: z.string().min(1).max(40), bp: z.int().min(0).max(10_000) }))
      .min(1)
      .max(12),
  }),
);

export const fundingInput = z.strictObject({
  funding: parts.min(1).max(20),
  elevatorIds: z.array(id).min(1).max(5_000).nullable().default(null), // null: every elevator of the quote
});
export const fundingNamed = z.object({ elevators: z.int() });
export const quoteFundingView = z.object({
  coverages: z.array(z.object({ id: z.string(), name: z.string(), sources: z.array(z.string()) })),
  named: z.array(z.object({ coverage: z.string(), shares: z.array(z.object({ source: z.string(), bp: z.int() })) })), // empty: the payer's own money
  differing: z.int(), // lines with other money than the first
});
export const policyFundingView = z.array(
  z.object({
    coverage: z.string().nullable(), // null: of the premium as a whole
    source: z.string(),
    amount: z.int(),
  }),
);
