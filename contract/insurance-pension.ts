import { z } from 'zod';
import { FUNDINGS, PENSION_ENDS } from './insurance-vocabulary.ts';

/** The HTTP API of 养老险: programmes over annual policies. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();
const amount = z.int().min(0).max(1e12);
const short = z.string().trim().min(1).max(120);

export const pensionScale = z.strictObject({
  version: short,
  filingNo: short,
  steps: z
    .array(z.strictObject({ fromYears: z.int().min(1).max(60), shareBp: z.int().min(1).max(10_000) }))
    .min(1)
    .max(20),
  most: amount.nullable(),
});
export const pensionTerms = z.strictObject({
  startAgeYears: z.int().min(0).max(80),
  plannedYears: z.int().min(1).max(40),
  scale: pensionScale.nullable(), // null: nothing is promised at renewal
  lapse: z.strictObject({
    graceDays: z.int().min(0).max(365),
    reinstateDays: z.int().min(0).max(1_095),
    afterwards: z.enum(['lost', 'kept']),
  }),
});
export const pensionInput = z.strictObject({
  rescueCode: z.string().regex(/^\d{6}$/, 'the six digits on the plate'),
  terms: pensionTerms,
});
export const pensionRef = z.object({ pensionId: id, number: z.string() });

export const pensionPart = z.strictObject({
  part: z.enum(['liability', 'repair', 'property', 'service']),
  name: short,
  upkeep: z.boolean(),
  premium: amount,
  funding: z
    .array(z.strictObject({ source: z.enum(FUNDINGS), amount }))
    .min(1)
    .max(10),
});
const service = z.strictObject({
  code: z.string().regex(/^[a-z_0-9]{1,40}$/),
  name: short,
  times: z.int().min(1).max(366),
});
export const pensionYearInput = z.strictObject({
  from: day,
  to: day,
  policyId: id.nullable().default(null),
  parts: z.array(pensionPart).min(1).max(12),
  services: z.array(service).max(20).default([]),
});
export const pensionYearRef = z.object({ yearId: id, no: z.int(), reinstated: z.boolean() });
export const pensionCostInput = z.strictObject({
  id, // made by the sender: a repeat books nothing
  yearId: id,
  service: z.string().regex(/^[a-z_0-9]{1,40}$/),
  on: day,
  amount: amount.min(1),
  times: z.int().min(0).max(366).default(1), // how many of the services owed it covers
  voucher: z.string().trim().min(1).max(64),
  note: z.string().trim().max(200).default(''),
});
export const pensionCostRef = z.object({ costId: id });

export const pensionReversalInput = z.strictObject({
  id, // made by the sender: a repeat takes nothing back twice
  reason: z.string().trim().min(1).max(200),
});
export const pensionEndInput = z
  .strictObject({
    on: day,
    reason: z.enum(PENSION_ENDS),
    renewalCost: amount.min(1).nullable().default(null), // what the renewal cost; only when the elevator was renewed
    note: z.string().trim().min(1).max(500),
  })
  .refine((end) => (end.reason === 'renewed') === (end.renewalCost !== null), {
    path: ['renewalCost'],
    message: 'given when, and only when, the elevator was renewed',
  });
export const pensionEnded = z.object({ benefit: z.int().nullable() });

export const pensionQuery = z.object({
  show: z.enum(['open', 'ended', 'all']).default('open'),
  q: z.string().trim().min(1).max(60).optional(), // number, address, holder or insurer
  limit: z.coerce.number().int().min(1).max(200).default(100),
  after: z.string().max(80).optional(),
});
export const pensionItem = z.object({
  id,
  number: z.string(),
  address: z.string(),
  insurer: z.string(),
  holder: z.string(),
  startAgeYears: z.int(),
  plannedYears: z.int(),
  state: z.enum(['planned', 'running', 'in_grace', 'lapsed', 'completed', 'ended']),
  insuredYears: z.int(),
  paid: z.int(), // premiums of all years
  cost: z.int(), // services of all years
});
export const pensionList = z.object({ items: z.array(pensionItem), next: z.string().nullable() });
export const pensionFile = pensionItem.extend({
  rescueCode: z.string().nullable(),
  terms: pensionTerms,
  gapDays: z.int(),
  reinstateUntil: day.nullable(),
  shareBp: z.int(), // of a renewal's cost, as it stands today
  shareAtEndBp: z.int(), // and after all planned years
  end: z
    .object({
      on: day,
      reason: z.enum(PENSION_ENDS),
      note: z.string(),
      renewalCost: z.int().nullable(),
      benefit: z.int().nullable(), // what the insurer pays towards the renewal
      paid: z.int(), // of it, by the bank's word
      paidAt: z.iso.datetime().nullable(), // when the last of it had left the bank
    })
    .nullable(),
  years: z.array(
    z.object({
      id,
      no: z.int(),
      from: day,
      to: day,
      reinstated: z.boolean(),
      premium: z.int(),
      policy: z.object({ id, number: z.string().nullable() }).nullable(),
      parts: z.array(pensionPart),
      services: z.array(z.object({ code: z.string(), name: z.string(), times: z.int(), done: z.int(), cost: z.int() })),
      serviceFee: z.int(), // what is paid for the service contract of the year
      cost: z.int(), // what its services cost
    }),
  ),
  policies: z.array(z.object({ id, number: z.string().nullable(), from: day, to: day })), // that a next year may stand on
  can: z.object({ act: z.boolean() }), // of this insurer
});

export const pensionCostQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  after: z.string().max(80).optional(),
});
/** The cost ledger of a programme, the newest entry first; what was taken back stays with its opposite. */
export const pensionCostList = z.object({
  items: z.array(
    z.object({
      id,
      year: z.int(),
      service: z.string(),
      on: day,
      times: z.int(),
      amount: z.int(), // negative: taken back
      voucher: z.string(),
      note: z.string(),
      reversed: z.boolean(),
      reverses: z.boolean(),
    }),
  ),
  next: z.string().nullable(),
});
