import { z } from 'zod';

const part = z.object({ payer: z.string(), amount: z.int() });

/** What stands on a policy's paper. Names and figures as they were that day; amounts in fen. */
export const documentContent = z.object({
  kind: z.enum(['policy', 'endorsement', 'receipt', 'settlement']),
  no: z.int(),
  number: z.string(),
  on: z.string(), // the day it was made
  product: z.string(),
  scheme: z.string(),
  filingNo: z.string(),
  tariffVersion: z.int(),
  holder: z.string(),
  agent: z.string().nullable(),
  members: z.array(z.object({ name: z.string(), shareBp: z.int() })),
  from: z.string(),
  to: z.string(),
  premium: z.int(),
  owed: z.array(part),
  coverages: z.array(
    z.object({
      name: z.string(),
      perPerson: z.int().nullable(),
      perAccident: z.int().nullable(),
      aggregate: z.int().nullable(),
      deductible: z.int(),
    }),
  ),
  lines: z.array(
    z.object({ code: z.string(), address: z.string(), from: z.string(), to: z.string(), premium: z.int() }),
  ),
  change: z
    .object({ kind: z.string(), on: z.string(), delta: z.int(), owed: z.array(part), elevators: z.array(z.string()) })
    .nullable(),
  received: z.array(z.object({ payer: z.string(), amount: z.int(), on: z.string() })), // receipts only
  settlement: z
    .object({
      kind: z.enum(['takeover', 'redeemed']),
      on: z.string(),
      usedDays: z.int(),
      termDays: z.int(),
      from: z.string(), // who held it
      to: z.string().nullable(), // who takes it over
      reasonCode: z.string().nullable(),
      lines: z.array(
        z.object({ code: z.string(), address: z.string(), premium: z.int(), used: z.int(), left: z.int() }),
      ),
      payers: z.array(
        z.object({
          payer: z.string(),
          premium: z.int(),
          arrived: z.int(),
          used: z.int(),
          refund: z.int(),
          receivable: z.int(),
        }),
      ),
      premium: z.int(),
      used: z.int(),
      left: z.int(),
      written: z.int(), // what the books have written on the policy afterwards
      claims: z.object({ paid: z.int(), open: z.int() }),
    })
    .optional(), // settlements only
});
export type DocumentContent = z.infer<typeof documentContent>;

/** The same content is the same text, whatever order its members came in: what is hashed. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );

/** ¥1,234.56 from fen. */
export function yuan(fen: number): string {
  const [whole = '0', cents = '00'] = (Math.abs(fen) / 100).toFixed(2).split('.');
  return `${fen < 0 ? '-' : ''}¥${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}
