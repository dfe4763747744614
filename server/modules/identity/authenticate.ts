import type { FastifyRequest } from 'fastify';
import type { Db } from '../../kernel/db.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { type SecretData, sha256 } from '../../kernel/secret-data.ts';
import { findBySecret, findClient, touchClient, viewerOfClient } from './client.store.ts';
import { scopeOf } from './scope.rules.ts';
import { isAlive } from './sign-in.rules.ts';
import { findSession, type SessionWithAccount, touchSession } from './sign-in.store.ts';
import type { IdentityTables } from './tables.ts';
import { readToken } from './token.ts';

export const SESSION_COOKIE = 'tian_session';
/** A session's last use is noted to the minute: a busy page does not write at every call. */
const TOUCH_EVERY_MS = 60_000;

export type DoorDeps = {
  db: Db<IdentityTables>;
  keys: Keys;
  secret: SecretData;
  now: () => Date;
  city: string;
};

/** Who sends this request: a person by session cookie, a machine by bearer token, or nobody we know. */
export const authenticateBy =
  (deps: DoorDeps) =>
  async (request: FastifyRequest): Promise<Viewer | null> => {
    const bearer = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer) return verifyToken(deps, bearer);
    const session = await sessionOf(deps, request);
    return session?.stage === 'open' ? viewerOfSession(deps, session) : null;
  };

/** The living session of a request at any stage, also one that still waits for a second factor. */
export async function sessionOf(
  { db, now }: Pick<DoorDeps, 'db' | 'now'>,
  request: FastifyRequest,
): Promise<SessionWithAccount | null> {
  const token = request.cookies[SESSION_COOKIE];
  if (!token || !/^[\w-]{43}$/.test(token)) return null;
  const session = await findSession(db, sha256(token));
  const at = now();
  if (!session?.active || !isAlive(session, at)) return null;
  if (at.getTime() - session.lastSeenAt.getTime() > TOUCH_EVERY_MS) await touchSession(db, session.id, at);
  return session;
}

/** The viewer behind an open session. */
export function viewerOfSession({ secret, city }: Pick<DoorDeps, 'secret' | 'city'>, s: SessionWithAccount): Viewer {
  return {
    accountId: s.accountId,
    personId: s.personId,
    orgId: s.orgId,
    role: s.role,
    displayName: s.sealedName ? secret.open('identity.person.name', s.sealedName) : s.label || s.username,
    scope: scopeOf({ role: s.role, orgId: s.orgId, areas: s.areas, buildingIds: s.buildingIds, city }),
    grants: [],
  };
}

/** The machine client of a bearer token. What it may and sees is read anew, so that suspension works at once. */
export async function verifyToken(
  { db, keys, now }: Pick<DoorDeps, 'db' | 'keys' | 'now'>,
  token: string,
): Promise<Viewer | null> {
  const claims = await readToken(keys, token, now());
  const client = claims && (await findClient(db, claims.clientId));
  if (!client || client.state !== 'active') return null;
  await touchClient(db, { clientId: client.id }, now());
  return viewerOfClient(client, claims.grants);
}

/** The machine client of MQTT credentials: its id as user name, a secret of the MQTT door as password. */
export async function verifyMqtt(
  { db, now }: Pick<DoorDeps, 'db' | 'now'>,
  given: { username: string; password: string },
): Promise<Viewer | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given.username)) return null;
  const client = await findBySecret(db, {
    clientId: given.username,
    door: 'mqtt',
    secretHash: sha256(given.password),
    now: now(),
  });
  if (!client) return null;
  await touchClient(db, { clientId: client.id, secretId: client.secretId }, now());
  return viewerOfClient(client, client.grants);
}
