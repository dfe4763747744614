import { z } from 'zod';
import { orgRef, state } from './registry.ts';
import { day, text } from './registry-changes.ts';
import { EVIDENCE_KINDS, STEPS } from './registry-vocabulary.ts';

/** The life of an elevator, step by step with its evidence; cases of those nobody answers for. */

export const evidenceKind = z.enum(EVIDENCE_KINDS);
export const lifeStep = z.enum(STEPS);

const fileHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable()
  .default(null);

export const lifeAsk = z.object({
  version: z.int().min(0),
  step: lifeStep,
  on: day,
  evidence: z
    .array(z.object({ kind: evidenceKind, number: text.default(''), fileHash, note: text.default('') }))
    .max(10),
});

export const lifeAnswer = z.object({ state, version: z.int() });

export const lifeLine = z.object({
  id: z.uuid(),
  step: z.string(),
  fromState: z.string(),
  toState: z.string(),
  happenedOn: day,
  recordedAt: z.iso.datetime(),
  evidence: z.array(
    z.object({ kind: z.string(), number: z.string(), fileHash: z.string().nullable(), note: z.string() }),
  ),
});

export const caseLine = z.object({
  id: z.uuid(),
  elevatorId: z.uuid(),
  address: z.string(),
  rescueCode: z.string().nullable(),
  streetCode: z.string().nullable(),
  openedAt: z.iso.datetime(),
  dueOn: day,
  overdue: z.boolean(),
  evidence: z.array(z.object({ at: z.string(), note: z.string(), fileHash: z.string().nullable() })),
  outcome: z.enum(['use_unit_named', 'not_in_use', 'opened_in_error']).nullable(),
  decision: z.string().nullable(),
  useUnit: orgRef.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  version: z.int(),
});

export const casePage = z.object({ items: z.array(caseLine), next: z.uuid().nullable() });
export const caseEvidenceAsk = z.object({ note: text.min(1), fileHash });

export const caseDecisionAsk = z.object({
  version: z.int().min(0),
  outcome: z.enum(['use_unit_named', 'not_in_use', 'opened_in_error']),
  decision: text.min(1),
  useOrgId: z.uuid().nullable().default(null),
});
