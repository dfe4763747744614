import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Keys } from '../../kernel/keys.ts';

/** Ten bytes: a forged plate would need more tries than anyone can make against our door. */
const SIGN_BYTES = 10;
const USE = 'registry.qr';

/**
 * The secret part of an elevator's electronic identity (电子身份证): its id and our signature. A plate stays on the
 * wall for decades, so every key this installation ever had still reads it.
 */
export function qrToken(keys: Keys, id: ElevatorId): string {
  const body = Buffer.from(id.replaceAll('-', ''), 'hex');
  return `${body.toString('base64url')}${sign(keys, keys.currentId, body).toString('base64url')}`;
}

/** The elevator a token names; null when we did not sign it. */
export function readQrToken(keys: Keys, token: string): ElevatorId | null {
  if (!/^[\w-]{36}$/.test(token)) return null;
  const body = Buffer.from(token.slice(0, 22), 'base64url');
  const given = Buffer.from(token.slice(22), 'base64url');
  if (body.length !== 16 || given.length !== SIGN_BYTES) return null;
  if (!keys.ids.some((key) => timingSafeEqual(given, sign(keys, key, body)))) return null;
  const hex = body.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as ElevatorId;
}

const sign = (keys: Keys, key: string, body: Buffer): Buffer =>
  createHmac('sha256', keys.derive(key, USE)).update(body).digest().subarray(0, SIGN_BYTES);

/** Where a scanned plate leads. */
export const scanPath = (token: string): string => `/~/q/${token}`;

/** The elevator of a scanned text: our plate's address, as a camera reads it, or the bare token. Null: not one of ours. */
export const elevatorOfScan = (keys: Keys, text: string): ElevatorId | null =>
  readQrToken(keys, /(?:^|\/q\/)([\w-]{36})(?:[?#].*)?$/.exec(text.trim())?.[1] ?? '');
