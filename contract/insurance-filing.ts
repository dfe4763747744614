import { z } from 'zod';
import { ADMISSION_STATES, COVERAGE_KINDS, EVIDENCE_KINDS } from './insurance-vocabulary.ts';

/** Filing: schemes, products and tariffs as versioned data, and who is admitted to sell. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();
const instant = z.iso.datetime();
const code = z.string().regex(/^[a-z0-9_]+$/);
const amount = z.int().min(0).max(1e13);
const name = z.string().trim().min(1).max(100);
const factor = z.string().regex(/^\d{1,9}(\.\d{1,9})?$/, 'a plain decimal such as 1.10');

const weights = z.array(z.strictObject({ payer: code, weight: z.int().min(0).max(10_000) })).min(1);
const tariff = z.strictObject({
  filingNo: z.string().trim().max(80), // empty: a draft that cannot be quoted
  bases: z.record(code, amount),
  factors: z.array(
    z.strictObject({
      id: code,
      name,
      evidence: z.enum(EVIDENCE_KINDS),
      rows: z.array(z.strictObject({ key: z.string().min(1), factor })).min(1),
    }),
  ),
  ceilings: z.record(code, amount),
  splits: z.record(
    code,
    z.discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('BASE_PLUS_OWNER_DELTA'), weights, owner: code }),
      z.strictObject({ rule: z.literal('PRO_RATA'), weights }),
      z.strictObject({
        rule: z.literal('FIXED'),
        parts: z.array(z.strictObject({ payer: code, amount })),
        rest: code,
      }),
      z.strictObject({ rule: z.literal('SINGLE'), payer: code }),
    ]),
  ),
  discountSplit: z.enum(['OWNER_DELTA', 'PRO_RATA']),
});

const length = z.strictObject({ count: z.int().min(1), unit: z.enum(['hours', 'days', 'working_days']) });
/** What a part of the cover pays at most; null: no such limit. The deductible is taken before or after the limit as filed. */
export const coverageLimits = z.strictObject({
  perPerson: amount.nullable(),
  medicalPerPerson: amount.nullable(),
  propertyPerAccident: amount.nullable(),
  perAccident: amount.nullable(),
  aggregate: amount.nullable(),
  deductible: amount,
  deductibleBeforeLimit: z.boolean(),
});
const coverage = z.strictObject({
  id: code,
  name,
  kind: z.enum(COVERAGE_KINDS),
  limits: coverageLimits,
  benefit: z
    .strictObject({
      kind: z.enum(['fixed', 'limit']),
      onlyWithoutInjury: z.boolean(),
      steps: z.array(z.strictObject({ fromSeconds: z.int().min(0), open: z.boolean(), amount })).min(1),
    })
    .optional(),
  waitingDays: z.int().min(0).max(365),
  premiumBp: z.int().min(0).max(10_000).optional(), // its part of the premium, in basis points; all parts or none
  funding: z.array(code),
});

/** Paying in parts, as the contract allows it: the first part before the cover, the others so many days after it began. */
export const instalmentTerms = z
  .strictObject({
    least: amount,
    parts: z
      .array(z.strictObject({ weight: z.int().min(1).max(100), afterDays: z.int().min(0).max(330) }))
      .min(2)
      .max(12),
    remindDays: z.int().min(1).max(60),
    graceDays: z.int().min(0).max(90),
    noticeDays: z.int().min(1).max(90),
  })
  .refine(
    ({ parts }) => parts.every((p, i) => (i === 0 ? p.afterDays === 0 : p.afterDays > (parts[i - 1]?.afterDays ?? 0))),
    {
      message: 'the first part is due before the cover (afterDays 0), each later one after the one before',
      path: ['parts'],
    },
  );

