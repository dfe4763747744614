import { z } from 'zod';

/** The HTTP API of the market: salespeople, ties, complaints, programmes, the page of the fair market. */

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const text = z.string().trim().min(1).max(2_000);
const area = z.string().regex(/^\d{6}$/);

export const sellerInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  phone: z.string().regex(/^\+?\d{7,15}$/),
  account: z
    .string()
    .regex(/^\d{8,32}$/)
    .nullable()
    .default(null), // kept as a keyed hash and four digits only
  licenceNo: z.string().trim().min(1).max(64),
  fromOn: day,
  areas: z.array(area).max(40).default([]),
});
export const sellerChange = z.strictObject({ version: z.int(), leftOn: day });
export const sellerItem = z.object({
  id,
  version: z.int(),
  insurer: z.string(),
  name: z.string(), // masked
  phone: z.string(), // masked
  accountTail: z.string(),
  licenceNo: z.string(),
  fromOn: day,
  leftOn: day.nullable(),
  placements: z.int(),
});
export const sellerPage = z.object({ items: z.array(sellerItem), next: z.string().nullable() });
export const sellerRef = z.object({ salespersonId: id });
export const unmaskInput = z.strictObject({ reason: z.string().trim().min(2).max(200) });
export const unmasked = z.object({ name: z.string(), phone: z.string() });
export const listQuery = z.object({
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const placementInput = z.strictObject({ salespersonId: id, policyId: id, on: day });
export const placementRef = z.object({ placementId: id });

export const unitFactInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('account'),
    orgId: id,
    account: z.string().regex(/^\d{8,32}$/),
    source: text,
    on: day,
  }),
  z.strictObject({
    kind: z.literal('shareholding'),
    orgId: id,
    salespersonId: id,
    shareBp: z.int().min(1).max(10_000),
    source: text,
    on: day,
  }),
  z.strictObject({ kind: z.literal('employment'), orgId: id, salespersonId: id, source: text, on: day }),
]);
export const unitFactRef = z.object({ factId: id });

export const motif = z.object({
  kind: z.enum(['phone', 'name', 'account', 'shareholding', 'employment', 'referral', 'losses']),
  bits: z.number(),
  sharedBy: z.int().optional(),
  shareBp: z.int().optional(),
  holders: z.int().optional(),
  ofHolders: z.int().optional(),
  expectedPercent: z.number().optional(),
  claims: z.int().optional(),
  expected: z.number().optional(),
});
const tieState = z.enum(['open', 'watched', 'cleared', 'confirmed']);
export const tieItem = z.object({
  id,
  version: z.int(),
  salesperson: z.string(), // masked
  licenceNo: z.string(),
  insurer: z.string(),
  unit: z.string(),
  bits: z.number(),
  method: z.string(),
  motifs: z.array(motif),
  foundAt: instant,
  seenAt: instant,
  state: tieState,
  decidedAt: instant.nullable(),
  reason: z.string(),
});
export const tieQuery = listQuery.extend({ state: tieState.optional() });
export const tiePage = z.object({ items: z.array(tieItem), next: z.string().nullable() });
export const tieDecision = z.strictObject({
  version: z.int(),
  state: z.enum(['watched', 'cleared', 'confirmed']),
  reason: z.string().trim().min(1).max(1_000),
});
export const tieRef = z.object({ id, state: tieState, version: z.int() });
export const tieRun = z.object({ pairs: z.int(), fresh: z.int(), risen: z.int() });

export const complaintInput = z.strictObject({
  topic: z.string().regex(/^[a-z_]{1,40}$/),
  aboutOrgId: id.nullable().default(null),
  areas: z.array(area).max(10).default([]),
  text: text.min(5),
});
export const complaintItem = z.object({
  id,
  version: z.int(),
  number: z.string(),
  topic: z.string(),
  about: z.string().nullable(),
  text: z.string(),
  fromRole: z.string(),
  at: instant,
  dueOn: day,
  late: z.boolean(),
  answeredAt: instant.nullable(),
  outcome: z.enum(['founded', 'unfounded', 'passed_on']).nullable(),
  answer: z.string(),
});
export const complaintQuery = listQuery.extend({ show: z.enum(['open', 'answered']).optional() });
export const complaintPage = z.object({ items: z.array(complaintItem), next: z.string().nullable() });
export const complaintRef = z.object({ complaintId: id, number: z.string(), dueOn: day });
export const complaintAnswer = z.strictObject({
  version: z.int(),
  outcome: z.enum(['founded', 'unfounded', 'passed_on']),
  answer: text,
});

const namedIn = z.union([z.object({ notice: z.int(), clause: z.string() }), z.object({ ref: z.string() })]);
export const fairPage = z.object({
  rules: z.array(z.object({ code: z.string(), text: z.string(), namedIn: z.array(namedIn) })),
  topics: z.array(z.string()),
  complaintDays: z.int(),
  insurers: z.array(z.object({ name: z.string(), elevators: z.int(), premium: z.int() })),
  topSharePercent: z.number().nullable(),
  complaints: z.object({ received: z.int(), answered: z.int(), founded: z.int() }),
});

const phaseName = z.enum(['pilot', 'rollout', 'routine']);
const schemeKind = z.enum(['liability', 'comprehensive', 'pension']);
export const programmeInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  kind: schemeKind,
  areaCode: area,
  marks: z.array(z.string().regex(/^[a-z_]{1,40}$/)).max(10),
  aim: z.string().trim().max(2_000).default(''),
  phases: z
    .array(z.strictObject({ phase: phaseName, from: day, to: day, targetBp: z.int().min(0).max(10_000) }))
    .length(3),
});
export const programmeRef = z.object({ programmeId: id });
export const programmeItem = z.object({
  id,
  name: z.string(),
  kind: schemeKind,
  areaCode: area,
  marks: z.array(z.string()),
  aim: z.string(),
  inScope: z.int(),
  insured: z.int(),
  coverageBp: z.int().nullable(),
  phases: z.array(
    z.object({
      id,
      version: z.int(),
      phase: phaseName,
      from: day,
      to: day,
      targetBp: z.int(),
      state: z.enum(['planned', 'running', 'closed']),
      evaluation: z.string(),
      lessons: z.string(),
      figures: z.object({ inScope: z.int(), insured: z.int(), coverageBp: z.int().nullable() }).nullable(),
      closedAt: instant.nullable(),
      items: z.array(
        z.object({
          id,
          version: z.int(),
          code: z.string(),
          title: z.string(),
          dueOn: day.nullable(),
          doneOn: day.nullable(),
          note: z.string(),
        }),
      ),
    }),
  ),
});
export const programmeList = z.object({ items: z.array(programmeItem), firstMarks: z.array(z.string()) });
export const itemDone = z.strictObject({ version: z.int(), on: day, note: z.string().max(1_000) });
export const phaseClose = z.strictObject({
  version: z.int(),
  evaluation: z.string().max(5_000),
  lessons: z.string().max(5_000),
});
export const acted = z.object({ ok: z.literal(true) });
