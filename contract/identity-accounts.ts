import { z } from 'zod';
import { areaCode, canSchema, id, instant, required, roleSchema, text } from './identity.ts';

/** Accounts and their sign-ins. */

export const accountInputSchema = z.object({
  username: required(64),
  label: text(60).default(''),
  role: roleSchema,
  orgId: id.nullable().default(null),
  personId: id.nullable().default(null),
  areas: z.array(areaCode).max(50).default([]),
});

export const accountChangeSchema = accountInputSchema.omit({ username: true }).extend({ version: z.int().min(0) });

export const accountItemSchema = z.object({
  id,
  username: z.string(),
  label: z.string(),
  role: roleSchema,
  org: z.object({ id, name: z.string() }).nullable(),
  personId: id.nullable(),
  person: z.string().nullable(), // masked name
  areas: z.array(z.string()),
  state: z.enum(['active', 'suspended']),
  demo: z.boolean(),
  hasSecondFactor: z.boolean(),
  lastSignInAt: instant.nullable(),
  openSessions: z.int(),
  version: z.int(),
  can: z.object({ suspend: canSchema, resetSecondFactor: canSchema }),
});

export const accountQuerySchema = z.object({
  q: text(100).optional(),
  role: roleSchema.optional(),
  orgId: id.optional(),
  state: z.enum(['active', 'suspended']).optional(),
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A password for one use: it must be changed at the first sign-in. */
export const oncePasswordSchema = z.object({ id, password: z.string() });

export const signInItemSchema = z.object({
  at: instant,
  username: z.string(),
  accountId: id.nullable(),
  address: z.string(),
  agent: z.string(),
  outcome: z.enum(['trying', 'refused', 'suspended', 'half', 'accepted', 'cleared']),
});
