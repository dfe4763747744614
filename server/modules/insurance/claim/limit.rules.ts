import { type Fen, fen, shareDown, split, sum } from '../../../kernel/money.ts';

/** What one policy pays at most for one accident (责任险): per person, within it medical, property, accident, year. */
export type Limits = {
  perPerson: Fen;
  medicalPerPerson: Fen;
  propertyPerAccident: Fen;
  perAccident: Fen;
  aggregate: Fen; // what is left of the year's limit before this accident
  deductible: Fen; // taken from the accident's sum
  deductibleBeforeLimit: boolean; // as the clause says
};

export type Loss =
  | { id: string; kind: 'person'; medical: Fen; other: Fen }
  | { id: string; kind: 'property'; amount: Fen };

export type Payable = { id: string; amount: Fen };

const least = (...amounts: readonly Fen[]): Fen => fen(Math.min(...amounts));

/**
 * What is payable for one accident. In order: medical within the person, the person, the property, then the accident
 * and what the year has left. When the cap binds, everybody is cut in proportion, largest remainder, earlier first.
 */
export function payable(losses: readonly Loss[], limits: Limits): readonly Payable[] {
  const own = afterOwnLimits(losses, limits);
  const claimed = sum(own);
  const reduced = limits.deductibleBeforeLimit ? fen(Math.max(claimed - limits.deductible, 0)) : claimed;
  const capped = least(reduced, limits.perAccident, limits.aggregate);
  const due = limits.deductibleBeforeLimit ? capped : fen(Math.max(capped - limits.deductible, 0));
  const amounts = due === claimed || claimed === 0 ? own : split(due, own);
  return losses.map(({ id }, i) => ({ id, amount: amounts[i] ?? fen(0) }));
}

/** After each loss's own limits. Property of all victims shares one limit. */
export function afterOwnLimits(losses: readonly Loss[], limits: Limits): readonly Fen[] {
  const property = losses.map((l) => (l.kind === 'property' ? l.amount : fen(0)));
  const allProperty = sum(property);
  const cut = allProperty > limits.propertyPerAccident ? split(limits.propertyPerAccident, property) : property;
  return losses.map((loss, i) =>
    loss.kind === 'property'
      ? (cut[i] ?? fen(0))
      : least(fen(least(loss.medical, limits.medicalPerPerson) + loss.other), limits.perPerson),
  );
}

/** An advance on what is certain, rounded down so that it never exceeds the accepted amount. */
export const advance = (accepted: readonly Payable[], percent: number): readonly Payable[] =>
  accepted.map(({ id, amount }) => ({ id, amount: shareDown(amount, percent, 100) }));
