import { z } from 'zod';

/** The HTTP API of the public purse's part: a year's budget, batches by insured volume, claw-back. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();

export const budgetInput = z.strictObject({
  schemeId: id,
  year: z.int().min(2000).max(2999),
  amount: z.int().min(0).max(1e13),
  reason: z.string().trim().min(1).max(300),
});
export const batchInput = z.strictObject({ schemeId: id, untilOn: day });
export const batchStep = z.strictObject({
  do: z.enum(['verify', 'approve', 'return']),
  reason: z.string().trim().max(300).default(''), // needed to return
});
export const batchPayment = z.strictObject({ bankLineId: id });
export const batchItem = z.object({
  id,
  lead: z.string(),
  scheme: z.string(),
  no: z.int(),
  untilOn: day,
  state: z.enum(['submitted', 'verified', 'approved', 'paid', 'returned']),
  elevators: z.int(),
  gross: z.int(),
  clawBack: z.int(),
  net: z.int(),
  hash: z.string(),
  submittedAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  reason: z.string(),
});
export const subsidyAnswer = z.object({
  year: z.int(),
  schemes: z.array(
    z.object({
      id,
      name: z.string(),
      budget: z.int().nullable(), // null: none set for the year
      approved: z.int(), // approved or paid in the year
      paid: z.int(),
      left: z.int().nullable(),
    }),
  ),
  batches: z.array(batchItem),
});
export const subsidyQuery = z.object({ year: z.coerce.number().int().min(2000).max(2999).optional() });
