import { z } from 'zod';

/** The HTTP API of coverage: the cube, the elevators behind a figure, goals, and what is done about the uninsured. */

const id = z.uuid();
const day = z.iso.date();
export const followUpStep = z.enum(['told_unit', 'told_department', 'promised', 'declined', 'insured_elsewhere']);

const narrow = {
  on: day.optional(), // today when absent; covers in force at 24:00 of the day
  district: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  place: z.string().max(200).optional(), // place classes, parted by commas
  without: z.string().max(200).optional(), // districts left out, parted by commas
  kind: z.enum(['liability', 'comprehensive', 'pension']).optional(),
  payer: z.string().max(40).optional(),
  insurer: id.optional(),
};
export const coverageQuery = z.object({
  ...narrow,
  by: z.enum(['district', 'place', 'kind', 'payer', 'insurer']).default('district'),
});
const cell = z.object({
  key: z.string(),
  name: z.string().nullable(),
  should: z.int(), // elevators in use
  insured: z.int(), // distinct elevators in force, any insurer
  elsewhere: z.int(), // of them by policies recorded from elsewhere
  unconfirmed: z.int(), // of those not confirmed by their insurer yet
  rate: z.number().nullable(), // of a hundred, one decimal, cut off
});
export const coverageAnswer = z.object({
  on: day,
  by: z.string(),
  rows: z.array(cell),
  total: cell,
  publicPlaces: z.array(z.string()),
  targets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      places: z.array(z.string()),
      excludedAreas: z.array(z.string()),
      percent: z.int().nullable(),
      dueOn: day.nullable(),
      should: z.int(),
      insured: z.int(),
      rate: z.number().nullable(),
      missing: z.int(),
      standing: z.enum(['reached', 'running', 'missed', 'no_number']),
    }),
  ),
});
export const coverageListQuery = z.object({
  ...narrow,
  insured: z.enum(['true', 'false']).optional(),
  after: id.optional().or(z.literal('')),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const coverageList = z.object({
  items: z.array(
    z.object({
      id,
      code: z.string().nullable(),
      address: z.string(),
      district: z.string().nullable(),
      place: z.string().nullable(),
      useUnit: z.string().nullable(),
      policy: z
        .object({
          id,
          number: z.string(),
          insurer: z.string().nullable(),
          kind: z.string(),
          to: day,
          unconfirmed: z.boolean(),
        })
        .nullable(),
      followUp: z.object({ step: z.string(), at: z.iso.datetime(), note: z.string() }).nullable(),
    }),
  ),
  next: z.string().nullable(),
});
export const followUpInput = z.strictObject({
  elevatorIds: z.array(id).min(1).max(500),
  step: followUpStep,
  note: z.string().trim().max(500).default(''),
});
