import { z } from 'zod';
import { coverageLimits, instalmentTerms } from '../../../contract/insurance-filing.ts';
import { COVERAGE_KINDS, EVIDENCE_KINDS } from '../../../contract/insurance-vocabulary.ts';
import { isFactor } from '../../kernel/money.ts';
import { fact, measure, type Plain } from '../../kernel/packs.ts';

const code = z.string().regex(/^[a-z0-9_]+$/);
const amount = z.int().min(0).max(1e13); // fen

const factorText = z.string().refine(isFactor, 'a plain decimal such as 1.10');

/** One filed factor table. `advice`: charged only as filed, also when experience says otherwise. */
const factorTable = z.strictObject({
  id: code,
  name: z.string().min(1),
  evidence: z.enum(EVIDENCE_KINDS),
  rows: fact(z.array(z.strictObject({ key: z.string().min(1), factor: factorText })).min(1)),
});

const weights = z.array(z.strictObject({ payer: code, weight: z.int().min(0).max(10_000) })).min(1);
const splitRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('BASE_PLUS_OWNER_DELTA'), weights, owner: code }),
  z.strictObject({ rule: z.literal('PRO_RATA'), weights }),
  z.strictObject({ rule: z.literal('FIXED'), parts: z.array(z.strictObject({ payer: code, amount })), rest: code }),
  z.strictObject({ rule: z.literal('SINGLE'), payer: code }),
]);

/** A price list as filed. Amounts in fen. */
const tariff = z.strictObject({
  filingNo: z.string(), // empty: not on record yet; such a product is quoted as a draft only
  bases: fact(z.record(code, amount)),
  factors: z.array(factorTable),
  ceilings: fact(z.record(code, amount)),
  splits: fact(z.record(code, splitRule)),
  discountSplit: fact(z.enum(['OWNER_DELTA', 'PRO_RATA'])),
});

const benefitTable = z.strictObject({
  kind: z.enum(['fixed', 'limit']),
  onlyWithoutInjury: z.boolean(),
  steps: z.array(z.strictObject({ fromSeconds: z.int().min(0), open: z.boolean(), amount })).min(1),
});

/** What a product covers. Upkeep that is certain to be needed is no risk and never stands here (`service`). */
const coverage = z.strictObject({
  id: code,
  name: z.string().min(1),
  kind: z.enum(COVERAGE_KINDS),
  limits: fact(coverageLimits),
  benefit: fact(benefitTable).optional(), // entrapment only
  waitingDays: measure('d', z.int().min(0).max(365)),
  premiumBp: fact(z.int().min(0).max(10_000)).optional(), // its part of the premium as filed, in basis points; all parts or none
  funding: fact(z.array(code)), // sources this part may be paid from; the rest is refused
});

/** A promise of service with its clock. */
const promise = z.strictObject({
  id: code,
  name: z.string().min(1),
  starts: z.enum(['reported', 'papers_complete', 'accepted', 'decided']),
  stops: z.enum(['advance_paid', 'paid', 'decided']),
  length: fact(z.strictObject({ count: z.int().min(1), unit: z.enum(['hours', 'days', 'working_days']) })),
  upTo: amount.nullable(), // promised only for claims up to this
});

const product = z.strictObject({
  code,
  name: z.string().min(1),
  filingNo: z.string(),
  from: z.iso.date(),
  coverages: z.array(coverage).min(1),
  promises: z.array(promise),
  service: z.array(
    z.strictObject({ id: code, name: z.string().min(1), perYear: measure('times', z.int().min(1).max(366)) }),
  ), // owed beside the cover
  quoteDays: measure('d', z.int().min(1).max(90)),
  renewalDays: measure('d', z.int().min(1).max(180)), // how long before its end a policy may be renewed
  referral: fact(
    z.strictObject({
      elevatorsOver: z.int().min(1).nullable(),
      totalOver: amount.nullable(),
      refusedPercentOver: z.int().min(0).max(100).nullable(),
    }),
  ).nullable(), // above these a quote needs two underwriters
  instalments: fact(instalmentTerms).nullable().default(null), // null: the contract on file allows none
  cancelFeePercent: measure('percent', z.int().min(0).max(20)),
  shortRate: fact(z.array(z.int().min(0).max(100)).length(12)).nullable(),
  tariff,
});

const scheme = z.strictObject({
  code,
  name: z.string().min(1),
  kind: z.enum(['liability', 'comprehensive', 'pension']),
  market: fact(z.enum(['tender_pool', 'open'])),
  basis: fact(z.enum(['voluntary', 'promoted', 'local_mandatory'])),
  excludedAreas: fact(z.array(z.string().regex(/^\d{6}$/))),
  subsidisedPayers: fact(z.array(code)), // whose parts the public purse settles later, by volume
  criteria: fact(z.array(z.strictObject({ id: code, name: z.string().min(1) }))), // an open market's: published before anybody asks
  admissionDays: measure('working_days', z.int().min(1).max(60)),
  opened: z.iso.date(),
  products: z.array(product),
});

/** A claim clock of the law, counted as the city reads it. */
const clock = z.strictObject({
  id: code,
  clause: z.string().min(1),
  starts: z.enum(['reported', 'papers_complete', 'accepted', 'decided', 'refused']),
  stops: z.enum(['decided', 'refusal_sent', 'paid', 'interim_paid']),
  length: fact(z.strictObject({ count: z.int().min(1), unit: z.enum(['hours', 'days', 'working_days']) })),
  movesToWorkingDay: fact(z.boolean()),
  pausesOnMissingPapers: fact(z.boolean()),
});

/** `packs/<city>/insurance.json`: what may be sold here, at which filed price, and which clocks run. */
export const insurancePack = z.strictObject({
  schemes: z.array(scheme),
  clocks: z.array(clock),
  satisfactionLeastAnswers: measure('answers', z.int().min(1).max(10_000)),
  poolCommission: fact(z.enum(['by_share', 'lead'])), // who bears commission on a policy of several insurers
  annexDue: fact(z.string().regex(/^\d{2}-\d{2}$/)).optional(),
});
export type InsurancePack = z.infer<typeof insurancePack>;
export type InsuranceSettings = Plain<InsurancePack>;
