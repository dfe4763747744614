/** Weights and check signs of an 18-digit resident identity number (GB 11643). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SIGNS = '10X98765432';

/** Is this a resident identity number whose date exists and whose last sign fits? */
export function isResidentId(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false;
  const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)].map(Number);
  const born = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  if (born.getUTCMonth() + 1 !== month || born.getUTCDate() !== day || (year ?? 0) < 1900) return false;
  const sum = WEIGHTS.reduce((at, weight, i) => at + weight * Number(text[i]), 0);
  return SIGNS[sum % 11] === text[17]?.toUpperCase();
}

/** A passport or permit of those without one: 5 to 20 letters and digits. */
export const isOtherId = (text: string): boolean => /^[A-Za-z0-9]{5,20}$/.test(text) && !/^\d{15,20}$/.test(text);

/** Digits of a bank card with its own check (Luhn), or of a company's or alipay-like account without one. */
export const isAccountNumber = (text: string): boolean => /^\d{8,30}$/.test(text);
