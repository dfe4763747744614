import {
  type Exact,
  exactYuan,
  type Factor,
  type Fen,
  fen,
  product,
  products,
  rounded,
  split,
  sum,
} from '../../../kernel/money.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';

/** One row of a filed factor table: which answer gets which factor. */
export type FactorRow = { key: string; factor: Factor };

/**
 * A filed factor: its rows, and the highest it may be charged at. `evidence` names what an answer must be
 * proved by (an inspection, a star grade, a loss window), so that a premium can be clicked down to its source.
 */
export type FactorTable = { id: string; name: string; evidence: string; rows: readonly FactorRow[] };

/** How a line is divided among payers. Weights are whole, e.g. 2:3:5. */
export type SplitRule =
  | { rule: 'BASE_PLUS_OWNER_DELTA'; weights: readonly PayerWeight[]; owner: string }
  | { rule: 'PRO_RATA'; weights: readonly PayerWeight[] }
  | { rule: 'FIXED'; parts: readonly { payer: string; amount: Fen }[]; rest: string }
  | { rule: 'SINGLE'; payer: string };
export type PayerWeight = { payer: string; weight: number };

/** A price list as filed. Data; immutable once a quote used it. */
export type Tariff = {
  id: string;
  version: number;
  filingNo: string; // 备案编号, printed on the policy
  bases: Readonly<Record<string, Fen>>; // yearly base premium by rating class, e.g. 'lift', 'escalator', 'new'
  factors: readonly FactorTable[]; // in the filed order
  ceilings: Readonly<Record<string, Fen>>; // highest premium by place class where the scheme sets one
  splits: Readonly<Record<string, SplitRule>>; // by ownership class, e.g. 'residential'
  discountSplit: 'OWNER_DELTA' | 'PRO_RATA'; // who gains when the premium is below the base
};

/** What is known of one elevator on the day it is rated: an answer, with its evidence, for each factor. */
export type Risk = {
  ratingClass: string;
  placeClass: string; // chooses the ceiling
  splitClass: string; // chooses the split
  answers: Readonly<Record<string, Answer>>; // by the kind of evidence a factor asks for
};
/** The record it rests on, that record's day, and its id where a person recorded it. */
export type Answer = { key: string; source: string; on: string; record?: string };

export type WorkingLine = {
  factorId: string;
  name: string; // of the factor as filed
  key: string;
  factor: Factor;
  source: string;
  on: string;
  record?: string; // id of the evidence, where a person recorded it
  exactYuan: string; // the product so far, unrounded
};
export type PayerPart = { payer: string; amount: Fen };
export type Premium = {
  tariffId: string;
  tariffVersion: number;
  filingNo: string;
  base: Fen;
  working: readonly WorkingLine[];
  total: Fen;
  parts: readonly PayerPart[];
};

export type RatingRefusal =
  | { code: 'insurance.no_base'; ratingClass: string }
  | { code: 'insurance.no_answer'; factorId: string }
  | { code: 'insurance.no_factor_row'; factorId: string; key: string }
  | { code: 'insurance.above_ceiling'; total: Fen; ceiling: Fen; placeClass: string }
  | { code: 'insurance.no_split'; splitClass: string }
  | { code: 'insurance.negative_part'; payer: string; amount: Fen };

/**
 * Yearly premium of one elevator under one filed tariff: base × every factor, rounded once, half up, to the fen,
 * with its working and the parts of the payers. Above a scheme's ceiling it is refused, never silently cut.
 * A wrong or missing answer is refused, never guessed.
 */
