import { z } from 'zod';

/** What each payer of a policy is asked for, and the account it is to be paid to. Amounts in fen. */

const id = z.uuid();
const instant = z.iso.datetime();

export const accountInput = z.strictObject({
  bank: z.string().trim().min(2).max(100), // the branch that keeps it
  holder: z.string().trim().min(2).max(100), // whose account it is, as the bank writes it
  number: z
    .string()
    .trim()
    .regex(/^[\d -]{8,40}$/, 'digits, with spaces if you like'),
});
export const accountItem = z.object({
  id,
  bank: z.string(),
  holder: z.string(),
  number: z.string(),
  recordedAt: instant,
  confirmedAt: instant.nullable(),
  current: z.boolean(), // notices name this one
  mayConfirm: z.boolean(), // another person of the insurer recorded it
});
export const accountList = z.object({ items: z.array(accountItem) });
export const accountMade = z.object({ accountId: id });

export const noticeItem = z.object({
  id,
  no: z.int(),
  payer: z.string(),
  payerName: z.string(),
  endorsement: z.int().nullable(), // its number; null: the policy itself
  part: z.int().nullable(), // of a premium paid in parts
  amount: z.int(),
  dueOn: z.iso.date(),
  madeAt: instant,
});
export const noticeQuery = z.object({
  after: z.string().max(80).optional(), // cursor of the page before
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const noticeList = z.object({ items: z.array(noticeItem), next: z.string().nullable() });
