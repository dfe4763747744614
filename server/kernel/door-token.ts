import type { SecretData } from './secret-data.ts';

/**
 * What stands in an address instead of a code or an account: it opens one record until it runs out. Short enough for a
 * path and a QR code; nobody else can make or read one.
 */
export const doorToken = (secret: SecretData, use: string, { id, until }: { id: string; until: Date }): string => {
  const short = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  return secret.seal(use, `${short}${Math.floor(until.getTime() / 1000).toString(36)}`);
};

/** The record a token opens now; undefined when it ran out, or when we did not make it for this use. */
export function idBehind(secret: SecretData, use: string, { token, now }: { token: string; now: Date }) {
  if (!/^[\w.-]{20,100}$/.test(token)) return undefined;
  let plain: string;
  try {
    plain = secret.open(use, token);
  } catch {
    return undefined; // not sealed by us: as unknown as any other
  }
  if (Number.parseInt(plain.slice(22), 36) * 1000 < now.getTime()) return undefined;
  const hex = Buffer.from(plain.slice(0, 22), 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
