import { z } from 'zod';

/** The HTTP API of money that moves: bank statements, suspense, payments to make. Amounts in fen. */

const id = z.uuid();
const instantOut = z.iso.datetime();
const amountIn = z.int().min(1).max(1e13);

const account = z.string().regex(/^\*{2,}\d{4}$/, 'the account masked to its last four digits, such as ****1234');

export const statementQuery = z.object({ account: account.optional() }); // for rows that name no account
export const feedInput = z.strictObject({
  account,
  lines: z
    .array(
      z.strictObject({
        bankRef: z.string().trim().min(1).max(64),
        at: z.string().max(40), // on the bank's clock, such as 2026-11-21 10:12:13
        amount: z.string().max(20), // yuan, such as -1234.56; out is negative
        counterparty: z.string().max(200).default(''),
        remark: z.string().max(200).default(''),
      }),
    )
    .min(1)
    .max(5_000),
});
export const rowFault = z.object({
  row: z.int(), // as the spreadsheet counts, the header being row 1
  column: z.string(),
  value: z.string(),
  code: z.string(),
  message: z.string(),
});
export const statementTaken = z.object({
  statementId: id,
  rows: z.int(),
  taken: z.int(),
  known: z.int(),
  faults: z.array(rowFault),
});
export const statementList = z.object({
  items: z.array(
    z.object({
      id,
      fileName: z.string(),
      takenAt: instantOut,
      rows: z.int(),
      taken: z.int(),
      known: z.int(),
      faults: z.array(rowFault),
    }),
  ),
  next: z.string().nullable(),
});

export const bankLineQuery = z.object({
  open: z.enum(['true', 'false']).default('false'), // only lines whose money still waits
  direction: z.enum(['in', 'out']).optional(),
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const bankLine = z.object({
  id,
  at: instantOut,
  amount: z.int(),
  left: z.int(), // what of it waits in suspense, with the sign of the amount
  account: z.string(),
  bankRef: z.string(),
  counterparty: z.string(),
  remark: z.string(),
  byHand: z.boolean(),
});
export const bankLineList = z.object({ items: z.array(bankLine), next: z.string().nullable() });

const used = z.object({
  entryId: id,
  kind: z.string(),
  at: instantOut,
  reversed: z.boolean(),
  parts: z.array(
    z.object({
      account: z.string(),
      party: z.string().nullable(), // a payer's code, or a name
      policyId: id.nullable(),
      policy: z.string().nullable(),
      claim: z.string().nullable(),
      amount: z.int(),
    }),
  ),
});
const premiumOwed = z.object({
  policyId: id,
  number: z.string(),
  holder: z.string(),
  payer: z.string(),
  due: z.int(), // still to come
  because: z.enum(['number', 'amount', 'holder']),
});
export const payable = z.object({
  account: z.string(),
  party: z.string().nullable(), // as the books name it: send it back as it is
  partyName: z.string().nullable(),
  policyId: id.nullable(),
  policy: z.string().nullable(),
  claimId: id.nullable(),
  claim: z.string().nullable(),
  programme: z.string().nullable(), // number of a 养老险 programme
  owed: z.int(),
  since: instantOut,
});
export const bankLineView = bankLine.extend({
  uses: z.array(used),
  premiums: z.array(premiumOwed), // likely meanings of money in
  payables: z.array(payable), // likely meanings of money out
});
export const payableQuery = z.object({
  after: z.string().max(100).optional(), // cursor of the page before
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const payableList = z.object({
  items: z.array(payable),
  next: z.string().nullable(),
  count: z.int(), // of all, not of the page
  sum: z.int(),
});

export const allocationInput = z.strictObject({
  allocations: z
    .array(z.strictObject({ policyId: id, payer: z.string().min(1).max(40), amount: amountIn }))
    .min(1)
    .max(5_000),
});
export const settlementInput = z.strictObject({
  settlements: z
    .array(
      z.strictObject({
        account: z.enum([
          'premium_refundable',
          'claims_payable',
          'member_payable',
          'commission_payable',
          'benefit_payable',
          'tax_payable',
          'held_for_victims',
          'held_subsidy',
          'held_for_members',
          'held_for_others',
        ]),
        party: z.string().max(80).nullable(),
        policyId: id.nullable(),
        claimId: id.nullable(),
        amount: amountIn,
      }),
    )
    .min(1)
    .max(1_000),
});
export const lineBooked = z.object({ entryId: id, left: z.int() });
