import { z } from 'zod';

/** On the way to a policy: mandates, rosters, offers side by side, referrals, numbers, renewals. Amounts in fen. */

const id = z.uuid();
const day = z.iso.date();
const instant = z.iso.datetime();
const kind = z.enum(['liability', 'comprehensive', 'pension']);

/** Who lets whom take out cover (投保委托), by the maintenance contract. */
export const mandateInput = z
  .strictObject({
    agentOrgId: id,
    contractRef: z.string().trim().min(1).max(80), // the maintenance contract's number
    from: day,
    to: day,
    proof: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable()
      .default(null), // hash of a stored file: the contract's page
  })
  .refine((m) => m.to >= m.from, { path: ['to'], message: 'not before from' });
export const mandateItem = z.object({
  id,
  giverOrgId: id,
  giver: z.string(),
  agentOrgId: id,
  agent: z.string(),
  contractRef: z.string(),
  from: day,
  to: day,
  endedOn: day.nullable(),
  inForce: z.boolean(),
  mine: z.enum(['giver', 'agent', 'other']),
});
export const mandateQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  after: z.string().max(80).optional(),
});
export const mandateList = z.object({ items: z.array(mandateItem), next: z.string().nullable() });
export const mandateMade = z.object({ mandateId: id });
export const mandateEnd = z.strictObject({ on: day });
/** Organisations that stand beside one's own on its elevators: whom a use unit may mandate. */
export const partnerList = z.object({
  items: z.array(z.object({ orgId: id, name: z.string(), elevators: z.int() })),
});

/** A roster: elevators by code in a table, rated use unit by use unit. */
/** A roster holds at most so many elevators; who has more takes them part by part. */
export const templateQuery = z.object({ part: z.coerce.number().int().min(1).max(1_000).default(1) });
export const rosterParts = z.object({ elevators: z.int(), most: z.int(), parts: z.int() });
export const rosterQuery = z.object({ productId: id, from: day, dry: z.enum(['0', '1']).default('1') });
export const rosterDone = z.object({
  dry: z.boolean(),
  rows: z.int(),
  taken: z.int(),
  faults: z.array(
    // every row that is not taken: unreadable, unknown, or an elevator that cannot be rated
    z.object({
      row: z.int(), // as a spreadsheet counts
      code: z.string(), // as written
      place: z.string(), // where the elevator stands; empty when it is not known
      refusal: z.looseObject({ code: z.string() }),
      why: z.string(), // and what to do, in the caller's language
    }),
  ),
  groups: z.array(
    z.object({
      holderOrgId: id,
      holder: z.string(),
      elevators: z.int(), // of the roster
      rated: z.int(),
      refused: z.int(),
      total: z.int(),
      coveredAlready: z.int(), // have this kind of cover in the term: double insurance must be disclosed
      quoteId: id.nullable(), // null when dry
      quote: z.string().nullable(), // its number
      why: z.string().nullable(), // why there is no quote
    }),
  ),
});

/** Offers of every product on sale, drawn by lot, for the same elevators and day. */
export const comparisonInput = z.strictObject({
  kind,
  holderOrgId: id,
  elevatorIds: z.array(id).min(1).max(5_000).nullable().default(null),
  from: day,
});
export const comparisonView = z.object({
  id,
  kind,
  holder: z.string(),
  from: day,
  askedAt: instant,
  seed: z.string(),
  onSale: z.int(),
  chosenQuoteId: id.nullable(),
  offers: z.array(
    z.object({
      quoteId: id,
      productId: id,
      product: z.string(),
      scheme: z.string(),
      insurer: z.string(), // the seller, or the pool's lead
      filingNo: z.string(),
      state: z.string(),
      elevators: z.int(),
      refused: z.int(),
      total: z.int(),
      validUntil: instant,
      coverages: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          perPerson: z.int().nullable(),
          perAccident: z.int().nullable(),
          aggregate: z.int().nullable(),
          entrapmentFromSeconds: z.int().nullable(), // from which trapped time a benefit is due
        }),
      ),
      services: z.array(z.object({ name: z.string(), perYear: z.int() })),
    }),
  ),
});

