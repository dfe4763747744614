import { z } from 'zod';

/** The HTTP API of the books: ties between registers and ledger, the journal, co-insurers' months. Amounts in fen. */

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const feeBp = z.coerce.number().int().min(0).max(1_000);

export const reconcileQuery = z.object({ at: instant.optional() }); // now when absent
const tie = z.object({ register: z.int(), ledger: z.int() });
export const reconcileAnswer = z.object({
  at: z.iso.datetime(),
  accounts: z.array(z.object({ account: z.string(), amount: z.int() })), // empty for who does not see the books
  balance: z.int(), // zero, or the books are broken
  bank: tie,
  claims: tie.extend({ count: z.int(), differing: z.int() }), // money that reached payees
  policies: tie.extend({
    count: z.int(),
    differing: z.int(),
    differences: z.array(z.object({ id, number: z.string(), left: z.int(), right: z.int(), difference: z.int() })),
  }),
});
export const journalQuery = z.object({
  account: z.string().max(40).optional(),
  policyId: id.optional(),
  at: instant.optional(),
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const journalAnswer = z.object({
  items: z.array(
    z.object({
      id,
      kind: z.string(),
      at: z.iso.datetime(),
      note: z.string(),
      reverses: id.nullable(),
      postings: z.array(
        z.object({
          account: z.string(),
          party: z.string().nullable(),
          amount: z.int(),
          policy: z.string().nullable(),
          claim: z.string().nullable(),
        }),
      ),
    }),
  ),
  next: z.string().nullable(),
});
export const databaseAnswer = z.object({
  items: z.array(
    z.object({
      insurer: id,
      name: z.string(),
      kind: z.string(),
      policies: z.int(),
      inForce: z.int(),
      elevators: z.int(),
      premium: z.int(),
      claims: z.int(),
      openClaims: z.int(),
      paid: z.int(),
    }),
  ),
});

const poolTotal = z.object({
  insurer: z.string(),
  name: z.string(),
  premium: z.int(),
  claims: z.int(),
  commission: z.int(),
  trueUp: z.int(),
  fee: z.int(),
  net: z.int(),
});
export const poolMonth = z.object({
  id: id.nullable(), // null: not closed yet
  month: z.string(),
  lead: z.string(),
  feeBp: z.int(),
  premium: z.int(),
  claims: z.int(),
  lines: z.int(),
  hash: z.string(),
  closedAt: z.iso.datetime().nullable(),
  totals: z.array(poolTotal),
});
export const poolMonthList = z.object({ items: z.array(poolMonth) });
export const poolLineList = poolMonth.extend({
  rows: z.array(
    z.object({
      kind: z.enum(['premium', 'claim', 'commission']),
      record: z.string(),
      amount: z.int(),
      parts: z.array(z.object({ insurer: z.string(), amount: z.int() })),
    }),
  ),
});
export const poolDraftQuery = z.object({ month, feeBp: feeBp.default(0) });
export const poolInput = z.strictObject({ month, feeBp: z.int().min(0).max(1_000).default(0) });
export const brokerInput = z.strictObject({ brokerOrgId: id });
