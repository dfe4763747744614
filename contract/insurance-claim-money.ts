import { z } from 'zod';
import { payeeKind } from './insurance-claims.ts';
import { PAYMENT_KINDS, PAYMENT_STATES } from './insurance-vocabulary.ts';

/** The HTTP API of claims' money: payments, clean rules, authority, recoveries. Amounts in fen, instants in UTC. */

const id = z.uuid();
const money = z.int();
const amount = z.int().min(0).max(1e13);
const paid = amount.min(1);
const instantIn = z.iso.datetime({ offset: true });
const instant = z.iso.datetime();
const text = z.string().trim().min(1).max(500);

/** 保险法 65: the insured has paid the victim. Whom, on which day, and the kept paper of the claim that shows it. */
export const victimProof = z.strictObject({ paperId: id, victimId: id, paidOn: z.iso.date() });
export const paymentInput = z.strictObject({
  item: z.string().min(1).max(60),
  partyId: id,
  amount: paid,
  kind: z.enum(PAYMENT_KINDS),
  victimPaidProof: victimProof.nullable().default(null),
});
export const paymentOrdered = z.object({ paymentId: id, state: z.string(), repeated: z.boolean() });
export const paymentQuery = z.object({
  state: z.enum(PAYMENT_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  after: z.string().max(80).optional(),
});
export const paymentList = z.object({
  items: z.array(
    z.object({
      id,
      claimId: id,
      number: z.string(),
      address: z.string(),
      payee: z.string(),
      account: z.string().nullable(),
      payeeKind,
      amount: money,
      kind: z.string(),
      state: z.string(),
      byRule: z.boolean(),
      proposedAt: instant,
      orderedAt: instant.nullable(),
      completeAt: instant.nullable(),
      paidAt: instant.nullable(), // stays when it came back
      returnedAt: instant.nullable(),
      returnedReason: z.string(),
    }),
  ),
  next: z.string().nullable(),
});
export const releaseInput = z.strictObject({ ids: z.array(id).min(1).max(500) });
export const releaseDone = z.object({
  released: z.array(id),
  refused: z.array(z.object({ id, code: z.string(), title: z.string() })),
});
export const bankWordInput = z.strictObject({
  at: instantIn, // the bank's time
  account: z.string().regex(/^\*{2,}\d{4}$/, 'the account masked to its last four digits, such as ****1234'),
  bankRef: z.string().trim().min(1).max(64),
  amount: paid,
  byHand: z.boolean(),
  proof: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null), // hash of a stored file
});
export const bankReturnInput = bankWordInput.extend({ reason: text });
export const paidAtOut = z.object({ paidAt: instant });

export const cleanRuleInput = z.strictObject({ mostPerHead: paid, mostHeads: z.int().min(1).max(100) });
export const releaseLimitInput = z.strictObject({ limit: amount });
export const cleanRuleList = z.object({
  items: z.array(
    z.object({
      id,
      mostPerHead: money,
      mostHeads: z.int(),
      approvedBy: z.string(),
      approvedAt: instant,
      releaseLimit: money,
      releaseBy: z.string().nullable(),
      withdrawnAt: instant.nullable(),
      mine: z.boolean(), // approved by who asks: then he may not set the limit
    }),
  ),
});
export const authorityInput = z.strictObject({ role: z.enum(['handler', 'approver']), amount });
export const authorityList = z.object({
  items: z.array(z.object({ role: z.enum(['handler', 'approver']), amount: money, setAt: instant })),
});

export const recoveryInput = z.strictObject({
  kind: z.enum(['subrogation', 'residual']),
  debtor: z.string().trim().min(1).max(120),
  amount: paid,
});
export const recoveryGivenUp = z.strictObject({ reason: text });

export type PaymentListOut = z.infer<typeof paymentList>;
export type CleanRuleListOut = z.infer<typeof cleanRuleList>;
