import { z } from 'zod';
import { END_REASONS, TAKEOVER_REASONS } from './insurance-vocabulary.ts';

/** Endorsements: what changes a policy, what it does to the money, and what became of it. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();
const elevatorIds = z.array(id).min(1).max(5_000);
const amount = z.object({ payer: z.string(), amount: z.int() });

export const endorsementAsk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), on: day, elevatorIds }),
  z.strictObject({ kind: z.literal('remove'), on: day, elevatorIds }),
  z.strictObject({ kind: z.literal('change'), on: day, elevatorIds: elevatorIds.nullable().default(null) }),
  z.strictObject({ kind: z.literal('takeover'), on: day, toOrgId: id, reasonCode: z.enum(TAKEOVER_REASONS) }),
  z.strictObject({
    kind: z.literal('cancel'),
    lastOn: day,
    reason: z.enum(END_REASONS),
    reasonCode: z.enum(TAKEOVER_REASONS).optional(),
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
