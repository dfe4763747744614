import { z } from 'zod';

/** Money that arrived, matched to what is owed in one act. Amounts in fen. */

const id = z.uuid();

/** Why a line is left to a person. */
export const MATCH_REASONS = [
  'number_unknown',
  'names_two',
  'other_insurer',
  'policy_ended',
  'already_paid',
  'amount_over',
  'amount_short',
  'notice_unsure',
  'part_unsure',
] as const;
export const MOST_MATCHED = 2_000;

const sums = z.object({ count: z.int(), sum: z.int() });
export const matchQuery = z.object({
  clear: z.enum(['true', 'false']).default('true'), // what would be allocated, or what stays
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(5_000).default(100), // an export reads much at a time: each page matches all that waits,
});
export const matchItem = z.object({
  lineId: id,
  at: z.iso.datetime(),
  left: z.int(), // what of it waits
  account: z.string(),
  bankRef: z.string(),
  counterparty: z.string(),
  remark: z.string(),
  policyId: id.nullable(), // whose it is; null where it stays
  policy: z.string().nullable(),
  notice: z.int().nullable(), // the notice it names; null: the policy itself
  parts: z.array(z.object({ payer: z.string(), amount: z.int() })),
  reason: z.enum(MATCH_REASONS).nullable(), // null: it is clear
  numbers: z.array(z.string()), // what it names, where it stays
  open: z.int().nullable(), // what is open of that
  difference: z.int().nullable(), // between the two, never negative
});
export const matchList = z.object({
  items: z.array(matchItem),
  next: z.string().nullable(),
  clear: sums, // of all, not of the page
  unclear: sums,
  reasons: z.array(sums.extend({ reason: z.enum(MATCH_REASONS) })),
});

export const matchInput = z.strictObject({});
export const matchDone = z.object({
  allocated: z.int(),
  sum: z.int(),
  left: z.int(), // clear, but more than one act takes: ask again
  unclear: z.int(),
  items: z.array(
    z.object({
      lineId: id,
      entryId: id,
      policyId: id,
      policy: z.string(),
      notice: z.int().nullable(),
      amount: z.int(),
    }),
  ),
});
