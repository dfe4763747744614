import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Keys } from '../../kernel/keys.ts';

/** A machine token holds for an hour. Who it is and what it may is read anew at every use. */
export const TOKEN_SECONDS = 3_600;
const ISSUER = 'tian';
const AUDIENCE = 'tian-api';
const USE = 'token.sign';

/** What a machine token says. The key's id stands in its header, so that a changed key keeps old tokens alive. */
export type TokenClaims = { clientId: string; grants: readonly string[] };

export const signToken = (keys: Keys, claims: TokenClaims & { tokenId: string }, now: Date): Promise<string> =>
  new SignJWT({ scope: claims.grants.join(' ') })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: keys.currentId })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(claims.clientId)
    .setJti(claims.tokenId)
    .setIssuedAt(now)
    .setExpirationTime(new Date(now.getTime() + TOKEN_SECONDS * 1000))
    .sign(keys.derive(keys.currentId, USE));

const payloadSchema = z.object({ sub: z.uuid(), scope: z.string() });

/** The claims of a token that we signed and that still holds; null for any other text. */
export async function readToken(keys: Keys, token: string, now: Date): Promise<TokenClaims | null> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => keys.derive(kid !== undefined && keys.ids.includes(kid) ? kid : keys.currentId, USE),
      { algorithms: ['HS256'], typ: 'at+jwt', issuer: ISSUER, audience: AUDIENCE, currentDate: now },
    );
    const { sub, scope } = payloadSchema.parse(payload);
    return { clientId: sub, grants: scope.split(' ').filter(Boolean) };
  } catch {
    return null; // expired, foreign, changed or no token at all: all the same to the caller
  }
}
