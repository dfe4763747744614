import { z } from 'zod';
import { accountInput } from './insurance-claims.ts';
import { CLAIM_PHASES, LOSS_KINDS, PAYMENT_KINDS, PAYMENT_STATES, REFUSALS } from './insurance-vocabulary.ts';

/** The public fast-claim channel (保险直通车): what a person without an account asks and says. */

export const openClaimant = z.strictObject({ code: z.string().trim().min(6).max(40) });
export const claimantToken = z.object({ token: z.string(), until: z.iso.datetime() });

const claimantPayment = z.object({
  state: z.enum(PAYMENT_STATES), // `returned`: the bank gave it back, it is owed again
  kind: z.enum(PAYMENT_KINDS),
  amount: z.int(),
  paidAt: z.iso.datetime().nullable(),
});

export const claimantView = z.object({
  kind: z.enum(['head', 'report']),
  number: z.string(),
  insurer: z.string(),
  address: z.string(),
  happenedAt: z.iso.datetime(),
  phase: z.enum(CLAIM_PHASES),
  refusal: z.enum(REFUSALS).nullable(), // stands also once the refused claim was closed
  head: z
    .object({
      no: z.int(),
      trappedSeconds: z.int(),
      due: z.int(),
      state: z.enum(['waiting', 'clean', 'to_handler']),
      filledAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  party: z.object({ name: z.string(), account: z.string().nullable() }).nullable(),
  accepted: z.int().nullable(), // what was decided for this person, in fen; null: not decided, or being decided anew
  payments: z.array(claimantPayment), // in the order in which they were asked for
  papersMissing: z.array(z.string()),
  papers: z.int(),
});

export const claimantInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  idKind: z.enum(['resident', 'other']).default('resident'),
  idNumber: z.string().trim().min(5).max(20),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d -]{6,20}$/)
    .transform((p) => p.replaceAll(/[ -]/g, '')),
  account: accountInput,
});
export const claimantFilled = z.object({ state: z.enum(['waiting', 'clean', 'to_handler']) });

export const publicReport = z.strictObject({
  key: z.string().trim().min(8).max(80),
  code: z.string().trim().min(4).max(40), // rescue code or registration code on the plate
  kind: z.enum(LOSS_KINDS),
  happenedAt: z.iso.datetime({ offset: true }),
  said: z.string().trim().min(1).max(500),
  name: z.string().trim().min(1).max(60),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d -]{6,20}$/),
});
export const publicReportTaken = z.object({
  outcome: z.enum(['opened', 'joined', 'no_cover']),
  number: z.string().nullable(),
  code: z.string().nullable(), // to follow the claim with
});
