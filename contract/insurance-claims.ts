import { z } from 'zod';
import { CLAIM_PHASES, LOSS_KINDS, REFUSALS } from './insurance-vocabulary.ts';

/** The HTTP API of claims: reports, the claim's file and its acts. Amounts in fen, instants in UTC. */

const id = z.uuid();
const amount = z.int().min(0).max(1e13);
const instantIn = z.iso.datetime({ offset: true });
const instant = z.iso.datetime();
const text = z.string().trim().min(1).max(500);
export const lossKind = z.enum(LOSS_KINDS);
const phase = z.enum(CLAIM_PHASES);
export const payeeKind = z.enum(['victim', 'insured', 'service']);

/** Sent twice with the same key it is one. */
export const reportInput = z.strictObject({
  key: z.string().trim().min(8).max(80),
  elevatorId: id.optional(),
  code: z.string().trim().max(40).optional(), // rescue code (应急救援码) or registration code, where the id is not known
  kind: lossKind,
  happenedAt: instantIn,
  said: text,
  reporter: z
    .strictObject({ name: z.string().trim().max(60), phone: z.string().trim().max(24) })
    .nullable()
    .default(null),
  channel: z.enum(['phone', 'desk']).default('desk'),
});
export const reportTaken = z.object({
  outcome: z.enum(['opened', 'joined', 'no_cover']),
  claimId: id.nullable(),
  number: z.string().nullable(),
  policyNumber: z.string().nullable(),
});

const person = z.strictObject({
  id: z.string().min(1).max(60),
  partyId: id,
  kind: z.literal('person'),
  medical: amount,
  other: amount,
});
const property = z.strictObject({ id: z.string().min(1).max(60), partyId: id, kind: z.literal('property'), amount });
const papers = z.array(z.string().trim().min(1).max(80)).min(1).max(30);

export const claimAct = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('ask_papers'), papers }),
  z.strictObject({ do: z.literal('receive_papers'), papers }),
  z.strictObject({ do: z.literal('papers_complete') }),
  z.strictObject({ do: z.literal('set_reserve'), amount, reason: text }),
  z.strictObject({
    do: z.literal('assess'),
    losses: z
      .array(z.discriminatedUnion('kind', [person, property]))
      .min(1)
      .max(200),
    note: z.string().max(2_000).default(''),
  }),
  z.strictObject({ do: z.literal('accept_liability') }),
  z.strictObject({ do: z.literal('decide') }),
  z.strictObject({ do: z.literal('refuse'), reason: z.enum(REFUSALS), text: z.string().trim().min(10).max(2_000) }),
  z.strictObject({ do: z.literal('send_refusal'), at: instantIn }),
  z.strictObject({ do: z.literal('close') }),
  z.strictObject({ do: z.literal('reopen'), reason: text }),
]);
export const actInput = z.strictObject({ version: z.int().min(0).optional(), act: claimAct });
export const actDone = z.object({ id, phase, version: z.int() });

export const accountInput = z.strictObject({
  bank: z.string().trim().min(2).max(60),
  number: z
    .string()
    .trim()
    .regex(/^[\d ]{8,40}$/)
    .transform((n) => n.replaceAll(' ', '')),
  holder: z.string().trim().min(1).max(80),
});
export const partyInput = z.strictObject({
  kind: payeeKind,
  name: z.string().trim().min(1).max(80),
  idNumber: z.string().trim().max(20).nullable().default(null),
  phone: z.string().trim().max(24).nullable().default(null),
  account: accountInput.nullable().default(null),
});
export const partyMore = partyInput.omit({ kind: true, name: true });
export const partyRef = z.object({ partyId: id });
export const unmaskInput = z.strictObject({ reason: text });
export const unmasked = z.object({
  name: z.string(),
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  account: z.object({ bank: z.string(), number: z.string(), holder: z.string() }).nullable(),
});

export const surveyInput = z.strictObject({
  at: instantIn,
  findings: z.string().trim().min(1).max(4_000),
  lng: z.number().min(-180).max(180).nullable().default(null),
  lat: z.number().min(-90).max(90).nullable().default(null),
});
export const made = z.object({ id });

export const can = z.record(z.string(), z.union([z.literal(true), z.looseObject({ code: z.string() })]));
export const claimItem = z.object({
  id,
  number: z.string(),
  kind: lossKind,
  phase,
  address: z.string(),
  rescueCode: z.string().nullable(),
  policyNumber: z.string(),
  insurer: z.string(),
  useUnit: z.string(),
  happenedAt: instant,
  reportedAt: instant,
  reserve: z.int().nullable(),
  decided: z.int().nullable(),
  paid: z.int(),
  dueAt: instant.nullable(),
  dueClock: z.string().nullable(),
});
export const claimQuery = z.object({
  state: z.enum(['open', 'all']).default('open'),
  phase: phase.optional(),
  kind: lossKind.optional(),
  due: z.enum(['late', 'soon']).optional(),
  elevatorId: id.optional(),
  incidentId: id.optional(),
  q: z.string().trim().max(60).optional(),
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const claimList = z.object({
  items: z.array(claimItem),
  next: z.string().nullable(),
  counts: z.object({ open: z.int(), late: z.int(), soon: z.int() }),
});

const money = z.int();

export const mediationInput = z.strictObject({ subject: z.string().trim().min(1).max(2_000) });
export const mediationOutcome = z.strictObject({ outcome: z.string().trim().min(1).max(2_000) });
export const repairInput = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        code: z.string().trim().min(1).max(40),
        name: z.string().trim().min(1).max(80),
        quantity: z.int().min(1).max(1_000),
        unitPrice: amount,
        reason: z.string().trim().max(300).default(''),
      }),
    )
    .min(1)
    .max(100),
});
export const codeList = z.object({
  items: z.array(
    z.object({
      claimId: id,
      number: z.string(),
      head: z.int(),
      due: money,
      code: z.string(),
      filled: z.boolean(),
      textedTo: z.string().nullable(), // masked; null: it did not go by text
    }),
  ),
});

export type ClaimItemOut = z.infer<typeof claimItem>;
export type ClaimActIn = z.infer<typeof claimAct>;
