import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from './authenticate.ts';

/** The session's cookie: for our pages alone, not for scripts, and over TLS unless this is plain loopback. */
export function setSessionCookie(
  reply: FastifyReply,
  { token, endsAt, loopback }: { token: string; endsAt: Date; loopback: boolean },
): void {
  const secure = !loopback || cameByTls(reply.request);
  reply.setCookie(SESSION_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', secure, expires: endsAt });
}

export const clearSessionCookie = (reply: FastifyReply): void =>
  void reply.clearCookie(SESSION_COOKIE, { path: '/', httpOnly: true, sameSite: 'strict' });

// A proxy on the same machine ends TLS and says so. Believing a false claim would only make the cookie stricter.
const cameByTls = (request: FastifyRequest): boolean => request.headers['x-forwarded-proto'] === 'https';

/** Where a request comes from, short enough to keep. */
export const fromOf = (request: FastifyRequest): { address: string; agent: string } => ({
  address: request.ip.slice(0, 64),
  agent: (request.headers['user-agent'] ?? '').slice(0, 200),
});
