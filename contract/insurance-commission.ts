import { z } from 'zod';

/** The HTTP API of commission: filed rates, who is paid for a policy, a payee's month. Amounts in fen, rates as decimals. */

const id = z.uuid();
const day = z.iso.date();
const instant = z.iso.datetime();
const rate = z.string().regex(/^0(\.\d{1,6})?$/, 'a part of the premium as a decimal, such as 0.085');
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const rateInput = z.strictObject({
  schemeId: id,
  rate,
  filingNo: z.string().trim().min(1).max(100),
  from: day,
});
export const dealInput = z.strictObject({
  payeeOrgId: id,
  rate: rate.nullable().default(null), // null: the most the filings allow
});
export const statementInput = z.strictObject({ payeeOrgId: id, month });
export const commissionMade = z.object({ id });
export const dealMade = z.object({ rate });

const licence = z.object({
  kind: z.enum(['agency', 'broking']),
  number: z.string(),
  expiresOn: day.nullable(),
});

/** What is agreed for a policy; null: nobody is paid for it. */
export const dealView = z.object({
  deal: z
    .object({
      payee: z.string(),
      rate,
      licence,
      filings: z.array(z.object({ insurer: z.string(), rate, filingNo: z.string() })),
      agreedAt: instant,
      accrued: z.int(), // so far, clawed back taken off
    })
    .nullable(),
  candidates: z.array(z.object({ orgId: id, name: z.string() })), // who holds a licence today, while one may be chosen
});

export const commissionStatement = z.object({
  id,
  lead: z.string(),
  payeeOrgId: id,
  payee: z.string(),
  month,
  carried: z.int(), // owed from before; below zero: the payee still has to give back
  accrued: z.int(),
  clawedBack: z.int(),
  total: z.int(),
  policies: z.int(),
  hash: z.string(),
  state: z.enum(['closed', 'released']),
  closedAt: instant,
  releasedAt: instant.nullable(),
  licence: licence.nullable(), // as checked at the release
});
export const commissionLines = commissionStatement.extend({
  lines: z.array(z.object({ policyId: id, number: z.string(), rate, accrued: z.int(), clawedBack: z.int() })),
});
/** The viewer's own filings, the newest first. */
export const commissionRateList = z.object({
  items: z.array(z.object({ id, scheme: z.string(), rate, filingNo: z.string(), from: day, to: day.nullable() })),
  next: z.string().nullable(),
});
export const commissionAnswer = z.object({
  schemes: z.array(z.object({ id, name: z.string() })),
  payees: z.array(
    z.object({
      orgId: id,
      name: z.string(),
      policies: z.int(),
      waiting: z.int(), // earned, on no statement yet
      owed: z.int(), // released and not paid yet
      licence: licence.nullable(), // that holds today; null: must not be paid
    }),
  ),
});
export const commissionPageQuery = z.object({
  after: z.string().max(100).optional(), // cursor of the page before
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const commissionStatementList = z.object({ items: z.array(commissionStatement), next: z.string().nullable() });
