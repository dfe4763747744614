import { z } from 'zod';
import { id, instant, roleSchema } from './identity.ts';

/** Signing in, step by step, and the first administrator of an empty system. */

export const stageSchema = z.enum(['second_factor', 'enrolment', 'new_password', 'open']);

export const meSchema = z.object({
  accountId: id,
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  org: z.object({ id, name: z.string(), kind: z.string() }).nullable(),
  areas: z.array(z.object({ code: z.string(), name: z.string() })),
  reach: z.enum(['city', 'areas', 'org', 'building', 'nothing']),
  hasSecondFactor: z.boolean(),
  needsSecondFactor: z.boolean(),
});
export type Me = z.infer<typeof meSchema>;

export const sessionStateSchema = z.object({
  stage: stageSchema.nullable(), // null: nobody is signed in
  endsAt: instant.nullable(),
  me: meSchema.nullable(), // only when the session is open
  demo: z.boolean(), // the sign-in page may offer the demo's accounts
  setupNeeded: z.boolean(), // no account exists yet: the first administrator is to be made
});
export type SessionState = z.infer<typeof sessionStateSchema>;
export const signInSchema = z.object({ username: z.string().min(1).max(200), password: z.string().min(1).max(1_000) });
export const codeSchema = z.object({ code: z.string().trim().min(6).max(40) });

export const passwordChangeSchema = z.object({
  current: z.string().min(1).max(1_000),
  next: z.string().min(1).max(1_000),
});

export const enrolmentSchema = z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() });
export const enrolledSchema = sessionStateSchema.extend({ recoveryCodes: z.array(z.string()) });

export const sessionItemSchema = z.object({
  id,
  startedAt: instant,
  lastSeenAt: instant,
  endsAt: instant,
  address: z.string(),
  agent: z.string(),
  current: z.boolean(),
});

export const demoAccountSchema = z.object({
  username: z.string(),
  password: z.string(),
  role: roleSchema,
  org: z.string(),
  code: z.string().nullable(), // the second factor's code of this moment
});

export const setupSchema = z.object({ needed: z.boolean() });

export const firstAdministratorSchema = z.object({
  setupCode: z.string().min(1).max(100), // printed at the start and kept in the data folder
  username: z.string().min(1).max(200),
  password: z.string().min(1).max(1_000),
});
