import { z } from 'zod';
import { HELD_KINDS } from './insurance-vocabulary.ts';

/** Money held for others: received, kept under its owner's name, passed on. Amounts in fen. */

const instant = z.iso.datetime();
const kind = z.enum(HELD_KINDS);

export const holdingInput = z.strictObject({
  holdings: z
    .array(
      z.strictObject({
        kind,
        owner: z.string().trim().min(1).max(80), // a person's name is kept masked
        record: z.string().trim().max(64).default(''), // the claim's or policy's number; needed for victims
        amount: z.int().min(1).max(1e13),
      }),
    )
    .min(1)
    .max(500),
});
export const holdingList = z.object({
  items: z.array(
    z.object({
      kind,
      owner: z.string(),
      policy: z.string().nullable(),
      claim: z.string().nullable(),
      received: z.int(),
      passed: z.int(),
      held: z.int(),
      since: instant, // the first of it arrived
      days: z.int(),
    }),
  ), // the longest held first; what was passed on whole is left out
  kinds: z.array(
    z.object({
      kind,
      received: z.int(),
      passed: z.int(),
      held: z.int(),
      ledger: z.int(), // what the account of the books holds: the same, or something is wrong
      over30: z.int(),
      over90: z.int(),
    }),
  ),
});
