import { z } from 'zod';

/** The HTTP API of claims: reports, the claim's file and its acts. Amounts in fen, instants in UTC. */

const id = z.uuid();
const amount = z.int().min(0).max(1e13);
const paid = amount.min(1);
const day = z.iso.date();
const instantIn = z.iso.datetime({ offset: true });
const instant = z.iso.datetime();
const text = z.string().trim().min(1).max(500);
export const LOSS_KINDS = ['entrapment', 'injury', 'property', 'repair', 'other'] as const;
export const CLAIM_PHASES = ['reported', 'assessing', 'accepted', 'refused', 'closed'] as const;
export const REFUSALS = [
  'not_in_force',
  'not_covered',
  'waiting_period',
  'excluded',
  'below_threshold',
  'not_insured_elevator',
  'fraud',
  'duplicate',
  'limit_used',
  'withdrawn',
] as const;
const lossKind = z.enum(LOSS_KINDS);
const phase = z.enum(CLAIM_PHASES);
const payeeKind = z.enum(['victim', 'insured', 'service']);

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

const can = z.record(z.string(), z.union([z.literal(true), z.looseObject({ code: z.string() })]));
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
      kind: z.enum(['final', 'advance', 'interim']),
      state: z.enum(['proposed', 'ordered', 'paid', 'returned']),
      proposedAt: instant,
      orderedAt: instant.nullable(),
      completeAt: instant.nullable(),
      reportedAt: instant,
      paidAt: instant.nullable(),
      bankRef: z.string().nullable(),
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

export const paymentInput = z.strictObject({
  item: z.string().min(1).max(60),
  partyId: id,
  amount: paid,
  kind: z.enum(['final', 'advance', 'interim']),
  victimPaidProof: z.string().trim().min(1).max(200).nullable().default(null),
});
export const paymentOrdered = z.object({ paymentId: id, state: z.string(), repeated: z.boolean() });
export const paymentQuery = z.object({
  state: z.enum(['proposed', 'ordered', 'paid', 'returned']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const paymentList = z.object({
  items: z.array(
    z.object({
      id,
      claimId: id,
      number: z.string(),
      address: z.string(),
      payee: z.string(),
      account: z.string().nullable(),
      payeeKind,
      amount: money,
      kind: z.string(),
      state: z.string(),
      byRule: z.boolean(),
      proposedAt: instant,
      orderedAt: instant.nullable(),
      completeAt: instant.nullable(),
      paidAt: instant.nullable(), // stays when it came back
      returnedAt: instant.nullable(),
      returnedReason: z.string(),
    }),
  ),
});
export const releaseInput = z.strictObject({ ids: z.array(id).min(1).max(500) });
export const releaseDone = z.object({
  released: z.array(id),
  refused: z.array(z.object({ id, code: z.string(), title: z.string() })),
});
export const bankWordInput = z.strictObject({
  at: instantIn, // the bank's time
  account: z.string().regex(/^\*{2,}\d{4}$/, 'the account masked to its last four digits, such as ****1234'),
  bankRef: z.string().trim().min(1).max(64),
  amount: paid,
  byHand: z.boolean(),
  proof: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null), // hash of a stored file
});
export const bankReturnInput = bankWordInput.extend({ reason: text });
export const paidAtOut = z.object({ paidAt: instant });

export const cleanRuleInput = z.strictObject({ mostPerHead: paid, mostHeads: z.int().min(1).max(100) });
export const releaseLimitInput = z.strictObject({ limit: amount });
export const cleanRuleList = z.object({
  items: z.array(
    z.object({
      id,
      mostPerHead: money,
      mostHeads: z.int(),
      approvedBy: z.string(),
      approvedAt: instant,
      releaseLimit: money,
      releaseBy: z.string().nullable(),
      withdrawnAt: instant.nullable(),
      mine: z.boolean(), // approved by who asks: then he may not set the limit
    }),
  ),
});
export const authorityInput = z.strictObject({ role: z.enum(['handler', 'approver']), amount });
export const authorityList = z.object({
  items: z.array(z.object({ role: z.enum(['handler', 'approver']), amount: money, setAt: instant })),
});

export const recoveryInput = z.strictObject({
  kind: z.enum(['subrogation', 'residual']),
  debtor: z.string().trim().min(1).max(120),
  amount: paid,
});
export const recoveryGivenUp = z.strictObject({ reason: text });
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
export type ClaimViewOut = z.infer<typeof claimView>;
export type ClaimActIn = z.infer<typeof claimAct>;
export type PaymentListOut = z.infer<typeof paymentList>;
export type CleanRuleListOut = z.infer<typeof cleanRuleList>;
