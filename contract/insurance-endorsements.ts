import { z } from 'zod';

/** Endorsements: what changes a policy, what it does to the money, and what became of it. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();
const elevatorIds = z.array(id).min(1).max(5_000);
const amount = z.object({ payer: z.string(), amount: z.int() });

export const endReasons = [
  'before_start',
  'by_policyholder',
  'insurer_risk_increase',
  'insurer_transfer',
  'after_partial_loss',
  'misstatement_gross_negligence',
  'misstatement_intent',
  'redeemed',
  'instalment_unpaid',
  'fraud',
] as const;
/** Why a policy is taken over or redeemed (接续、赎回). */
export const reasonCodes = ['USER_CHANGED', 'OWNER_REQUEST', 'PROPERTY_EXIT', 'INSURER_EXIT'] as const;

export const endorsementAsk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), on: day, elevatorIds }),
  z.strictObject({ kind: z.literal('remove'), on: day, elevatorIds }),
  z.strictObject({ kind: z.literal('change'), on: day, elevatorIds: elevatorIds.nullable().default(null) }),
  z.strictObject({ kind: z.literal('takeover'), on: day, toOrgId: id, reasonCode: z.enum(reasonCodes) }),
  z.strictObject({
    kind: z.literal('cancel'),
    lastOn: day,
    reason: z.enum(endReasons),
    reasonCode: z.enum(reasonCodes).optional(),
  }),
  z.strictObject({ kind: z.literal('reinstate') }),
]);
export const endorsementInput = z.strictObject({
  ask: endorsementAsk,
  note: z.string().trim().max(500).default(''),
  dry: z.boolean().default(false), // say what it would do, and do nothing
});

const replayed = z.array(z.object({ no: z.int(), before: z.int(), after: z.int() }));
export const endorsementDone = z.object({
  id: id.nullable(), // null when dry
  no: z.int(),
  state: z.string(),
  delta: z.int(),
  owed: z.array(amount), // differences by payer
  replayed, // later endorsements priced anew
  premium: z.int(), // of the policy afterwards
  leftOut: z.array(
    z.object({ elevatorId: id, code: z.string(), refusal: z.looseObject({ code: z.string() }), why: z.string() }),
  ),
});

export const endorsementDecision = z.strictObject({
  decision: z.enum(['accept', 'decline']),
  note: z.string().trim().max(500).default(''),
});
