import { z } from 'zod';
import { victimProof } from './insurance-claim-money.ts';
import { can, claimItem, lossKind, payeeKind } from './insurance-claims.ts';
import { PAYMENT_KINDS, PAYMENT_STATES } from './insurance-vocabulary.ts';

/** The HTTP API of claims: the whole file of one claim as its reader may see it. Amounts in fen, instants in UTC. */

const id = z.uuid();
const day = z.iso.date();
const instant = z.iso.datetime();
const money = z.int();
const workingRow = z.object({ id: z.string(), claimed: money, afterOwnLimit: money, payable: money });
export const claimView = claimItem.extend({
  version: z.int(),
  elevatorId: id.nullable(), // null: the reader sees the claim, not the elevator's file
  incidentId: id.nullable(),
  channel: z.string(),
  keepUntil: day.nullable(),
  coverage: z.string(),
  liability: z.boolean(),
  verification: z.object({
    policyFrom: day,
    policyTo: day,
    lineFrom: day,
    lineTo: day,
    endorsement: z.int(),
    product: z.string(),
    productVersion: z.int(),
    tariffVersion: z.int(),
    waiting: z.boolean(),
    others: z.array(z.string()),
  }),
  limits: z
    .object({
      perPerson: money.nullable(),
      medicalPerPerson: money.nullable(),
      propertyPerAccident: money.nullable(),
      perAccident: money.nullable(),
      aggregate: money.nullable(),
      deductible: money,
      deductibleBeforeLimit: z.boolean(),
    })
    .nullable(),
  clocks: z.array(
    z.object({
      id: z.string(),
      basis: z.enum(['statutory', 'promise']),
      title: z.string(),
      startedAt: instant,
      dueAt: instant.nullable(),
      stoppedAt: instant.nullable(),
      state: z.enum(['in_time', 'late', 'running', 'paused']),
    }),
  ),
  papersAskedOn: day.nullable(),
  papersMissing: z.array(z.string()),
  release: z
    .object({
      seconds: z.int(),
      from: z.enum(['reported', 'aware']),
      stoppedAt: instant.nullable(),
      reportedAt: instant.nullable(),
      awareAt: instant,
      releasedAt: instant,
      people: z.int().nullable(),
      injuries: z.boolean().nullable(),
      trusted: z.boolean(),
    })
    .nullable(),
  assessment: z
    .object({
      by: z.string(),
      note: z.string(),
      items: z.array(z.object({ id: z.string(), payee: z.string(), payeeKind, amount: money })),
      working: z
        .object({
          rows: z.array(workingRow),
          claimed: money,
          afterOwnLimits: money,
          deductible: money,
          perAccident: money.nullable(),
          aggregateLeft: money.nullable(),
          payable: money,
        })
        .nullable(),
    })
    .nullable(),
  decision: z.object({ amount: money, by: z.string(), round: z.int(), byRule: z.boolean() }).nullable(),
  refusal: z.object({ reason: z.string(), by: z.string(), text: z.string() }).nullable(),
  parties: z.array(
    z.object({
      id,
      kind: payeeKind,
      name: z.string(),
      idNumber: z.string().nullable(),
      phone: z.string().nullable(),
      account: z.string().nullable(),
    }),
  ),
  heads: z.array(
    z.object({
      id,
      head: z.int(),
      due: money,
      state: z.string(),
      filledAt: instant.nullable(),
      reasons: z.array(z.string()),
    }),
  ),
  payments: z.array(
    z.object({
      id,
      item: z.string(),
      partyId: id,
      amount: money,
      kind: z.enum(PAYMENT_KINDS),
      state: z.enum(PAYMENT_STATES),
      proposedAt: instant,
      orderedAt: instant.nullable(),
      completeAt: instant.nullable(),
      reportedAt: instant,
      paidAt: instant.nullable(),
      bankRef: z.string().nullable(),
      victimProof: victimProof.nullable(), // of money that went to the insured of a liability claim
    }),
  ),
  papers: z.array(
    z.object({ id, kind: z.string(), name: z.string(), mediaType: z.string(), sizeBytes: z.int(), at: instant }),
  ),
  documents: z.array(z.object({ id, no: z.int(), kind: z.string(), madeAt: instant, contentHash: z.string() })),
  reports: z.array(
    z.object({
      id,
      channel: z.string(),
      kind: lossKind,
      happenedAt: instant,
      reportedAt: instant,
      said: z.string().nullable(),
    }),
  ),
  surveys: z.array(z.object({ id, at: instant, findings: z.string() })),
  recoveries: z.array(
    z.object({ id, kind: z.string(), debtor: z.string(), amount: money, received: money, state: z.string() }),
  ),
  mediations: z.array(
    z.object({ id, at: instant, subject: z.string(), outcome: z.string().nullable(), endedAt: instant.nullable() }),
  ),
  repair: z.array(
    z.object({
      id,
      code: z.string(),
      name: z.string(),
      quantity: z.int(),
      unitPrice: money,
      accepted: money.nullable(),
      reason: z.string(),
      repeatedOn: day.nullable(), // another claim of this elevator listed the same part within thirty days before
      benchmark: z.object({ claims: z.int(), median: money, upper: money }).nullable(),
    }),
  ),
  steps: z.array(
    z.object({
      at: instant,
      actor: z.string(),
      step: z.string(),
      phase: z.string().nullable(),
      reserve: money.nullable(),
      decided: money.nullable(),
    }),
  ),
  can,
});

export type ClaimViewOut = z.infer<typeof claimView>;
