import { z } from 'zod';

/** The HTTP API of the yearly forms (附件 1、2): counted, handed in, corrected, exported. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();
const kind = z.enum(['liability', 'comprehensive', 'pension']);
const areaCode = z.string().regex(/^\d{6}$/);

export const annexQuery = z.object({
  areaCode,
  kind: kind.default('comprehensive'),
  year: z.coerce.number().int().min(2000).max(2999),
});
export const annexOne = z.object({
  source: z.string(), // a source of money, or `total`
  elevators: z.int(),
  useUnits: z.int(),
  insurers: z.int(),
  lowestPremium: z.int().nullable(),
  highestPremium: z.int().nullable(),
  paid: z.int(),
  satisfactionPercent: z.number().nullable(),
});
export const annexTwo = z.object({
  elevatorId: id,
  useUnit: z.string(),
  elevatorCode: z.string(),
  ageYears: z.int().nullable(), // null: its first day in use is not on file
  residents: z.int().nullable(),
  insurer: z.string(),
  otherInsurers: z.array(z.string()),
  premium: z.int(),
  paid: z.int(),
  shortestPaymentHours: z.number().nullable(),
  longestPaymentHours: z.number().nullable(),
  unpaidSince: z.iso.datetime().nullable().optional(), // a claim that waits longer than any payment took
});
export const annexReport = z.object({
  id,
  no: z.int(), // 0: as first handed in; then corrections
  until: z.iso.datetime(),
  frozenAt: z.iso.datetime(),
  reporter: z.string(),
  reason: z.string(),
  hash: z.string(),
  elevators: z.int(),
});
export const annexAnswer = z.object({
  areaCode,
  kind,
  year: z.int(),
  from: day,
  until: z.iso.datetime(),
  one: z.array(annexOne),
  two: z.array(annexTwo).max(2_000), // the first rows; the export has all
  rows: z.int(),
  disagreements: z.array(z.string()),
  withoutAge: z.array(z.string()), // codes of elevators whose age prints blank
  notInUse: z.array(z.string()), // codes of insured elevators left out: not in use by the cut-off
  hash: z.string(),
  dueOn: day,
  daysLeft: z.int(), // until due; negative: overdue
  reports: z.array(annexReport), // newest first
  changed: z.boolean(), // differs from the newest that was handed in
});
export const annexInput = z.strictObject({
  areaCode,
  kind: kind.default('comprehensive'),
  year: z.int().min(2000).max(2999),
  reporter: z.string().trim().min(1).max(80),
  reason: z.string().trim().max(500).default(''), // needed for a correction
});
/** Printed on the form and kept nowhere: not even in an address, which others on the way write down. */
export const annexPrinted = z.strictObject({
  contact: z.string().trim().max(40).default(''),
  phone: z.string().trim().max(40).default(''),
});
export const residentsInput = z.strictObject({
  elevatorId: id,
  residents: z.int().min(0).max(100_000),
  source: z.string().trim().min(1).max(200),
  asOf: day,
});
