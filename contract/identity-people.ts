import { z } from 'zod';
import { certificateKindSchema, day, dutySchema, id, required, text } from './identity.ts';
import { validitySchema } from './identity-orgs.ts';

/** People, their duties and certificates; names and phones in full for a reason. */

export const certificateInputSchema = z.object({
  kind: certificateKindSchema,
  number: required(100),
  issuer: text(200).default(''),
  issuedOn: day.nullable().default(null),
  expiresOn: day.nullable().default(null),
});

export const certificateSchema = z.object({
  id,
  kind: certificateKindSchema,
  number: z.string(), // masked
  issuer: z.string(),
  issuedOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  validity: validitySchema,
});

export const personInputSchema = z.object({
  orgId: id,
  name: required(60),
  phone: text(30).default(''),
  duties: z.array(dutySchema).max(9).default([]),
});

export const personChangeSchema = personInputSchema
  .omit({ orgId: true })
  .partial()
  .extend({ version: z.int().min(0) });

export const personItemSchema = z.object({
  id,
  org: z.object({ id, name: z.string() }).nullable(),
  name: z.string(), // masked, as is phone
  phone: z.string(),
  duties: z.array(z.string()),
  leftOn: z.string().nullable(),
  certificates: z.array(certificateSchema),
  version: z.int(),
});

export const personQuerySchema = z.object({
  orgId: id.optional(),
  name: text(60).optional(), // the whole name: names are encrypted and only exactly the same one is found
  phone: text(30).optional(), // the whole number
  duty: dutySchema.optional(),
  expiring: z.enum(['0', '1']).default('0'),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const unmaskSchema = z.object({ reason: required(200) });
export const unmaskedSchema = z.object({ id, name: z.string(), phone: z.string() });
