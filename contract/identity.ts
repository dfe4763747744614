import { z } from 'zod';
import { CERTIFICATE_KINDS, DUTIES, GRANTS, LICENCE_KINDS, ORG_KINDS, ROLES } from './identity-vocabulary.ts';
import { typed } from './text.ts';

/** The HTTP API of identity: sign-in, organisations, people, accounts, machine clients, audit. */

export const roleSchema = z.enum(ROLES);
export type RoleId = z.infer<typeof roleSchema>;

export const orgKindSchema = z.enum(ORG_KINDS);
export type OrgKind = z.infer<typeof orgKindSchema>;

export const licenceKindSchema = z.enum(LICENCE_KINDS);
export const certificateKindSchema = z.enum(CERTIFICATE_KINDS);
export const dutySchema = z.enum(DUTIES);
export type Duty = z.infer<typeof dutySchema>;

const text = typed;
const required = (max: number) => text(max).refine((s) => s.length > 0, 'empty');
const areaCode = z.string().regex(/^\d{6,12}$/);
const id = z.uuid();
const day = z.iso.date();
const instant = z.iso.datetime();

/** An act that may be refused: true, or the code of the refusal (words under the same code). */
export const canSchema = z.union([z.literal(true), z.string()]);

// —— Signing in ——

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

// —— Organisations ——

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
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

export const orgQuerySchema = z.object({
  q: text(100).optional(),
  kind: orgKindSchema.optional(),
  area: areaCode.optional(),
  closed: z.enum(['0', '1']).default('0'),
  after: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

// —— People ——

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

// —— Divisions ——

export const divisionSchema = z.object({
  code: z.string(),
  name: z.string(),
  level: z.enum(['province', 'city', 'district', 'street', 'community']),
  parentCode: z.string().nullable(),
  validTo: z.string().nullable(),
  successors: z.array(z.string()),
});

// —— Accounts ——

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

export const householdInputSchema = z.object({ buildingId: id, unit: text(60).default(''), area: areaCode });
export const householdSchema = z.object({
  id,
  accountId: id,
  username: z.string(),
  buildingId: id,
  unit: z.string(),
  askedAt: instant,
  verifiedAt: instant.nullable(),
  endedAt: instant.nullable(),
});

// —— Machine clients ——

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

// —— Audit ——

export const auditQuerySchema = z.object({
  actor: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  object: z.string().max(100).optional(), // a table, or a whole module as 'identity.'
  rowId: z.string().max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const auditItemSchema = z.object({
  id: z.int(),
  at: instant,
  actor: z.string(),
  actorName: z.string(),
  action: z.string(),
  object: z.string(),
  rowId: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
});
/** `next` goes back as `before`. */
export const auditList = z.object({ items: z.array(auditItemSchema), next: z.int().nullable() });