export const quoteQuery = z.object({
  state: z.enum(['offered', 'referred', 'released', 'declined', 'bound', 'expired']).optional(),
  q: z.string().trim().max(60).optional(), // the quote's number, or part of the holder's or the product's name
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const quoteItem = z.object({
  id,
  number: z.string(), // BJ2026-000123: as people name it
  product: z.string(),
  holder: z.string(),
  state: z.string(),
  askedAt: instant,
  validUntil: instant,
  from: day,
  to: day,
  elevators: z.int(),
  refused: z.int(),
  total: z.int(),
  reasons: z.array(z.object({ rule: z.string(), value: z.int(), limit: z.int() })), // why it was referred
  decisions: z.array(
    z.object({ by: z.string(), name: z.string(), at: instant, decision: z.string(), note: z.string() }),
  ),
});
export const quoteList = z.object({ items: z.array(quoteItem), next: z.string().nullable() });
export const referralDecision = z.strictObject({
  decision: z.enum(['release', 'decline']),
  note: z.string().trim().min(1).max(500),
});
export const referralDone = z.object({ state: z.string(), needs: z.int() }); // decisions still needed

/** Numbers an insurer allots: listed one by one, or a run with a prefix. */
export const numbersInput = z.union([
  z.strictObject({ numbers: z.array(z.string().trim().min(1).max(64)).min(1).max(10_000) }),
  z.strictObject({
    prefix: z.string().trim().min(1).max(40),
    first: z.int().min(0),
    count: z.int().min(1).max(10_000),
    digits: z.int().min(1).max(20),
  }),
]);
export const numbersDone = z.object({ added: z.int(), known: z.array(z.string()) });
export const numbersView = z.object({
  free: z.int(),
  used: z.int(),
  standing: z.enum(['enough', 'low', 'none']), // low: fewer than a tenth of all are left
  next: z.array(z.string()),
  blocks: z.array(z.object({ givenAt: instant, count: z.int(), used: z.int(), first: z.string(), last: z.string() })), // the newest 50, each as it was allotted
});

/** Policies that end soon, and those that ended without a successor. */
export const renewalQuery = z.object({
  within: z.coerce.number().int().min(1).max(366).optional(),
  after: z.string().max(100).optional(), // cursor of the page before
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const renewalItem = z.object({
  policyId: id,
  number: z.string(),
  holder: z.string(),
  lead: z.string(),
  product: z.string().nullable(),
  to: day,
  daysLeft: z.int(), // negative: days without cover
  elevators: z.int(),
  premium: z.int(),
  quoteId: id.nullable(), // a renewal already quoted
  nextPolicyId: id.nullable(),
});
export const renewalList = z.object({
  within: z.int().nullable(),
  items: z.array(renewalItem),
  next: z.string().nullable(),
});
export const renewalDone = z.object({
  quoteId: id,
  from: day,
  gapDays: z.int(),
  elevators: z.int(),
  refused: z.int(),
  total: z.int(),
});

/** A policy issued elsewhere, as its holder knows it. It counts for cover; its insurer confirms it. */
export const elsewhereInput = z
  .strictObject({
    insurerOrgId: id,
    number: z.string().trim().min(1).max(64),
    kind,
    from: day,
    to: day,
    premium: z.int().min(0).max(1e13),
    codes: z.array(z.string().trim().min(1).max(40)).min(1).max(5_000), // rescue or registration codes
  })
  .refine((p) => p.to >= p.from, { path: ['to'], message: 'not before from' });
export const elsewhereDone = z.object({
  policyId: id,
  elevators: z.int(),
  faults: z.array(z.object({ code: z.string(), why: z.string() })),
});
export const confirmation = z.strictObject({ confirmed: z.boolean(), note: z.string().trim().max(500).default('') });
/** Insurers a policy may name. */
/** Part of an organisation's name: whoever knows it finds the organisation; nothing lists them all. */
export const unitQuery = z.strictObject({ q: z.string().trim().min(2).max(60) });
export const insurerList = z.object({ items: z.array(z.object({ orgId: id, name: z.string() })) });