/** A product as it is to be filed; a change of one that was quoted is a new version. */
export const productInput = z.strictObject({
  code,
  name,
  filingNo: z.string().trim().max(80),
  from: day,
  to: day.nullable().default(null), // last day of sale; null until a next version begins
  coverages: z.array(coverage).min(1).max(20),
  promises: z.array(
    z.strictObject({
      id: code,
      name,
      starts: z.enum(['reported', 'papers_complete', 'accepted', 'decided']),
      stops: z.enum(['advance_paid', 'paid', 'decided']),
      length,
      upTo: amount.nullable(),
    }),
  ),
  service: z.array(z.strictObject({ id: code, name, perYear: z.int().min(1).max(366) })),
  quoteDays: z.int().min(1).max(90),
  renewalDays: z.int().min(1).max(180),
  referral: z
    .strictObject({
      elevatorsOver: z.int().min(1).nullable(),
      totalOver: amount.nullable(),
      refusedPercentOver: z.int().min(0).max(100).nullable(),
    })
    .nullable(),
  instalments: instalmentTerms.nullable().default(null),
  cancelFeePercent: z.int().min(0).max(20),
  shortRate: z.array(z.int().min(0).max(100)).length(12).nullable(),
  tariff,
});
export const filingQuery = z.object({ dry: z.enum(['0', '1']).default('0') }); // dry: check while typing, file nothing
export const productFiled = z.object({ productId: id.nullable(), version: z.int() });

export const schemeView = z.object({
  id,
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  market: z.string(),
  basis: z.string(),
  excludedAreas: z.array(z.string()),
  verified: z.boolean(),
  members: z.array(z.object({ name: z.string(), shareBp: z.int() })),
  admissionDays: z.int().nullable(),
  criteria: z.array(z.object({ id: z.string(), name: z.string() })),
  broker: z.string().nullable(), // who keeps its database
  mayFile: z.boolean(),
  mayAsk: z.boolean(),
  products: z.array(
    z.object({
      id,
      code: z.string(),
      version: z.int(),
      name: z.string(),
      insurer: z.string().nullable(),
      filingNo: z.string(),
      from: day,
      to: day.nullable(),
      used: z.boolean(),
      coverages: z.array(z.object({ name: z.string(), kind: z.string() })),
    }),
  ),
});
export const schemeList = z.object({ items: z.array(schemeView) });
/** A product as filed, to read or to begin the next version with. */
export const productText = z.object({
  id,
  schemeId: id,
  scheme: z.string(),
  insurer: z.string().nullable(), // null: the pool's
  version: z.int(),
  used: z.boolean(), // a quote used it: it never changes any more
  source: z.string(), // who filed it, or where it was read
  mayFile: z.boolean(),
  versions: z.array(z.object({ id, version: z.int(), from: day, to: day.nullable() })), // of the same product, newest first
  body: productInput,
});

export const admissionInput = z.strictObject({
  answers: z.array(z.strictObject({ criterion: code, answer: z.string().trim().min(1).max(1_000) })).max(50),
});
export const admissionDecision = z
  .strictObject({
    admitted: z.boolean(),
    criterion: z.string().max(80).default(''), // which published criterion is not met
    reason: z.string().trim().max(1_000).default(''),
  })
  .refine((d) => d.admitted || (d.reason !== '' && d.criterion !== ''), {
    path: ['reason'],
    message: 'a refusal names the criterion that is not met and says why',
  });
export const admissionAppeal = z.strictObject({ appeal: z.string().trim().min(1).max(2_000) });
export const admissionQuery = z.object({
  state: z.enum(ADMISSION_STATES).optional(), // `waiting`: also an appeal that was not decided yet
  after: z.string().max(100).optional(), // cursor of the page before
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const admissionItem = z.object({
  id,
  schemeId: id,
  scheme: z.string(),
  insurer: z.string(),
  askedAt: instant,
  decideBy: day,
  overdue: z.boolean(),
  decidedAt: instant.nullable(),
  admitted: z.boolean().nullable(),
  criterion: z.string(),
  reason: z.string(),
  appeal: z.string(),
  appealed: z.boolean(), // a refusal that is being looked at again
  answers: z.array(z.object({ criterion: z.string(), name: z.string(), answer: z.string() })), // for the regulator and himself
  criteria: z.array(z.object({ id: z.string(), name: z.string() })), // as published
  mine: z.boolean(),
  can: z.object({ decide: z.boolean(), appeal: z.boolean() }),
});
export const admissionList = z.object({ items: z.array(admissionItem), next: z.string().nullable() });
export const admissionMade = z.object({ admissionId: id });
