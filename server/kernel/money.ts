import { invariant } from './result.ts';

/** Money, in whole fen (1 yuan = 100 fen). Safe to about 90 trillion yuan. Negative: owed back. */
export type Fen = number & { readonly __unit: 'fen' };

/** An exact decimal as a table prints it, e.g. '1.10'. Never a float: what was filed is what is multiplied. */
export type Factor = string & { readonly __unit: 'factor' };

export const fen = (n: number): Fen => {
  invariant(Number.isSafeInteger(n), `${n} is whole fen`);
  return (n || 0) as Fen; // never −0
};

/** Digits of a filed factor; more than nine decimals is no filed number. */
const FACTOR = /^\d{1,9}(\.\d{1,9})?$/;
export const isFactor = (text: string): text is Factor => FACTOR.test(text);

export const factor = (text: string): Factor => {
  invariant(isFactor(text), `'${text}' is a plain decimal`);
  return text;
};

/** An exact product as numerator over a power of ten: what is rounded once, at the end. */
export type Exact = { numerator: bigint; scale: number };

const exactOf = (text: Factor): Exact => {
  const [whole = '0', decimals = ''] = text.split('.');
  return { numerator: BigInt(whole + decimals), scale: decimals.length };
};

/** Which of two factors is greater, exactly: below zero when the first is less, zero when they are the same number. */
export function compareFactors(a: Factor, b: Factor): number {
  const [x, y] = [exactOf(a), exactOf(b)];
  const difference = x.numerator * 10n ** BigInt(y.scale) - y.numerator * 10n ** BigInt(x.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `base` × every factor, exactly, in fen. */
export const product = (base: Fen, factors: readonly Factor[]): Exact =>
  products(base, factors).at(-1) ?? { numerator: BigInt(base), scale: 0 };

/** The same after each factor in turn, as a working shows it. */
export function products(base: Fen, factors: readonly Factor[]): readonly Exact[] {
  let at: Exact = { numerator: BigInt(base), scale: 0 };
  return factors.map((text) => {
    const f = exactOf(text);
    at = { numerator: at.numerator * f.numerator, scale: at.scale + f.scale };
    return at;
  });
}

/** Round an exact amount to the fen, half up: away from zero below zero. */
export const rounded = ({ numerator, scale }: Exact): Fen => divide(numerator, 10n ** BigInt(scale));

/** `amount` × part / whole, rounded half up (away from zero below zero). By-day premiums and shares. */
export function share(amount: Fen, part: number, whole: number): Fen {
  invariant(
    Number.isSafeInteger(part) && Number.isSafeInteger(whole) && whole > 0,
    `${part} of ${whole} are whole numbers`,
  );
  return divide(BigInt(amount) * BigInt(part), BigInt(whole));
}

/** The same, rounded down: advances never exceed what they are a share of. `amount` is not negative. */
export function shareDown(amount: Fen, part: number, whole: number): Fen {
  invariant(amount >= 0 && part >= 0 && whole > 0, 'an advance is a share of something owed');
  return fen(Number((BigInt(amount) * BigInt(part)) / BigInt(whole)));
}

/** The exact amount in yuan as text, e.g. '163.0200' for the printed working. */
export function exactYuan({ numerator, scale }: Exact): string {
  const digits = scale + 2;
  const text = (numerator < 0n ? -numerator : numerator).toString().padStart(digits + 1, '0');
  return `${numerator < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Split `total` by whole-number weights so that the parts sum to it exactly: largest remainder,
 * a tie goes to the earlier part. Weights are not negative and not all zero.
 */
export function split(total: Fen, weights: readonly number[]): readonly Fen[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  invariant(sum > 0 && weights.every((w) => Number.isSafeInteger(w) && w >= 0), 'weights are whole and not all zero');
  const sign = total < 0 ? -1 : 1;
  const cells = weights.map((weight, i) => {
    const exact = BigInt(Math.abs(total)) * BigInt(weight);
    return { i, whole: Number(exact / BigInt(sum)), rest: exact % BigInt(sum) };
  });
  const missing = Math.abs(total) - cells.reduce((a, c) => a + c.whole, 0);
  const favoured = new Set(
    [...cells]
      .sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
      .slice(0, missing)
      .map((c) => c.i),
  );
  return cells.map((c) => fen(sign * (c.whole + (favoured.has(c.i) ? 1 : 0)) || 0));
}

export const sum = (amounts: readonly Fen[]): Fen => fen(amounts.reduce((a, b) => a + b, 0));

function divide(numerator: bigint, denominator: bigint): Fen {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const whole = (magnitude * 2n + denominator) / (denominator * 2n);
  return fen(Number(negative ? -whole : whole) || 0);
}
