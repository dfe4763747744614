import { z } from 'zod';
import { type Factor, type Fen, fen, factor as toFactor } from '../../../kernel/money.ts';

/** Filed texts as they lie in rows, sources stripped: read back strictly, because old code wrote some of them. */
const money = z.int().transform((n): Fen => fen(n));
const factorValue = z.string().transform((text): Factor => toFactor(text));

const weights = z.array(z.object({ payer: z.string(), weight: z.int() }));
const splitRule = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('BASE_PLUS_OWNER_DELTA'), weights, owner: z.string() }),
  z.object({ rule: z.literal('PRO_RATA'), weights }),
  z.object({
    rule: z.literal('FIXED'),
    parts: z.array(z.object({ payer: z.string(), amount: money })),
    rest: z.string(),
  }),
  z.object({ rule: z.literal('SINGLE'), payer: z.string() }),
]);

export const tariffBody = z.object({
  filingNo: z.string(),
  bases: z.record(z.string(), money),
  factors: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      evidence: z.string(),
      rows: z.array(z.object({ key: z.string(), factor: factorValue })),
    }),
  ),
  ceilings: z.record(z.string(), money),
  splits: z.record(z.string(), splitRule),
  discountSplit: z.enum(['OWNER_DELTA', 'PRO_RATA']),
});

const limits = z.object({
  perPerson: money.nullable(),
  medicalPerPerson: money.nullable(),
  propertyPerAccident: money.nullable(),
  perAccident: money.nullable(),
  aggregate: money.nullable(),
  deductible: money,
  deductibleBeforeLimit: z.boolean(),
});
const lengthOf = z.object({ count: z.int(), unit: z.enum(['hours', 'days', 'working_days']) });

export const productBody = z.object({
  code: z.string(),
  name: z.string(),
  filingNo: z.string(),
  from: z.string(),
  coverages: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['third_party', 'entrapment', 'no_fault_aid', 'repair_cost', 'property_damage', 'employer']),
      limits,
      benefit: z
        .object({
          kind: z.enum(['fixed', 'limit']),
          onlyWithoutInjury: z.boolean(),
          steps: z.array(z.object({ fromSeconds: z.int(), open: z.boolean(), amount: money })),
        })
        .optional(),
      waitingDays: z.int(),
      premiumBp: z.int().optional(),
      funding: z.array(z.string()),
    }),
  ),
  promises: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      starts: z.enum(['reported', 'papers_complete', 'accepted', 'decided']),
      stops: z.enum(['advance_paid', 'paid', 'decided']),
      length: lengthOf,
      upTo: money.nullable(),
    }),
  ),
  service: z.array(z.object({ id: z.string(), name: z.string(), perYear: z.int() })),
  quoteDays: z.int(),
  renewalDays: z.int().default(60), // filed before renewals were asked for
  referral: z
    .object({
      elevatorsOver: z.int().nullable(),
      totalOver: z.int().nullable(),
      refusedPercentOver: z.int().nullable(),
    })
    .nullable()
    .default(null),
  instalments: z
    .object({
      least: money,
      parts: z.array(z.object({ weight: z.int(), afterDays: z.int() })),
      remindDays: z.int(),
      graceDays: z.int(),
      noticeDays: z.int(),
    })
    .nullable()
    .default(null), // filed before parts were asked for
  cancelFeePercent: z.int(),
  shortRate: z.array(z.int()).nullable(),
});

/** Co-insurers of a tender's pool, lead first; shares in basis points. */
export const schemeMembers = z.array(z.object({ insurer: z.string(), shareBp: z.int() }));

/** A coverage as filed, its amounts in fen. */
export type FiledCoverage = z.infer<typeof productBody>['coverages'][number];
