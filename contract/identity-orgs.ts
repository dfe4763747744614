import { z } from 'zod';
import { areaCode, canSchema, day, id, licenceKindSchema, orgKindSchema, required, text } from './identity.ts';

/** Organisations and their licences. */

export const licenceInputSchema = z.object({
  kind: licenceKindSchema,
  number: required(100),
  scope: text(500).default(''),
  issuer: text(200).default(''),
  issuedOn: day.nullable().default(null),
  expiresOn: day.nullable().default(null),
});

export const validitySchema = z.enum(['valid', 'expires_soon', 'expired', 'ended', 'open_ended']);

export const licenceSchema = z.object({
  id,
  kind: licenceKindSchema,
  number: z.string(),
  scope: z.string(),
  issuer: z.string(),
  issuedOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  validity: validitySchema,
});

export const orgInputSchema = z.object({
  name: required(200),
  kinds: z.array(orgKindSchema).min(1).max(6),
  uscc: text(40).nullable().default(null),
  address: text(300).default(''),
  dutyPhone: text(40).default(''),
  seatAreas: z.array(areaCode).max(3).default([]),
  workAreas: z.array(areaCode).max(200).default([]),
});
export type OrgInput = z.infer<typeof orgInputSchema>;
export const orgChangeSchema = orgInputSchema.extend({ version: z.int().min(0) });

export const orgItemSchema = z.object({
  id,
  name: z.string(),
  kinds: z.array(orgKindSchema),
  uscc: z.string().nullable(),
  warnings: z.array(z.string()),
  seatAreas: z.array(z.string()),
  closedOn: z.string().nullable(),
});

export const orgSchema = orgItemSchema.extend({
  address: z.string(),
  dutyPhone: z.string(),
  workAreas: z.array(z.string()),
  version: z.int(),
  licences: z.array(licenceSchema),
  peopleCount: z.int(),
  can: z.object({ change: canSchema, close: canSchema }),
});

export const orgQuerySchema = z.object({
  q: text(100).optional(),
  kind: orgKindSchema.optional(),
  area: areaCode.optional(),
  closed: z.enum(['0', '1']).default('0'),
  after: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