export function rate(risk: Risk, tariff: Tariff): Result<Premium, RatingRefusal> {
  const base = tariff.bases[risk.ratingClass];
  if (base === undefined) return refuse({ code: 'insurance.no_base', ratingClass: risk.ratingClass });
  const factors = factorsOf(risk, tariff);
  if (!factors.ok) return factors;
  const used = factors.value.map((f) => f.factor);
  const steps = products(base, used);
  const total = rounded(steps.at(-1) ?? product(base, []));
  const ceiling = tariff.ceilings[risk.placeClass];
  if (ceiling !== undefined && total > ceiling) {
    return refuse({ code: 'insurance.above_ceiling', total, ceiling, placeClass: risk.placeClass });
  }
  const rule = tariff.splits[risk.splitClass];
  if (!rule) return refuse({ code: 'insurance.no_split', splitClass: risk.splitClass });
  const parts = divide({ base, total, rule, discountSplit: tariff.discountSplit });
  if (!parts.ok) return parts;
  return accept({
    tariffId: tariff.id,
    tariffVersion: tariff.version,
    filingNo: tariff.filingNo,
    base,
    working: workingOf(factors.value, steps),
    total,
    parts: parts.value,
  });
}

type Chosen = Answer & { factorId: string; name: string; factor: Factor };

function factorsOf(risk: Risk, tariff: Tariff): Result<readonly Chosen[], RatingRefusal> {
  const chosen: Chosen[] = [];
  for (const { id, name, evidence, rows } of tariff.factors) {
    const answer = risk.answers[evidence];
    if (!answer) return refuse({ code: 'insurance.no_answer', factorId: id });
    const row = rows.find((r) => r.key === answer.key);
    if (!row) return refuse({ code: 'insurance.no_factor_row', factorId: id, key: answer.key });
    chosen.push({ ...answer, factorId: id, name, factor: row.factor });
  }
  return accept(chosen);
}

const workingOf = (chosen: readonly Chosen[], steps: readonly Exact[]): readonly WorkingLine[] =>
  chosen.map((c, i) => {
    const step = steps[i];
    invariant(step, 'every factor has its step');
    return {
      factorId: c.factorId,
      name: c.name,
      key: c.key,
      factor: c.factor,
      source: c.source,
      on: c.on,
      ...(c.record === undefined ? {} : { record: c.record }),
      exactYuan: exactYuan(step),
    };
  });

export type Division = { base: Fen; total: Fen; rule: SplitRule; discountSplit: Tariff['discountSplit'] };

/**
 * Divide a premium among its payers; the parts sum to it exactly. A loading above the base is the owner's alone
 * (江苏: the maintenance unit and the inspection body share the base, never the loading). A negative part is refused.
 */
export function divide({ base, total, rule, discountSplit }: Division): Result<readonly PayerPart[], RatingRefusal> {
  const parts = partsOf({ base, total, rule, discountSplit });
  invariant(sum(parts.map((p) => p.amount)) === total, 'the parts of a premium sum to it');
  const negative = parts.find((p) => p.amount < 0);
  return negative ? refuse({ code: 'insurance.negative_part', ...negative }) : accept(parts);
}

function partsOf({ base, total, rule, discountSplit }: Division): readonly PayerPart[] {
  switch (rule.rule) {
    case 'SINGLE':
      return [{ payer: rule.payer, amount: total }];
    case 'PRO_RATA':
      return byWeight(total, rule.weights);
    case 'FIXED': {
      const fixed = sum(rule.parts.map((p) => p.amount));
      return [...rule.parts, { payer: rule.rest, amount: fen(total - fixed) }];
    }
    case 'BASE_PLUS_OWNER_DELTA': {
      if (total < base && discountSplit === 'PRO_RATA') return byWeight(total, rule.weights);
      const delta = fen(total - base);
      return byWeight(base, rule.weights).map((p) =>
        p.payer === rule.owner ? { payer: p.payer, amount: fen(p.amount + delta) } : p,
      );
    }
  }
}

function byWeight(total: Fen, weights: readonly PayerWeight[]): readonly PayerPart[] {
  const amounts = split(
    total,
    weights.map((w) => w.weight),
  );
  return weights.map(({ payer }, i) => ({ payer, amount: amounts[i] ?? fen(0) }));
}
