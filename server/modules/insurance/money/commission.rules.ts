import { compareFactors, type Factor, type Fen, fen, product, rounded, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Day } from '../../../kernel/time.ts';

/** A licence to sell or broke insurance, as it is registered. */
export type Licence = {
  kind: 'agency' | 'broking';
  number: string;
  issuedOn: Day | null;
  expiresOn: Day | null; // null: without an end
  endedOn: Day | null; // withdrawn: no licence from this day on
};

/** What a member of the pool filed it may pay, as a part of the premium. */
export type FiledRate = { insurer: string; rate: Factor; filingNo: string };

export type CommissionRefusal =
  | { code: 'insurance.commission_unlicensed'; payee: string; on: Day }
  | { code: 'insurance.commission_rate_missing'; insurer: string; on: Day }
  | { code: 'insurance.commission_above_filed'; rate: string; filed: string; insurer: string; filingNo: string }
  | { code: 'insurance.commission_to_holder'; payee: string }
  | { code: 'insurance.commission_too_late'; state: string };

/** The licence that holds on this day; its first and last day count (保险法 119). */
export const licenceOn = (licences: readonly Licence[], day: Day): Licence | undefined =>
  licences.find(
    ({ issuedOn, expiresOn, endedOn }) =>
      (issuedOn === null || issuedOn <= day) &&
      (expiresOn === null || day <= expiresOn) &&
      (endedOn === null || day < endedOn),
  );

/** Who would be paid, and whether he may be on this day (保险法 130): without a licence nobody is, whoever he is. */
export function mayBePaid(
  payee: { name: string; licences: readonly Licence[] },
  on: Day,
): Result<Licence, CommissionRefusal> {
  const licence = licenceOn(payee.licences, on);
  return licence ? accept(licence) : refuse({ code: 'insurance.commission_unlicensed', payee: payee.name, on });
}

/**
 * The highest rate a pool may pay: the lowest its members filed (金财险司函〔2025〕639号). A member that filed none allows
 * none.
 */
export function highestRate(
  members: readonly { insurer: string; name: string }[],
  filed: readonly FiledRate[],
  on: Day,
): Result<FiledRate & { name: string }, CommissionRefusal> {
  const rates: (FiledRate & { name: string })[] = [];
  for (const { insurer, name } of members) {
    const own = filed.find((f) => f.insurer === insurer);
    if (!own) return refuse({ code: 'insurance.commission_rate_missing', insurer: name, on });
    rates.push({ ...own, name });
  }
  const [lowest] = rates.toSorted((a, b) => compareFactors(a.rate, b.rate));
  return lowest ? accept(lowest) : refuse({ code: 'insurance.commission_rate_missing', insurer: '', on });
}

/** May this rate be paid? Never above the lowest filed one. */
export const withinFiled = (rate: Factor, lowest: FiledRate & { name: string }): Result<Factor, CommissionRefusal> =>
  compareFactors(rate, lowest.rate) <= 0
    ? accept(rate)
    : refuse({
        code: 'insurance.commission_above_filed',
        rate: percentText(rate),
        filed: percentText(lowest.rate),
        insurer: lowest.name,
        filingNo: lowest.filingNo,
      });

/** `0.085` as people read it: `8.5 %`. */
export function percentText(rate: Factor): string {
  const [whole = '0', decimals = ''] = rate.split('.');
  const digits = `${whole}${decimals.padEnd(2, '0')}`;
  const at = digits.length - Math.max(decimals.length - 2, 0);
  const rest = digits.slice(at).replace(/0+$/, '');
  return `${Number(digits.slice(0, at))}${rest ? `.${rest}` : ''} %`;
}

/** What is agreed, as far as the law asks: before the policy is issued, and never with who takes out the cover (保险法 116). */
export function mayAgree(
  policy: { state: string; holder: string; insured: string },
  payee: { id: string; name: string },
): CommissionRefusal | undefined {
  if (policy.state !== 'awaiting_cash') return { code: 'insurance.commission_too_late', state: policy.state };
  if (payee.id === policy.holder || payee.id === policy.insured)
    return { code: 'insurance.commission_to_holder', payee: payee.name };
  return undefined;
}

/** Commission on premium that came and stayed, rounded once over the whole policy; on nothing it is nothing. */
export const commissionOn = (base: Fen, rate: Factor): Fen => (base <= 0 ? fen(0) : rounded(product(base, [rate])));

/**
 * What is to be booked now: what the premium received so far is worth, less what was booked. So money in parts and refunds
 * never leave a fen behind, in whatever order they come; below zero it is clawed back.
 */
export const accrualOf = (
  { received, refunded, booked }: { received: Fen; refunded: Fen; booked: Fen },
  rate: Factor,
): Fen => fen(commissionOn(fen(received - refunded), rate) - booked);

/** A movement on a payee's account: earned is above zero, clawed back below. */
export type Movement = { policyId: string; number: string; amount: Fen };
export type StatementLine = { policyId: string; number: string; accrued: Fen; clawedBack: Fen };
export type StatementSums = { lines: readonly StatementLine[]; accrued: Fen; clawedBack: Fen };

/** A month's movements by policy, earned and clawed back apart: neither hides behind the other. */
export function statementOf(movements: readonly Movement[]): StatementSums {
  const lines = new Map<string, StatementLine>();
  for (const { policyId, number, amount } of movements) {
    const was = lines.get(policyId) ?? { policyId, number, accrued: fen(0), clawedBack: fen(0) };
    lines.set(
      policyId,
      amount >= 0
        ? { ...was, accrued: fen(was.accrued + amount) }
        : { ...was, clawedBack: fen(was.clawedBack - amount) },
    );
  }
  const all = [...lines.values()].toSorted((a, b) => (a.number < b.number ? -1 : 1));
  return { lines: all, accrued: sum(all.map((l) => l.accrued)), clawedBack: sum(all.map((l) => l.clawedBack)) };
}
