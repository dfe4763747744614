import { z } from 'zod';
import { quoteFundingView } from './insurance-funding.ts';
import { instalmentOffer } from './insurance-instalments.ts';

/** The HTTP API of insurance: products, quotes with their working, policies, money and books. Amounts in fen. */

const id = z.uuid();
const amount = z.int().min(0).max(1e13);
const day = z.iso.date();
const instantOut = z.iso.datetime();

export const productItem = z.object({
  id,
  scheme: z.string(),
  kind: z.enum(['liability', 'comprehensive', 'pension']),
  market: z.enum(['tender_pool', 'open']),
  name: z.string(),
  filingNo: z.string(), // empty: not on file, cannot be quoted
  coverages: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
});
export const productList = z.object({ items: z.array(productItem) });

export const quoteInput = z.strictObject({
  productId: id,
  holderOrgId: id,
  leadOrgId: id.nullable().default(null),
  elevatorIds: z.array(id).min(1).max(5_000).nullable().default(null), // null: every elevator in use of the holder
  from: day,
});
export const quoteMade = z.object({
  quoteId: id,
  state: z.string(), // offered, or referred: two underwriters decide first
  elevators: z.int(),
  refused: z.int(),
  total: z.int(),
  validUntil: instantOut,
});

const part = z.object({ payer: z.string(), amount: z.int() });
const workingLine = z.object({
  factorId: z.string(),
  name: z.string(), // of the factor as filed
  key: z.string(),
  factor: z.string(),
  source: z.string(),
  on: z.string(),
  record: z.string().nullable(), // id of the recorded evidence, where it rests on one
  exactYuan: z.string(),
});
export const quoteLine = z.object({
  elevatorId: id,
  rescueCode: z.string().nullable(),
  address: z.string(),
  total: z.int(),
  base: z.int().nullable(),
  working: z.array(workingLine), // empty when refused
  parts: z.array(part),
  refusal: z.looseObject({ code: z.string() }).nullable(),
});
export const quoteView = z.object({
  id,
  number: z.string(),
  product: z.string(),
  filingNo: z.string(),
  holder: z.string(),
  state: z.string(),
  from: day,
  to: day,
  validUntil: instantOut,
  elevators: z.int(),
  refused: z.int(),
  total: z.int(),
  funding: quoteFundingView,
  instalments: instalmentOffer, // what the filed contract allows
  reasons: z.array(z.object({ rule: z.string(), value: z.int(), limit: z.int() })), // why it was referred
  decisions: z.array(
    z.object({ by: z.string(), name: z.string(), at: instantOut, decision: z.string(), note: z.string() }),
  ),
  lines: z.array(quoteLine), // the first 500, refused ones first; all of them by their own route
});
/** Lines of a quote or a policy, page by page. */
export const lineQuery = z.object({
  q: z.string().trim().max(60).optional(), // the rescue code, or part of the address
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const quoteLineList = z.object({ items: z.array(quoteLine), next: z.string().nullable() });

export const bindInput = z.strictObject({
  number: z.string().trim().min(1).max(64).nullable().default(null), // the insurer's own; null: the next it allotted
  leadOrgId: id.nullable().default(null), // null: the pool's lead, or the insurer whose product it is
  doubleCoverDisclosed: z.boolean().default(false),
  instalments: z.boolean().default(false), // in the parts the filed contract allows
});
export const policyRef = z.object({ policyId: id });

export const policyItem = z.object({
  id,
  number: z.string(),
  product: z.string().nullable(),
  kind: z.string(),
  holder: z.string(),
  lead: z.string(),
  state: z.string(),
  from: day,
  to: day,
  endedOn: day.nullable(), // the last day a cancellation set
  leavesOn: day.nullable(), // the same, while it is not past: cancelled, and in force until then
  elevators: z.int(),
  premium: z.int(),
  owed: z.array(z.object({ payer: z.string(), amount: z.int(), arrived: z.int() })),
});
export const policyQuery = z.object({
  show: z.enum(['current', 'ended', 'all']).default('all'), // current: in force (cancelled too, to its last day), to come, or waiting for money
  state: z.enum(['awaiting_cash', 'issued', 'cancelled', 'void']).optional(),
  kind: z.enum(['liability', 'comprehensive', 'pension']).optional(),
  q: z.string().trim().max(60).optional(), // part of the number, or of the holder's or insurer's name
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** `sums` are of all that match, not of the page: elevators and premium of those in force. */
export const policyList = z.object({
  items: z.array(policyItem),
  next: z.string().nullable(),
  sums: z.object({ policies: z.int(), inForce: z.int(), awaitingCash: z.int(), elevators: z.int(), premium: z.int() }),
});

export const bankLineInput = z.strictObject({
  leadOrgId: id,
  account: z.string().regex(/^\*{2,}\d{4}$/, 'the account masked to its last four digits, such as ****1234'),
  bankRef: z.string().trim().min(1).max(64),
  at: z.iso.datetime({ offset: true }), // the bank's time
  amount: amount.min(1),
  counterparty: z.string().max(200).default(''),
  proof: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null), // hash of a stored file
  byHand: z.boolean(),
  allocations: z
    .array(z.strictObject({ policyId: id, payer: z.string().min(1).max(40), amount: amount.min(1) }))
    .max(5_000),
});
export const bankLineBooked = z.object({ entryId: id, suspense: z.int() });

export const balanceList = z.object({
  items: z.array(z.object({ account: z.string(), amount: z.int() })),
  sum: z.int(),
});
