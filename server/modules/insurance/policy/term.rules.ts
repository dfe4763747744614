import { type Fen, fen, share } from '../../../kernel/money.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import { addDays, type Day, dayOf } from '../../../kernel/time.ts';

/** Cover from 00:00 of the first day to 24:00 of the last, in the city's zone. Both days count. */
export type Term = { from: Day; to: Day };

const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** Days of cover, both ends counted: 365, or 366 over a 29 February. */
export const daysOf = ({ from, to }: Term): number => dayNumber(to) - dayNumber(from) + 1;

/** A year of cover from a day; from 29 February it ends on 28 February. */
export function yearFrom(from: Day): Term {
  const [y = '', m = '', d = ''] = from.split('-');
  const next = `${Number(y) + 1}-${m}-${d}`;
  const anniversary = m === '02' && d === '29' ? (`${Number(y) + 1}-03-01` as Day) : (next as Day);
  return { from, to: addDays(anniversary, -1) };
}

/** Is this instant covered? 23:59:59 of the last day is; 00:00:00 of the next is not. */
export function covers({ from, to }: Term, at: Date): boolean {
  const day = dayOf(at);
  return day >= from && day <= to;
}

export const overlaps = (a: Term, b: Term): boolean => a.from <= b.to && b.from <= a.to;

/** Days of the term used when cover ends at 24:00 of `last`. */
export const daysUsed = (term: Term, last: Day): number =>
  Math.min(Math.max(dayNumber(last) - dayNumber(term.from) + 1, 0), daysOf(term));

/** Premium earned to 24:00 of `last`, by the day (1/N with N the term's own days), rounded half up. */
export const earnedByDay = (premium: Fen, term: Term, last: Day): Fen =>
  share(premium, daysUsed(term, last), daysOf(term));

/** Premium for joining at 00:00 of `from` until the term's end, by the day. */
export const remainderByDay = (premium: Fen, term: Term, from: Day): Fen =>
  share(premium, daysOf({ from, to: term.to }), daysOf(term));

/** Share of the yearly premium kept for each commenced month, in whole percent (短期费率); twelve entries. */
export type ShortRate = readonly number[];

/** Months begun between the first day and 24:00 of `last`; a started month counts whole. */
export function monthsBegun({ from }: Term, last: Day): number {
  const [fy = 0, fm = 0, fd = 0] = from.split('-').map(Number);
  const [ly = 0, lm = 0, ld = 0] = last.split('-').map(Number);
  return (ly - fy) * 12 + (lm - fm) + (ld >= fd ? 1 : 0);
}

/** Why cover ends early. The law decides what may be kept (保险法 16, 27, 49, 52, 53, 54, 58). */
export type CancelReason =
  | 'before_start' // 54: the contract's fee is kept, the rest goes back
  | 'by_policyholder' // 54: earned premium by the contract: by the day, or short rate where the clause says so
  | 'insurer_risk_increase' // 52
  | 'insurer_transfer' // 49
  | 'risk_decrease' // 53: by the day, always
  | 'after_partial_loss' // 58: on the part not lost
  | 'misstatement_gross_negligence' // 16: premium goes back
  | 'misstatement_intent' // 16: nothing goes back
  | 'instalment_unpaid' // by the contract, after its notice: by the day
  | 'redeemed' // 赎回: the holder leaves with what was not used, by the day
  | 'fraud'; // 27: nothing goes back

export type Contract = { premium: Fen; paid: Fen; term: Term; feePercent: number; shortRate: ShortRate | null };
export type Refund = { kept: Fen; refund: Fen; method: 'fee' | 'by_day' | 'short_rate' | 'none' | 'all' };
export type TermRefusal =
  | { code: 'insurance.cancel_outside_term'; last: Day }
  | { code: 'insurance.cancel_not_before_start' };

/**
 * What goes back when cover ends at 24:00 of `last`. What is kept is rounded; the refund is the rest of what was
 * paid, so the two always close and never exceed it.
 */
export function refundOf(contract: Contract, reason: CancelReason, last: Day): Result<Refund, TermRefusal> {
  const { term, paid, premium } = contract;
  const started = last >= term.from;
  if (reason === 'before_start') {
    if (started) return refuse({ code: 'insurance.cancel_not_before_start' });
    return accept(closing(paid, share(premium, contract.feePercent, 100), 'fee'));
  }
  if (!started || last > term.to) return refuse({ code: 'insurance.cancel_outside_term', last });
  if (reason === 'misstatement_intent' || reason === 'fraud') return accept(closing(paid, paid, 'none'));
  if (reason === 'misstatement_gross_negligence') return accept(closing(paid, fen(0), 'all'));
  if (reason === 'by_policyholder' && contract.shortRate) {
    return accept(closing(paid, share(premium, shortPercent(contract.shortRate, term, last), 100), 'short_rate'));
  }
  return accept(closing(paid, earnedByDay(premium, term, last), 'by_day'));
}

function shortPercent(table: ShortRate, term: Term, last: Day): number {
  invariant(table.length === 12, 'a short-rate table has twelve months');
  return table[Math.min(monthsBegun(term, last), 12) - 1] ?? 100;
}

function closing(paid: Fen, kept: Fen, method: Refund['method']): Refund {
  const keeps = fen(Math.min(kept, paid));
  return { kept: keeps, refund: fen(paid - keeps), method };
}
