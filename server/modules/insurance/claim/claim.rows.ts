import { z } from 'zod';
import { REFUSALS } from '../../../../contract/insurance-vocabulary.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import type { productBody } from '../product/scheme.rows.ts';
import { type ClaimClockRule, type Moments } from './claim-clock.rules.ts';

const money = z.int().transform((n): Fen => fen(n));
const payeeKind = z.enum(['victim', 'insured', 'service']);
const item = z.object({ id: z.string(), payee: z.string(), payeeKind, amount: money });

const loss = z.discriminatedUnion('kind', [
  z.object({ id: z.string(), partyId: z.string(), kind: z.literal('person'), medical: money, other: money }),
  z.object({ id: z.string(), partyId: z.string(), kind: z.literal('property'), amount: money }),
]);

const working = z.object({
  rows: z.array(z.object({ id: z.string(), claimed: money, afterOwnLimit: money, payable: money })),
  claimed: money,
  afterOwnLimits: money,
  deductible: money,
  perAccident: money.nullable(),
  aggregateLeft: money.nullable(),
  payable: money,
});

const assessment = z.object({
  items: z.array(item),
  by: z.string(),
  note: z.string(),
  losses: z.array(loss),
  working: working.nullable(), // null: a benefit by table, not a loss by limits
});

const release = z.object({
  trapped: z.object({ seconds: z.int(), from: z.enum(['reported', 'aware']) }),
  stoppedAt: z.iso.datetime().nullable(),
  reportedAt: z.iso.datetime().nullable(),
  awareAt: z.iso.datetime(),
  releasedAt: z.iso.datetime(),
  trusted: z.boolean(),
  people: z.int().nullable(),
  injuries: z.boolean().nullable(),
});
export type StoredRelease = z.infer<typeof release>;

/** What stands in a claim's row beside its columns. Earlier states lie in its steps. */
export const claimBody = z.object({
  liability: z.boolean(),
  papersAskedOn: z.string().nullable(),
  papersAskedAt: z.iso.datetime().nullable(),
  papersAllAt: z.iso.datetime().nullable(),
  papersMissing: z.array(z.string()),
  reserve: money.nullable(),
  assessment: assessment.nullable(),
  decision: z.object({ amount: money, by: z.string(), round: z.int(), rule: z.string().nullable() }).nullable(),
  refusal: z.object({ reason: z.enum(REFUSALS), by: z.string(), text: z.string() }).nullable(),
  release: release.nullable(), // entrapment: the rescue's own time stamps
  otherReports: z.boolean(), // somebody told of more than the release did
  // Spans in which all that was left to pay was for people who had not said who they are.
  unclaimed: z.array(z.object({ from: z.iso.datetime(), to: z.iso.datetime().nullable() })).default([]),
});
export type ClaimBody = z.infer<typeof claimBody>;

export const NEW_BODY: ClaimBody = {
  liability: true,
  papersAskedOn: null,
  papersAskedAt: null,
  papersAllAt: null,
  papersMissing: [],
  reserve: null,
  assessment: null,
  decision: null,
  refusal: null,
  release: null,
  otherReports: false,
  unclaimed: [],
};

export const verification = z.object({
  policyNumber: z.string(),
  policyFrom: z.string(),
  policyTo: z.string(),
  lineFrom: z.string(),
  lineTo: z.string(),
  endorsement: z.int(),
  product: z.string(),
  productVersion: z.int(),
  tariffVersion: z.int(),
  coverage: z.string(),
  waiting: z.boolean(),
  others: z.array(z.string()),
});
export type Verification = z.infer<typeof verification>;

export const place = z.object({
  address: z.string(),
  rescueCode: z.string().nullable(),
  registrationCode: z.string().nullable(),
  useOrgId: z.string().nullable(),
  maintenanceOrgId: z.string().nullable(),
});
export type Place = z.infer<typeof place>;

const instant = z.iso.datetime().transform((text) => new Date(text));
const momentNames = z.enum([
  'reported',
  'papers_complete',
  'accepted',
  'decided',
  'refused',
  'refusal_sent',
  'advance_paid',
  'paid',
  'interim_paid',
]);
export const moments = z.partialRecord(momentNames, instant).transform((given): Moments => given);

/** The promises of a product as clocks. They count what they say: no pause, no moving on. */
export const promiseClocks = ({ promises }: Pick<z.infer<typeof productBody>, 'promises'>): readonly ClaimClockRule[] =>
  promises.map(({ id, name, starts, stops, length, upTo }) => ({
    id,
    starts,
    stops,
    length,
    upTo,
    basis: 'promise',
    title: name,
    movesToWorkingDay: false,
    pausesOnMissingPapers: false,
  }));
