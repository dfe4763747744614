import { z } from 'zod';
import { id, instant, required } from './identity.ts';
import { GRANTS } from './identity-vocabulary.ts';

/** Machine clients, their secrets and tokens. */

export const grantSchema = z.enum(GRANTS);

export const clientInputSchema = z.object({
  name: required(100),
  orgId: id.nullable().default(null),
  wholeCity: z.boolean().default(false),
  grants: z.array(grantSchema).min(1),
});

export const clientChangeSchema = z.object({
  name: required(100),
  grants: z.array(grantSchema).min(1),
  version: z.int().min(0),
});

export const clientSecretSchema = z.object({
  id,
  door: z.enum(['api', 'mqtt']),
  hint: z.string(),
  createdAt: instant,
  endsAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});

export const clientSchema = z.object({
  id,
  name: z.string(),
  org: z.object({ id, name: z.string() }).nullable(),
  wholeCity: z.boolean(),
  grants: z.array(z.string()),
  state: z.enum(['active', 'suspended']),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  secrets: z.array(clientSecretSchema),
  version: z.int(),
});

export const secretRequestSchema = z.object({
  door: z.enum(['api', 'mqtt']),
  overlapHours: z.int().min(0).max(720).default(24), // how long the secret before it still works
});

export const newSecretSchema = z.object({
  clientId: id, // client_id at the token door, user name at the MQTT door
  secretId: id,
  door: z.enum(['api', 'mqtt']),
  secret: z.string(), // shown this once
  endsAt: instant.nullable(),
});

export const tokenRequestSchema = z.object({
  grant_type: z.string().max(200).optional(),
  client_id: z.string().max(200).optional(),
  client_secret: z.string().max(200).optional(),
  scope: z.string().max(1_000).optional(),
});

export const tokenSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  scope: z.string(),
});

export const tokenErrorSchema = z.object({ error: z.string(), error_description: z.string() });
