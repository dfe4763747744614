import { z } from 'zod';
import { RECORDED_KINDS } from './insurance-vocabulary.ts';

/** Evidence people record for tariffs: stars, losses, grades, inspections, facts of a unit, residents' consent. */

const id = z.uuid();
const day = z.iso.date();
const instant = z.iso.datetime();

export const evidenceInput = z
  .strictObject({
    kind: z.enum(RECORDED_KINDS),
    key: z.string().trim().min(1).max(40), // the answer, as factor tables name it
    orgId: id.nullable().default(null), // the unit it is about, or …
    code: z.string().trim().max(40).default(''), // … the elevator, by rescue or registration code
    source: z.string().trim().min(2).max(200), // who found it, in which record
    document: z.string().trim().min(1).max(120), // number of the notice, certificate or minutes
    fileId: id.nullable().default(null), // an uploaded copy of it
    from: day,
    to: day.nullable().default(null),
  })
  .refine((e) => e.to === null || e.to >= e.from, { path: ['to'], message: 'not before from' });
export const evidenceMade = z.object({ evidenceId: id, needsSecond: z.boolean() });
export const evidenceWithdrawal = z.strictObject({ reason: z.string().trim().min(2).max(500) });
export const evidenceQuery = z.object({
  kind: z.enum(RECORDED_KINDS).optional(),
  state: z.enum(['waiting', 'counting', 'over', 'withdrawn']).optional(),
  after: z.string().max(100).optional(), // cursor of the page before
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const evidenceItem = z.object({
  id,
  kind: z.string(),
  key: z.string(),
  subject: z.string(), // the unit's name, or the elevator's code and address
  source: z.string(),
  document: z.string(),
  from: day,
  to: day.nullable(),
  state: z.enum(['waiting', 'counting', 'over', 'withdrawn']), // waiting: for its second person
  recordedAt: instant,
  recordedBy: z.string(),
  confirmedBy: z.string(), // empty: nobody had to, or nobody did yet
  withdrawnReason: z.string(),
  files: z.array(z.object({ id, name: z.string() })),
  can: z.object({ confirm: z.boolean(), withdraw: z.boolean() }),
});
export const evidenceList = z.object({ items: z.array(evidenceItem), next: z.string().nullable() });
/** The records behind a quote's factors, for whoever may read the quote. */
export const quoteEvidence = z.object({ items: z.array(evidenceItem.omit({ can: true, files: true })) });
