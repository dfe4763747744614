import { z } from 'zod';

/** Policies issued elsewhere: by table, and who still has to confirm them. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();

export const elsewhereQuery = z.object({ dry: z.enum(['0', '1']).default('1') });
/** What became of a table: good rows are recorded, bad ones named by row and column, known ones change nothing. */
export const elsewhereTableDone = z.object({
  dry: z.boolean(),
  rows: z.int(),
  taken: z.int(), // elevators newly recorded
  known: z.int(), // recorded before, in the same way
  policies: z.int(), // policies that were new
  faults: z.array(z.object({ row: z.int(), column: z.string(), value: z.string(), code: z.string(), why: z.string() })),
});

export const elsewhereListQuery = z.object({
  state: z.enum(['unconfirmed', 'confirmed', 'denied']).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export const elsewhereItem = z.object({
  policyId: id,
  number: z.string(),
  kind: z.string(),
  insurer: z.string(),
  holder: z.string(),
  from: day,
  to: day,
  elevators: z.int(),
  premium: z.int(),
  state: z.enum(['unconfirmed', 'confirmed', 'denied']),
  confirmedAt: z.iso.datetime().nullable(),
  mayConfirm: z.boolean(), // its insurer says whether it is its own
});
export const elsewhereList = z.object({ items: z.array(elsewhereItem) });
