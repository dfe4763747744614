import { type Fen, fen, sum } from '../../../kernel/money.ts';
import type { FiledCoverage } from '../product/scheme.rows.ts';
import { afterOwnLimits, type Limits, type Loss, payable } from './limit.rules.ts';

/** One line of how a claim's amount came about. */
export type WorkingRow = { id: string; claimed: Fen; afterOwnLimit: Fen; payable: Fen };
export type Working = {
  rows: readonly WorkingRow[];
  claimed: Fen;
  afterOwnLimits: Fen;
  deductible: Fen;
  perAccident: Fen | null; // null: the text sets none
  aggregateLeft: Fen | null;
  payable: Fen;
};

/** More than any claim: stands for a limit that the text does not set. */
const NO_LIMIT = fen(1e13);

/** The limits of a coverage for one accident, with what earlier claims left of the year. */
export function limitsOf(coverage: FiledCoverage, used: Fen): Limits {
  const { limits } = coverage;
  return {
    perPerson: limits.perPerson ?? NO_LIMIT,
    medicalPerPerson: limits.medicalPerPerson ?? NO_LIMIT,
    propertyPerAccident: limits.propertyPerAccident ?? NO_LIMIT,
    perAccident: limits.perAccident ?? NO_LIMIT,
    aggregate: limits.aggregate === null ? NO_LIMIT : fen(Math.max(limits.aggregate - used, 0)),
    deductible: limits.deductible,
    deductibleBeforeLimit: limits.deductibleBeforeLimit,
  };
}

/** What is payable on each loss, line by line, so that a reader can follow it to the fen. */
export function workingOf(losses: readonly Loss[], limits: Limits): Working {
  const own = afterOwnLimits(losses, limits);
  const due = payable(losses, limits);
  const rows = losses.map((loss, i) => ({
    id: loss.id,
    claimed: loss.kind === 'person' ? fen(loss.medical + loss.other) : loss.amount,
    afterOwnLimit: own[i] ?? fen(0),
    payable: due[i]?.amount ?? fen(0),
  }));
  const known = (limit: Fen): Fen | null => (limit === NO_LIMIT ? null : limit);
  return {
    rows,
    claimed: sum(rows.map((r) => r.claimed)),
    afterOwnLimits: sum(own),
    deductible: limits.deductible,
    perAccident: known(limits.perAccident),
    aggregateLeft: known(limits.aggregate),
    payable: sum(due.map((d) => d.amount)),
  };
}
