import { z } from 'zod';
import { policyFundingView } from './insurance-funding.ts';
import { instalmentView } from './insurance-instalments.ts';

/** A policy whole: its lines, what changed it, its papers; and what an elevator is covered by. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();
const instant = z.iso.datetime();
const part = z.object({ payer: z.string(), amount: z.int() });

export const documentKinds = ['policy', 'endorsement', 'receipt', 'settlement'] as const;
export const documentItem = z.object({
  id,
  kind: z.enum(documentKinds),
  no: z.int(), // the endorsement's number; 0 for the policy as issued
  madeAt: instant,
  hash: z.string(),
  code: z.string(), // what the QR leads to
});

export const policyLine = z.object({
  id,
  elevatorId: id,
  code: z.string(),
  address: z.string(),
  from: day,
  to: day,
  annual: z.int(),
  premium: z.int(),
  parts: z.array(part),
  endorsement: z.int(),
});
export const policyLineList = z.object({ items: z.array(policyLine), next: z.string().nullable() });
/** A sheet of 接续 or 赎回; `ties`: the books had written this premium at its instant. */
export const settlementView = z.object({
  id,
  no: z.int(),
  madeAt: instant,
  kind: z.enum(['takeover', 'redeemed']),
  on: day,
  usedDays: z.int(),
  termDays: z.int(),
  from: z.string(),
  to: z.string().nullable(),
  reasonCode: z.string().nullable(),
  premium: z.int(),
  used: z.int(),
  left: z.int(),
  written: z.int(),
  ties: z.boolean(),
  payers: z.array(
    z.object({
      payer: z.string(),
      premium: z.int(),
      arrived: z.int(),
      used: z.int(),
      refund: z.int(),
      receivable: z.int(),
    }),
  ),
});

export const policyView = z.object({
  id,
  number: z.string(),
  state: z.string(),
  kind: z.string(),
  product: z.string().nullable(),
  scheme: z.string().nullable(),
  filingNo: z.string().nullable(),
  tariffVersion: z.int().nullable(),
  holderOrgId: id,
  holder: z.string(),
  agent: z.string().nullable(),
  members: z.array(z.object({ name: z.string(), shareBp: z.int() })),
  from: day,
  to: day,
  elsewhere: z.boolean(),
  confirmedAt: instant.nullable(),
  issuedAt: instant.nullable(),
  endedOn: day.nullable(), // the last day a cancellation set
  leavesOn: day.nullable(), // the same, while it is not past: cancelled, and in force until then
  endReason: z.string().nullable(),
  premium: z.int(),
  quoteId: id.nullable(),
  renewedFrom: id.nullable(),
  owed: z.array(z.object({ payer: z.string(), amount: z.int(), arrived: z.int() })),
  kept: z.array(part),
  funding: policyFundingView,
  instalments: instalmentView,
  elevators: z.int(),
  lines: z.array(policyLine), // the first 500; all of them by their own route
  endorsements: z.array(
    z.object({
      id,
      no: z.int(),
      kind: z.string(),
      on: day,
      state: z.string(),
      delta: z.int(),
      owed: z.array(part),
      replayed: z.array(z.object({ no: z.int(), before: z.int(), after: z.int() })),
      recordedAt: instant,
      reason: z.string(),
      endReason: z.string().nullable(),
      reasonCode: z.string().nullable(),
      note: z.string(),
      elevators: z.int(),
    }),
  ),
  documents: z.array(documentItem),
  settlements: z.array(settlementView),
});

/** What one elevator is and was covered by. */
export const elevatorCover = z.object({
  items: z.array(
    z.object({
      policyId: id,
      number: z.string(),
      kind: z.string(),
      product: z.string().nullable(),
      lead: z.string(),
      holder: z.string(),
      state: z.string(),
      elsewhere: z.boolean(),
      confirmed: z.boolean(),
      from: day,
      to: day,
      inForce: z.boolean(),
    }),
  ),
});
