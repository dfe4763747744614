import { z } from 'zod';

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
    .array(z.strictObject({ source: z.string().regex(/^[a-z_]{1,40}$/), amount }))
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
  voucher: z.string().trim().min(1).max(64),
  note: z.string().trim().max(200).default(''),
});
export const pensionCostRef = z.object({ costId: id });

export const pensionItem = z.object({
  id,
  number: z.string(),
  address: z.string(),
  insurer: z.string(),
  holder: z.string(),
  startAgeYears: z.int(),
  plannedYears: z.int(),
  state: z.enum(['running', 'in_grace', 'lapsed', 'completed']),
  insuredYears: z.int(),
  paid: z.int(), // premiums of all years
  cost: z.int(), // services of all years
});
export const pensionList = z.object({ items: z.array(pensionItem) });
export const pensionFile = pensionItem.extend({
  terms: pensionTerms,
  gapDays: z.int(),
  reinstateUntil: day.nullable(),
  shareBp: z.int(), // of a renewal's cost, as it stands today
  shareAtEndBp: z.int(), // and after all planned years
  years: z.array(
    z.object({
      id,
      no: z.int(),
      from: day,
      to: day,
      reinstated: z.boolean(),
      premium: z.int(),
      parts: z.array(pensionPart),
      services: z.array(z.object({ code: z.string(), name: z.string(), times: z.int(), cost: z.int() })),
      cost: z.int(),
    }),
  ),
  can: z.object({ addYear: z.boolean() }),
});
