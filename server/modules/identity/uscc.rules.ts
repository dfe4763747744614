const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'; // 31 signs: no I O S V Z
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Why a unified social credit code (统一社会信用代码) looks wrong. A warning, never a refusal: some real ones fail. */
export type UsccWarning = 'identity.uscc_length' | 'identity.uscc_sign' | 'identity.uscc_check';

/** As compared: half width, upper case, without spaces. */
export const usccText = (given: string): string => given.normalize('NFKC').toUpperCase().replace(/\s/g, '');

/** The check sign of the first 17 (GB 32100-2015): (31 − Σ sign × weight mod 31) mod 31. Null: a sign is not allowed. */
export function usccCheckSign(first17: string): string | null {
  const values = [...first17].map((sign) => SIGNS.indexOf(sign));
  if (values.length !== WEIGHTS.length || values.includes(-1)) return null;
  const sum = values.reduce((total, value, i) => total + value * (WEIGHTS[i] ?? 0), 0);
  return SIGNS[(31 - (sum % 31)) % 31] ?? null;
}

/** What looks wrong about a code; empty when nothing does. */
export function usccWarnings(given: string): readonly UsccWarning[] {
  const text = usccText(given);
  if (text.length !== 18) return ['identity.uscc_length'];
  if (![...text].every((sign) => SIGNS.includes(sign))) return ['identity.uscc_sign'];
  return usccCheckSign(text.slice(0, 17)) === text[17] ? [] : ['identity.uscc_check'];
}
