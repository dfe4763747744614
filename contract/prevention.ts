import { z } from 'zod';

/** The HTTP API of prevention, part one: visits, findings, services owed and what they cost. Amounts in fen. */

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const text = z.string().trim().max(2_000);
const files = z.array(id).max(9);

export const visitKind = z.enum(['prevention_visit', 'quality_check', 'assessment_help', 'three_no_help']);
export const severity = z.enum(['general', 'serious', 'urgent']);
export const ownerKind = z.enum(['use_unit', 'maintenance_unit']);
const check = z.strictObject({ code: z.string().max(40), result: z.enum(['pass', 'fail', 'not_seen']) });

export const visitInput = z.strictObject({
  id, // made on the phone: sending twice changes nothing
  kind: visitKind,
  rescueCode: z.string().regex(/^\d{6}$/, 'the six digits on the plate'),
  startedAt: instant,
  endedAt: instant,
  position: z
    .strictObject({
      lng: z.number().min(-180).max(180),
      lat: z.number().min(-90).max(90),
      accuracyM: z.number().min(0).max(100_000).nullable().default(null),
    })
    .nullable()
    .default(null),
  checks: z.array(check).max(60).default([]),
  summary: text.default(''),
  findings: z
    .array(
      z.strictObject({
        id,
        category: z.string().regex(/^[a-z_]{1,40}$/),
        severity,
        description: text.min(1),
        ownerKind,
        files,
      }),
    )
    .max(30)
    .default([]),
});
export const visitTaken = z.object({
  visitId: id,
  number: z.string(),
  remarks: z.array(z.string()),
  findings: z.array(z.object({ id, number: z.string(), dueOn: day })),
});

export const visitItem = z.object({
  id,
  number: z.string(),
  kind: visitKind,
  insurer: z.string(),
  elevatorId: id.nullable(), // null: the file is outside the reader's scope
  rescueCode: z.string().nullable(),
  address: z.string(),
  useUnit: z.string().nullable(),
  maintenanceUnit: z.string().nullable(),
  startedAt: instant,
  endedAt: instant,
  passRate: z.number().nullable(), // percent of what was looked at
  checks: z.array(check),
  summary: z.string(),
  remarks: z.array(z.string()),
  findings: z.int(),
  open: z.int(), // of them not yet gone
});
export const pageQuery = z.object({
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const visitQuery = pageQuery.extend({ kind: visitKind.optional() });
export const visitPage = z.object({ items: z.array(visitItem), next: z.string().nullable() });

const can = z.record(z.string(), z.union([z.literal(true), z.looseObject({ code: z.string() })]));
export const findingItem = z.object({
  id,
  number: z.string(),
  version: z.int(),
  elevatorId: id.nullable(),
  rescueCode: z.string().nullable(),
  address: z.string(),
  category: z.string(),
  severity,
  description: z.string(),
  insurer: z.string(),
  ownerKind,
  owner: z.string().nullable(),
  foundAt: instant,
  dueOn: day,
  state: z.enum(['open', 'mended', 'closed', 'withdrawn']),
  late: z.boolean(),
  wasLate: z.boolean(), // before its day was moved
  returned: z.int(),
});
export const findingQuery = pageQuery.extend({
  show: z.enum(['open', 'late', 'mended', 'ended']).optional(), // nothing: all that is not ended
});
export const findingPage = z.object({ items: z.array(findingItem), next: z.string().nullable() });
export const findingDetail = findingItem.extend({
  visitNumber: z.string(),
  can,
  steps: z.array(
    z.object({
      at: instant,
      step: z.string(),
      org: z.string().nullable(),
      note: z.string(),
      files: z.array(z.object({ id, name: z.string(), mediaType: z.string() })),
    }),
  ),
});
export const findingAct = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('mend'), version: z.int(), note: text.min(1), files }),
  z.strictObject({ do: z.literal('close'), version: z.int(), note: text.default(''), files: files.default([]) }),
  z.strictObject({ do: z.literal('return'), version: z.int(), note: text, dueOn: day, files: files.default([]) }),
  z.strictObject({ do: z.literal('extend'), version: z.int(), note: text, dueOn: day }),
  z.strictObject({ do: z.literal('withdraw'), version: z.int(), note: text }),
]);
export const findingState = z.object({ id, state: z.string(), version: z.int() });

/** What the phone and the forms need to know before they ask. */
export const preventionFacts = z.object({
  categories: z.array(z.object({ code: z.string(), name: z.string() })),
  checklist: z.array(z.object({ code: z.string(), name: z.string() })),
  findingDays: z.object({ general: z.int(), serious: z.int(), urgent: z.int() }),
});
export const lookAtCode = z.object({
  rescueCode: z.string(),
  address: z.string(),
  useUnit: z.string().nullable(),
  maintenanceUnit: z.string().nullable(),
  covered: z.boolean(),
  policyNumber: z.string().nullable(),
  openFindings: z.int(), // of this insurer
});

export const serviceItem = z.object({
  policyId: id,
  number: z.string(),
  insurer: z.string(),
  holder: z.string(),
  from: day,
  to: day,
  elevators: z.int(),
  premium: z.int(),
  services: z.array(
    z.object({ id: z.string(), name: z.string(), owed: z.int(), given: z.int(), left: z.int(), cost: z.int() }),
  ),
  cost: z.int(),
  costPercent: z.number().nullable(), // of the premium
  aboveCap: z.boolean(),
});
export const servicePage = z.object({
  items: z.array(serviceItem),
  next: z.string().nullable(),
  capPercent: z.int(),
});
export const costInput = z.strictObject({
  id, // made by the sender: a repeat books nothing
  policyId: id,
  service: z.string().regex(/^[a-z_0-9]{1,40}$/),
  visitId: id.nullable().default(null),
  on: day,
  amount: z.int().min(1).max(1e11),
  payee: z.string().trim().max(200).default(''),
  voucher: z.string().trim().min(1).max(64),
});
export const costReversal = z.strictObject({ id, reason: z.string().trim().min(1).max(200) });
export const costBooked = z.object({ costId: id });
export const costList = z.object({
  items: z.array(
    z.object({
      id,
      service: z.string(),
      on: day,
      amount: z.int(),
      payee: z.string(),
      voucher: z.string(),
      visitNumber: z.string().nullable(),
      reverses: id.nullable(),
      reversed: z.boolean(),
    }),
  ),
  sum: z.int(),
});
