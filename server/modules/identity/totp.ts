import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { toString as qrText } from 'qrcode';
import { sha256 } from '../../kernel/secret-data.ts';

/** One-time codes by RFC 6238: six digits, 30 s, SHA-1, as every authenticator app reads them. */
const PERIOD_SECONDS = 30;

const totpOf = (secret: string, username: string) =>
  new TOTP({
    issuer: '梯安 Tian',
    label: username,
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: PERIOD_SECONDS,
  });

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The time step whose code this is, at most one step early or late. Null: no such code. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

export const totpCode = (secret: string, now: Date): string =>
  totpOf(secret, '').generate({ timestamp: now.getTime() });

/** What an authenticator app scans: the address, and its picture as SVG. */
export async function enrolmentSheet(secret: string, username: string): Promise<{ uri: string; qrSvg: string }> {
  const uri = totpOf(secret, username).toString();
  return { uri, qrSvg: await qrText(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }) };
}

const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODES = 10;

/** Ten recovery codes of about 79 bits, to be shown once: `ABCD-EFGH-JKMN-PQRS`. */
export const newRecoveryCodes = (): readonly string[] =>
  Array.from({ length: CODES }, () => {
    // 31 signs: bytes above 247 would favour the first ones, so they are drawn again.
    const signs: string[] = [];
    while (signs.length < 16) {
      const byte = randomBytes(1)[0] ?? 255;
      if (byte < 248) signs.push(SIGNS[byte % 31] ?? '');
    }
    return (signs.join('').match(/.{4}/g) ?? []).join('-');
  });

/** As stored and compared: typed with or without dashes, in any case. */
export const recoveryHash = (code: string): string =>
  sha256(`recovery ${code.toUpperCase().replace(/[^0-9A-Z]/g, '')}`);
