import { type Fen, fen } from '../../../kernel/money.ts';

/**
 * One step of an entrapment table (困人赔偿): from a trapped time on, per person. `open`: the text says "more than",
 * so exactly that time does not reach the step; otherwise it does.
 */
export type BenefitStep = { fromSeconds: number; open: boolean; amount: Fen };

/** A table as filed. `kind`: a fixed sum, or the highest that may be paid ("up to"). Ascending steps. */
export type BenefitTable = {
  id: string;
  kind: 'fixed' | 'limit';
  onlyWithoutInjury: boolean;
  steps: readonly BenefitStep[];
};

/**
 * What one trapped person is due for a time from the report to the release. Where a text leaves an instant between
 * two steps open, the table is filed so that it reads for the insured (保险法 30).
 */
export const benefitFor = ({ steps }: BenefitTable, trappedSeconds: number): Fen =>
  steps.findLast((s) => (s.open ? trappedSeconds > s.fromSeconds : trappedSeconds >= s.fromSeconds))?.amount ?? fen(0);
