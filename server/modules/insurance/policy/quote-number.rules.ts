import { dayOf } from '../../../kernel/time.ts';

/** A quote's number as people say and write it: BJ2026-000123, with the year it was asked in (Asia/Shanghai). */
export const quoteNumber = (no: number, askedAt: Date): string =>
  `BJ${dayOf(askedAt).slice(0, 4)}-${String(no).padStart(6, '0')}`;

/** What a person typed, as the number of a quote: its last part decides, since it alone tells quotes apart. Null: it is none. */
export function readQuoteNumber(text: string): number | null {
  const [, no] = /^BJ(?:\d{4}-?)?0*(\d{1,15})$/.exec(text.normalize('NFKC').trim().toUpperCase()) ?? [];
  return no === undefined ? null : Number(no);
}
